import { inspectContainer } from '../../../engine/containers/inspect.ts';
import type { CommandContext } from '../../command.ts';
import { inspect as inspectAll, inspected } from '../../format/inspect.ts';
import { checkRef, errorText } from './errors.ts';

/** `docker container inspect`. */
export function inspect({ engine, flags, args, out, err }: CommandContext): number {
  const { stdout, errors } = inspectAll(
    args,
    flags.string('format'),
    (ref) => {
      checkRef(ref);
      return inspected(inspectContainer(engine, ref, flags.boolean('size')));
    },
    (error) => {
      const text = errorText(error);
      if (text === undefined) throw error;
      return text;
    },
  );
  out(stdout);
  for (const text of errors) err(`${text}\n`);
  return errors.length > 0 ? 1 : 0;
}
