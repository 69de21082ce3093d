import type { Container } from '../../engine/containers/container.ts';
import type { Lab } from '../../live/lab.ts';
import type { Explored, Move } from '../explorable.ts';
import { Recorder, tryOut } from '../record.ts';

/** `none` where there is no such container. */
export type Status = 'none' | 'created' | 'running' | 'paused' | 'restarting' | 'exited';

/** What a command would do now. */
export interface Outcome {
  readonly move: string;
  readonly command: string;
  readonly to: Status;
  readonly refused: boolean;
}

export interface Lifecycle extends Explored {
  readonly name: string;
  readonly create: string;
  readonly status: Status;
  /** State before the last move. */
  readonly from: Status;
  readonly outcomes: readonly Outcome[];
  /** Process id on the host, 0 when nothing runs. */
  readonly pid: number;
  readonly exitCode: number;
  /** Whether it has ended since it was created. */
  readonly ended: boolean;
  readonly move?: string;
}

const MOVES = ['create', 'start', 'pause', 'unpause', 'stop', 'kill', 'restart', 'rm', 'rm -f'] as const;

/** Input: the `docker create` that makes the container, with `--name`. */
export async function start(lab: Lab, input: string): Promise<Lifecycle> {
  const create = input.trim();
  const name = /--name[ =](\S+)/.exec(create)?.[1];
  if (!name) throw new Error('The container needs a name: docker create --name NAME IMAGE');
  const record = new Recorder(lab);
  await record.act(create);
  return look(lab, record, { name, create, from: 'none', move: 'create' });
}

export async function move(lab: Lab, state: Lifecycle, { do: what }: Move): Promise<Lifecycle> {
  const { name, create, status } = state;
  const record = new Recorder(lab, state.log);
  await record.act(command(what, name, create));
  return look(lab, record, { name, create, from: status, move: what });
}

function command(what: string, name: string, create: string): string {
  return what === 'create' ? create : `docker ${what} ${name}`;
}

async function look(
  lab: Lab,
  record: Recorder,
  known: Pick<Lifecycle, 'name' | 'create' | 'from' | 'move'>,
): Promise<Lifecycle> {
  const { name, create } = known;
  const outcomes: Outcome[] = [];
  for (const what of MOVES) {
    const line = command(what, name, create);
    const { exitCode, seen } = await tryOut(lab, line, () => statusOf(lab, name));
    outcomes.push({ move: what, command: line, to: seen, refused: exitCode !== 0 });
  }
  await record.look(`docker ps -a --format '{{.Names}}: {{.Status}}'`);
  const state = find(lab, name)?.state;
  return {
    ...known,
    status: statusOf(lab, name),
    outcomes,
    pid: state?.pid ?? 0,
    exitCode: state?.exitCode ?? 0,
    ended: (state?.finishedAt ?? 0) > 0,
    log: record.log,
    before: record.before,
  };
}

function find(lab: Lab, name: string): Container | undefined {
  const id = lab.state.containerNames.get(name);
  return id === undefined ? undefined : lab.state.containers.get(id);
}

function statusOf(lab: Lab, name: string): Status {
  return (find(lab, name)?.state.status as Status | undefined) ?? 'none';
}
