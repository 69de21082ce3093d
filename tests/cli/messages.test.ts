import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ClientHost } from './host.ts';

/** What the real client said, one command a line; see tests/oracle/recorded/cli-flags.txt. */
const recorded = readFileSync('tests/oracle/recorded/cli-flags.jsonl', 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { command: string; stdout: string; stderr: string; exitCode: number });

const refused = recorded.filter(
  ({ command, stderr }) =>
    /^docker [^|]*$/.test(command) && /^(?:unknown|flag needs|invalid argument|bad flag|docker: ')/.test(stderr),
);

describe('arguments that the client refuses', () => {
  it.each(refused)('$command', async ({ command, stdout, stderr, exitCode }) => {
    const answer = await new ClientHost().docker(command.slice('docker '.length));
    expect(answer).toEqual({ stdout: stdout === '' ? '' : expect.any(String), stderr, status: exitCode });
  });
});
