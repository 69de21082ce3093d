import type { FileNode } from '../../engine/files/node.ts';
import { matches } from '../../shell/pattern.ts';
import { groupNamed, groupOf, userNamed, userOf } from './accounts.ts';
import { blockCount, byteSize, inodeNumber, linkCount } from './attributes.ts';
import { type Invocation, UsageError } from './invocation.ts';
import { changedMode, modeString, typeLetter } from './mode.ts';
import { fullTime, strftime } from './time.ts';

/** A path that find looks at. */
export interface Visit {
  readonly path: string;
  /** The path on the command line that led here. */
  readonly start: string;
  readonly depth: number;
  readonly node: FileNode;
  name: string;
  prune: boolean;
  quit: boolean;
}

/** A command of `-exec` was started; the path is evaluated again when it has ended. */
export class Suspended extends Error {}

/** What an expression does to the world. */
export interface Actions {
  print(text: string): boolean;
  execute(words: readonly string[], visit: Visit, inFolder: boolean): boolean;
  collect(batch: number, visit: Visit): boolean;
  remove(visit: Visit): boolean;
}

type Test = (visit: Visit, actions: Actions) => boolean;

export interface Expression {
  readonly test: Test;
  readonly hasAction: boolean;
  readonly minDepth: number;
  readonly maxDepth: number;
  readonly depthFirst: boolean;
  readonly follow: boolean;
  /** Commands of `-exec … +`. */
  readonly batches: readonly (readonly string[])[];
}

export function evaluate({ test, hasAction }: Expression, visit: Visit, actions: Actions): undefined {
  if (test(visit, actions) && !hasAction) actions.print(`${visit.path}\n`);
}

/** Notes on a visit that the walk is to go no further. */
function marked(visit: Visit, what: 'prune' | 'quit'): true {
  visit[what] = true;
  return true;
}

/** Reads the words after the paths. Throws UsageError or Failure in find's own words. */
export function parseExpression(call: Invocation, words: readonly string[]): Expression {
  return new Parser(call, words).parse();
}

class Parser {
  readonly #call: Invocation;
  readonly #words: readonly string[];
  #at = 0;
  #hasAction = false;
  #minDepth = 0;
  #maxDepth = Number.POSITIVE_INFINITY;
  #depthFirst = false;
  #follow = false;
  readonly #batches: (readonly string[])[] = [];

  constructor(call: Invocation, words: readonly string[]) {
    this.#call = call;
    this.#words = words;
  }

  parse(): Expression {
    const test = this.#words.length === 0 ? () => true : this.#or();
    const rest = this.#words[this.#at];
    if (rest !== undefined) {
      if (rest === ')') throw this.#call.failure('unexpected )', "invalid expression; you have too many ')'");
      throw this.#unknown(rest);
    }
    return {
      ...{ test, hasAction: this.#hasAction, minDepth: this.#minDepth, maxDepth: this.#maxDepth },
      ...{ depthFirst: this.#depthFirst, follow: this.#follow, batches: this.#batches },
    };
  }

  #unknown(word: string): Error {
    if (this.#call.busybox) return new UsageError(`unrecognized: ${word}`);
    return this.#call.failure(
      '',
      word.startsWith('-') ? `unknown predicate \`${word}'` : `paths must precede expression: \`${word}'`,
    );
  }

  #or(): Test {
    let left = this.#and();
    while (['-o', '-or', ','].includes(this.#words[this.#at] ?? '')) {
      const comma = this.#words[this.#at] === ',';
      this.#at += 1;
      const [a, b] = [left, this.#and()];
      left = comma ? (v, x) => [a(v, x), b(v, x)][1]! : (v, x) => a(v, x) || b(v, x);
    }
    return left;
  }

  #and(): Test {
    let left = this.#not();
    for (;;) {
      const word = this.#words[this.#at];
      if (word === undefined || ['-o', '-or', ',', ')'].includes(word)) return left;
      if (word === '-a' || word === '-and') this.#at += 1;
      const [a, b] = [left, this.#not()];
      left = (v, x) => a(v, x) && b(v, x);
    }
  }

  #not(): Test {
    const word = this.#words[this.#at];
    if (word === '!' || word === '-not') {
      this.#at += 1;
      const inner = this.#not();
      return (v, x) => !inner(v, x);
    }
    if (word === '(') {
      this.#at += 1;
      const inner = this.#or();
      if (this.#words[this.#at] !== ')')
        throw this.#call.failure(
          'unexpected end',
          "invalid expression; expected to find a ')' but didn't see one. Perhaps you need an extra predicate after '('",
        );
      this.#at += 1;
      return inner;
    }
    if (word === undefined)
      throw this.#call.failure('unexpected end', `expected an expression after '${this.#words.at(-1)}'`);
    this.#at += 1;
    return this.#primary(word);
  }

  #value(name: string): string {
    const value = this.#words[this.#at];
    if (value === undefined) throw this.#call.failure(`${name} requires an argument`, `missing argument to \`${name}'`);
    this.#at += 1;
    return value;
  }

  #action(test: Test): Test {
    this.#hasAction = true;
    return test;
  }

  #depth(name: string): number {
    const text = this.#value(name);
    if (!/^\d+$/.test(text))
      throw this.#call.failure(
        `invalid number '${text}'`,
        `Expected a positive decimal integer argument to ${name}, but got ${this.#call.quote(text)}`,
      );
    return Number(text);
  }

  #primary(name: string): Test {
    const call = this.#call;
    const { files, now } = call.kernel;
    switch (name) {
      case '-name':
        return this.#pattern(name, false, (v) => v.name);
      case '-iname':
        return this.#pattern(name, true, (v) => v.name);
      case '-path':
      case '-wholename':
        return this.#pattern(name, false, (v) => v.path);
      case '-ipath':
      case '-iwholename':
        return this.#pattern(name, true, (v) => v.path);
      case '-lname':
        return this.#pattern(name, false, (v) => (v.node.type === 'symlink' ? v.node.target : ''));
      case '-regex':
      case '-iregex':
        return this.#regex(name);
      case '-type':
      case '-xtype':
        return this.#type(name);
      case '-true':
        return () => true;
      case '-false':
        return () => false;
      case '-empty':
        return (v) =>
          v.node.type === 'file' ? v.node.size === 0 : v.node.type === 'directory' && v.node.entries.size === 0;
      case '-size':
        return this.#size(name);
      case '-links':
        return this.#number(name, (v) => linkCount(v.node));
      case '-inum':
        return this.#number(name, (v) => inodeNumber(call.path(v.path)));
      case '-mtime':
      case '-atime':
      case '-ctime':
        return this.#number(name, (v) => Math.floor((now - v.node.mtime) / 86_400_000));
      case '-mmin':
      case '-amin':
      case '-cmin':
        return this.#number(name, (v) => Math.ceil((now - v.node.mtime) / 60_000));
      case '-uid':
        return this.#number(name, (v) => v.node.uid);
      case '-gid':
        return this.#number(name, (v) => v.node.gid);
      case '-user':
        return this.#user(name);
      case '-group':
        return this.#group(name);
      case '-nouser':
        return (v) => !userOf(files, v.node.uid);
      case '-nogroup':
        return (v) => !groupOf(files, v.node.gid);
      case '-perm':
        return this.#permission(name);
      case '-readable':
        return (v) => files.permits(v.node, 4);
      case '-writable':
        return (v) => files.permits(v.node, 2);
      case '-executable':
        return (v) => files.permits(v.node, 1);
      case '-newer':
      case '-anewer':
      case '-cnewer':
        return this.#newer(name);
      case '-samefile': {
        const path = this.#value(name);
        return (v) => files.realpath(call.path(v.path)) === files.realpath(call.path(path));
      }
      case '-maxdepth':
        this.#maxDepth = this.#depth(name);
        return () => true;
      case '-mindepth':
        this.#minDepth = this.#depth(name);
        return () => true;
      case '-depth':
      case '-d':
        this.#depthFirst = true;
        return () => true;
      case '-follow':
        this.#follow = true;
        return () => true;
      case '-xdev':
      case '-mount':
      case '-noleaf':
      case '-warn':
      case '-nowarn':
      case '-daystart':
        return () => true;
      case '-regextype':
        this.#value(name);
        return () => true;
      case '-prune':
        return (v) => marked(v, 'prune');
      case '-print':
        return this.#action((v, x) => x.print(`${v.path}\n`));
      case '-print0':
        return this.#action((v, x) => x.print(`${v.path}\0`));
      case '-quit':
        return this.#action((v) => marked(v, 'quit'));
      case '-delete':
        this.#depthFirst = true;
        return this.#action((v, x) => x.remove(v));
      case '-exec':
      case '-execdir':
        return this.#exec(name);
      case '-ok':
      case '-okdir':
        this.#exec(name);
        return () => false;
    }
    if (!call.busybox) {
      if (name === '-printf') {
        const format = this.#value(name);
        return this.#action((v, x) => x.print(formatted(call, format, v)));
      }
      if (name === '-ls') return this.#action((v, x) => x.print(listed(call, v)));
    }
    throw this.#unknown(name);
  }

  #pattern(name: string, ignoreCase: boolean, textOf: (visit: Visit) => string): Test {
    const pattern = this.#value(name);
    if (ignoreCase) return (v) => matches(pattern.toLowerCase(), textOf(v).toLowerCase());
    return (v) => matches(pattern, textOf(v));
  }

  #regex(name: string): Test {
    const source = this.#value(name);
    let pattern: RegExp;
    try {
      // Emacs' syntax of find writes groups and alternatives with a backslash.
      pattern = new RegExp(
        `^(?:${source.replace(/\\([(){}|])|([(){}|])/g, (_, escaped?: string, plain?: string) => escaped ?? `\\${plain}`)})$`,
        name === '-iregex' ? 'i' : '',
      );
    } catch {
      throw this.#call.failure(`bad regex '${source}'`, `invalid regular expression`);
    }
    return (v) => pattern.test(v.path);
  }

  #type(name: string): Test {
    const text = this.#value(name);
    const letters = this.#call.busybox ? [text] : text.split(',');
    for (const letter of letters)
      if (!/^[bcdpfls]$/.test(letter))
        throw this.#call.failure(
          `invalid argument '${text}' to '${name}'`,
          `Unknown argument to ${name}: ${letter.slice(0, 1)}`,
        );
    return (v) => letters.includes(typeLetter(v.node).replace('-', 'f'));
  }

  #compared(name: string, text: string): (value: number) => boolean {
    const match = /^([-+]?)(\d+)$/.exec(text);
    if (!match) throw this.#call.failure(`invalid number '${text}'`, `invalid argument \`${text}' to \`${name}'`);
    const limit = Number(match[2]);
    if (match[1] === '+') return (value) => value > limit;
    if (match[1] === '-') return (value) => value < limit;
    return (value) => value === limit;
  }

  #number(name: string, numberFor: (visit: Visit) => number): Test {
    const fits = this.#compared(name, this.#value(name));
    return (v) => fits(numberFor(v));
  }

  #size(name: string): Test {
    const { files } = this.#call.kernel;
    const text = this.#value(name);
    const match = /^([-+]?\d+)([bckwMG]?)$/.exec(text);
    if (!match) throw this.#call.failure(`invalid number '${text}'`, `Invalid argument \`${text}' to -size`);
    const unit = { b: 512, c: 1, w: 2, k: 1024, M: 1_048_576, G: 1_073_741_824 }[match[2] || 'b']!;
    const fits = this.#compared(name, match[1]!);
    return (v) => fits(Math.ceil(byteSize(files, this.#call.path(v.path), v.node) / unit));
  }

  #user(name: string): Test {
    const text = this.#value(name);
    const uid = userNamed(this.#call.kernel.files, text)?.uid ?? (/^\d+$/.test(text) ? Number(text) : undefined);
    if (uid === undefined)
      throw this.#call.failure(
        `unknown user ${text}`,
        `invalid user name or UID argument to -user: ${this.#call.quote(text)}`,
      );
    return (v) => v.node.uid === uid;
  }

  #group(name: string): Test {
    const text = this.#value(name);
    const gid = groupNamed(this.#call.kernel.files, text)?.gid ?? (/^\d+$/.test(text) ? Number(text) : undefined);
    if (gid === undefined)
      throw this.#call.failure(
        `unknown group ${text}`,
        `invalid group name or GID argument to -group: ${this.#call.quote(text)}`,
      );
    return (v) => v.node.gid === gid;
  }

  #permission(name: string): Test {
    const text = this.#value(name);
    const [, prefix = '', rest = ''] = /^([-/+]?)(.*)$/.exec(text) ?? [];
    const wanted = changedMode(rest, 0, false, 0);
    if (wanted === undefined)
      throw this.#call.failure(`invalid mode '${text}'`, `invalid mode ${this.#call.quote(text)}`);
    if (prefix === '-') return (v) => (v.node.mode & wanted) === wanted;
    if (prefix !== '') return (v) => wanted === 0 || (v.node.mode & wanted) !== 0;
    return (v) => (v.node.mode & 0o7777) === wanted;
  }

  #newer(name: string): Test {
    const path = this.#value(name);
    const node = this.#call.tryStat(path);
    if (!node)
      throw this.#call.failure(
        `can't stat '${path}': No such file or directory`,
        `${this.#call.quote(path)}: No such file or directory`,
      );
    return (v) => v.node.mtime > node.mtime;
  }

  #exec(name: string): Test {
    const words: string[] = [];
    for (;;) {
      const word = this.#words[this.#at];
      if (word === undefined)
        throw this.#call.failure(`${name} requires an argument`, `missing argument to \`${name}'`);
      this.#at += 1;
      if (word === ';') break;
      if (word === '+' && words.at(-1) === '{}') {
        const batch = this.#batches.push(words) - 1;
        return this.#action((v, x) => x.collect(batch, v));
      }
      words.push(word);
    }
    if (words.length === 0)
      throw this.#call.failure(`${name} requires an argument`, `invalid argument \`;' to \`${name}'`);
    return this.#action((v, x) => x.execute(words, v, name === '-execdir'));
  }
}

function listed(call: Invocation, { path, node }: Visit): string {
  const { files } = call.kernel;
  const absolute = call.path(path);
  const user = userOf(files, node.uid)?.name ?? String(node.uid);
  const group = groupOf(files, node.gid)?.name ?? String(node.gid);
  const link = node.type === 'symlink' ? ` -> ${node.target}` : '';
  return `${String(inodeNumber(absolute)).padStart(9)} ${String(blockCount(files, absolute, node) / 2).padStart(6)} ${modeString(node)} ${String(linkCount(node)).padStart(3)} ${user.padEnd(8)} ${group.padEnd(8)} ${String(byteSize(files, absolute, node)).padStart(8)} ${strftime('%b %e %H:%M', node.mtime)} ${path}${link}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '0': '\0', '\\': '\\', r: '\r', a: '\x07' };

function formatted(call: Invocation, format: string, v: Visit): string {
  const { files } = call.kernel;
  const { node } = v;
  const at = v.path.lastIndexOf('/');
  const values: Readonly<Record<string, () => string>> = {
    p: () => v.path,
    f: () => v.name,
    h: () => (at > 0 ? v.path.slice(0, at) : at === 0 ? '' : '.'),
    P: () => (v.path === v.start ? '' : v.path.slice(v.start.replace(/\/+$/, '').length + 1)),
    H: () => v.start,
    s: () => String(byteSize(files, call.path(v.path), node)),
    k: () => String(blockCount(files, call.path(v.path), node) / 2),
    b: () => String(blockCount(files, call.path(v.path), node)),
    m: () => (node.mode & 0o7777).toString(8),
    M: () => modeString(node),
    y: () => typeLetter(node).replace('-', 'f'),
    Y: () => typeLetter(node).replace('-', 'f'),
    u: () => userOf(files, node.uid)?.name ?? String(node.uid),
    g: () => groupOf(files, node.gid)?.name ?? String(node.gid),
    U: () => String(node.uid),
    G: () => String(node.gid),
    d: () => String(v.depth),
    n: () => String(linkCount(node)),
    i: () => String(inodeNumber(call.path(v.path))),
    l: () => (node.type === 'symlink' ? node.target : ''),
    t: () => strftime('%a %b %e %H:%M:%S.%N0 %Y', node.mtime, true),
    '%': () => '%',
  };
  return format.replace(/\\(.)|%(-?\d*)(T.|[a-zA-Z%])/g, (whole, escaped?: string, width?: string, letter?: string) => {
    if (escaped !== undefined) return ESCAPES[escaped] ?? whole;
    if (letter?.startsWith('T')) {
      if (letter === 'T@') return `${Math.floor(node.mtime / 1000)}.0000000000`;
      return letter === 'T+' ? fullTime(node.mtime).replace(' ', '+') : strftime(`%${letter[1]}`, node.mtime, true);
    }
    const text = values[letter!]?.();
    if (text === undefined) return whole;
    const count = Number(width || 0);
    return count < 0 ? text.padEnd(-count) : text.padStart(count);
  });
}
