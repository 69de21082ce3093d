import { decode } from '../../../engine/bytes.ts';
import type { Kernel } from '../../../engine/process/program.ts';

/**
 * What a program in Go does, as far as the text of its sources tells it: lines that it prints, pages that it serves, signals.
 * The language itself is not modelled: small programs are read by the forms that they have.
 */
export interface Program {
  /** Calls that print, in the order in which they stand in `main`. */
  readonly prints: readonly string[];
  readonly routes: readonly { readonly path: string; readonly status: number; readonly writes: readonly string[] }[];
  readonly port: number | undefined;
  /** Milliseconds between two rounds of an endless loop, and what it prints. */
  readonly loop: { readonly milliseconds: number; readonly prints: readonly string[] } | undefined;
  /** Ends in order on SIGTERM and SIGINT. */
  readonly handlesSignals: boolean;
  /** `-NAME`: asks this address instead of serving. */
  readonly check: { readonly flag: string; readonly url: string } | undefined;
  readonly exit: number;
  readonly variables: Readonly<Record<string, string>>;
}

const CALL =
  /fmt\.(?:Println|Printf|Print|Fprintln|Fprintf|Fprint)\(((?:[^()"`]|"(?:[^"\\]|\\.)*"|`[^`]*`|\((?:[^()]|\([^()]*\))*\))*)\)|log\.(?:Println|Printf|Print)\(((?:[^()"]|"(?:[^"\\]|\\.)*"|\([^()]*\))*)\)|io\.WriteString\(((?:[^()"]|"(?:[^"\\]|\\.)*")*)\)|w\.Write\(\[\]byte\(((?:[^()"]|"(?:[^"\\]|\\.)*")*)\)\)/g;
const UNITS: Readonly<Record<string, number>> = { Second: 1000, Millisecond: 1, Minute: 60_000, Hour: 3_600_000 };

/** Reads a program; what makes it none is told as text. */
export function readProgram(source: string): Program | string {
  const text = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  if (!/^package main\b/m.test(text)) return 'package command-line-arguments is not a main package';
  const start = /func main\(\)\s*\{/.exec(text);
  if (!start) return 'function main is undeclared in the main package';
  const main = block(text, start.index + start[0].length - 1);
  const variables: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(/^\s*(?:var|const)?\s*(\w+)(?:\s+string)?\s*:?=\s*"((?:[^"\\]|\\.)*)"/gm))
    variables[name!] = value!;
  const routes: { path: string; status: number; writes: string[] }[] = [];
  let rest = main;
  for (const match of main.matchAll(/HandleFunc\(\s*"([^"]*)"\s*,\s*(?:func\s*\([^)]*\)\s*(?=\{)|(\w+)\))/g)) {
    const named = match[2] === undefined ? undefined : new RegExp(`func ${match[2]}\\([^)]*\\)\\s*(?=\\{)`).exec(text);
    const body = named ? block(text, named.index + named[0].length) : block(main, match.index + match[0].length);
    routes.push({
      path: match[1]!,
      status: Number(/WriteHeader\((\d+)\)/.exec(body)?.[1] ?? 200),
      writes: calls(body),
    });
    if (match[2] === undefined) rest = rest.replace(body, '');
  }
  const port = /ListenAndServe\(\s*"[^"]*:(\d+)"/.exec(main)?.[1] ?? /Addr:\s*"[^"]*:(\d+)"/.exec(main)?.[1];
  const flag = /(\w+)\s*:=\s*flag\.Bool\(\s*"([^"]+)"/.exec(main);
  const url = /http\.Get\(\s*"([^"]+)"/.exec(main)?.[1];
  const forever = /for\s*\{/.exec(rest);
  const endless = forever ? block(rest, forever.index + forever[0].length - 1) : '';
  const sleep = /time\.Sleep\(\s*(?:(\d+)\s*\*\s*)?time\.(\w+)/.exec(endless);
  const before = (forever ? rest.slice(0, forever.index) : rest).replace(/if [^{]*\{[\s\S]*?\n\t\}/g, '');
  return {
    prints: calls(before),
    routes,
    port: port === undefined ? undefined : Number(port),
    loop: sleep
      ? { milliseconds: Number(sleep[1] ?? 1) * (UNITS[sleep[2]!] ?? 1000), prints: calls(endless) }
      : undefined,
    handlesSignals: /signal\.Notify/.test(main),
    check: flag && url ? { flag: flag[2]!, url } : undefined,
    exit: Number(/os\.Exit\((\d+)\)/.exec(before)?.[1] ?? 0),
    variables,
  };
}

/** The text between the brace at `open` and the one that closes it, braces included. */
function block(text: string, open: number): string {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const char = text[at]!;
    if (char === '"' || char === '`') at = text.indexOf(char, at + 1);
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return text.slice(open, at + 1);
    }
    if (at < 0) break;
  }
  return text.slice(open);
}

const calls = (text: string): string[] => [...text.matchAll(CALL)].map(([call]) => call);

export interface Build {
  readonly architecture: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** What a call prints. */
export function printed(kernel: Kernel, call: string, build: Build, target = ''): string {
  const [, name = ''] = /\.(\w+)\(/.exec(call) ?? [];
  const inner = call.slice(call.indexOf('(') + 1, call.lastIndexOf(')')).replace(/^\[\]byte\((.*)\)$/s, '$1');
  const args = parts(inner).map((part) => part.trim());
  if (name.startsWith('F') || name === 'WriteString') args.shift();
  const values = args.map((arg) => value(kernel, arg, build, target));
  if (!name.endsWith('f')) {
    const line = name.endsWith('ln') || call.startsWith('log.');
    return values.map(String).join(line ? ' ' : '') + (line ? '\n' : '');
  }
  let at = 0;
  return `${String(values[0] ?? '').replace(/%[-+ 0]*\d*(?:\.\d+)?([vsdqt%x])/g, (_match, verb: string) => {
    if (verb === '%') return '%';
    at += 1;
    const shown = String(values[at] ?? '');
    return verb === 'q' ? JSON.stringify(shown) : shown;
  })}${call.startsWith('log.') ? '\n' : ''}`;
}

function parts(text: string): string[] {
  const found: string[] = [];
  let current = '';
  let depth = 0;
  let quote = '';
  for (const char of text) {
    if (quote !== '') quote = char === quote && !current.endsWith('\\') ? '' : quote;
    else if (char === '"' || char === '`') quote = char;
    else if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char)) depth -= 1;
    if (char === ',' && depth === 0 && quote === '') {
      found.push(current);
      current = '';
    } else current += char;
  }
  return current.trim() === '' ? found : [...found, current];
}

function value(kernel: Kernel, source: string, { architecture, variables }: Build, target: string): string | number {
  if (/^"/.test(source)) {
    const sum = /^("(?:[^"\\]|\\.)*")\s*\+\s*(.+)$/s.exec(source);
    if (sum)
      return `${value(kernel, sum[1]!, { architecture, variables }, target)}${value(kernel, sum[2]!, { architecture, variables }, target)}`;
    return JSON.parse(source.replace(/\\'/g, "'")) as string;
  }
  if (/^`[^`]*`$/.test(source)) return source.slice(1, -1);
  if (/^-?\d+$/.test(source)) return Number(source);
  const environment = /^os\.Getenv\("(\w+)"\)$/.exec(source)?.[1];
  if (environment !== undefined) return decode(kernel.environment[environment] ?? '');
  if (Object.hasOwn(variables, source)) return variables[source]!;
  const { uid, gid } = kernel.credentials;
  const known: Readonly<Record<string, string | number>> = {
    ...{ 'runtime.GOARCH': architecture, 'runtime.GOOS': 'linux', 'runtime.Version()': 'go1.24.4' },
    ...{ 'os.Getuid()': uid, 'os.Getgid()': gid, 'os.Getpid()': kernel.pid },
    ...{
      'r.URL.Path': target,
      'req.URL.Path': target,
      hostname: decode(kernel.hostname),
      host: decode(kernel.hostname),
      name: decode(kernel.hostname),
    },
  };
  return known[source] ?? source;
}
