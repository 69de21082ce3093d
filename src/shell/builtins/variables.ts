import { FileError } from '../../engine/files/errors.ts';
import { resolve } from '../../engine/files/path.ts';
import type { Variable } from '../state.ts';
import type { Builtin, BuiltinContext } from './index.ts';

const NAME = /^[A-Za-z_]\w*$/;

const quoted = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
const doubleQuoted = (value: string) => `"${value.replace(/(["\\$`])/g, '\\$1')}"`;

/** `export`, `readonly`, `declare`: sets marks, and values where given. */
function mark(context: BuiltinContext, words: readonly string[], change: Partial<Variable>, label: string): number {
  const { memory, machine } = context;
  let status = 0;
  for (const word of words) {
    const [, name = '', append, value] = /^([^=+]*)(\+?)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (!NAME.test(name)) {
      status =
        memory.flavour === 'bash'
          ? (context.err(`${label}: \`${word}': not a valid identifier`), 1)
          : (context.err(`${label}: ${word}: bad variable name`), 2);
      continue;
    }
    const old = memory.env.vars[name];
    machine.setVariable(name, {
      ...change,
      ...(value === undefined ? {} : { value: (append ? (old?.value ?? '') : '') + value }),
    });
  }
  return status;
}

const exporting: Builtin = (context, [, ...words]) => {
  const { memory, out } = context;
  if (words.length === 0 || (words[0] === '-p' && words.length === 1)) {
    for (const [name, variable] of Object.entries(memory.env.vars).sort()) {
      if (!variable.exported) continue;
      const { value } = variable;
      if (memory.flavour === 'bash') out(`declare -x ${name}${value === undefined ? '' : `=${doubleQuoted(value)}`}\n`);
      else out(`export ${name}${value === undefined ? '' : `=${quoted(value)}`}\n`);
    }
    return 0;
  }
  if (words[0] === '-n') {
    for (const name of words.slice(1)) context.machine.setVariable(name, { exported: false });
    return 0;
  }
  return mark(context, words[0] === '--' ? words.slice(1) : words, { exported: true }, 'export');
};

const set: Builtin = ({ memory, out }, [, ...words]) => {
  if (words.length === 0) {
    for (const [name, { value }] of Object.entries(memory.env.vars).sort())
      if (value !== undefined)
        out(`${name}=${memory.flavour === 'bash' && /^[\w@%+=:,./-]*$/.test(value) ? value : quoted(value)}\n`);
    return 0;
  }
  const long: Readonly<Record<string, string>> = {
    errexit: 'e',
    nounset: 'u',
    xtrace: 'x',
    noglob: 'f',
    noexec: 'n',
    allexport: 'a',
    noclobber: 'C',
    pipefail: 'P',
    verbose: 'v',
    monitor: 'm',
  };
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') {
      memory.env = { ...memory.env, positional: words };
      return 0;
    }
    if (!/^[-+]./.test(word)) {
      memory.env = { ...memory.env, positional: [word, ...words] };
      return 0;
    }
    for (const letter of word.slice(1)) {
      const name = letter === 'o' ? words.shift() : undefined;
      if (letter === 'o' && name === undefined) continue;
      const option = name === undefined ? letter : (long[name] ?? '');
      const without = memory.env.options.replace(option, '');
      memory.env = { ...memory.env, options: word.startsWith('-') ? without + option : without };
    }
  }
  return 0;
};

const unset: Builtin = ({ memory }, [, ...words]) => {
  const functions = words[0] === '-f';
  for (const name of words.filter((word) => !word.startsWith('-'))) {
    if (!functions && name in memory.env.vars) {
      const { [name]: _gone, ...rest } = memory.env.vars;
      memory.env = { ...memory.env, vars: rest };
    } else {
      const { [name]: _gone, ...rest } = memory.env.functions;
      memory.env = { ...memory.env, functions: rest };
    }
  }
  return 0;
};

const local: Builtin = (context, [name, ...words]) => {
  const { memory, machine } = context;
  let at = memory.stack.length - 1;
  while (at >= 0 && memory.stack[at]!.f !== 'function') at -= 1;
  const marks: Partial<Variable> = {};
  while (words[0]?.startsWith('-')) {
    const option = words.shift()!;
    if (option.includes('x')) Object.assign(marks, { exported: true });
    if (option.includes('r')) Object.assign(marks, { readOnly: true });
    if (option.includes('p')) {
      for (const word of words) context.out(`declare -- ${word}=${doubleQuoted(memory.env.vars[word]?.value ?? '')}\n`);
      return 0;
    }
  }
  const frame = memory.stack[at];
  if (frame?.f !== 'function') {
    if (name === 'local') return context.fail('can only be used in a function');
    return mark(context, words, marks, name!);
  }
  for (const word of words) {
    const [key = '', value] = word.split(/=([\s\S]*)/, 2);
    const current = memory.stack[at] as typeof frame;
    if (!(key in current.locals))
      memory.stack[at] = { ...current, locals: { ...current.locals, [key]: memory.env.vars[key] ?? null } };
    machine.setVariable(key, { ...marks, value: value ?? '' });
  }
  return 0;
};

const cd: Builtin = (context, [, ...words]) => {
  const { memory, kernel, machine, out, fail } = context;
  const target = words.find((word) => !/^-[LP]+$/.test(word) && word !== '--');
  const home = memory.env.vars['HOME']?.value;
  const old = memory.env.vars['OLDPWD']?.value;
  const wanted = target === '-' ? old : (target ?? home);
  if (wanted === undefined || wanted === '')
    return target === '-' && memory.flavour === 'bash'
      ? fail('OLDPWD not set')
      : target === undefined && memory.flavour === 'bash'
        ? fail('HOME not set')
        : 0;
  const path = resolve(memory.env.cwd, wanted);
  let reason: string | undefined;
  try {
    const node = kernel.files.stat(path);
    if (!node) reason = 'No such file or directory';
    else if (node.type !== 'directory') reason = 'Not a directory';
    else if (!kernel.files.permits(node, 1)) reason = 'Permission denied';
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    reason = error.message;
  }
  if (reason)
    return memory.flavour === 'bash'
      ? fail(`${wanted}: ${reason}`)
      : memory.flavour === 'dash'
        ? fail(`can't cd to ${wanted}`)
        : fail(`can't cd to ${wanted}: ${reason}`);
  machine.setVariable('OLDPWD', { value: memory.env.cwd });
  memory.env = { ...memory.env, cwd: path };
  machine.setVariable('PWD', { value: path });
  if (target === '-') out(`${path}\n`);
  return 0;
};

const shift: Builtin = (context, [, text]) => {
  const { memory } = context;
  const count = Number(text ?? 1);
  if (count > memory.env.positional.length) {
    if (memory.flavour !== 'dash') return 1;
    context.err("shift: can't shift that many");
    return { to: 'exit', status: 2 };
  }
  memory.env = { ...memory.env, positional: memory.env.positional.slice(count) };
  return 0;
};

const read: Builtin = (context, argv) => {
  const { memory, machine, fds } = context;
  const words = argv.slice(1);
  let raw = false;
  let array: string | undefined;
  let delimiter = '\n';
  let count: number | undefined;
  while (words[0]?.startsWith('-') && words[0] !== '-') {
    const option = words.shift()!;
    if (option === '--') break;
    if (option.includes('r')) raw = true;
    if (option.endsWith('a')) array = words.shift();
    if (option.endsWith('d')) delimiter = words.shift() || '\0';
    if (option.endsWith('n') || option.endsWith('N')) count = Number(words.shift());
    if (option.endsWith('p')) {
      const prompt = words.shift() ?? '';
      if (context.kernel.tty) machine.write(2, prompt, fds);
    }
    if (/[tu]$/.test(option)) words.shift();
  }
  let line = '';
  let ended = false;
  for (;;) {
    const more = machine.readLine(fds, 0, delimiter);
    if (more === undefined) {
      ended = true;
      break;
    }
    ended = !more.endsWith(delimiter);
    line += more;
    if (raw || !/(?<!\\)(?:\\\\)*\\\n$/.test(line)) break;
    line = line.slice(0, -2);
  }
  if (line.endsWith(delimiter)) line = line.slice(0, -1);
  if (count !== undefined) line = line.slice(0, count);
  const ifs = memory.env.vars['IFS']?.value ?? ' \t\n';
  const names = array === undefined ? (words.length > 0 ? words : ['REPLY']) : [];
  if (names.length === 1 && words.length === 0 && array === undefined) {
    machine.setVariable('REPLY', { value: raw ? line : line.replace(/\\([\s\S])/g, '$1') });
    return ended ? 1 : 0;
  }
  const fields = split(line, ifs, array === undefined ? names.length : Number.POSITIVE_INFINITY, raw);
  if (array !== undefined) machine.setVariable(array, { values: Object.fromEntries(fields.entries()) });
  else for (const [index, name] of names.entries()) machine.setVariable(name, { value: fields[index] ?? '' });
  return ended ? 1 : 0;
};

/** Fields of a line for `read`: the last takes what is left. */
function split(line: string, ifs: string, count: number, raw: boolean): string[] {
  const blanks = [...ifs].filter((c) => ' \t\n'.includes(c)).join('');
  const isBlank = (c: string | undefined) => c !== undefined && blanks.includes(c);
  const fields: string[] = [];
  let at = 0;
  while (isBlank(line[at])) at += 1;
  while (at < line.length) {
    let field = '';
    if (fields.length === count - 1) {
      field = line.slice(at);
      if (!raw) field = field.replace(/\\([\s\S])/g, '$1');
      let end = field.length;
      while (end > 0 && isBlank(field[end - 1])) end -= 1;
      field = field.slice(0, end);
      if (
        end > 0 &&
        ifs.includes(field[end - 1]!) &&
        !field
          .slice(0, -1)
          .split('')
          .some((c) => ifs.includes(c))
      )
        field = field.slice(0, -1);
      fields.push(field);
      break;
    }
    while (at < line.length && !ifs.includes(line[at]!)) {
      if (line[at] === '\\' && !raw) at += 1;
      field += line[at] ?? '';
      at += 1;
    }
    fields.push(field);
    while (isBlank(line[at])) at += 1;
    if (at < line.length && ifs.includes(line[at]!) && !isBlank(line[at])) {
      at += 1;
      while (isBlank(line[at])) at += 1;
    }
  }
  return fields;
}

const getopts: Builtin = ({ memory, machine, err }, [, specification = '', name = '', ...given]) => {
  const args = given.length > 0 ? given : memory.env.positional;
  let index = Number(memory.env.vars['OPTIND']?.value ?? 1);
  let inner = Number(memory.env.vars['OPTPOS']?.value ?? 1);
  const word = args[index - 1];
  const finish = (value: string, argument: string | undefined, status: number) => {
    machine.setVariable(name, { value });
    machine.setVariable('OPTIND', { value: String(index) });
    machine.setVariable('OPTPOS', { value: String(inner) });
    if (argument !== undefined) machine.setVariable('OPTARG', { value: argument });
    return status;
  };
  if (word === undefined || !/^-./.test(word)) return finish('?', undefined, 1);
  if (word === '--') {
    index += 1;
    return finish('?', undefined, 1);
  }
  const letter = word[inner]!;
  const silent = specification.startsWith(':');
  const at = specification.indexOf(letter, silent ? 1 : 0);
  inner += 1;
  const rest = word.slice(inner);
  const next = () => {
    index += 1;
    inner = 1;
  };
  if (at < 0 || letter === ':') {
    if (rest === '') next();
    if (!silent) err(memory.flavour === 'bash' ? `illegal option -- ${letter}` : `Illegal option -${letter}`);
    return finish('?', silent ? letter : '', 0);
  }
  if (specification[at + 1] !== ':') {
    if (rest === '') next();
    return finish(letter, '', 0);
  }
  next();
  if (rest !== '') return finish(letter, rest, 0);
  const argument = args[index - 1];
  if (argument === undefined) {
    if (!silent)
      err(memory.flavour === 'bash' ? `option requires an argument -- ${letter}` : `No arg for -${letter} option`);
    return finish(silent ? ':' : '?', silent ? letter : '', 0);
  }
  index += 1;
  return finish(letter, argument, 0);
};

/** Builtins that read and change variables, parameters and the folder. */
export const variables: Readonly<Record<string, Builtin>> = {
  export: exporting,
  readonly: (context, [, ...words]) =>
    mark(
      context,
      words.filter((word) => word !== '-p'),
      { readOnly: true },
      'readonly',
    ),
  declare: local,
  typeset: local,
  local,
  set,
  unset,
  cd,
  chdir: cd,
  shift,
  read,
  getopts,
  umask: ({ memory, out }, [, text]) => {
    if (text === undefined) out(`${memory.env.umask.toString(8).padStart(4, '0')}\n`);
    else memory.env = { ...memory.env, umask: Number.parseInt(text, 8) || 0 };
    return 0;
  },
  alias: ({ memory, out }, [, ...words]) => {
    for (const word of words) {
      const [name = '', value] = word.split(/=([\s\S]*)/, 2);
      if (value === undefined) out(`${name}=${quoted(memory.env.aliases[name] ?? '')}\n`);
      else memory.env = { ...memory.env, aliases: { ...memory.env.aliases, [name]: value } };
    }
    return 0;
  },
  unalias: () => 0,
  ulimit: ({ out }) => {
    out('unlimited\n');
    return 0;
  },
  hash: () => 0,
  shopt: () => 0,
  let: ({ machine }, [, ...words]) => {
    let value = 0n;
    for (const word of words) {
      const expander = machine.expander();
      value = expander.evaluate(word);
      machine.change({ vars: expander.vars });
    }
    return value === 0n ? 1 : 0;
  },
};
