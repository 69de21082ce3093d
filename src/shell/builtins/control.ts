import { FileError } from '../../engine/files/errors.ts';
import { resolve } from '../../engine/files/path.ts';
import { notFound, prefix } from '../messages.ts';
import { exported } from '../state.ts';
import { type Builtin, type BuiltinContext, isBuiltin } from './index.ts';

const number = (text: string | undefined, fallback: number) =>
  text === undefined ? fallback : /^-?\d+$/.test(text) ? Number(text) : undefined;

const leave =
  (to: 'exit' | 'return'): Builtin =>
  ({ memory, err, machine, fds }, [name, text]) => {
    const status = number(text, memory.status);
    if (status !== undefined) return { to, status: status & 0xff };
    if (memory.flavour === 'bash') err(`${name}: ${text}: numeric argument required`);
    else if (memory.flavour === 'ash')
      machine.write(2, `${memory.name}: ${name}: line ${memory.line}: Illegal number: ${text}\n`, fds);
    else err(`${name}: Illegal number: ${text}`);
    return { to: 'exit', status: 2 };
  };

const loop =
  (to: 'break' | 'continue'): Builtin =>
  ({ memory }, [, text]) => {
    const within = memory.stack.some(({ f }) => f === 'while' || f === 'for' || f === 'forarithmetic');
    return within ? { to, count: Math.max(number(text, 1) ?? 1, 1) } : 0;
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
    err(
      memory.flavour === 'dash'
        ? `.: cannot open ${file}: ${error.code === 'ENOENT' ? 'No such file' : error.message}`
        : `.: can't open '${file}': ${error.message}`,
    );
    return { to: 'exit', status: 2 };
  }
};

/** How `type` and `command -V` put it; nothing when there is no such command. */
function kind({ memory, kernel }: BuiltinContext, name: string): { text: string; path: string } | undefined {
  if (name in memory.env.functions)
    return {
      text: `${name} is a ${memory.flavour === 'bash' ? 'function' : memory.flavour === 'ash' ? 'function' : 'shell function'}`,
      path: name,
    };
  if (isBuiltin(name, memory.flavour)) return { text: `${name} is a shell builtin`, path: name };
  const found = kernel.within({ environment: exported(memory.env), cwd: memory.env.cwd }).find(name);
  if ('status' in found) return undefined;
  if (memory.flavour === 'ash' && found.programName === 'busybox' && !name.includes('/'))
    return { text: `${name} is ${name}`, path: name };
  const path = name.includes('/')
    ? name
    : wherePath(found.path, name, exported(memory.env)['PATH'] ?? '', kernel.files.exists.bind(kernel.files));
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

const type: Builtin = (context, [, ...names]) => {
  const { memory, out, machine, fds } = context;
  let status = 0;
  const short = names[0]?.startsWith('-') ? names.shift() : undefined;
  for (const name of names) {
    const found = KEYWORDS.has(name) ? { text: `${name} is a shell keyword`, path: name } : kind(context, name);
    if (found) {
      if (short === '-t')
        out(
          `${KEYWORDS.has(name) ? 'keyword' : found.text.endsWith('builtin') ? 'builtin' : found.text.endsWith('function') ? 'function' : 'file'}\n`,
        );
      else if (short) out(`${found.path}\n`);
      else out(`${found.text}\n`);
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
  let status = 0;
  for (const name of argv.slice(2)) {
    const found = KEYWORDS.has(name) ? { text: `${name} is a shell keyword`, path: name } : kind(context, name);
    if (found) out(`${option === '-v' ? found.path : found.text}\n`);
    else {
      status = memory.flavour === 'bash' ? 1 : 127;
      if (option === '-V') context.err(notFound(memory, name, 'ENOENT'));
    }
  }
  return status;
};

/** Builtins that steer what runs next. */
export const control: Readonly<Record<string, Builtin>> = {
  ':': () => 0,
  true: () => 0,
  false: () => 1,
  exit: leave('exit'),
  logout: leave('exit'),
  return: leave('return'),
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
  builtin: (_context, argv) => ({ to: 'command', argv: argv.slice(1) }),
  type,
};
