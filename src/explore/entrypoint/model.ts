import type { Lab } from '../../live/lab.ts';
import type { Explored, Move } from '../explorable.ts';
import { Recorder } from '../record.ts';

export const FORMS = ['none', 'exec', 'shell'] as const;
export type Form = (typeof FORMS)[number];

/** What the reader has set. */
export interface Choice {
  readonly entrypoint: Form;
  readonly cmd: Form;
  /** What stands after the image's name. */
  readonly args: string;
  /** `--entrypoint`, empty without. */
  readonly override: string;
  /** Whether a line in shell form has something to do afterwards. */
  readonly more: boolean;
}

export interface Outcome {
  readonly entrypoint: Form;
  readonly cmd: Form;
  /** Program and arguments as Docker starts them; none when it refuses. */
  readonly argv?: readonly string[];
  readonly error?: string;
  /** What has become of process 1 a moment later; none when it has ended by itself. */
  readonly process?: string;
  /** Processes besides it. */
  readonly others: readonly string[];
  /** What `docker stop` led to. */
  readonly stop: 'arrived' | 'killed' | 'over';
  readonly exitCode: number;
  readonly seconds: number;
}

export interface EntrypointState extends Explored {
  readonly choice: Choice;
  readonly outcomes: readonly Outcome[];
  readonly dockerfile: string;
  readonly run: string;
}

const SCRIPT = "#!/bin/sh\ntrap 'exit 0' TERM\nwhile :; do sleep 1; done\n";

/** Input: the forms to begin with, as `exec exec`. */
export function start(lab: Lab, input: string): Promise<EntrypointState> {
  const [entrypoint = 'exec', cmd = 'exec'] = input.trim().split(/\s+/) as Form[];
  return show(lab, { entrypoint, cmd, args: '', override: '', more: false });
}

export function move(lab: Lab, state: EntrypointState, { do: what, fields }: Move): Promise<EntrypointState> {
  const [, entrypoint, cmd] = what.split(' ') as [string, Form?, Form?];
  const { choice } = state;
  return show(lab, {
    entrypoint: entrypoint ?? choice.entrypoint,
    cmd: cmd ?? choice.cmd,
    args: words(fields['args']).join(' '),
    override: words(fields['override'])[0] ?? '',
    more: fields['more'] !== undefined && fields['more'] !== '',
  });
}

/** Words as they can stand on a command line: what the shell would take for more than a part of a word is quoted. */
function words(text = ''): string[] {
  return (text.match(/'[^']*'|"[^"$`\\]*"|\S+/g) ?? []).map((word) =>
    /^(?:'[^']*'|"[^"]*"|[\w@%+=:,./-]+)$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  );
}

/** Tries each combination from the same beginning; only the chosen one's commands are kept. */
async function show(lab: Lab, choice: Choice): Promise<EntrypointState> {
  lab.reset();
  const outcomes: Outcome[] = [];
  for (const entrypoint of FORMS)
    for (const cmd of FORMS) {
      const before = lab.session.snapshot();
      outcomes.push(await probe(new Recorder(lab), { ...choice, entrypoint, cmd }));
      lab.session.restore(before);
    }
  const record = new Recorder(lab);
  await probe(record, choice);
  return { choice, outcomes, dockerfile: dockerfile(choice), run: runLine(choice), log: record.log, before: 0 };
}

function dockerfile({ entrypoint, cmd, more }: Choice): string {
  const form = (name: string, kind: Form) => (kind === 'exec' ? `["${name}"]` : more ? `${name}; echo over` : name);
  const lines = [
    ...(entrypoint === 'none' ? [] : [`ENTRYPOINT ${form('entry', entrypoint)}`]),
    // Alpine brings a CMD of its own, which goes only with an ENTRYPOINT or another CMD.
    ...(cmd !== 'none' ? [`CMD ${form('cmd', cmd)}`] : entrypoint === 'none' ? ['CMD []'] : []),
  ];
  return ['FROM alpine:3.22', 'COPY --chmod=755 entry cmd /bin/', ...lines].join('\n');
}

function runLine({ args, override }: Choice): string {
  const option = override === '' ? '' : ` --entrypoint ${override}`;
  return `docker run -d --name box${option} demo${args === '' ? '' : ` ${args}`}`;
}

async function probe(record: Recorder, choice: Choice): Promise<Outcome> {
  const { entrypoint, cmd } = choice;
  record.write('entry', SCRIPT);
  record.write('cmd', SCRIPT);
  record.write('Dockerfile', dockerfile(choice));
  await record.look('docker build -q -t demo .');
  const run = await record.act(runLine(choice));
  const nothing = { entrypoint, cmd, others: [], stop: 'over', exitCode: run.exitCode, seconds: 0 } as const;
  if (run.exitCode !== 0) {
    const [error = ''] = run.output.split('\n').filter((line) => line.includes(': '));
    return { ...nothing, error };
  }
  const inspected = await record.act("docker inspect -f '{{json .Path}} {{json .Args}}' box");
  const argv = parseArgv(inspected.output);
  const top = await record.act('docker top box -o pid,args');
  const rows = top.exitCode === 0 ? top.output.trimEnd().split('\n').slice(1) : [];
  const [process, ...others] = rows.map((row) => row.replace(/^\s*\d+\s+/, '').trim());
  const stop = await record.act('docker stop box');
  const code = await record.look("docker inspect -f '{{.State.ExitCode}}' box");
  const exitCode = Number.parseInt(code.output, 10);
  if (process === undefined) return { ...nothing, argv, exitCode };
  const how = exitCode === 137 ? 'killed' : 'arrived';
  return { entrypoint, cmd, argv, process, others, stop: how, exitCode, seconds: Math.round(stop.took / 1000) };
}

/** `"echo" ["a","b"]` */
function parseArgv(output: string): string[] {
  const cut = output.indexOf('" ') + 1;
  return [JSON.parse(output.slice(0, cut)) as string, ...(JSON.parse(output.slice(cut)) as string[])];
}
