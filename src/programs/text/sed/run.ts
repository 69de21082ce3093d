import { FileError } from '../../../engine/files/errors.ts';
import { readFile, writeFile } from '../support/input.ts';
import type { Match, Regex } from '../support/regex.ts';
import type { Context } from '../support/tool.ts';
import type { Address, Command, Part } from './script.ts';

/** Commands that may run for one line; a script that loops for ever ends there. */
const MAX_STEPS = 1_000_000;

export interface Line {
  readonly text: string;
  /** False for a last line without an end. */
  readonly ended: boolean;
  readonly file: string;
}

/** The editor: pattern and hold space, and where it is in its input. */
export class Editor {
  readonly #context: Context;
  readonly #commands: readonly Command[];
  readonly #quiet: boolean;
  readonly #end: string;
  readonly #ranges = new Map<Command, number | undefined>();
  readonly #written = new Map<string, string>();
  readonly #sources = new Map<string, string[]>();
  #lines: readonly Line[] = [];
  #next = 0;
  #number = 0;
  #pattern = '';
  #hold = '';
  #ended = true;
  #after: string[] = [];
  #output = '';
  #owesEnd = false;
  #lastRegex: Regex | undefined;
  /** Exit status of a `q` that ended the script. */
  quit: number | undefined;

  constructor(context: Context, commands: readonly Command[], quiet: boolean, end: string) {
    this.#context = context;
    this.#commands = commands;
    this.#quiet = quiet;
    this.#end = end;
    for (const { name, text, flags } of commands)
      for (const file of [name === 'w' || name === 'W' ? text : undefined, flags?.file])
        if (file !== undefined) this.#written.set(file, '');
  }

  /** Runs the script over lines; what it prints is returned. Line numbers go on unless `anew`. */
  run(lines: readonly Line[], anew: boolean): string {
    this.#lines = lines;
    this.#next = 0;
    this.#output = '';
    this.#owesEnd = false;
    if (anew) {
      this.#number = 0;
      this.#ranges.clear();
    }
    let restart = false;
    while (this.quit === undefined) {
      if (!restart && !this.#read(false)) break;
      restart = this.#cycle();
    }
    if (this.quit !== undefined && anew) for (const line of lines.slice(this.#next)) this.#print(line.text, line.ended);
    return this.#output;
  }

  /** Writes the files of `w`. */
  close(): void {
    for (const [file, text] of this.#written) {
      if (file === '/dev/stdout' || file === '/dev/stderr') continue;
      try {
        writeFile(this.#context.kernel, file, text);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        this.#context.complain(
          this.#context.busybox
            ? `can't open '${file}': ${error.message}`
            : `couldn't open file ${file}: ${error.message}`,
          4,
        );
      }
    }
  }

  #read(append: boolean): boolean {
    const line = this.#lines[this.#next];
    if (!line) return false;
    this.#next += 1;
    this.#number += 1;
    this.#pattern = append ? `${this.#pattern}${this.#end}${line.text}` : line.text;
    this.#ended = line.ended;
    return true;
  }

  #print(text: string, ended = true): void {
    if (this.#owesEnd) this.#output += this.#end;
    this.#output += text + (ended ? this.#end : '');
    this.#owesEnd = !ended;
  }

  #raw(text: string): void {
    if (text === '') return;
    if (this.#owesEnd) this.#output += this.#end;
    this.#owesEnd = false;
    this.#output += text;
  }

  #flush(): void {
    for (const text of this.#after.splice(0)) this.#raw(text);
  }

  #endCycle(print: boolean): void {
    if (print && !this.#quiet) this.#print(this.#pattern, this.#ended);
    this.#flush();
  }

  /** One line's way through the script. True when the next cycle begins without reading (`D`). */
  #cycle(): boolean {
    let replaced = false;
    let steps = 0;
    for (let at = 0; at < this.#commands.length; at += 1) {
      steps += 1;
      if (steps > MAX_STEPS) {
        this.quit = 1;
        return false;
      }
      const command = this.#commands[at]!;
      if (!this.#selects(command)) {
        if (command.name === '{') at = command.target! - 1;
        continue;
      }
      switch (command.name) {
        case '=':
          this.#raw(`${this.#number}\n`);
          break;
        case 'a':
          this.#after.push(command.text!);
          break;
        case 'i':
          this.#raw(command.text!);
          break;
        case 'c':
          if (!command.to || command.negated || !this.#ranges.has(command)) this.#raw(command.text!);
          this.#endCycle(false);
          return false;
        case 'b':
          at = command.target! - 1;
          break;
        case 't':
        case 'T':
          if (replaced === (command.name === 't')) at = command.target! - 1;
          replaced = false;
          break;
        case 'd':
          this.#endCycle(false);
          return false;
        case 'D': {
          const end = this.#pattern.indexOf('\n');
          this.#endCycle(false);
          if (end < 0) return false;
          this.#pattern = this.#pattern.slice(end + 1);
          return true;
        }
        case 'g':
          this.#pattern = this.#hold;
          break;
        case 'G':
          this.#pattern += `${this.#end}${this.#hold}`;
          break;
        case 'h':
          this.#hold = this.#pattern;
          break;
        case 'H':
          this.#hold += `${this.#end}${this.#pattern}`;
          break;
        case 'x':
          [this.#pattern, this.#hold] = [this.#hold, this.#pattern];
          break;
        case 'l':
          // BusyBox reads the command and does nothing.
          if (!this.#context.busybox) this.#raw(visible(this.#pattern, Number(command.text || 70)));
          break;
        case 'n':
          if (this.#next >= this.#lines.length) {
            this.#endCycle(true);
            return false;
          }
          this.#endCycle(true);
          this.#read(false);
          break;
        case 'N':
          if (this.#next >= this.#lines.length) {
            this.#endCycle(true);
            return false;
          }
          this.#flush();
          this.#read(true);
          break;
        case 'p':
          this.#print(this.#pattern, this.#ended);
          break;
        case 'P':
          this.#print(this.#pattern.split('\n')[0]!);
          break;
        case 'q':
          this.#endCycle(true);
          this.quit = Number(command.text || 0);
          return false;
        case 'Q':
          this.quit = Number(command.text || 0);
          return false;
        case 'r':
          this.#after.push(this.#content(command.text!));
          break;
        case 'R': {
          const file = command.text!;
          if (!this.#sources.has(file)) this.#sources.set(file, this.#content(file).match(/[^\n]*\n|[^\n]+$/g) ?? []);
          const line = this.#sources.get(file)!.shift();
          if (line !== undefined) this.#after.push(line.endsWith('\n') ? line : `${line}\n`);
          break;
        }
        case 'w':
          this.#write(command.text!, this.#pattern);
          break;
        case 'W':
          this.#write(command.text!, this.#pattern.split('\n')[0]!);
          break;
        case 's':
          if (this.#substitute(command)) replaced = true;
          break;
        case 'y':
          this.#pattern = [...this.#pattern].map((char) => command.map!.get(char) ?? char).join('');
          break;
        case 'z':
          this.#pattern = '';
          break;
        case 'F':
          this.#raw(`${this.#lines[this.#next - 1]?.file ?? '-'}\n`);
          break;
      }
    }
    this.#endCycle(true);
    return false;
  }

  #content(file: string): string {
    try {
      return readFile(this.#context.kernel, file);
    } catch (error) {
      if (error instanceof FileError) return '';
      throw error;
    }
  }

  #write(file: string, text: string): void {
    if (file === '/dev/stdout') this.#print(text);
    else if (file === '/dev/stderr') this.#context.kernel.error(`${text}\n`);
    else this.#written.set(file, `${this.#written.get(file) ?? ''}${text}\n`);
  }

  #use(regex: Regex | undefined): Regex {
    const used = regex ?? this.#lastRegex;
    if (!used)
      throw this.#context.fail(
        this.#context.busybox ? 'no previous regexp' : '-e expression #1, char 0: no previous regular expression',
      );
    this.#lastRegex = used;
    return used;
  }

  #matches(address: Address): boolean {
    switch (address.at) {
      case 'line':
        return this.#number === address.line;
      case 'last':
        return this.#next >= this.#lines.length;
      case 'regex':
        return this.#use(address.regex).test(this.#pattern);
      case 'step':
        return address.step <= 0
          ? this.#number === address.first
          : this.#number >= address.first && (this.#number - address.first) % address.step === 0;
      default:
        return false;
    }
  }

  #selects(command: Command): boolean {
    const { from, to, negated } = command;
    if (!from) return !negated;
    if (!to) return this.#matches(from) !== negated;
    return this.#inRange(command, from, to) !== negated;
  }

  /** `#ranges` holds, for a range that is open, the line on which it ends, when that is known. */
  #inRange(command: Command, from: Address, to: Address): boolean {
    if (this.#ranges.has(command)) {
      const end = this.#ranges.get(command);
      if (end !== undefined) {
        if (this.#number >= end) this.#ranges.delete(command);
        // A line number that has passed already ends the range without this line.
        return this.#number <= end;
      }
      if (this.#matches(to)) this.#ranges.delete(command);
      return true;
    }
    const zero = from.at === 'line' && from.line === 0 && !this.#context.busybox;
    if (zero) {
      if (this.#number !== 1) return false;
      if (!this.#matches(to)) this.#ranges.set(command, undefined);
      return true;
    }
    if (!this.#matches(from)) return false;
    const end = this.#rangeEnd(to);
    if (end === undefined) {
      if (!(to.at === 'last' && this.#matches(to))) this.#ranges.set(command, undefined);
    } else if (end > this.#number) this.#ranges.set(command, end);
    return true;
  }

  #rangeEnd(to: Address): number | undefined {
    switch (to.at) {
      case 'line':
        return to.line;
      case 'plus':
        return this.#number + to.count;
      case 'multiple':
        return to.count <= 0 ? this.#number : Math.ceil(this.#number / to.count) * to.count;
      default:
        return undefined;
    }
  }

  #substitute({ regex: given, parts = [], flags }: Command): boolean {
    const regex = this.#use(given);
    const text = this.#pattern;
    let result = '';
    let at = 0;
    let count = 0;
    let done = false;
    let lastEnd = -1;
    while (at <= text.length) {
      const match = regex.exec(text, at);
      if (!match) break;
      // An empty match right after the last match does not count.
      if (match.end === match.index && match.index === lastEnd) {
        if (match.index >= text.length) break;
        result += text[match.index];
        at = match.index + 1;
        lastEnd = -1;
        continue;
      }
      count += 1;
      result += text.slice(at, match.index);
      if (count >= (flags?.nth || 1)) {
        result += filledIn(parts, match);
        done = true;
        if (!flags?.global) {
          at = match.end;
          break;
        }
      } else result += text.slice(match.index, match.end);
      lastEnd = match.end;
      at = match.end;
      if (match.end === match.index) {
        if (at >= text.length) break;
        result += text[at];
        at += 1;
        lastEnd = -1;
      }
    }
    if (!done) return false;
    this.#pattern = result + text.slice(at);
    if (flags?.print) this.#print(this.#pattern, this.#ended);
    if (flags?.file !== undefined) this.#write(flags.file, this.#pattern);
    return true;
  }
}

function filledIn(parts: readonly Part[], match: Match): string {
  let result = '';
  let mode: 'U' | 'L' | '' = '';
  let once: 'u' | 'l' | '' = '';
  for (const part of parts) {
    if (typeof part === 'object') {
      if (part.fold === 'u' || part.fold === 'l') once = part.fold;
      else mode = part.fold === 'E' ? '' : part.fold;
      continue;
    }
    let text = typeof part === 'string' ? part : (match.groups[part] ?? '');
    if (mode === 'U') text = upper(text);
    else if (mode === 'L') text = lower(text);
    if (once !== '' && text !== '') {
      text = (once === 'u' ? upper(text[0]!) : lower(text[0]!)) + text.slice(1);
      once = '';
    }
    result += text;
  }
  return result;
}

const upper = (text: string): string => text.replace(/[a-z]/g, (char) => char.toUpperCase());
const lower = (text: string): string => text.replace(/[A-Z]/g, (char) => char.toLowerCase());

const NAMED: Readonly<Record<string, string>> = {
  ...{ '\\': '\\\\', '\x07': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v' },
};

/** What `l` prints: unambiguous, long lines broken. */
function visible(text: string, width: number): string {
  let result = '';
  let column = 0;
  for (const char of text) {
    const shown = NAMED[char] ?? (/[ -~]/.test(char) ? char : `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
    if (width > 1 && column + shown.length > width - 1) {
      result += '\\\n';
      column = 0;
    }
    result += shown;
    column += shown.length;
  }
  return `${result}$\n`;
}
