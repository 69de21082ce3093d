import { createExec, startExec, waitExec } from '../../../engine/containers/exec.ts';
import { findContainer } from '../../../engine/containers/find.ts';
import { EngineError } from '../../../engine/errors.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { environmentOptions } from './create-options.ts';
import { checkRef, withErrors } from './errors.ts';
import { checkTty, converse, OutputStream } from './streams.ts';

/** `docker exec`. */
export async function exec(context: CommandContext): Promise<number> {
  const { engine, flags, kernel, args } = context;
  const [ref = '', ...command] = args;
  const environment = await withErrors(() => environmentOptions(context));
  checkRef(ref);
  findContainer(engine, ref);
  const detach = flags.boolean('detach');
  const input = !detach && flags.boolean('interactive');
  const tty = flags.boolean('tty');
  if (!detach) checkTty(kernel, input, tty);
  const id = createExec(engine, ref, {
    ...{ command, environment, tty, openStdin: input },
    ...{ user: flags.string('user'), workingDirectory: flags.string('workdir') },
    privileged: flags.boolean('privileged'),
  });
  if (detach) {
    await startExec(engine, id);
    return 0;
  }
  const output = new OutputStream(context, `exec ${id}`, { stdout: true, stderr: true });
  try {
    await start(context, id);
    const pid = engine.state.execs.get(id)?.pid;
    await converse(context, output, {
      ended: () => engine.state.execs.get(id)?.running !== true,
      ...(input ? { inputTo: () => pid } : {}),
      ...(input && tty ? { terminal: `exec ${id}` } : {}),
    });
    return await waitExec(engine, id);
  } finally {
    output.close();
  }
}

/** What runc says comes over the wire as the command's own output. */
async function start({ engine, kernel }: CommandContext, id: string): Promise<void> {
  try {
    await startExec(engine, id);
  } catch (error) {
    const exitCode = engine.state.execs.get(id)?.exitCode;
    if (!(error instanceof EngineError) || exitCode === undefined || exitCode === 0) throw error;
    kernel.output(`${error.message}\r\n`);
    throw new CliError('', exitCode);
  }
}
