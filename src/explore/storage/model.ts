import type { Lab } from '../../live/lab.ts';
import type { Explored, Move } from '../explorable.ts';
import { type Ran, Recorder } from '../record.ts';

export const PLACES = ['layer', 'volume', 'bind', 'tmpfs'] as const;
export type Place = (typeof PLACES)[number];

/** Lines of the note at each place after a command: 0 where the place is there and the note is not; `none` where the place is not. */
export interface Moment {
  readonly command: string;
  readonly lines: Readonly<Record<Place, number | 'none'>>;
  readonly refused: boolean;
}

export interface StorageState extends Explored {
  readonly moments: readonly Moment[];
  readonly status: 'none' | 'running' | 'exited';
}

/** What a reader can do, by the name of the move. */
export const COMMANDS = {
  write:
    "docker exec box sh -c 'for dir in /layer /volume /bind /tmpfs; do mkdir -p $dir; echo line >> $dir/note; done'",
  stop: 'docker stop -t 0 box',
  start: 'docker start box',
  rm: 'docker rm -f box',
  run: 'docker run -d --name box -v data:/volume -v ./src:/bind --tmpfs /tmpfs alpine:3.22 sleep infinity',
  volume: 'docker volume rm data',
} as const;

type Name = keyof typeof COMMANDS;

/** Input: the moves that have been made when a reader comes, in order. */
export async function start(lab: Lab, input: string): Promise<StorageState> {
  let state: StorageState = { moments: [], status: 'none', log: [], before: 0 };
  for (const name of input.trim().split(/\s+/)) state = await run(lab, state, name);
  return { ...state, before: state.log.length };
}

export function move(lab: Lab, state: StorageState, { do: what }: Move): Promise<StorageState> {
  return run(lab, state, what);
}

async function run(lab: Lab, state: StorageState, name: string): Promise<StorageState> {
  if (!(name in COMMANDS)) throw new Error(`"${name}" is no move. Known: ${Object.keys(COMMANDS).join(', ')}.`);
  const record = new Recorder(lab, state.log);
  const { exitCode } = await record.act(COMMANDS[name as Name]);
  const lines = await look(lab, record, state.moments.at(-1));
  const status = statusOf(lab);
  const moment: Moment = { command: name, lines, refused: exitCode !== 0 };
  return { moments: [...state.moments, moment], status, log: record.log, before: record.before };
}

/** Looks at each place by the way that is open: into the container while it runs, at the layer, the volume and the folder always. */
async function look(lab: Lab, record: Recorder, before: Moment | undefined): Promise<Moment['lines']> {
  const status = statusOf(lab);
  const inside = async (path: string) => count(await record.look(`docker exec box cat ${path}/note`));
  const beside = async (mount: string) =>
    count(await record.look(`docker run --rm -v ${mount}:/mnt alpine:3.22 cat /mnt/note`));
  const running = status === 'running';
  const layer = status === 'none' ? 'none' : running ? await inside('/layer') : await kept(record, before);
  const hasVolume = lab.state.volumes.has('data');
  return {
    layer,
    volume: hasVolume ? await (running ? inside('/volume') : beside('data')) : 'none',
    bind: await (running ? inside('/bind') : beside('./src')),
    tmpfs: running ? await inside('/tmpfs') : 'none',
  };
}

/** The layer of a container that does not run: the note is in it, as it was, or it is not. */
async function kept(record: Recorder, before: Moment | undefined): Promise<number> {
  const { output } = await record.look('docker diff box');
  return output.includes(' /layer/note\n') ? Number(before?.lines.layer) || 0 : 0;
}

function count({ output, exitCode }: Ran): number {
  return exitCode === 0 ? output.split('\n').length - 1 : 0;
}

function statusOf(lab: Lab): StorageState['status'] {
  const container = lab.state.containers.get(lab.state.containerNames.get('box') ?? '');
  if (!container) return 'none';
  return container.state.status === 'running' ? 'running' : 'exited';
}
