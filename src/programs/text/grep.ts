import { FileError } from '../../engine/files/errors.ts';
import { resolve } from '../../engine/files/path.ts';
import { matches as matchesPattern } from '../../shell/pattern.ts';
import type { ToolTable } from '../tool.ts';
import { readFile, splitLines } from './support/input.ts';
import { type Options, parseOptions } from './support/options.ts';
import { Regex, RegexProblem } from './support/regex.ts';
import { type Context, textTool } from './support/tool.ts';

const LONG = {
  'extended-regexp': 'E',
  'fixed-strings': 'F',
  'basic-regexp': 'G',
  'perl-regexp': 'P',
  regexp: 'e:',
  file: 'f:',
  'ignore-case': 'i',
  'no-ignore-case': 'noi',
  'invert-match': 'v',
  'word-regexp': 'w',
  'line-regexp': 'x',
  count: 'c',
  color: 'color::',
  colour: 'color::',
  'files-with-matches': 'l',
  'files-without-match': 'L',
  'max-count': 'm:',
  'only-matching': 'o',
  quiet: 'q',
  silent: 'q',
  'no-messages': 's',
  'with-filename': 'H',
  'no-filename': 'h',
  'line-number': 'n',
  'byte-offset': 'b',
  'line-buffered': 'u',
  'after-context': 'A:',
  'before-context': 'B:',
  context: 'C:',
  'no-group-separator': 'nosep',
  text: 'a',
  recursive: 'r',
  'dereference-recursive': 'R',
  include: 'include:',
  exclude: 'exclude:',
  'exclude-dir': 'exclude-dir:',
  'null-data': 'z',
  null: 'Z',
};

interface Plan {
  readonly find: (line: string, from: number) => { index: number; end: number } | undefined;
  readonly options: Options;
  readonly named: boolean;
  readonly limit: number;
  readonly before: number;
  readonly after: number;
}

function grep(context: Context): number {
  const short = context.busybox
    ? 'HhnlLoqvsrRiwFEzm:A:B:C:e:f:xcaI'
    : 'EFGPe:f:ivwxcHhlLnbouqsrRam:A:B:C:zZ0123456789IyTUd:D:';
  const options = parseOptions(
    context,
    context.busybox ? { short, long: { color: 'color::' } } : { short, long: LONG },
    splitNumbers(context),
  );
  const operands = [...options.operands];
  const patterns = givenPatterns(context, options);
  if (!patterns) {
    const first = operands.shift();
    if (first === undefined) throw context.usage('');
  }
  const sources = (patterns ?? options.operands.slice(0, 1)).flatMap((text) => text.split('\n'));
  const recursive = options.has('r', 'R');
  const plan: Plan = {
    find: matcher(context, options, sources),
    options,
    named:
      options.has('h') && !lastIs(options, 'H', 'h') ? false : options.has('H') || operands.length > 1 || recursive,
    limit: limitOf(context, options, 'm') ?? Number.POSITIVE_INFINITY,
    before: limitOf(context, options, 'B') ?? limitOf(context, options, 'C') ?? 0,
    after: limitOf(context, options, 'A') ?? limitOf(context, options, 'C') ?? 0,
  };
  let found = false;
  let failed = false;
  const search = (name: string, text: string) => {
    const selected = searchText(context, plan, name, text);
    if (options.has('L') ? !selected : selected) found = true;
  };
  const problem = (name: string, error: FileError) => {
    failed = true;
    if (!options.has('s')) context.kernel.error(`${context.name}: ${name}: ${error.message}\n`);
  };
  const named = operands.length > 0 ? operands : recursive && !(context.busybox && false) ? ['.'] : ['-'];
  const implied = operands.length === 0 && recursive;
  for (const name of named) {
    try {
      const path = resolve(context.kernel.cwd, name);
      if (name !== '-' && context.kernel.files.stat(path)?.type === 'directory') {
        if (recursive) {
          for (const file of filesUnder(context, options, name, implied && !context.busybox ? '' : name)) {
            try {
              search(file.shown, readFile(context.kernel, file.path));
            } catch (error) {
              if (!(error instanceof FileError)) throw error;
              problem(file.shown, error);
            }
            if (found && options.has('q')) return 0;
          }
        } else if (!context.busybox) problem(name, new FileError('EISDIR', name));
        continue;
      }
      search(name === '-' ? '(standard input)' : name, readFile(context.kernel, name));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      problem(name, error);
    }
    if (found && options.has('q')) return 0;
  }
  return failed ? 2 : found ? 0 : 1;
}

/** `-3` is `-C 3`. */
function splitNumbers({ kernel }: Context): string[] {
  return kernel.argv.slice(1).map((word) => (/^-\d+$/.test(word) ? `-C${word.slice(1)}` : word));
}

function lastIs(options: Options, wanted: string, other: string): boolean {
  return options.given.findLast(({ option }) => option === wanted || option === other)?.option === wanted;
}

function limitOf(context: Context, options: Options, option: string): number | undefined {
  const value = options.value(option);
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  if (option === 'm' && value === '-1') return undefined;
  if (context.busybox) throw context.fail(`invalid number '${value}'`, 2);
  throw context.fail(option === 'm' ? 'invalid max count' : `${value}: invalid context length argument`, 2);
}

function givenPatterns(context: Context, options: Options): string[] | undefined {
  if (!options.has('e', 'f')) return undefined;
  return options.given.flatMap(({ option, value }) => {
    if (option === 'e') return [value];
    if (option !== 'f') return [];
    try {
      return splitLines(readFile(context.kernel, value));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw context.fail(`${context.busybox ? `can't open '${value}'` : value}: ${error.message}`, 2);
    }
  });
}

function matcher(context: Context, options: Options, sources: readonly string[]): Plan['find'] {
  const fixed = options.has('F') || context.applet === 'fgrep';
  const perl = options.has('P');
  const extended = options.has('E') || context.applet === 'egrep' || perl;
  const ignoreCase = options.has('i', 'y') && !options.has('noi');
  const finders = sources.map((source): Plan['find'] => {
    if (fixed) {
      const wanted = ignoreCase ? source.toLowerCase() : source;
      return (line, from) => {
        const index = (ignoreCase ? line.toLowerCase() : line).indexOf(wanted, from);
        return index < 0 ? undefined : { index, end: index + wanted.length };
      };
    }
    if (perl) return perlFinder(context, source, ignoreCase);
    if (!context.busybox) warn(context, source, extended);
    try {
      const syntax = { extended, ignoreCase, utf8: context.utf8 && !context.busybox };
      const wholeLine = options.has('x') ? (extended ? `^(${source})$` : `^\\(${source}\\)$`) : source;
      const regex = new Regex(wholeLine, syntax);
      return (line, from) => regex.exec(line, from);
    } catch (error) {
      if (!(error instanceof RegexProblem)) throw error;
      throw context.fail(
        context.busybox
          ? `bad regex '${source}'`
          : error.message.replace(/^Unmatched \[.*/, 'Invalid regular expression'),
        2,
      );
    }
  });
  const first: Plan['find'] = (line, from) => {
    let best: { index: number; end: number } | undefined;
    for (const find of finders) {
      const match = find(line, from);
      if (match && (!best || match.index < best.index || (match.index === best.index && match.end > best.end)))
        best = match;
    }
    return best;
  };
  if (options.has('x')) {
    return (line) => {
      for (const find of finders) {
        const match = find(line, 0);
        if (match?.index === 0 && match.end === line.length) return match;
      }
      return undefined;
    };
  }
  return options.has('w') ? wordFinder(finders) : first;
}

/** GNU grep says what it ignores. */
function warn(context: Context, source: string, extended: boolean): void {
  const start = extended ? /(?:^|[(|])([*+?])/.exec(source.replace(/\\[\s\S]|\[\^?\]?[^\]]*\]/g, 'x')) : undefined;
  if (start) context.kernel.error(`${context.name}: warning: ${start[1]} at start of expression\n`);
}

function perlFinder(context: Context, source: string, ignoreCase: boolean): Plan['find'] {
  try {
    const js = source
      .replace(/\\K/g, '')
      .replace(/\(\?P</g, '(?<')
      .replace(/^\(\?i\)/, '')
      .replace(/\\h/g, '[ \\t]')
      .replace(/([*+?}])\+/g, '$1');
    const kept = source.includes('\\K')
      ? `(?<=${source.slice(0, source.indexOf('\\K'))})${source.slice(source.indexOf('\\K') + 2)}`
      : js;
    const regex = new RegExp(kept, ignoreCase || source.startsWith('(?i)') ? 'gi' : 'g');
    return (line, from) => {
      regex.lastIndex = from;
      const match = regex.exec(line);
      return match ? { index: match.index, end: match.index + match[0].length } : undefined;
    };
  } catch {
    throw context.fail('unrecognized character after (? or (?-', 2);
  }
}

const isWord = (char: string | undefined): boolean => char !== undefined && /\w/.test(char);

/** Matches that begin and end where a word does; a shorter or later one is tried when the first does not. */
function wordFinder(finders: readonly Plan['find'][]): Plan['find'] {
  return (line, from) => {
    let best: { index: number; end: number } | undefined;
    for (const find of finders) {
      for (let at = from; at <= line.length; ) {
        const match = find(line, at);
        if (!match) break;
        const { index } = match;
        let { end } = match;
        while (end > index && (isWord(line[index - 1]) || isWord(line[end]))) {
          const shorter = find(line.slice(0, end - 1), index);
          if (shorter?.index !== index) {
            end = index;
            break;
          }
          end = shorter.end;
        }
        if (end > index && !isWord(line[index - 1]) && !isWord(line[end])) {
          if (!best || index < best.index) best = { index, end };
          break;
        }
        if (match.end === index && !isWord(line[index - 1]) && !isWord(line[index])) {
          if (!best || index < best.index) best = { index, end: index };
          break;
        }
        at = index + 1;
      }
    }
    return best;
  };
}

function searchText(context: Context, plan: Plan, name: string, text: string): boolean {
  const { options, find } = plan;
  const end = options.has('z') ? '\0' : '\n';
  const lines = splitLines(text, end);
  const binary = !options.has('a', 'z') && !context.busybox && text.includes('\0');
  const invert = options.has('v');
  const prefix = (index: number, mark: string) =>
    `${plan.named ? `${name}${options.has('Z') ? '\0' : mark}` : ''}${options.has('n') ? `${index + 1}${mark}` : ''}`;
  const silent = options.has('q', 'l', 'L', 'c') || binary;
  let count = 0;
  let printed = -1;
  let owed = 0;
  for (const [index, line] of lines.entries()) {
    if (count >= plan.limit) {
      if (owed <= 0 || silent) break;
    }
    const match = count >= plan.limit ? undefined : find(line, 0);
    if (count < plan.limit && (match !== undefined) !== invert) {
      count += 1;
      if (silent) {
        if (options.has('q', 'l', 'L') || binary) break;
        continue;
      }
      const context1 = plan.before > 0 || plan.after > 0;
      const from = Math.max(printed + 1, index - plan.before);
      if (context1 && printed >= 0 && from > printed + 1 && !options.has('nosep')) context.out('--\n');
      if (!options.has('o')) {
        for (let at = from; at < index; at += 1) context.out(`${prefix(at, '-')}${lines[at]}${end}`);
        context.out(`${prefix(index, ':')}${offset(options, lines, index)}${line}${end}`);
      } else if (!invert) {
        for (let hit = match; hit; ) {
          if (hit.end > hit.index)
            context.out(
              `${prefix(index, ':')}${options.has('b') ? `${lineStart(lines, index) + hit.index}:` : ''}${line.slice(hit.index, hit.end)}${end}`,
            );
          const next: number = hit.end > hit.index ? hit.end : hit.end + 1;
          hit = next > line.length ? undefined : find(line, next);
        }
      }
      printed = index;
      owed = plan.after;
    } else if (owed > 0 && !silent && !options.has('o')) {
      owed -= 1;
      context.out(`${prefix(index, '-')}${line}${end}`);
      printed = index;
    } else if (count >= plan.limit) break;
  }
  if (options.has('q')) return count > 0;
  if (options.has('l', 'L')) {
    if (count > 0 === options.has('l')) context.out(`${name}${options.has('Z') ? '\0' : '\n'}`);
  } else if (options.has('c')) context.out(`${plan.named ? `${name}:` : ''}${count}\n`);
  else if (binary && count > 0) context.kernel.error(`${context.name}: ${name}: binary file matches\n`);
  return count > 0;
}

function lineStart(lines: readonly string[], index: number): number {
  let start = 0;
  for (let at = 0; at < index; at += 1) start += lines[at]!.length + 1;
  return start;
}

function offset(options: Options, lines: readonly string[], index: number): string {
  return options.has('b') ? `${lineStart(lines, index)}:` : '';
}

function* filesUnder(
  context: Context,
  options: Options,
  path: string,
  shown: string,
): Generator<{ path: string; shown: string }> {
  const { files, cwd } = context.kernel;
  const glob = (option: string, name: string) =>
    options.values(option).some((pattern) => matchesPattern(pattern, name));
  let names: string[];
  try {
    names = files.list(resolve(cwd, path));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    context.kernel.error(`${context.name}: ${shown}: ${error.message}\n`);
    return;
  }
  for (const name of names) {
    const inner = `${path.endsWith('/') ? path : `${path}/`}${name}`;
    const label = shown === '' ? name : `${shown.endsWith('/') ? shown : `${shown}/`}${name}`;
    const node = files.lstat(resolve(cwd, inner));
    if (!node || (node.type === 'symlink' && !options.has('R'))) continue;
    const target = node.type === 'symlink' ? files.stat(resolve(cwd, inner)) : node;
    if (target?.type === 'directory') {
      if (!glob('exclude-dir', name)) yield* filesUnder(context, options, inner, label);
    } else if (target?.type === 'file') {
      const wanted = options.has('include') ? glob('include', name) : true;
      if (wanted && !glob('exclude', name)) yield { path: inner, shown: label };
    }
  }
}

export const grepTools: ToolTable = { grep: textTool(grep), egrep: textTool(grep), fgrep: textTool(grep) };
