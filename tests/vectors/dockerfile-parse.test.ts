import { jsonArray } from '../../src/engine/build/arguments.ts';
import { type Node, parseDockerfile } from '../../src/engine/build/parser.ts';
import { attempt, vectors } from './vectors.ts';

/** A string as Go's strconv.Quote writes it. */
function quote(text: string): string {
  const escaped = JSON.stringify(text).replace(/\\u00([0-9a-f]{2})/g, '\\x$1');
  return escaped;
}

/** The tree as BuildKit's Node.Dump writes it. */
function dump({ instruction, flags, args, trigger }: Node): string {
  const used = flags.length > 0 ? ` [${flags.map(quote).join(' ')}]` : '';
  const rest = trigger ? [`(${dump(trigger)})`] : args.map(quote);
  return [`${instruction.toLowerCase()}${used}`, ...rest].join(' ');
}

vectors<{ dockerfile: string; ast?: string; error?: boolean }>(
  'dockerfile-parse',
  ({ dockerfile }) => {
    const answer = attempt(() =>
      parseDockerfile(dockerfile)
        .nodes.map((node) => `(${dump(node)})\n`)
        .join(''),
    );
    return typeof answer === 'string' ? answer.trim() : true;
  },
  ({ ast, error }) => error ?? ast?.trim(),
);

vectors<{ in: string; out: string[] | null }>(
  'dockerfile-exec-form',
  (one) => {
    const answer = attempt(() => jsonArray(one.in)?.args ?? null);
    return Array.isArray(answer) ? answer : null;
  },
  ({ out }) => out,
);
