import { FileError } from '../engine/files/errors.ts';
import { resolve } from '../engine/files/path.ts';
import type { Kernel } from '../engine/process/program.ts';
import type { Frame } from './frames.ts';
import { OPTION_NAMES } from './options.ts';
import { type Flavour, own, type ShellMemory } from './state.ts';

/** How a shell begins: what it runs, and under which name. */
interface Opening {
  readonly stack: Frame[];
  readonly mode: ShellMemory['mode'];
  readonly name: string;
  readonly positional: readonly string[];
  readonly options: string;
}

/** Reads a shell's arguments: `sh [-eux] [-o option] [-c TEXT [name args…] | FILE args… | -s args…]`. */
export function openingStack(kernel: Kernel, flavour: Flavour): Opening | { exit: number; message: string } {
  const [zero = 'sh', ...words] = kernel.argv;
  let options = flavour === 'bash' ? 'hB' : '';
  let command = false;
  let standard = false;
  let session = false;
  let interactive = false;
  for (let word = words[0]; word !== undefined && /^[-+]./.test(word); word = words[0]) {
    words.shift();
    if (word === '--') break;
    if (word === '--session') session = true;
    if (word.startsWith('--')) {
      if (LONG.has(word)) continue;
      if (flavour === 'bash') return { exit: 2, message: `${zero}: ${word}: invalid option\n` };
      continue;
    }
    for (const letter of word.slice(1)) {
      if (letter === 'c') command = true;
      else if (letter === 's') standard = true;
      else if (letter === 'i') interactive = true;
      else if (letter === 'l') continue;
      else if (letter === 'o') {
        const name = words.shift() ?? '';
        options += own(OPTION_NAMES, name) ?? '';
      } else if ('aCefhmnuvxbEBHPT'.includes(letter))
        options = options.replace(letter, '') + (word.startsWith('-') ? letter : '');
      else return { exit: 2, message: badOption(zero, word, letter, flavour) };
    }
  }
  const position = { tested: false, tail: true };
  if (command) {
    const [text, name = zero, ...positional] = words;
    if (text === undefined) return { exit: 2, message: missingText(zero, flavour) };
    const stack: Frame[] = [{ f: 'script', text, at: 0, line: 1, kind: '-c', ...position }];
    return { stack, mode: 'command', name, positional, options: `${options}c`.replace(/^hBc$/, 'hBc') };
  }
  const [file] = words;
  if (file !== undefined && !standard) {
    const read = script(kernel, flavour, zero, file);
    if (typeof read !== 'string') return read;
    const stack: Frame[] = [{ f: 'script', text: read, at: 0, line: 1, kind: 'file', tested: false, tail: false }];
    return { stack, mode: 'file', name: file, positional: words.slice(1), options };
  }
  const mode = session ? 'session' : interactive || kernel.terminal.stdin ? 'prompt' : 'stdin';
  return { stack: [{ f: 'commands' }], mode, name: zero, positional: words, options: `${options}s` };
}

const LONG = new Set(['--login', '--noprofile', '--norc', '--posix', '--session', '--noediting', '--restricted']);

function script(
  kernel: Kernel,
  flavour: Flavour,
  zero: string,
  file: string,
): string | { exit: number; message: string } {
  try {
    return kernel.files.read(resolve(kernel.cwd, file));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const missing = error.code === 'ENOENT';
    if (flavour === 'bash')
      return {
        exit: error.code === 'EACCES' || error.code === 'EISDIR' ? 126 : 127,
        message: `${zero}: ${file}: ${error.message}\n`,
      };
    if (flavour === 'dash')
      return { exit: 2, message: `${zero}: 0: cannot open ${file}: ${missing ? 'No such file' : error.message}\n` };
    return { exit: 2, message: `${zero}: line 0: can't open ${file}: ${missing ? 'no such file' : error.message}\n` };
  }
}

function badOption(zero: string, word: string, letter: string, flavour: Flavour): string {
  if (flavour === 'dash') return `${zero}: 0: Illegal option -${letter}\n`;
  if (flavour === 'bash') return `${zero}: ${word.slice(0, 1)}${letter}: invalid option\n`;
  return `${zero}: illegal option -${letter}\n`;
}

function missingText(zero: string, flavour: Flavour): string {
  if (flavour === 'bash') return `${zero}: -c: option requires an argument\n`;
  return flavour === 'dash' ? `${zero}: 0: -c requires an argument\n` : `${zero}: -c requires an argument\n`;
}
