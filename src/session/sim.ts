/**
 * The modelled host in a terminal.
 *
 *   npm run sim                                       a prompt; Ctrl-C interrupts, Ctrl-D ends
 *   npm run --silent sim -- record FILE.txt... --out DIR   answers scenarios and writes their transcripts
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { ORACLE_HOST, recordScenario } from './record.ts';
import { createSession, type Session } from './session.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: '.' } },
});
const [task, ...files] = positionals;
if (task === 'record') await record(files, values.out);
else await converse(createSession());

async function record(scenarios: readonly string[], folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const file of scenarios) {
    const rows = await recordScenario(readFileSync(file, 'utf8'), undefined, ORACLE_HOST);
    const name = basename(file).replace(/\.txt$/, '.jsonl');
    writeFileSync(join(folder, name), `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
    console.log(`${basename(file)}: ${rows.length} commands`);
  }
}

async function converse(session: Session): Promise<void> {
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: process.stdin.isTTY });
  const ask = () => {
    lines.setPrompt(`root@docker:${session.cwd.replace(/^\/root(?=\/|$)/, '~')}# `);
    lines.prompt();
  };
  lines.on('SIGINT', () => {
    session.interrupt();
    process.stdout.write('^C\n');
    ask();
  });
  // Virtual minutes pass in as many milliseconds, so that one can see them pass.
  session.engine.scheduler.pace = (milliseconds) =>
    new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds / 10, 300)));
  ask();
  for await (const line of lines) {
    try {
      await session.run(line, (stream, text) => process[stream].write(text));
    } catch (error) {
      console.error(error);
    }
    ask();
  }
}
