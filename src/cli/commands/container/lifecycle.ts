import { pauseContainer, unpauseContainer } from '../../../engine/containers/pause.ts';
import { removeContainer } from '../../../engine/containers/remove.ts';
import { renameContainer } from '../../../engine/containers/rename.ts';
import { killContainer, restartContainer, type StopOptions, stopContainer } from '../../../engine/containers/stop.ts';
import { waitContainer } from '../../../engine/containers/wait.ts';
import { EngineError } from '../../../engine/errors.ts';
import { CliError, type Command, type CommandContext } from '../../command.ts';
import { checkRef, errorText, forEach } from './errors.ts';

/** `docker stop`. */
export const stop: Command = (context) =>
  forEach(context, (ref) => stopContainer(context.engine, ref, stopOptions(context)));

/** `docker restart`. */
export const restart: Command = (context) =>
  forEach(context, (ref) => restartContainer(context.engine, ref, stopOptions(context)));

function stopOptions({ flags }: CommandContext): StopOptions {
  return {
    ...(flags.changed('timeout') ? { timeout: flags.number('timeout') } : {}),
    ...(flags.string('signal') === '' ? {} : { signal: flags.string('signal') }),
  };
}

/** `docker kill`. */
export const kill: Command = (context) =>
  forEach(context, (ref) => killContainer(context.engine, ref, context.flags.string('signal') || 'KILL'));

/** `docker pause`. */
export const pause: Command = (context) => forEach(context, (ref) => pauseContainer(context.engine, ref));

/** `docker unpause`. */
export const unpause: Command = (context) => forEach(context, (ref) => unpauseContainer(context.engine, ref));

/** `docker wait`: prints exit statuses. */
export const wait: Command = (context) =>
  forEach(
    context,
    (ref) => waitContainer(context.engine, ref),
    (_ref, status) => String(status),
  );

/** `docker rename`. */
export function rename({ engine, args, err }: CommandContext): number {
  const [old = '', name = ''] = args.map((arg) => arg.trim());
  if (old === '' || name === '') throw new CliError('Error: Neither old nor new names may be empty');
  try {
    renameContainer(engine, old, name);
  } catch (error) {
    const text = errorText(error);
    if (text === undefined) throw error;
    err(`${text}\n`);
    throw new CliError(`Error: failed to rename container named ${old}`);
  }
  return 0;
}

/** `docker rm`. */
export async function remove(context: CommandContext): Promise<number> {
  const { engine, flags, args, out, err } = context;
  const force = flags.boolean('force');
  const options = { force, volumes: flags.boolean('volumes'), link: flags.boolean('link') };
  const errors: string[] = [];
  for (const arg of args) {
    // A leading slash is part of the names that the API knows.
    const ref = arg.replace(/^\/+|\/+$/g, '');
    try {
      if (ref === '') throw new CliError('container name cannot be empty');
      checkRef(ref);
      await removeContainer(engine, ref, options);
      out(`${arg}\n`);
    } catch (error) {
      const text = errorText(error);
      if (text === undefined) throw error;
      if (force && error instanceof EngineError && error.status === 404) err(`${text}\n`);
      else errors.push(text);
    }
  }
  for (const text of errors) err(`${text}\n`);
  return errors.length === 0 ? 0 : 1;
}
