import { FileError } from '../../engine/files/errors.ts';
import type { ToolTable } from '../tool.ts';
import { plainProblem, readFile, readOperands, splitLines, writeFile } from './support/input.ts';
import { countOf } from './support/numbers.ts';
import { type Options, parseOptions } from './support/options.ts';
import { type Context, textTool } from './support/tool.ts';

const hex = (value: number, width: number) => value.toString(16).padStart(width, '0');
const visible = (bytes: string) => bytes.replace(/[^ -~]/g, '.');

function allInput(context: Context, operands: readonly string[]): string {
  return [...readOperands(context, operands, plainProblem)].map(({ text }) => text).join('');
}

function limited(options: Options, text: string, skip: string, most: string): { text: string; start: number } {
  const start = countNumber(options.value(skip) ?? '0');
  const length = options.value(most);
  return { text: text.slice(start, length === undefined ? undefined : start + countNumber(length)), start };
}

function countNumber(text: string): number {
  return /^0x/i.test(text) ? Number.parseInt(text, 16) : (countOf(text) ?? 0);
}

const NAMES =
  'nul soh stx etx eot enq ack bel bs ht nl vt ff cr so si dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us sp'.split(
    ' ',
  );
const ESCAPED: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};

/** One item of `od -t`: its letter, its bytes, and how wide it prints. */
interface OdFormat {
  readonly kind: string;
  readonly size: number;
  readonly width: number;
  readonly text: boolean;
}

const OLD_FORMATS: Readonly<Record<string, string>> = {
  b: 'o1',
  c: 'c',
  d: 'u2',
  o: 'o2',
  s: 'd2',
  x: 'x2',
  h: 'x2',
  i: 'd4',
  l: 'd8',
};

function odFormats(specification: string): OdFormat[] {
  return [...specification.matchAll(/([acdoxu])(\d*|[CSIL]?)(z?)/g)].map(([, kind = 'o', sizeText = '', z]) => {
    const size = kind === 'a' || kind === 'c' ? 1 : ({ C: 1, S: 2, I: 4, L: 8 }[sizeText] ?? (Number(sizeText) || 4));
    const digits =
      {
        x: size * 2,
        o: Math.ceil((size * 8) / 3),
        u: [0, 3, 5, 0, 10, 0, 0, 0, 20][size] ?? 20,
        d: [0, 4, 6, 0, 11, 0, 0, 0, 20][size] ?? 20,
      }[kind] ?? 3;
    return { kind, size, width: digits, text: z === 'z' };
  });
}

function od(context: Context): undefined {
  const options = parseOptions(context, {
    short: 'A:j:N:t:w::vabcdfhiloxsS:',
    long: {
      'address-radix': 'A:',
      'skip-bytes': 'j:',
      'read-bytes': 'N:',
      format: 't:',
      width: 'w::',
      'output-duplicates': 'v',
    },
  });
  const input = allInput(context, options.operands);
  if (input === '' && context.status !== 0) return;
  const { text, start } = limited(options, input, 'j', 'N');
  const formats = options.given.flatMap(({ option, value }) =>
    option === 't' ? odFormats(value) : OLD_FORMATS[option] ? odFormats(OLD_FORMATS[option]) : [],
  );
  const shown = formats.length > 0 ? formats : odFormats('o2');
  const width = options.has('w') ? Number(options.value('w') || 32) : 16;
  const radix = options.value('A') ?? 'o';
  const address = (at: number) =>
    radix === 'n'
      ? ''
      : radix === 'x'
        ? hex(at, 6)
        : radix === 'd'
          ? String(at).padStart(7, '0')
          : at.toString(8).padStart(7, '0');
  // Each format's columns are as wide as the widest needs them, byte for byte.
  const perByte = Math.max(...shown.map(({ size, width: digits }) => (digits + 1) / size));
  let last: string | undefined;
  let starred = false;
  for (let at = 0; at < text.length; at += width) {
    const row = text.slice(at, at + width);
    if (row === last && row.length === width && !options.has('v')) {
      if (!starred) context.out('*\n');
      starred = true;
      continue;
    }
    starred = false;
    last = row;
    for (const [index, format] of shown.entries()) {
      const cell = Math.max(format.width + 1, Math.round(perByte * format.size));
      let line = index === 0 ? address(start + at) : ' '.repeat(address(0).length);
      for (let from = 0; from < row.length; from += format.size)
        line += odItem(row.slice(from, from + format.size), format).padStart(cell);
      if (format.text) line = `${line.padEnd(address(0).length + cell * (width / format.size))}  >${visible(row)}<`;
      context.out(`${line}\n`);
    }
  }
  if (radix !== 'n') context.out(`${address(start + text.length)}\n`);
}

function odItem(bytes: string, { kind, size, width }: OdFormat): string {
  const code = bytes.charCodeAt(0);
  if (kind === 'c') return ESCAPED[code] ?? (code >= 32 && code < 127 ? bytes : code.toString(8).padStart(3, '0'));
  if (kind === 'a') return (code & 127) === 127 ? 'del' : (NAMES[code & 127] ?? String.fromCharCode(code & 127));
  let value = 0n;
  for (let at = size - 1; at >= 0; at -= 1) value = (value << 8n) | BigInt(bytes.charCodeAt(at) || 0);
  if (kind === 'd') return BigInt.asIntN(size * 8, value).toString();
  if (kind === 'u') return value.toString();
  return value.toString(kind === 'x' ? 16 : 8).padStart(width, '0');
}

function hexdump(context: Context): undefined {
  const options = parseOptions(context, {
    short: 'bcCdn:os:vxRe:f:',
    long: { canonical: 'C', length: 'n:', skip: 's:' },
  });
  const { text, start } = limited(options, allInput(context, options.operands), 's', 'n');
  // BusyBox 1.38 takes -C and prints as without it.
  const canonical = (options.has('C') && !context.busybox) || context.applet === 'hd';
  const kind = ['b', 'c', 'd', 'o', 'x'].find((option) => options.has(option)) ?? 'default';
  const width = canonical ? 8 : 7;
  let last: string | undefined;
  let starred = false;
  for (let at = 0; at < text.length; at += 16) {
    const row = text.slice(at, at + 16);
    if (row === last && row.length === 16 && !options.has('v')) {
      if (!starred) context.out('*\n');
      starred = true;
      continue;
    }
    starred = false;
    last = row;
    context.out(`${hex(start + at, width)}${canonical ? canonicalRow(row) : plainRow(row, kind)}\n`);
  }
  if (text.length > 0) context.out(`${hex(start + text.length, width)}\n`);
}

function canonicalRow(row: string): string {
  const cells = Array.from({ length: 16 }, (_, index) =>
    index < row.length ? ` ${hex(row.charCodeAt(index), 2)}` : '   ',
  );
  return ` ${cells.slice(0, 8).join('')} ${cells.slice(8).join('')}  |${visible(row)}|`;
}

function plainRow(row: string, kind: string): string {
  let line = '';
  if (kind === 'b' || kind === 'c') {
    for (const char of row) {
      const code = char.charCodeAt(0);
      line += ` ${kind === 'b' ? code.toString(8).padStart(3, '0') : (ESCAPED[code] ?? (code >= 32 && code < 127 ? char : code.toString(8).padStart(3, '0'))).padStart(3)}`;
    }
    return line.padEnd(64);
  }
  const width = kind === 'default' ? 5 : 8;
  for (let at = 0; at < row.length; at += 2) {
    const value = row.charCodeAt(at) | ((row.charCodeAt(at + 1) || 0) << 8);
    const digits =
      kind === 'd' ? String(value).padStart(5, '0') : kind === 'o' ? value.toString(8).padStart(6, '0') : hex(value, 4);
    line += kind === 'default' ? ` ${digits}` : digits.padStart(width);
  }
  return line.padEnd(8 * width);
}

function xxd(context: Context): undefined {
  const options = parseOptions(context, { short: 'pl:c:s:g:ruiEab', long: {} });
  const input = allInput(context, options.operands.slice(0, 1));
  if (options.has('r')) {
    const digits = options.has('p')
      ? input
      : splitLines(input)
          .map((line) => line.replace(/^[0-9a-fA-F]+:/, '').split('  ')[0]!)
          .join('');
    context.out(
      digits.replace(/[^0-9a-fA-F]/g, '').replace(/(..)/g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))),
    );
    return;
  }
  const { text, start } = limited(options, input, 's', 'l');
  const columns = Number(options.value('c') ?? (options.has('p') ? 30 : options.has('i') ? 12 : 16)) || 16;
  const group = Number(options.value('g') ?? 2) || columns;
  const show = (code: number) => (options.has('u') ? hex(code, 2).toUpperCase() : hex(code, 2));
  for (let at = 0; at < text.length; at += columns) {
    const row = text.slice(at, at + columns);
    const pairs = Array.from(row, (char) => show(char.charCodeAt(0)));
    if (options.has('p')) {
      context.out(`${pairs.join('')}\n`);
      continue;
    }
    let cells = '';
    for (let index = 0; index < columns; index += 1)
      cells += `${pairs[index] ?? '  '}${(index + 1) % group === 0 || index === columns - 1 ? ' ' : ''}`;
    context.out(`${hex(start + at, 8)}: ${cells} ${visible(row)}\n`);
  }
}

function strings(context: Context): undefined {
  const words = context.kernel.argv.slice(1).map((word) => word.replace(/^-(\d+)$/, '-n$1'));
  const options = parseOptions(context, { short: 'afn:ot:', long: { bytes: 'n:', all: 'a' } }, words);
  const least = Number(options.value('n') ?? 4) || 4;
  for (const { text } of readOperands(context, options.operands, plainProblem))
    for (const match of text.matchAll(new RegExp(`[\\t -~]{${least},}`, 'g'))) context.out(`${match[0]}\n`);
}

function split(context: Context): undefined {
  const words = context.kernel.argv.slice(1).map((word) => word.replace(/^-(\d+)$/, '-l$1'));
  const options = parseOptions(
    context,
    {
      short: 'l:b:C:n:a:dx',
      long: {
        lines: 'l:',
        bytes: 'b:',
        number: 'n:',
        'suffix-length': 'a:',
        'numeric-suffixes': 'd',
        'additional-suffix': 'suffix:',
        verbose: 'verbose',
      },
    },
    words,
  );
  const [name = '-', prefix = 'x'] = options.operands;
  let text: string;
  try {
    text = readFile(context.kernel, name);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw context.fail(`cannot open ${context.quote(name)} for reading: ${error.message}`);
  }
  const parts: string[] = [];
  const size = options.value('b') ?? options.value('C');
  const number = options.value('n');
  const chunk =
    size !== undefined
      ? countOf(size)
      : number !== undefined
        ? Math.ceil(text.length / (Number(number) || 1))
        : undefined;
  if (size !== undefined && !chunk) throw context.fail(`invalid number of bytes: ${context.quote(size)}`);
  if (chunk) for (let at = 0; at < text.length; at += chunk) parts.push(text.slice(at, at + chunk));
  else {
    const given = options.value('l') ?? '1000';
    const count = countOf(given);
    if (!count) throw context.fail(`invalid number of lines: ${context.quote(given)}`);
    const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    for (let at = 0; at < lines.length; at += count) parts.push(lines.slice(at, at + count).join(''));
  }
  const length = Number(options.value('a') ?? 2) || 2;
  for (const [index, part] of parts.entries()) {
    const target = `${prefix}${options.has('d') ? String(index).padStart(length, '0') : letters(index, length)}${options.value('suffix') ?? ''}`;
    if (options.has('verbose')) context.out(`creating file '${target}'\n`);
    writeFile(context.kernel, target, part);
  }
}

function letters(index: number, length: number): string {
  let rest = index;
  let result = '';
  for (let place = 0; place < length; place += 1) {
    result = String.fromCharCode(97 + (rest % 26)) + result;
    rest = Math.floor(rest / 26);
  }
  return result;
}

/** A pager without a terminal to page on: it prints. */
function pager(context: Context): undefined {
  const operands = context.kernel.argv.slice(1).filter((word) => !/^[-+]./.test(word));
  const problem = (name: string, error: FileError) =>
    context.busybox ? `can't open '${name}': ${error.message}` : `cannot open ${name}: ${error.message}`;
  for (const { text } of readOperands(context, operands, problem)) context.out(text);
  // GNU's more ends well whatever it could not open.
  if (!context.busybox && context.applet === 'more') context.status = 0;
}

function envsubst(context: Context): undefined {
  const { operands } = parseOptions(context, { short: 'v', long: { variables: 'v' } });
  const only =
    operands[0] === undefined
      ? undefined
      : new Set([...operands[0].matchAll(/\$\{?(\w+)\}?/g)].map(([, name]) => name));
  const { environment } = context.kernel;
  context.out(
    context.kernel
      .wholeInput()
      .replace(/\$\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*)/g, (whole, braced?: string, bare?: string) => {
        const name = (braced ?? bare)!;
        return only && !only.has(name) ? whole : (environment[name] ?? '');
      }),
  );
}

function shuf(context: Context): undefined {
  const options = parseOptions(context, {
    short: 'ei:n:o:rz',
    long: { echo: 'e', 'input-range': 'i:', 'head-count': 'n:', repeat: 'r' },
  });
  const range = /^(\d+)-(\d+)$/.exec(options.value('i') ?? '');
  const lines = range
    ? Array.from({ length: Math.min(1_000_000, Math.max(0, Number(range[2]) - Number(range[1]) + 1)) }, (_, index) =>
        String(Number(range[1]) + index),
      )
    : options.has('e')
      ? [...options.operands]
      : splitLines(allInput(context, options.operands));
  for (let at = lines.length - 1; at > 0; at -= 1) {
    const other = Math.floor(context.kernel.random() * (at + 1));
    [lines[at], lines[other]] = [lines[other]!, lines[at]!];
  }
  const count = options.value('n');
  context.out(
    lines
      .slice(0, count === undefined ? undefined : Number(count))
      .map((line) => `${line}\n`)
      .join(''),
  );
}

function dos2unix(context: Context): undefined {
  const { operands } = parseOptions(context, { short: 'ud' });
  const convert = (text: string) =>
    context.applet === 'dos2unix' ? text.replaceAll('\r\n', '\n') : text.replace(/\r?\n/g, '\r\n');
  if (operands.length === 0) context.out(convert(context.kernel.wholeInput()));
  for (const { name, text } of operands.length > 0 ? readOperands(context, operands, plainProblem) : [])
    writeFile(context.kernel, name, convert(text));
}

export const dumpTools: ToolTable = {
  od: textTool(od),
  hexdump: textTool(hexdump),
  hd: textTool(hexdump),
  xxd: textTool(xxd),
  strings: textTool(strings),
  split: textTool(split),
  less: textTool(pager),
  more: textTool(pager),
  envsubst: textTool(envsubst),
  shuf: textTool(shuf),
  dos2unix: textTool(dos2unix),
  unix2dos: textTool(dos2unix),
};
