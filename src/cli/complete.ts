import type { Engine } from '../engine/engine.ts';
import { referencesOf } from '../engine/images/find.ts';
import type { Flag } from './surface/flag.ts';
import { findCommand, type SurfaceCommand, subcommands } from './surface/surface.ts';

/** What a usage line calls an argument, and the names that the engine has for it. */
const NAMES: Readonly<Record<string, (engine: Engine) => readonly string[]>> = {
  CONTAINER: ({ state }) => [...state.containers.values()].map(({ name }) => name),
  IMAGE: (engine) => [...engine.state.images.keys()].flatMap((id) => referencesOf(engine, id).tags),
  VOLUME: ({ state }) => [...state.volumes.keys()],
  NETWORK: ({ state }) => [...state.networks.values()].map(({ name }) => name),
};
/** Names that stand for one of the above in usage lines. */
const KINDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\[?NAME\|ID/, ['CONTAINER', 'IMAGE', 'NETWORK', 'VOLUME']],
  [/^\[?(?:SOURCE_)?IMAGE/, ['IMAGE']],
  [/^\[?(?:CONTAINER|SRC_PATH|DEST_PATH)/, ['CONTAINER']],
  [/^\[?VOLUME/, ['VOLUME']],
  [/^\[?NETWORK/, ['NETWORK']],
  [/^\[?REPOSITORY|^NAME\[/, ['IMAGE']],
];

/**
 * Words that may stand in the place of the last word of a line that begins with `docker`: commands, flags, names of
 * what the engine has. Sorted; none when nothing fits.
 */
export function complete(line: string, engine: Engine): readonly string[] {
  const words = line.trimStart().split(/\s+/);
  const last = words.pop() ?? '';
  let command = findCommand('')!;
  const args: string[] = [];
  let awaiting: Flag | undefined;
  for (const word of words.slice(1)) {
    if (awaiting) awaiting = undefined;
    else if (word.startsWith('-')) awaiting = valueless(word, command) ? undefined : flagOf(word, command);
    else {
      const next = args.length === 0 && command.group ? findCommand(`${command.path} ${word}`.trim()) : undefined;
      if (next) command = next;
      else args.push(word);
    }
  }
  return candidates(command, args, last, awaiting, engine)
    .filter((word) => word.startsWith(last) && word !== '')
    .sort();
}

function flagOf(word: string, { flags }: SurfaceCommand): Flag | undefined {
  if (word.startsWith('--')) return flags.find(({ name }) => name === word.slice(2));
  return flags.find(({ shorthand }) => shorthand === word.at(-1));
}

function valueless(word: string, command: SurfaceCommand): boolean {
  return word.includes('=') || flagOf(word, command)?.type === 'bool';
}

function candidates(
  command: SurfaceCommand,
  args: readonly string[],
  last: string,
  awaiting: Flag | undefined,
  engine: Engine,
): readonly string[] {
  if (awaiting) return awaiting.name === 'network' ? NAMES['NETWORK']!(engine) : [];
  if (last.startsWith('-')) return command.flags.filter(({ hidden }) => !hidden).map(({ name }) => `--${name}`);
  if (command.group)
    return subcommands(command.path)
      .filter(({ path, needs }) => path !== '' && needs === undefined)
      .map(({ path }) => path.slice(path.lastIndexOf(' ') + 1));
  const places = command.usage.split(' ').filter((word) => word !== '[OPTIONS]');
  const place = places[Math.min(args.length, places.length - 1)] ?? '';
  const [, kinds = []] = KINDS.find(([pattern]) => pattern.test(place)) ?? [];
  return kinds.flatMap((kind) => NAMES[kind]!(engine)).filter((name) => !args.includes(name));
}
