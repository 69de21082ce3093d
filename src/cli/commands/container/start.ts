import { findContainer } from '../../../engine/containers/find.ts';
import { startContainer } from '../../../engine/containers/start.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { checkRef, errorText } from './errors.ts';
import { ContainerEnd } from './run.ts';
import { attachTo, converse } from './streams.ts';

/** `docker start`. */
export async function start(context: CommandContext): Promise<number> {
  const { flags, args, out, err, engine } = context;
  if (flags.boolean('attach') || flags.boolean('interactive')) return startAttached(context);
  const failed: string[] = [];
  for (const ref of args) {
    try {
      checkRef(ref);
      await startContainer(engine, ref);
      out(`${ref}\n`);
    } catch (error) {
      const text = errorText(error);
      if (text === undefined) throw error;
      err(`${text}\n`);
      failed.push(ref);
    }
  }
  if (failed.length > 0) throw new CliError(`Error: failed to start containers: ${failed.join(', ')}`);
  return 0;
}

async function startAttached(context: CommandContext): Promise<number> {
  const { engine, flags, args } = context;
  if (args.length > 1) throw new CliError('you cannot start and attach multiple containers at once');
  const [ref = ''] = args;
  checkRef(ref);
  const container = findContainer(engine, ref);
  const { id, config, hostConfig } = container;
  const attachStdin = flags.boolean('interactive') && config.OpenStdin;
  const output = attachTo(context, container, { stdout: true, stderr: true });
  const end = new ContainerEnd(engine, id, hostConfig.AutoRemove);
  try {
    await startContainer(engine, id);
    const pid = engine.state.containers.get(id)?.state.pid;
    await converse(context, output, {
      ended: () => end.reached,
      ...(attachStdin ? { inputTo: () => pid } : {}),
      ...(attachStdin && config.Tty ? { terminal: `container ${id}` } : {}),
      ...(config.Tty ? {} : { signalsTo: id }),
    });
    return end.exitCode ?? 0;
  } finally {
    end.close();
    output.close();
  }
}
