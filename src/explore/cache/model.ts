import type { Lab } from '../../live/lab.ts';
import { type Build, type BuildStep, build, type HistoryLine, history, readStages } from '../build.ts';
import type { Explored, Move } from '../explorable.ts';
import { type InputFile, readFiles } from '../input.ts';
import { Recorder } from '../record.ts';

/** Why the first step that is not from the cache is not. */
export type Cause =
  | { readonly why: 'first' | 'forbidden' | 'base' | 'instruction' | 'settings' }
  | { readonly why: 'files'; readonly paths: readonly string[] };

/** An instruction, and where its result came from. */
export interface Line {
  readonly text: string;
  readonly stage: string;
  /** `config`: changes the configuration only and is no step of its own. */
  readonly how: BuildStep['how'] | 'config' | 'unreached';
  readonly seconds: string;
  /** Bytes of its layer; unknown in earlier stages and after a failure. */
  readonly bytes?: number;
  /** Of the step that broke the cache. */
  readonly cause?: Cause;
}

export interface CacheState extends Explored {
  readonly files: readonly InputFile[];
  readonly lines: readonly Line[];
  readonly total?: number;
  readonly error?: string;
  /** How many times it has been built. */
  readonly builds: number;
  /** What was built last, to find out what has changed since. */
  readonly built: readonly InputFile[];
}

const COMMAND = 'docker build --progress=plain -t demo .';

/**
 * Input: a Dockerfile, then further files under `--- PATH`. A path that comes a second time is an edit, after which it is
 * built again.
 */
export async function start(lab: Lab, input: string): Promise<CacheState> {
  const parts = readFiles(input, 'Dockerfile');
  const edit = parts.findIndex(({ path }, i) => parts.slice(0, i).some((earlier) => earlier.path === path));
  const files = edit < 0 ? parts : parts.slice(0, edit);
  const none: CacheState = { files: [], lines: [], builds: 0, built: [], log: [], before: 0 };
  const first = await buildWith(lab, none, files, COMMAND);
  if (edit < 0) return first;
  const edited = files.map((file) => parts.slice(edit).find(({ path }) => path === file.path) ?? file);
  return buildWith(lab, first, edited, COMMAND);
}

export function move(lab: Lab, state: CacheState, { do: what, fields }: Move): Promise<CacheState> {
  const files = state.files.map(({ path, text }) => ({ path, text: fields[path] ?? text }));
  return buildWith(lab, state, files, what === 'no-cache' ? COMMAND.replace('build', 'build --no-cache') : COMMAND);
}

async function buildWith(
  lab: Lab,
  state: CacheState,
  files: readonly InputFile[],
  command: string,
): Promise<CacheState> {
  const record = new Recorder(lab, state.log);
  for (const { path, text } of files)
    if (state.files.find((file) => file.path === path)?.text !== text) record.write(path, text);
  const result = await build(record, command);
  const past = result.error === undefined ? await history(record, 'demo') : [];
  const cause = (step: BuildStep) => causeOf(step, state, files, command);
  const next = {
    files,
    lines: linesOf(files[0]!.text, result, past, cause),
    builds: state.builds + 1,
    log: record.log,
    before: record.before,
  };
  // What failed has left its finished steps in the cache, but no new state to compare with.
  if (result.error !== undefined) return { ...next, error: result.error, built: state.built };
  return { ...next, total: past.reduce((sum, { bytes }) => sum + bytes, 0), built: files };
}

/** The instructions of the Dockerfile in order, each with its step and the size of its layer, where it has them. */
function linesOf(
  dockerfile: string,
  { steps, error }: Build,
  past: readonly HistoryLine[],
  cause: (step: BuildStep) => Cause,
): Line[] {
  const lines: Line[] = [];
  const rest = [...steps];
  const stages = readStages(dockerfile);
  if (steps.length === 0) return [];
  let broken = false;
  for (const [i, { base, name, instructions }] of stages.entries()) {
    const stage = stages.length > 1 ? name : '';
    const own = i === stages.length - 1 ? past.slice(Math.max(0, past.length - instructions.length)) : [];
    const below = past.slice(0, past.length - own.length);
    const size = own.length > 0 || past.length > 0 ? below.reduce((sum, { bytes }) => sum + bytes, 0) : undefined;
    const last = i === stages.length - 1;
    lines.push({
      text: `FROM ${base}`,
      stage,
      how: 'base',
      seconds: '',
      ...(last && size !== undefined ? { bytes: size } : {}),
    });
    for (const [n, { keyword, text }] of instructions.entries()) {
      const bytes = own[n]?.bytes;
      const known = bytes === undefined ? {} : { bytes };
      const found = /^(?:RUN|COPY|ADD|WORKDIR)$/.test(keyword)
        ? rest.findIndex(({ instruction, how }) => how !== 'base' && same(instruction, text))
        : -1;
      if (found < 0) {
        const step = /^(?:RUN|COPY|ADD|WORKDIR)$/.test(keyword);
        lines.push({ text, stage, how: step && error !== undefined ? 'unreached' : 'config', seconds: '', ...known });
        continue;
      }
      const [step] = rest.splice(found, 1);
      const first: boolean = !broken && step!.how !== 'cached';
      broken ||= first;
      lines.push({
        text,
        stage,
        how: step!.how,
        seconds: step!.seconds,
        ...known,
        ...(first ? { cause: cause(step!) } : {}),
      });
    }
  }
  return lines;
}

function same(reported: string, written: string): boolean {
  const plain = (text: string) => text.replace(/\s+/g, '').toLowerCase();
  return plain(reported) === plain(written) || (written.includes('$') && reported.slice(0, 4) === written.slice(0, 4));
}

function causeOf(step: BuildStep, before: CacheState, files: readonly InputFile[], command: string): Cause {
  if (before.built.length === 0) return { why: 'first' };
  if (command.includes('--no-cache')) return { why: 'forbidden' };
  const old = readStages(before.built[0]!.text);
  const now = readStages(files[0]!.text);
  if (old.map(({ base }) => base).join() !== now.map(({ base }) => base).join()) return { why: 'base' };
  const known = old.some(({ instructions }) => instructions.some(({ text }) => same(step.instruction, text)));
  if (!known) return { why: 'instruction' };
  const paths = files
    .slice(1)
    .filter(({ path, text }) => before.built.find((file) => file.path === path)?.text !== text)
    .map(({ path }) => path);
  if (/^(?:COPY|ADD)\b/i.test(step.instruction) && paths.length > 0) return { why: 'files', paths };
  return { why: 'settings' };
}
