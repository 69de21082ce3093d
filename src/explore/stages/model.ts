import type { Lab } from '../../live/lab.ts';
import { type Build, build, history, readStages, type Stage } from '../build.ts';
import type { Explored, Move } from '../explorable.ts';
import { type InputFile, readFiles } from '../input.ts';
import { Recorder } from '../record.ts';

/** What a stage takes from another one, or from an image. */
export interface Taken {
  readonly from: string;
  readonly what: string;
  /** Bytes of the layer that it became. */
  readonly bytes: number;
}

export interface StageSize {
  readonly name: string;
  readonly base: string;
  /** Bytes of what it stands on (another stage as a whole, or an image) and of its own layers; unknown without a name. */
  readonly size?: { readonly below: number; readonly own: number };
  readonly taken: readonly Taken[];
  /** Whether the wanted stage needs it. */
  readonly needed: boolean;
}

export interface StagesState extends Explored {
  readonly files: readonly InputFile[];
  readonly stages: readonly StageSize[];
  readonly target: string;
  /** Bytes of the image; none when the build failed. */
  readonly total?: number;
}

/** Input: a Dockerfile, then further files under `--- PATH`. */
export function start(lab: Lab, input: string): Promise<StagesState> {
  return show(lab, { files: [], stages: [], target: '', log: [], before: 0 }, readFiles(input, 'Dockerfile'), '');
}

export function move(lab: Lab, state: StagesState, { fields }: Move): Promise<StagesState> {
  const files = state.files.map(({ path, text }) => ({ path, text: fields[path] ?? text }));
  return show(lab, state, files, fields['target'] ?? '');
}

async function show(lab: Lab, state: StagesState, files: readonly InputFile[], wanted: string): Promise<StagesState> {
  const record = new Recorder(lab, state.log);
  for (const { path, text } of files)
    if (state.files.find((file) => file.path === path)?.text !== text) record.write(path, text);
  const written = readStages(files[0]!.text);
  const last = written.at(-1)?.name ?? '';
  const target = written.some(({ name, named }) => named && name === wanted) ? wanted : last;
  const option = target === last ? '' : ` --target ${target}`;
  const made = await build(record, `docker build --progress=plain${option} -t app .`);
  const known = { files, target, log: record.log, before: record.before };
  if (made.error !== undefined) return { ...known, stages: [] };
  const total = (await history(record, 'app')).reduce((sum, { bytes }) => sum + bytes, 0);
  const stages: StageSize[] = [];
  for (const stage of written) {
    const image = `app:stage-${stage.name}`;
    const is = stage.named ? ` --target ${stage.name}` : '';
    const can = stage.named || stage === written.at(-1);
    if (can) await record.look(`docker build -q${is} -t ${image} .`);
    stages.push(sizeOf(stage, can ? await history(record, image) : [], needed(stage, target, written, made)));
  }
  return { ...known, stages, total };
}

function sizeOf(stage: Stage, past: readonly { readonly bytes: number }[], wanted: boolean): StageSize {
  const sum = (lines: readonly { readonly bytes: number }[]) => lines.reduce((bytes, line) => bytes + line.bytes, 0);
  const { name, base, instructions } = stage;
  const own = instructions.length > 0 ? past.slice(-instructions.length) : [];
  const taken = instructions.flatMap(({ keyword, text }, i) => {
    const from = keyword === 'COPY' ? /--from=(\S+)/.exec(text)?.[1] : undefined;
    if (from === undefined) return [];
    const what = text
      .split(' ')
      .filter((word) => !word.startsWith('--'))
      .slice(1, -1)
      .join(' ');
    return [{ from, what, bytes: own[i]?.bytes ?? 0 }];
  });
  const known = past.length > 0 ? { size: { below: sum(past) - sum(own), own: sum(own) } } : {};
  return { name, base, ...known, taken, needed: wanted };
}

/** A stage is needed when it is the wanted one or a step of it was reported; without steps, when a needed one stands on it. */
function needed({ name }: Stage, target: string, all: readonly Stage[], { steps }: Build): boolean {
  if (name === target || steps.some(({ stage, how }) => stage === name && how !== 'base')) return true;
  const users = all.filter(
    (other) =>
      other.name !== name &&
      (other.base === name || other.instructions.some(({ text }) => text.includes(`--from=${name} `))),
  );
  return users.some((other) => needed(other, target, all, { steps } as Build));
}
