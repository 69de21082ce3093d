import { EngineError } from '../../../engine/errors.ts';
import { findImage } from '../../../engine/images/find.ts';
import {
  type ImageDeletion,
  inspectImage,
  inspectImageStruct,
  pruneImages,
  removeImage,
} from '../../../engine/images/manage.ts';
import { InvalidReference, normalizeAny, parseNormalized } from '../../../engine/images/reference.ts';
import { tagImage } from '../../../engine/images/store.ts';
import { humanSize } from '../../../engine/units.ts';
import { CliError, type CommandContext, type CommandTable } from '../../command.ts';
import { confirm } from '../../confirm.ts';
import { type Inspected, inspect } from '../../format/inspect.ts';
import type { Value } from '../../format/value.ts';
import { parseFilters } from '../../options/filter.ts';
import { goQuote } from '../../quote.ts';
import { failureText, printInspection } from '../failures.ts';
import { list } from './list.ts';
import { pull, push } from './registry.ts';

/** What `inspect` shows of an image. */
export function inspectedImage({ engine }: CommandContext, ref: string): Inspected {
  return { typed: inspectImageStruct(engine, ref) as Value, raw: inspectImage(engine, ref) as Value };
}

function inspectImages(context: CommandContext): number {
  const find = (ref: string) => inspectedImage(context, ref);
  return printInspection(context, inspect(context.args, context.flags.string('format'), find, failureText));
}

/** Lines of what was untagged and deleted, in the words of `rmi` or of `prune`. */
export function deletionLines(deletions: readonly ImageDeletion[], words: readonly [string, string]): string {
  return deletions
    .map((one) => ('untagged' in one ? `${words[0]}: ${one.untagged}\n` : `${words[1]}: ${one.deleted}\n`))
    .join('');
}

function remove({ engine, flags, args, out, err }: CommandContext): number {
  const force = flags.boolean('force');
  const failures: string[] = [];
  let fatal = false;
  for (const ref of args) {
    try {
      const deletions = removeImage(engine, ref, { force, prune: !flags.boolean('no-prune') });
      out(deletionLines(deletions, ['Untagged', 'Deleted']));
    } catch (error) {
      failures.push(failureText(error));
      fatal ||= !(error instanceof EngineError && error.status === 404);
    }
  }
  for (const text of failures) err(`${text}\n`);
  return failures.length > 0 && (!force || fatal) ? 1 : 0;
}

const DANGLING = 'WARNING! This will remove all dangling images.\nAre you sure you want to continue?';
const UNUSED =
  'WARNING! This will remove all images without at least one container associated to them.\nAre you sure you want to continue?';

async function prune(context: CommandContext): Promise<number> {
  const { engine, flags, out } = context;
  const all = flags.boolean('all');
  if (!flags.boolean('force') && !(await confirm(context, all ? UNUSED : DANGLING))) return 0;
  const given = parseFilters(flags.list('filter'));
  const dangling = [...new Set([...(given['dangling'] ?? []), String(!all)])].sort();
  const filters = { ...given, dangling };
  const { deleted, reclaimed } = pruneImages(engine, filters);
  if (deleted.length > 0) out(`Deleted Images:\n${deletionLines(deleted, ['untagged', 'deleted'])}\n`);
  out(`Total reclaimed space: ${humanSize(reclaimed, 4)}\n`);
  return 0;
}

function checkReference(text: string, read: (text: string) => unknown): void {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    const why = text === '' ? 'invalid reference format' : error.message;
    throw new CliError(`Error parsing reference: ${goQuote(text)} is not a valid repository/tag: ${why}`);
  }
}

function tag({ engine, args: [source = '', target = ''] }: CommandContext): number {
  checkReference(source, normalizeAny);
  checkReference(target, parseNormalized);
  if (parseNormalized(target).digest !== undefined)
    throw new CliError('refusing to create a tag with a digest reference');
  tagImage(engine, findImage(engine, source).id, target);
  return 0;
}

/** Commands of `docker image …` that nearly everybody calls. */
export const imageCommands: CommandTable = {
  'image inspect': inspectImages,
  'image ls': list,
  'image prune': prune,
  'image pull': pull,
  'image push': push,
  'image rm': remove,
  'image tag': tag,
};
