import { decode, encode } from '../../../engine/bytes.ts';
import { FileError } from '../../../engine/files/errors.ts';
import { resolve } from '../../../engine/files/path.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import './builtins.ts';
import { VERSION_TEXT } from './constants.ts';
import './containers.ts';
import { answerRequest, drive, settled, takePending } from './drive.ts';
import { freeze, thaw } from './heap.ts';
import { PythonSyntaxError } from './lexer.ts';
import { LIBRARY } from './library/index.ts';
import { Machine, type MachineState } from './machine.ts';
import './modules/data.ts';
import './modules/system.ts';
import { STANDARD } from './standard.ts';
import './strings.ts';
import { syntaxErrorText, tracebackText } from './traceback.ts';
import { type ModuleObj, PyError, type Value } from './value.ts';

/** The official images say in their environment which version they hold; else it is Debian's. */
const versionOf = (kernel: Kernel) => `Python ${kernel.environment['PYTHON_VERSION'] ?? '3.13.5'}`;
const USAGE = 'usage: python3 [option] ... [-c cmd | -m mod | file | -] [arg] ...\n';
const INTERRUPT = 2;

interface Memory {
  /** The whole program, see heap.ts. */
  readonly heap: string;
  /** A prompt for a person: the lines of a block that is not finished. */
  readonly prompt?: string;
}

interface Start {
  readonly file: string;
  readonly source: string;
  readonly shown: boolean;
  readonly argv: readonly string[];
  readonly folder: string;
  readonly unbuffered: boolean;
}

/** Machines whose state a memory holds, so that it need not be read again. */
const alive = new WeakMap<object, Machine>();

/** python3: runs commands, scripts, modules, and what stands on its input. */
export const pythonProgram: Program = {
  async run(kernel): Promise<Outcome> {
    if (kernel.memory !== undefined) {
      const vm = recall(kernel);
      const { prompt } = kernel.memory as Memory;
      return prompt === undefined ? remember(kernel, vm, await go(vm)) : converse(kernel, vm, prompt);
    }
    const start = begin(kernel);
    if (!('source' in start)) return start;
    const vm = boot(kernel, start);
    if (start.file === '<stdin>' && kernel.terminal.stdin) {
      kernel.output(
        `Python ${VERSION_TEXT} on linux\nType "help", "copyright", "credits" or "license" for more information.\n>>> `,
      );
      return converse(kernel, vm, '');
    }
    let code: string;
    try {
      code = vm.unit({ file: start.file, source: start.source, shown: start.shown });
    } catch (error) {
      if (!(error instanceof PythonSyntaxError)) throw error;
      kernel.error(encode(syntaxErrorText(start.file, start.source, error)));
      return { exit: 1 };
    }
    vm.enter(code, main(vm).attrs, { after: 'drop' });
    return remember(kernel, vm, await go(vm));
  },

  async signal(kernel, signal): Promise<Outcome | undefined> {
    if (kernel.memory === undefined) return undefined;
    const { handlers } = (alive.get(kernel.memory as object) ?? recallState(kernel)).state;
    const handler = handlers.get(String(signal));
    if (handler === undefined && signal !== INTERRUPT) return undefined;
    if (handler === 0n) return undefined;
    const vm = recall(kernel);
    const [thread] = vm.state.threads;
    vm.thread = thread!;
    if (handler === 1n) return remember(kernel, vm, await go(vm));
    const { waiting } = thread!;
    thread!.waiting = null;
    try {
      if (handler === undefined) vm.unwind(vm.error('KeyboardInterrupt').value, 0);
      else
        vm.invoke(
          handler,
          [BigInt(signal), null],
          new Map(),
          waiting ? { after: 'drop', interrupted: waiting } : { after: 'drop' },
        );
    } catch (error) {
      if (!(error instanceof PyError)) throw error;
      return ended(vm, error);
    }
    return remember(kernel, vm, await go(vm));
  },

  async answer(kernel, request, port): Promise<string> {
    if (kernel.memory === undefined) return '';
    const vm = recall(kernel);
    const bytes = await answerRequest(vm, kernel, request, port);
    kernel.memory = keep(vm, (kernel.memory as Memory | undefined)?.prompt);
    return bytes;
  },
};

/** Ends as an exception ends the main thread that nobody takes. */
async function ended(vm: Machine, error: PyError): Promise<Outcome> {
  const { name, args = [] } = { name: error.value.cls.name, ...(error.value.args ? { args: error.value.args } : {}) };
  if (name === 'SystemExit') {
    vm.flush();
    const [code = null] = args;
    if (code === null) return { exit: 0 };
    if (typeof code === 'bigint' || typeof code === 'boolean') return { exit: Number(BigInt(code) & 0xffn) };
    vm.kernel.error(encode(`${String(code)}\n`));
    return { exit: 1 };
  }
  vm.kernel.error(encode(tracebackText(vm, error.value)));
  vm.flush();
  return { exit: name === 'KeyboardInterrupt' ? 130 : 1 };
}

/** Lets the program go on. */
async function go(vm: Machine): Promise<Outcome> {
  const [main] = vm.state.threads;
  if (main?.waiting && main.frames.length > 0) {
    await settled(vm, main, main.waiting);
    const failure = takePending(main);
    if (failure) return ended(vm, failure);
  }
  const outcome = await drive(vm);
  const failure = main && takePending(main);
  return failure ? ended(vm, failure) : outcome;
}

function keep(vm: Machine, prompt?: string): Memory {
  const memory: Memory = { heap: freeze(vm.state), ...(prompt === undefined ? {} : { prompt }) };
  alive.set(memory, vm);
  return memory;
}

function remember(kernel: Kernel, vm: Machine, outcome: Outcome): Outcome {
  if ('wait' in outcome) kernel.memory = keep(vm);
  return outcome;
}

function recallState(kernel: Kernel): Machine {
  return new Machine(thaw((kernel.memory as Memory).heap) as MachineState);
}

function recall(kernel: Kernel): Machine {
  const memory = kernel.memory as object;
  const vm = alive.get(memory) ?? recallState(kernel);
  // Whoever keeps this memory must find it as it was.
  alive.delete(memory);
  vm.kernel = kernel;
  vm.thread = vm.state.threads[0]!;
  return vm;
}

function main(vm: Machine): ModuleObj {
  return vm.state.modules.get('__main__')!;
}

function boot(kernel: Kernel, { file, argv, folder, unbuffered }: Start): Machine {
  const name = decode(kernel.argv[0] ?? 'python3');
  const executable = name.includes('/') ? name : `/usr/local/bin/${name}`;
  const attrs = new Map<string, Value>([
    ['__name__', '__main__'],
    ['__doc__', null],
    ['__package__', null],
    ['__loader__', null],
    ['__spec__', null],
    ['__annotations__', { t: 'dict', m: new Map() }],
    ['__builtins__', { t: 'module', name: 'builtins', attrs: new Map() }],
  ]);
  if (!file.startsWith('<')) attrs.set('__file__', file);
  const vm = new Machine({
    units: [],
    threads: [{ id: 1, frames: [], waiting: null, daemon: false }],
    modules: new Map<string, ModuleObj>([['__main__', { t: 'module', name: '__main__', attrs }]]),
    handlers: new Map(),
    ended: new Map(),
    out: '',
    unbuffered,
    argv: [...argv],
    nextId: 1,
    input: '',
    servers: new Map(),
    busy: 0,
    executable,
    folder,
  });
  vm.kernel = kernel;
  vm.thread = vm.state.threads[0]!;
  // Python itself has imported sys and os before the program begins.
  const frame = { t: 'module' as const, name: '', attrs: new Map<string, Value>() };
  for (const module of ['sys', 'os']) {
    vm.enter(vm.unit({ file: '<library start>', source: `import ${module}\n`, shown: false }), frame.attrs, {
      after: 'drop',
    });
    vm.runTo(0);
  }
  return vm;
}

/** What the arguments ask for. */
function begin(kernel: Kernel): Start | Outcome {
  const args = kernel.argv.slice(1).map(decode);
  let unbuffered = (kernel.environment['PYTHONUNBUFFERED'] ?? '') !== '';
  const name = decode(kernel.argv[0] ?? 'python3');
  const common = () => ({ unbuffered, shown: true });
  while (args.length > 0) {
    const arg = args.shift()!;
    if (arg === '-' || !arg.startsWith('-')) {
      if (arg === '-') return fromInput(kernel, ['-', ...args], unbuffered);
      return script(kernel, arg, args, unbuffered, name);
    }
    if (arg === '--version' || arg === '-V' || arg === '-VV') {
      kernel.output(arg === '-VV' ? `Python ${VERSION_TEXT}\n` : `${versionOf(kernel)}\n`);
      return { exit: 0 };
    }
    if (arg === '--help' || arg === '-h' || arg === '-?') {
      kernel.output(
        `${USAGE}Options (and corresponding environment variables):\n-b     : issue warnings about converting bytes/bytearray to str and comparing\n`,
      );
      return { exit: 0 };
    }
    if (arg.startsWith('--')) return unknown(kernel, arg, name);
    for (let at = 1; at < arg.length; at += 1) {
      const letter = arg[at]!;
      const rest = arg.slice(at + 1);
      if (letter === 'c' || letter === 'm' || letter === 'W' || letter === 'X') {
        const value = rest === '' ? args.shift() : rest;
        if (value === undefined) {
          kernel.error(`Argument expected for the -${letter} option\n${usage(name)}`);
          return { exit: 2 };
        }
        if (letter === 'c')
          return { ...common(), file: '<string>', source: `${value}\n`, argv: ['-c', ...args], folder: '' };
        if (letter === 'm') return module(kernel, value, args, unbuffered, name);
        break;
      }
      if (letter === 'u') unbuffered = true;
      else if (!'bBdEiIOPqRsSvx'.includes(letter)) return unknown(kernel, `-${letter}`, name);
    }
  }
  return fromInput(kernel, [''], unbuffered);
}

const usage = (name: string) =>
  `usage: ${name} [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry \`python -h' for more information.\n`;

function unknown(kernel: Kernel, option: string, name: string): Outcome {
  kernel.error(
    encode(`${option.startsWith('--') ? `unknown option ${option}` : `Unknown option: ${option}`}\n${usage(name)}`),
  );
  return { exit: 2 };
}

function fromInput(kernel: Kernel, argv: readonly string[], unbuffered: boolean): Start | Outcome {
  const start = { file: '<stdin>', shown: false, argv, folder: '', unbuffered };
  if (kernel.terminal.stdin) return { ...start, source: '' };
  const { data, end } = kernel.input();
  if (end) return { ...start, source: decode(data) };
  kernel.putBack(data);
  return { wait: { input: true } };
}

function script(
  kernel: Kernel,
  file: string,
  args: readonly string[],
  unbuffered: boolean,
  name: string,
): Start | Outcome {
  const path = resolve(kernel.cwd, encode(file));
  // As Python joins them: the folder / and a name make two slashes.
  const shown = file.startsWith('/') ? file : `${decode(kernel.cwd)}/${file}`;
  try {
    if (kernel.files.stat(path)?.type === 'directory') {
      const inside = `${path}/__main__.py`;
      if (kernel.files.stat(inside)?.type !== 'file') {
        kernel.error(
          encode(
            `${name.includes('/') ? name : `/usr/local/bin/${name}`}: can't find '__main__' module in '${shown}'\n`,
          ),
        );
        return { exit: 1 };
      }
      return {
        file: decode(inside),
        source: decode(kernel.files.read(inside)),
        shown: true,
        argv: [file, ...args],
        folder: decode(path),
        unbuffered,
      };
    }
    const source = decode(kernel.files.read(path)).replaceAll('\r\n', '\n');
    const folder = decode(path.slice(0, path.lastIndexOf('/')) || '/');
    return { file: decode(path), source, shown: true, argv: [file, ...args], folder, unbuffered };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const number = error.code === 'EACCES' ? 13 : error.code === 'ENOTDIR' ? 20 : 2;
    kernel.error(encode(`${name}: can't open file '${shown}': [Errno ${number}] ${error.reason}\n`));
    return { exit: 2 };
  }
}

function module(
  kernel: Kernel,
  name: string,
  args: readonly string[],
  unbuffered: boolean,
  program: string,
): Start | Outcome {
  const base = `${kernel.cwd === '/' ? '' : kernel.cwd}/${encode(name.replaceAll('.', '/'))}`;
  const argvOf = (file: string) => [file, ...args];
  for (const path of [`${base}.py`, `${base}/__main__.py`])
    if (kernel.files.stat(path)?.type === 'file') {
      const file = decode(path);
      return {
        file,
        source: decode(kernel.files.read(path)),
        shown: true,
        argv: argvOf(file),
        folder: decode(kernel.cwd),
        unbuffered,
      };
    }
  const source = LIBRARY[`${name}.__main__`] ?? (name === 'this' ? LIBRARY['this'] : undefined);
  if (source !== undefined)
    return {
      file: `<library ${name}.__main__>`,
      source,
      shown: false,
      argv: argvOf(`/usr/lib/python3.13/${name.replaceAll('.', '/')}.py`),
      folder: decode(kernel.cwd),
      unbuffered,
    };
  const executable = program.includes('/') ? program : `/usr/local/bin/${program}`;
  if (kernel.files.stat(base)?.type === 'directory') {
    kernel.error(
      encode(
        `${executable}: No module named ${name}.__main__; '${name}' is a package and cannot be directly executed\n`,
      ),
    );
    return { exit: 1 };
  }
  kernel.error(
    encode(
      STANDARD.has(name)
        ? `${executable}: not modelled in Stapellauf: python -m ${name}\n`
        : `${executable}: No module named ${name}\n`,
    ),
  );
  return { exit: 1 };
}

/** A prompt: reads lines, runs whole statements, and asks for the next. */
async function converse(kernel: Kernel, vm: Machine, before: string): Promise<Outcome> {
  let block = before;
  const { data, end } = kernel.input();
  const lines = (vm.state.input + data).split('\n');
  vm.state.input = lines.pop() ?? '';
  for (const line of lines) {
    block += `${line}\n`;
    const opens = /:\s*(#.*)?$/.test(block.split('\n')[0]!) || /^@/.test(block);
    if (opens && line.trim() !== '') {
      kernel.output('... ');
      continue;
    }
    const status = await statement(kernel, vm, block);
    block = '';
    if (status !== undefined) return { exit: status };
    kernel.output('>>> ');
  }
  if (end) {
    kernel.output('\n');
    return { exit: 0 };
  }
  kernel.memory = keep(vm, block);
  return { wait: { input: true } };
}

async function statement(kernel: Kernel, vm: Machine, source: string): Promise<number | undefined> {
  const file = '<python-input-0>';
  try {
    const code = vm.unit({ file, source: `\0${decode(source)}`, shown: true });
    vm.enter(code, main(vm).attrs, { after: 'drop' });
    vm.run(vm.state.threads[0]!);
  } catch (error) {
    if (error instanceof PythonSyntaxError) kernel.error(encode(syntaxErrorText(file, decode(source), error)));
    else if (error instanceof PyError) {
      vm.state.threads[0]!.frames = [];
      if (error.value.cls.name === 'SystemExit') {
        const outcome = await ended(vm, error);
        return 'exit' in outcome ? outcome.exit : 0;
      }
      kernel.error(encode(tracebackText(vm, error.value)));
    } else throw error;
  }
  vm.flush();
  return undefined;
}
