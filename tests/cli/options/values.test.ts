import { expect, it } from 'vitest';
import { normalizeCapability } from '../../../src/cli/options/capability.ts';
import { parseLabel } from '../../../src/cli/options/label.ts';
import { parseRestartPolicy } from '../../../src/cli/options/restart-policy.ts';
import { parseUlimit } from '../../../src/cli/options/ulimit.ts';

it('labels need a name without white space', () => {
  expect(parseLabel('stufe=test lauf')).toBe('stufe=test lauf');
  expect(() => parseLabel('=x')).toThrow("invalid label '=x': empty name");
  expect(() => parseLabel('zwei worte=x')).toThrow("label 'zwei worte' contains whitespaces");
});

it('limits have a soft and a hard value', () => {
  expect(parseUlimit('nofile=64')).toEqual({ name: 'nofile', soft: 64, hard: 64 });
  expect(parseUlimit('core=0:-1')).toEqual({ name: 'core', soft: 0, hard: -1 });
  expect(() => parseUlimit('nofile=9:8')).toThrow('ulimit soft limit must be less than or equal to hard limit: 9 > 8');
  expect(() => parseUlimit('nofile')).toThrow('invalid ulimit argument: nofile');
  expect(() => parseUlimit('dateien=9')).toThrow('invalid ulimit type: dateien');
});

it('restart policies may carry a count', () => {
  expect(parseRestartPolicy('on-failure:3')).toEqual({ Name: 'on-failure', MaximumRetryCount: 3 });
  expect(parseRestartPolicy('always')).toEqual({ Name: 'always' });
  expect(() => parseRestartPolicy('on-failure:oft')).toThrow('maximum retry count must be an integer');
});

it('capabilities have one form', () => {
  expect(['net_admin', 'CAP_CHOWN', 'all'].map(normalizeCapability)).toEqual(['CAP_NET_ADMIN', 'CAP_CHOWN', 'ALL']);
});
