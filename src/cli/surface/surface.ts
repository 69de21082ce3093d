import containers from './containers.json' with { type: 'json' };
import { type Flag, readFlag } from './flag.ts';
import objects from './objects.json' with { type: 'json' };

/** A command as the data files have it; flags and numbers of arguments in short notation, see {@link readFlag}. */
interface Facts {
  /** The words after the command's name in its usage line. */
  readonly usage: string;
  /** More usage lines, whole. */
  readonly more?: string;
  /** Other commands that are the same one, by their path without `docker`: `ps` beside `container ls`. */
  readonly same?: readonly string[];
  /** Other last words: `remove` for `rm`. */
  readonly aliases?: readonly string[];
  /** How many arguments: `0`, `1`, `1+`, `0-1`, `-1` (at most one); missing where any number will do. */
  readonly args?: string;
  /** Flags end at the first argument, because a command with flags of its own follows. */
  readonly stops?: boolean;
  readonly flags?: readonly string[];
  /** Takes its flags from another command and adds its own. */
  readonly like?: string;
  /** What stands below a group of commands: help is printed when none is given. */
  readonly group?: 'management' | 'swarm';
  /** Shown only when the engine takes part in a swarm, or manages one. */
  readonly needs?: 'active' | 'manager';
}

let facts = { ...objects, ...containers } as Readonly<Record<string, Facts>>;
let whole = false;

/** Commands that the client hands to the buildx plugin, which knows them by its own names. */
const HANDED_OVER: Readonly<Record<string, string>> = {
  ...{ build: 'buildx build', 'image build': 'buildx build', bake: 'buildx bake', builder: 'buildx' },
};

/** A command of the client as its surface describes it. */
export interface SurfaceCommand {
  /** Path without `docker`, as it is shown: `run`, `container run`, `volume rm`. Empty for `docker` itself. */
  readonly path: string;
  /** The path under which it is implemented: `container run` for both. */
  readonly canonical: string;
  readonly usage: string;
  readonly more: string | undefined;
  readonly aliases: readonly string[];
  readonly same: readonly string[];
  readonly args: string | undefined;
  readonly stops: boolean;
  readonly flags: readonly Flag[];
  readonly group: 'management' | 'swarm' | undefined;
  readonly needs: 'active' | 'manager' | undefined;
}

/** Facts by every path that a command is shown under, and by those of its aliases. */
interface Entry {
  readonly path: string;
  readonly canonical: string;
}

let index: Map<string, Entry> | undefined;
const made = new Map<string, SurfaceCommand>();

function paths(): Map<string, Entry> {
  if (index) return index;
  index = new Map();
  for (const [canonical, { same = [], aliases = [] }] of Object.entries(facts)) {
    for (const path of [canonical, ...same]) index.set(path, { path, canonical });
    const parent = canonical.slice(0, canonical.lastIndexOf(' ') + 1);
    for (const alias of aliases) index.set(parent + alias, { path: canonical, canonical });
  }
  return index;
}

function flagsOf(canonical: string): readonly Flag[] {
  const { flags = [], like } = facts[canonical]!;
  const own = flags.map(readFlag);
  const all = like === undefined ? own : [...flagsOf(like), ...own];
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Adds the commands of plugins and swarms, which are loaded when one of them, or a list of all commands, is asked for.
 * Until then they are unknown to {@link findCommand} and {@link subcommands}.
 */
export async function wholeSurface(): Promise<void> {
  if (whole) return;
  const { default: more } = await import('./more.ts');
  facts = { ...facts, ...(more as typeof facts) };
  whole = true;
  index = undefined;
}

/** The command at a path without `docker` (`run`, `volume remove`); undefined when there is none. */
export function findCommand(path: string): SurfaceCommand | undefined {
  const entry = paths().get(HANDED_OVER[path] ?? path);
  if (!entry) return undefined;
  const known = made.get(entry.path);
  if (known) return known;
  const own = facts[entry.canonical]!;
  const command: SurfaceCommand = {
    path: entry.path,
    canonical: entry.canonical,
    usage: own.usage,
    more: own.more,
    aliases: own.aliases ?? [],
    same: own.same ?? [],
    args: own.args,
    stops: own.stops ?? false,
    flags: flagsOf(entry.canonical),
    group: own.group,
    needs: own.needs,
  };
  made.set(entry.path, command);
  return command;
}

/** The commands directly below a path, by name. */
export function subcommands(path: string): readonly SurfaceCommand[] {
  const prefix = path === '' ? '' : `${path} `;
  return [...paths()]
    .filter(([key, entry]) => key === entry.path && key !== path && key.startsWith(prefix))
    .filter(([key]) => !key.slice(prefix.length).includes(' '))
    .map(([key]) => findCommand(key)!)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
