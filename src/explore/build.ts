import type { Ran, Recorder } from './record.ts';

/** A step of a build as `--progress=plain` reports it. */
export interface BuildStep {
  /** `RUN make` or `FROM docker.io/library/alpine:3.22`, on one line. */
  readonly instruction: string;
  /** Stage's name as it is shown, empty where there is but one. */
  readonly stage: string;
  readonly how: 'base' | 'cached' | 'run' | 'failed';
  /** What was reported as its duration, empty when it took none. */
  readonly seconds: string;
}

export interface Build {
  readonly ran: Ran;
  readonly steps: readonly BuildStep[];
  /** Docker's own words, when the build failed. */
  readonly error?: string;
}

/** Builds and reads what was reported. */
export async function build(record: Recorder, command: string): Promise<Build> {
  const ran = await record.act(command);
  const steps = parseSteps(ran.output);
  if (ran.exitCode === 0) return { ran, steps };
  const lines = ran.output.trimEnd().split('\n');
  const cut = lines.findIndex(
    (line) => line === '------' || line.startsWith('ERROR:') || line.startsWith('Dockerfile:'),
  );
  return { ran, steps, error: lines.slice(Math.max(0, cut)).join('\n') };
}

/** The steps in the order in which they were first reported. */
export function parseSteps(progress: string): BuildStep[] {
  const steps = new Map<string, BuildStep>();
  for (const line of progress.split('\n')) {
    const [, number, text = ''] = /^#(\d+) (.*)$/.exec(line) ?? [];
    if (number === undefined) continue;
    const head = /^\[(?:(\S+) +)?\d+\/\d+\] (.*)$/.exec(text);
    const known = steps.get(number);
    if (head && !known) {
      const instruction = head[2]!;
      const how = instruction.startsWith('FROM ') ? 'base' : 'run';
      steps.set(number, { instruction, stage: head[1] ?? '', how, seconds: '' });
    } else if (known && text === 'CACHED' && known.how !== 'base') steps.set(number, { ...known, how: 'cached' });
    else if (known && /^ERROR\b/.test(text)) steps.set(number, { ...known, how: 'failed' });
    else if (known && /^DONE /.test(text)) steps.set(number, { ...known, seconds: text.slice('DONE '.length) });
  }
  return [...steps.values()];
}

export interface HistoryLine {
  readonly createdBy: string;
  readonly bytes: number;
}

/** An image's history, the oldest line first. */
export async function history(record: Recorder, image: string): Promise<HistoryLine[]> {
  const { output, exitCode } = await record.look(
    `docker history --no-trunc --human=false --format '{{.Size}} {{.CreatedBy}}' ${image}`,
  );
  if (exitCode !== 0) return [];
  return output
    .trimEnd()
    .split('\n')
    .map((line) => ({ bytes: Number.parseInt(line, 10), createdBy: line.slice(line.indexOf(' ') + 1) }))
    .reverse();
}

/** An instruction of a Dockerfile, continued lines joined, comments left out. */
export interface Instruction {
  readonly keyword: string;
  readonly text: string;
}

export interface Stage {
  /** Name, or number where it has none: what `--from` takes. */
  readonly name: string;
  /** Without a name it cannot be a `--target`. */
  readonly named: boolean;
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile, as far as a picture needs them: whether it is a good one is for the builder to say. */
export function readStages(dockerfile: string): Stage[] {
  const stages: (Stage & { readonly instructions: Instruction[] })[] = [];
  const joined = dockerfile
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replace(/\\\n/g, ' ');
  for (const line of joined.split('\n')) {
    const text = line.trim().replace(/\s+/g, ' ');
    const keyword = /^[A-Za-z]+/.exec(text)?.[0]?.toUpperCase();
    if (!keyword) continue;
    if (keyword === 'FROM') {
      const words = text.split(' ').filter((word) => !word.startsWith('--'));
      const name = words[2]?.toUpperCase() === 'AS' ? words[3] : undefined;
      stages.push({
        name: name ?? String(stages.length),
        named: name !== undefined,
        base: words[1] ?? '',
        instructions: [],
      });
    } else stages.at(-1)?.instructions.push({ keyword, text });
  }
  return stages;
}
