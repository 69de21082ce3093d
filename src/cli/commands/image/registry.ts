import { EngineError } from '../../../engine/errors.ts';
import { familiarText } from '../../../engine/images/find.ts';
import { type PullProgress, pullImage, pushImage } from '../../../engine/images/pull.ts';
import { parseNormalized, type Reference, referenceText } from '../../../engine/images/reference.ts';
import { CliError, type CommandContext } from '../../command.ts';

function progressLine({ id, status }: PullProgress): string {
  return id === undefined || id === '' ? `${status}\n` : `${id}: ${status}\n`;
}

/** The reference to be fetched or sent, `latest` filled in and said so. */
function named({ flags, args: [name = ''], out }: CommandContext): Reference {
  const reference = parseNormalized(name);
  const bare = reference.tag === undefined && reference.digest === undefined;
  if (flags.boolean('all-tags')) {
    if (!bare) throw new CliError("tag can't be used with --all-tags/-a");
    return reference;
  }
  if (!bare) return reference;
  if (!flags.boolean('quiet')) out('Using default tag: latest\n');
  return { ...reference, tag: 'latest' };
}

/** Prints progress; an error that comes after it is part of the stream and has no prefix. */
async function stream(
  { flags, out }: CommandContext,
  transfer: (onProgress: (progress: PullProgress) => void) => Promise<void>,
): Promise<void> {
  let begun = false;
  try {
    await transfer((progress) => {
      begun = true;
      if (!flags.boolean('quiet')) out(progressLine(progress));
    });
  } catch (error) {
    if (begun && error instanceof EngineError) throw new CliError(error.message);
    throw error;
  }
}

/** `docker pull`. */
export async function pull(context: CommandContext): Promise<number> {
  const { engine, flags, out } = context;
  const reference = named(context);
  const platform = flags.string('platform');
  await stream(context, (onProgress) =>
    pullImage(engine, familiarText(reference), { ...(platform === '' ? {} : { platform }), onProgress }),
  );
  out(`${referenceText(reference)}\n`);
  return 0;
}

/** `docker push`. */
export async function push(context: CommandContext): Promise<number> {
  const { engine, flags, out } = context;
  const reference = named(context);
  await stream(context, (onProgress) => pushImage(engine, familiarText(reference), onProgress));
  if (flags.boolean('quiet')) out(`${referenceText(reference)}\n`);
  return 0;
}
