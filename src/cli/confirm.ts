import type { CommandContext } from './command.ts';

/** Asks the user and waits for a line; only `y` and `Y` mean yes (docker/cli, prompt.Confirm). */
export async function confirm({ engine, kernel, out }: CommandContext, question: string): Promise<boolean> {
  out(`${question} [y/N] `);
  await engine.scheduler.until(() => kernel.process.input !== '' || kernel.process.inputEnded);
  const { data } = kernel.input();
  const line = data.split('\n', 1)[0] ?? '';
  kernel.putBack(data.slice(line.length + 1));
  return line.trim().toLowerCase() === 'y';
}
