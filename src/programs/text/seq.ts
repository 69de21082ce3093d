import { OutputError } from '../../engine/files/errors.ts';
import type { Kernel, Outcome, Program } from '../../engine/process/program.ts';
import type { Flavour, ToolTable } from '../tool.ts';
import { formatC } from './support/format.ts';
import { parseOptions } from './support/options.ts';
import { type Context, textTool } from './support/tool.ts';

/** Numbers that one call prints at most: more than any reader wants. */
const MOST = 2_000_000;

function seq(context: Context): undefined {
  const words = context.kernel.argv.slice(1);
  // Negative numbers are operands.
  const first = words.findIndex((word, index) => /^-?[.\d]/.test(word) && !/^-?[sf]$/.test(words[index - 1] ?? ''));
  const args = first < 0 || words.includes('--') ? words : [...words.slice(0, first), '--', ...words.slice(first)];
  const options = parseOptions(
    context,
    context.busybox
      ? { short: 'ws:', ordered: true }
      : { short: 'f:s:w', long: { format: 'f:', separator: 's:', 'equal-width': 'w' }, ordered: true },
    args,
  );
  const { operands } = options;
  if (operands.length === 0) throw context.usage(context.busybox ? '' : 'missing operand');
  if (operands.length > 3) throw context.usage(context.busybox ? '' : `extra operand ${context.quote(operands[3]!)}`);
  for (const word of operands)
    if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(word))
      throw context.busybox
        ? context.usage()
        : context.usage(`invalid floating point argument: ${context.quote(word)}`);
  const [begin, step, last] =
    operands.length === 1
      ? ['1', '1', operands[0]!]
      : operands.length === 2
        ? [operands[0]!, '1', operands[1]!]
        : (operands as [string, string, string]);
  if (Number(step) === 0 && !context.busybox) {
    throw context.usage(`invalid Zero increment value: ${context.quote(step)}`);
  }
  const places = Math.max(fraction(begin), fraction(step));
  const width = options.has('w') ? Math.max(...[begin, last].map((text) => Number(text).toFixed(places).length)) : 0;
  const format = options.value('f');
  const show = (n: number) => {
    if (format !== undefined) return formatC(format, [n], { number: Number, text: String });
    const text = n.toFixed(places).replace(/^-(0(?:\.0*)?)$/, '$1');
    return text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0');
  };
  const numbers: string[] = [];
  const [from, by, to] = [Number(begin), Number(step), Number(last)];
  for (let index = 0; index < MOST; index += 1) {
    const n = from + index * by;
    if (by > 0 ? n > to + by * 1e-9 : n < to + by * 1e-9) break;
    numbers.push(show(n));
  }
  if (numbers.length > 0) context.out(`${numbers.join(options.value('s') ?? '\n')}\n`);
}

function fraction(text: string): number {
  return /\.(\d*)/.exec(text)?.[1]?.length ?? 0;
}

/** Bytes that `yes` writes before it lets the others run. */
const CHUNK = 4096;
/** Bytes for a reader who never stops reading. */
const WHOLE = 1 << 17;

const yes = (flavour: Flavour): Program => ({
  inline: true,
  run(kernel): Outcome {
    try {
      return repeat(kernel);
    } catch (error) {
      if (!(error instanceof OutputError)) throw error;
      kernel.error(`yes: ${flavour === 'busybox' ? '' : 'standard output'}: ${error.reason}\n`);
      return { exit: 1 };
    }
  },
});

function repeat(kernel: Kernel): Outcome {
  const line = `${kernel.argv.slice(1).join(' ') || 'y'}\n`;
  const inside = kernel.process.memory !== undefined;
  const chunk = line.repeat(Math.max(1, Math.floor(CHUNK / line.length)));
  for (let written = 0; written < (inside ? WHOLE : CHUNK); written += chunk.length) kernel.output(chunk);
  // Inside a shell it stands for a producer whose reader has stopped.
  return inside ? { exit: 0 } : { wait: { until: kernel.now + 100 } };
}

function factor(context: Context): undefined {
  const { operands } = parseOptions(context, { short: context.busybox ? '' : 'h', long: { exponents: 'h' } });
  const words =
    operands.length > 0
      ? operands
      : context.kernel
          .wholeInput()
          .split(/\s+/)
          .filter((word) => word !== '');
  for (const word of words) {
    if (!/^\+?\d+$/.test(word)) {
      if (context.busybox) throw context.usage();
      context.complain(`${context.quote(word)} is not a valid positive integer`);
      continue;
    }
    context.out(
      `${BigInt(word)}:${primeFactors(BigInt(word))
        .map((prime) => ` ${prime}`)
        .join('')}\n`,
    );
  }
}

function primeFactors(number: bigint): bigint[] {
  const found: bigint[] = [];
  let rest = number;
  for (let prime = 2n; prime * prime <= rest && prime < 2_000_000n; prime += prime === 2n ? 1n : 2n)
    while (rest % prime === 0n && rest > 0n) {
      found.push(prime);
      rest /= prime;
    }
  if (rest > 1n) found.push(rest);
  return found;
}

export const seqTools: ToolTable = { seq: textTool(seq), yes: { program: yes }, factor: textTool(factor) };
