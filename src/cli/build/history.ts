import { formatDuration, humanDuration } from '../../engine/duration.ts';
import type { Engine } from '../../engine/engine.ts';
import { randomBase36 } from '../../engine/random.ts';
import type { Command } from '../command.ts';
import { align } from '../format/tabwriter.ts';
import { buildxError } from './failure.ts';

/** A build that was made, as `docker buildx history` knows it. */
interface BuildRecord {
  readonly id: string;
  readonly name: string;
  readonly status: 'Completed' | 'Error';
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly ended: number;
}

const KEY = 'buildHistory';
/** So many builds are remembered (BuildKit's default). */
const KEPT = 50;

function records({ state }: Engine): readonly BuildRecord[] {
  return (state.extensions[KEY] as readonly BuildRecord[] | undefined) ?? [];
}

function store({ state }: Engine, list: readonly BuildRecord[]): void {
  state.extensions = { ...state.extensions, [KEY]: list };
}

/** Remembers a build that has just ended; its id. */
export function recordBuild(engine: Engine, about: Pick<BuildRecord, 'name' | 'status' | 'started'>): string {
  const id = randomBase36(engine.state);
  store(engine, [{ id, ...about, ended: engine.state.now }, ...records(engine)].slice(0, KEPT));
  return id;
}

/** `docker buildx history ls` */
export const historyList: Command = ({ engine, out }) => {
  const rows = records(engine).map(({ id, name, status, started, ended }) => {
    const age = `${humanDuration((engine.state.now - started) / 1000)} ago`;
    return `${id}\t${name}\t${status}\t${age}\t${duration(ended - started)}\n`;
  });
  out(align(`BUILD ID\tNAME\tSTATUS\tCREATED AT\tDURATION\n${rows.join('')}`));
  return 0;
};

function duration(milliseconds: number): string {
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)}s`;
  return formatDuration(Math.round(milliseconds / 1000) * 1e9).replace(/(\D)(?=\d)/g, '$1 ');
}

/** `docker buildx history rm` */
export const historyRemove: Command = ({ engine, args, flags }) => {
  const list = records(engine);
  if (flags.boolean('all')) {
    store(engine, []);
    return 0;
  }
  if (args.length === 0) throw buildxError('rm requires at least one build ID or --all flag');
  for (const id of args)
    if (!list.some((record) => record.id.startsWith(id)))
      throw buildxError(`no record found for ref ${JSON.stringify(id)}`);
  store(
    engine,
    list.filter((record) => !args.some((id) => record.id.startsWith(id))),
  );
  return 0;
};
