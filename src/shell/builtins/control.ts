import { FileError } from '../../engine/files/errors.ts';
import { resolve } from '../../engine/files/path.ts';
import { commandEnvironment } from '../environment.ts';
import { prefix } from '../messages.ts';
import { type Flavour, own } from '../state.ts';
import { functionText } from '../text.ts';
import { type Builtin, type BuiltinContext, isBuiltin } from './index.ts';

/** Digits that each shell takes for a number; dash also wants it to fit into an int. */
const DIGITS = { bash: /^[-+]?\d+$/, dash: /^\+?\d+$/, ash: /^\d+$/ };

function number(flavour: Flavour, text: string | undefined, fallback: number): number | undefined {
  if (text === undefined) return fallback;
  const value = Number(text);
  return DIGITS[flavour].test(text) && (flavour !== 'dash' || value < 2 ** 31) ? value : undefined;
}

const exit: Builtin = ({ memory, err }, [name, text, extra]) => {
  if (extra !== undefined && memory.flavour === 'bash') {
    err(`${name}: too many arguments`);
    return { to: 'discard', status: 1 };
  }
  const status = number(memory.flavour, text, memory.status);
  if (status !== undefined) return { to: 'exit', status: status & 0xff };
  if (memory.flavour !== 'bash') return { to: 'exit', status: 2, message: '', builtin: `Illegal number: ${text}` };
  err(`${name}: ${text}: numeric argument required`);
  return { to: 'exit', status: 2 };
};

const returning: Builtin = (context, argv) => {
  const { memory } = context;
  const inside = memory.stack.some(({ f }) => f === 'function' || f === 'source' || f === 'trap');
  if (!inside && memory.flavour === 'bash') {
    context.err("return: can only `return' from a function or sourced script");
    return 1;
  }
  const result = exit(context, argv);
  if (!inside || typeof result !== 'object' || !('status' in result) || 'message' in result || result.to !== 'exit')
    return result;
  return { to: 'return', status: result.status };
};

const loop =
  (to: 'break' | 'continue'): Builtin =>
  ({ memory, err }, [, text]) => {
    const { flavour } = memory;
    const within = memory.stack.some(({ f }) => f === 'while' || f === 'for' || f === 'forarithmetic');
    if (within) return { to, count: Math.max(number(flavour, text, 1) ?? 1, 1) };
    if (flavour === 'bash') err(`${to}: only meaningful in a \`for', \`while', or \`until' loop`);
    return 0;
  };

const source: Builtin = (context, [name, file, ...args]) => {
  const { memory, kernel, err } = context;
  if (file === undefined) {
    err(`${name}: filename argument required`);
    return 2;
  }
  const path = resolve(memory.env.cwd, file);
  try {
    return {
      ...{ to: 'run', text: kernel.files.read(path), source: file },
      ...(args.length > 0 ? { positional: args } : {}),
    };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (memory.flavour === 'bash') {
      err(`${file}: ${error.message}`);
      return 1;
    }
    const reason =
      error.code !== 'ENOENT' ? error.message : memory.flavour === 'dash' ? 'No such file' : 'no such file';
    const verb = memory.flavour === 'dash' ? 'cannot' : "can't";
    return { to: 'exit', status: 2, message: '', builtin: `${verb} open ${file}: ${reason}` };
  }
};

/** How `type` and `command -V` put it; nothing when there is no such command. */
function kind({ memory, kernel }: BuiltinContext, name: string): { text: string; path: string } | undefined {
  if (Object.hasOwn(memory.env.functions, name))
    return {
      text: `${name} is a ${memory.flavour === 'bash' ? 'function' : memory.flavour === 'ash' ? 'function' : 'shell function'}`,
      path: name,
    };
  if (isBuiltin(name, memory.flavour)) return { text: `${name} is a shell builtin`, path: name };
  const found = kernel
    .within({ environment: commandEnvironment(memory.env, memory.flavour), cwd: memory.env.cwd })
    .find(name);
  if ('status' in found) return undefined;
  if (memory.flavour === 'ash' && found.programName === 'busybox' && !name.includes('/'))
    return { text: `${name} is ${name}`, path: name };
  const path = name.includes('/')
    ? name
    : wherePath(found.path, name, memory.env.vars['PATH']?.value ?? '', kernel.files.exists.bind(kernel.files));
  return { text: `${name} is ${path}`, path };
}

function wherePath(fallback: string, name: string, path: string, exists: (path: string) => boolean): string {
  return (
    path
      .split(':')
      .map((folder) => `${folder}/${name}`)
      .find(exists) ?? fallback
  );
}

const KEYWORDS = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'for',
  'while',
  'until',
  'do',
  'done',
  'case',
  'esac',
  '{',
  '}',
  '!',
]);

const BASH_KEYWORDS = new Set(['[[', ']]', 'function', 'select', 'time', 'coproc', 'in']);

const type: Builtin = (context, [, ...names]) => {
  const { memory, out, machine, fds } = context;
  let status = 0;
  const short = names[0]?.startsWith('-') ? names.shift() : undefined;
  for (const name of names) {
    const keyword = KEYWORDS.has(name) || (memory.flavour === 'bash' && BASH_KEYWORDS.has(name));
    const found = keyword ? { text: `${name} is a shell keyword`, path: name } : kind(context, name);
    if (found) {
      if (short === '-t')
        out(
          `${keyword ? 'keyword' : found.text.endsWith('builtin') ? 'builtin' : found.text.endsWith('function') ? 'function' : 'file'}\n`,
        );
      else if (short === '-p' || short === '-P') out(found.path.startsWith('/') ? `${found.path}\n` : '');
      else out(`${found.text}\n`);
      const body = own(memory.env.functions, name);
      if (body && memory.flavour === 'bash' && !short) out(functionText(name, body));
      continue;
    }
    status = memory.flavour === 'bash' ? 1 : 127;
    if (short) continue;
    if (memory.flavour === 'bash') machine.write(2, `${prefix(memory)}type: ${name}: not found\n`, fds);
    else machine.write(1, `${name}: not found\n`, fds);
  }
  return status;
};

const command: Builtin = (context, argv) => {
  const { memory, out } = context;
  const option = argv[1];
  if (option !== '-v' && option !== '-V') {
    const rest = option === '-p' || option === '--' ? argv.slice(2) : argv.slice(1);
    return rest.length === 0 ? 0 : { to: 'command', argv: rest };
  }
  const { flavour } = memory;
  // The small shells look at the first name only.
  const names = flavour === 'bash' ? argv.slice(2) : argv.slice(2, 3);
  let any = false;
  for (const name of names) {
    const keyword = KEYWORDS.has(name) || (flavour === 'bash' && BASH_KEYWORDS.has(name));
    const found = keyword ? { text: `${name} is a shell keyword`, path: name } : kind(context, name);
    if (found) {
      any = true;
      out(`${option === '-v' ? found.path : found.text}\n`);
    } else if (option === '-V') {
      if (flavour === 'bash') context.err(`command: ${name}: not found`);
      else out(`${name}: not found\n`);
    }
  }
  return any || names.length === 0 ? 0 : flavour === 'bash' ? 1 : 127;
};

/** Builtins that steer what runs next. */
export const control: Readonly<Record<string, Builtin>> = {
  ':': () => 0,
  true: () => 0,
  false: () => 1,
  exit,
  logout: exit,
  return: returning,
  break: loop('break'),
  continue: loop('continue'),
  eval: (_context, argv) => (argv.length === 1 ? 0 : { to: 'run', text: argv.slice(1).join(' ') }),
  '.': source,
  source,
  exec: (_context, argv) => ({
    to: 'exec',
    argv: argv[1] === '-a' ? argv.slice(3) : argv[1] === '--' ? argv.slice(2) : argv.slice(1),
  }),
  command,
  caller: () => 1,
  builtin: (_context, argv) => ({ to: 'command', argv: argv.slice(1) }),
  type,
};
