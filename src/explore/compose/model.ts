import type { Lab } from '../../live/lab.ts';
import type { Explored, Move } from '../explorable.ts';
import { type Ran, Recorder } from '../record.ts';
import { type Graph, graphOf } from './graph.ts';

/** A service's container after `up`. */
export interface Running {
  readonly service: string;
  readonly state: string;
  readonly exitCode: number;
  /** Seconds from the beginning of `up` to its start. */
  readonly after: number;
}

export interface ComposeState extends Explored {
  readonly file: string;
  /** The last one that could be read. */
  readonly graph: Graph;
  /** Docker's answer, when the file as it is cannot be read. */
  readonly refused?: Ran;
  readonly running: readonly Running[];
}

const EMPTY: Graph = { services: [], networks: [], volumes: [] };

/** Input: a compose.yaml. */
export function start(lab: Lab, input: string): Promise<ComposeState> {
  return read(lab, { file: '', graph: EMPTY, running: [], log: [], before: 0 }, input.trimEnd());
}

export async function move(lab: Lab, state: ComposeState, { do: what, fields }: Move): Promise<ComposeState> {
  const file = fields['compose.yaml'] ?? state.file;
  const now = file === state.file ? state : await read(lab, state, file);
  if (what === 'edit' || now.refused) return now;
  const record = new Recorder(lab, now.log);
  const began = lab.state.now;
  await record.act(what === 'up' ? 'docker compose up -d' : 'docker compose down -v');
  await record.look("docker compose ps -a --format '{{.Service}}: {{.Status}}'");
  return { ...now, running: runningOf(lab, began), log: record.log, before: record.before };
}

/** Nothing that came before counts for a file that nothing has been made of yet. */
async function read(lab: Lab, state: ComposeState, file: string): Promise<ComposeState> {
  const record = new Recorder(lab, state.running.length > 0 ? state.log : []);
  record.write('compose.yaml', file);
  const ran = await record.look('docker compose config --format json');
  const { running } = state;
  const next = { file, running, log: record.log, before: record.before };
  if (ran.exitCode !== 0) return { ...next, graph: state.graph, refused: ran };
  return { ...next, graph: graphOf(JSON.parse(ran.output.slice(ran.output.indexOf('{')))) };
}

function runningOf(lab: Lab, began: number): Running[] {
  return [...lab.state.containers.values()]
    .map(({ config, state }) => ({
      service: config.Labels['com.docker.compose.service'] ?? '',
      state: state.status,
      exitCode: state.exitCode,
      after: Math.max(0, Math.round((state.startedAt - began) / 100) / 10),
    }))
    .sort((a, b) => a.after - b.after);
}
