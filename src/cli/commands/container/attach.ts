import type { Container } from '../../../engine/containers/container.ts';
import { findContainer } from '../../../engine/containers/find.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { checkRef } from './errors.ts';
import { ContainerEnd } from './run.ts';
import { attachTo, checkTty, converse } from './streams.ts';

/** `docker attach`. */
export async function attach(context: CommandContext): Promise<number> {
  const { engine, flags, kernel, args } = context;
  const [ref = ''] = args;
  checkRef(ref);
  const container = findContainer(engine, ref);
  checkRunning(container);
  const { id, config, hostConfig, state } = container;
  const input = !flags.boolean('no-stdin');
  checkTty(kernel, input, config.Tty);
  const output = attachTo(context, container, { stdout: true, stderr: true });
  const end = new ContainerEnd(engine, id, hostConfig.AutoRemove);
  try {
    await converse(context, output, {
      ended: () => end.reached,
      ...(input && config.OpenStdin ? { inputTo: () => state.pid } : {}),
      ...(input && config.OpenStdin && config.Tty ? { terminal: `container ${id}` } : {}),
      ...(flags.boolean('sig-proxy') && !config.Tty ? { signalsTo: id } : {}),
    });
    return end.exitCode ?? 0;
  } finally {
    end.close();
    output.close();
  }
}

function checkRunning({ state: { status } }: Container): void {
  if (status === 'paused') throw new CliError('You cannot attach to a paused container, unpause it first');
  if (status === 'restarting')
    throw new CliError('You cannot attach to a restarting container, wait until it is running');
  if (status !== 'running') throw new CliError('You cannot attach to a stopped container, start it first');
}
