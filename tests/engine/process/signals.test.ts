import { expect, it } from 'vitest';
import { capabilityMask, DEFAULT_CAPABILITIES } from '../../../src/engine/process/credentials.ts';
import { signalName, signalNumber } from '../../../src/engine/process/signals.ts';

it.each([
  ['TERM', 15],
  ['SIGTERM', 15],
  ['sigint', 2],
  ['9', 9],
  ['65', undefined],
  ['NIX', undefined],
])('signal %s', (text, number) => expect(signalNumber(text)).toBe(number));

it('numbers lead back to names', () => {
  expect([1, 9, 15, 64].map(signalName)).toEqual(['HUP', 'KILL', 'TERM', 'RTMAX']);
});

it('capability masks are those of /proc/1/status in a real container', () => {
  expect(capabilityMask(DEFAULT_CAPABILITIES)).toBe('00000000a80425fb');
  expect(capabilityMask(['NET_BIND_SERVICE'])).toBe('0000000000000400');
  expect(capabilityMask([])).toBe('0000000000000000');
});
