import { FileError } from '../../engine/files/errors.ts';
import { resolve } from '../../engine/files/path.ts';
import { OPTION_NAMES } from '../options.ts';
import { own, type Variable } from '../state.ts';
import { functionText } from '../text.ts';
import type { Builtin, BuiltinContext, Control } from './index.ts';
import { ulimit } from './limits.ts';

const NAME = /^[A-Za-z_]\w*$/;

const quoted = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
const doubleQuoted = (value: string) => `"${value.replace(/(["\\$`])/g, '\\$1')}"`;

/** What a name that is none is called; it ends a script of the small shells. */
function badName({ memory, err }: BuiltinContext, label: string, word: string): Control | number {
  if (memory.flavour !== 'bash') return { to: 'exit', status: 2, message: '', builtin: `${word}: bad variable name` };
  err(`${label}: \`${word}': not a valid identifier`);
  return 1;
}

/** `export`, `readonly`, `declare`: sets marks, and values where given. */
function mark(
  context: BuiltinContext,
  words: readonly string[],
  change: Partial<Variable>,
  label: string,
): number | Control {
  const { memory, machine } = context;
  let status = 0;
  for (const word of words) {
    const [, name = '', append, value] = /^([^=+]*)(\+?)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (!NAME.test(name)) {
      const bad = badName(context, label, memory.flavour === 'bash' ? word : name);
      if (typeof bad !== 'number') return bad;
      status = bad;
      continue;
    }
    const old = own(memory.env.vars, name);
    if (value !== undefined && old?.readOnly && memory.flavour === 'bash') {
      context.err(`${label === 'export' || label === 'readonly' ? '' : `${label}: `}${name}: readonly variable`);
      status = 1;
      continue;
    }
    const expander = machine.expander();
    const whole = value === undefined ? undefined : (append ? (old?.value ?? '') : '') + value;
    const integer = change.integer ?? old?.integer;
    const number = whole !== undefined && integer ? String(expander.evaluate(whole)) : whole;
    machine.setVariable(name, { ...change, ...(number === undefined ? {} : { value: number }) });
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
  if (words[0] === '-f') return 0;
  if (words[0] === '-n') {
    for (const name of words.slice(1)) context.machine.setVariable(name, { exported: false });
    return 0;
  }
  return mark(context, words[0] === '--' ? words.slice(1) : words, { exported: true }, 'export');
};

const SET_USAGE = 'set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]\n';

const set: Builtin = (context, [, ...words]) => {
  const { memory, machine, out, fds } = context;
  const { flavour } = memory;
  if (words.length === 0) {
    for (const [name, { value, values }] of Object.entries(memory.env.vars).sort()) {
      if (values) out(`${name}=${arrayText(values)}\n`);
      else if (value !== undefined)
        out(`${name}=${flavour === 'bash' && /^[\w@%+=:,./-]*$/.test(value) ? value : quoted(value)}\n`);
    }
    return 0;
  }
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') {
      machine.change({ positional: words });
      return 0;
    }
    if (word === '-o' && words.length === 0) {
      showOptions(
        context,
        (name, on) =>
          `${name.padEnd(flavour === 'bash' ? 15 : 16)}${flavour === 'bash' ? '\t' : ''}${on ? 'on' : 'off'}\n`,
      );
      return 0;
    }
    if (word === '+o' && words.length === 0) {
      showOptions(context, (name, on) => `set ${on ? '-' : '+'}o ${name}\n`);
      return 0;
    }
    if (!/^[-+]./.test(word)) {
      machine.change({ positional: [word, ...words] });
      return 0;
    }
    for (const letter of word.slice(1)) {
      const name = letter === 'o' ? (words.shift() ?? '') : undefined;
      const option = name === undefined ? letter : own(OPTION_NAMES, name);
      if (option === undefined) {
        if (flavour === 'dash') return { to: 'exit', status: 2, message: `set: Illegal option -o ${name}` };
        if (flavour === 'bash') context.err(`set: ${name}: invalid option name`);
        else context.fail(`illegal option -o ${name}`);
        return flavour === 'bash' ? 2 : 1;
      }
      if (!'abefhkmnptuvxBCEHPTIV'.includes(option)) {
        if (flavour === 'dash') return { to: 'exit', status: 2, message: `set: Illegal option -${option}` };
        if (flavour === 'ash') return { to: 'exit', status: 2, message: '', builtin: `illegal option -${option}` };
        context.err(`set: ${word.slice(0, 1)}${option}: invalid option`);
        machine.write(2, SET_USAGE, fds);
        return 2;
      }
      const without = memory.env.options.replace(option, '');
      machine.change({ options: word.startsWith('-') ? without + option : without });
    }
  }
  return 0;
};

function showOptions({ memory, out }: BuiltinContext, line: (name: string, on: boolean) => string): void {
  for (const name of Object.keys(OPTION_NAMES).sort())
    out(line(name, memory.env.options.includes(OPTION_NAMES[name]!)));
}

const unset: Builtin = (context, [, ...words]) => {
  const { memory, machine } = context;
  const functions = words[0] === '-f';
  let status = 0;
  for (const word of words.filter((each) => !each.startsWith('-'))) {
    const element = /^(\w+)\[(.*)\]$/.exec(word);
    const name = element?.[1] ?? word;
    if (memory.flavour !== 'bash' && !functions && !NAME.test(name) && !Object.hasOwn(memory.env.functions, name)) {
      const bad = badName(context, 'unset', word);
      if (typeof bad !== 'number') return bad;
      status = bad;
      continue;
    }
    const old = own(memory.env.vars, name);
    if (!functions && old?.readOnly) {
      if (memory.flavour !== 'bash') return { to: 'exit', status: 2, message: '', builtin: `${name}: is read only` };
      context.err(`unset: ${name}: cannot unset: readonly variable`);
      status = 1;
    } else if (element && old?.values) {
      const key = old.associative ? element[2]! : String(machine.expander().evaluate(element[2]!));
      const { [key]: _gone, ...values } = old.values;
      machine.change({ vars: { ...memory.env.vars, [name]: { ...old, values } } });
    } else if (!functions && old) {
      const { [name]: _gone, ...vars } = memory.env.vars;
      machine.change({ vars });
    } else {
      const { [name]: _gone, ...rest } = memory.env.functions;
      machine.change({ functions: rest });
    }
  }
  return status;
};

const arrayText = (values: Readonly<Record<string, string>>) =>
  `(${Object.entries(values)
    .map(([key, value]) => `[${/^\w+$/.test(key) ? key : doubleQuoted(key)}]=${doubleQuoted(value)}`)
    .join(' ')})`;

/** A variable as `declare -p` writes it. */
function declaration(name: string, variable: Variable): string {
  const { value, values, associative, exported, readOnly, integer } = variable;
  const letters =
    (associative ? 'A' : values ? 'a' : '') + (integer ? 'i' : '') + (readOnly ? 'r' : '') + (exported ? 'x' : '');
  const text = values
    ? `=${arrayText(values)}${associative ? '' : ''}`
    : value === undefined
      ? ''
      : `=${doubleQuoted(value)}`;
  return `declare -${letters || '-'} ${name}${text}\n`;
}

const local: Builtin = (context, [label = 'local', ...words]) => {
  const { memory, machine } = context;
  const marks: Partial<Variable> = {};
  let print = '';
  let global = false;
  while (words[0] && /^[-+]./.test(words[0])) {
    const option = words.shift()!;
    if (option === '--') break;
    const on = option.startsWith('-');
    if (option.includes('x')) Object.assign(marks, { exported: on });
    if (option.includes('r')) Object.assign(marks, { readOnly: on });
    if (option.includes('i')) Object.assign(marks, { integer: on });
    if (option.includes('A')) Object.assign(marks, { associative: on });
    if (option.includes('g')) global = true;
    if (/[pfF]/.test(option)) print += option;
  }
  if (print) return printed(context, label, print, words);
  const at = memory.stack.findLastIndex(({ f }) => f === 'function');
  if (at < 0 && label === 'local') {
    if (memory.flavour === 'bash') return context.fail('can only be used in a function');
    return { to: 'exit', status: 2, message: '', builtin: 'not in a function' };
  }
  for (const word of global ? [] : words) {
    const name = word.split(/\+?=/, 1)[0]!;
    const frame = memory.stack[at];
    if (frame?.f !== 'function') break;
    if (!(name in frame.locals))
      memory.stack[at] = { ...frame, locals: { ...frame.locals, [name]: own(memory.env.vars, name) ?? null } };
    const old = own(memory.env.vars, name);
    // dash and BusyBox keep the outer value until another is given; bash begins without one.
    if (
      memory.flavour === 'bash' &&
      !word.includes('=') &&
      !(name in frame.locals) &&
      !(old?.values && marks.associative === undefined && declaredHere(memory, name))
    ) {
      const { [name]: _gone, ...vars } = memory.env.vars;
      machine.change({ vars });
    }
  }
  const arrays = words.filter((word) => !word.includes('=') && own(memory.env.vars, word)?.values);
  for (const name of arrays)
    machine.change({ vars: { ...memory.env.vars, [name]: { ...own(memory.env.vars, name), ...marks } } });
  if (marks.associative)
    for (const word of words)
      if (!word.includes('=') && !own(memory.env.vars, word)?.values)
        machine.change({ vars: { ...memory.env.vars, [word]: { ...marks, values: {} } } });
  return mark(
    context,
    words.filter((word) => !arrays.includes(word)),
    marks,
    label,
  );
};

/** Whether the command itself has just assigned an array: `local a=(…)`. */
function declaredHere(memory: BuiltinContext['memory'], name: string): boolean {
  const top = memory.stack.at(-1);
  return top?.f === 'simple' && top.node.assignments.some((assignment) => assignment.name === name);
}

function printed(
  { memory, out, err }: BuiltinContext,
  label: string,
  options: string,
  names: readonly string[],
): number {
  const { vars, functions } = memory.env;
  if (/[fF]/.test(options)) {
    for (const name of names.length > 0 ? names : Object.keys(functions).sort()) {
      const body = own(functions, name);
      if (!body) return 1;
      out(options.includes('F') ? `${names.length > 0 ? '' : 'declare -f '}${name}\n` : functionText(name, body));
    }
    return 0;
  }
  let status = 0;
  for (const name of names.length > 0 ? names : Object.keys(vars).sort()) {
    const variable = own(vars, name);
    if (variable) out(declaration(name, variable));
    else {
      err(`${label}: ${name}: not found`);
      status = 1;
    }
  }
  return status;
}

const cd: Builtin = (context, [, ...words]) => {
  const { memory, kernel, machine, out, fail } = context;
  const target = words.find((word) => !/^-[LP]+$/.test(word) && word !== '--');
  const home = memory.env.vars['HOME']?.value;
  const old = memory.env.vars['OLDPWD']?.value;
  const wanted = target === '-' ? old : (target ?? home);
  if (wanted === undefined || wanted === '') {
    if (memory.flavour !== 'bash') return 0;
    if (target === '') return fail('null directory');
    return wanted === '' ? 0 : fail(target === '-' ? 'OLDPWD not set' : 'HOME not set');
  }
  if (memory.flavour === 'bash' && words.filter((word) => !/^-[LP]+$/.test(word) && word !== '--').length > 1)
    return fail('too many arguments');
  const logical = resolve(memory.env.cwd, wanted);
  let reason: string | undefined;
  let path = logical;
  try {
    const node = kernel.files.stat(logical);
    if (node && words.includes('-P')) path = kernel.files.realpath(logical);
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
  machine.setVariable('OLDPWD', { value: memory.env.cwd, exported: true });
  memory.env = { ...memory.env, cwd: path };
  machine.setVariable('PWD', { value: path, exported: true });
  if (target === '-') out(`${path}\n`);
  return 0;
};

const shift: Builtin = (context, [, text]) => {
  const { memory } = context;
  const count = Number(text ?? 1);
  if (Number.isNaN(count) || count < 0) {
    if (memory.flavour === 'bash') {
      context.err(`shift: ${text}: ${count < 0 ? 'shift count out of range' : 'numeric argument required'}`);
      return 1;
    }
    return { to: 'exit', status: 2, message: '', builtin: `Illegal number: ${text}` };
  }
  if (count > memory.env.positional.length) {
    if (memory.flavour !== 'dash') return 1;
    return { to: 'exit', status: 2, message: "shift: can't shift that many" };
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

const getopts: Builtin = ({ memory, machine, fds }, [, specification = '', name = '', ...given]) => {
  const say = (text: string) =>
    machine.write(2, `${memory.flavour === 'bash' ? `${memory.name}: ` : ''}${text}\n`, fds);
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
    if (!silent) say(memory.flavour === 'bash' ? `illegal option -- ${letter}` : `Illegal option -${letter}`);
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
      say(memory.flavour === 'bash' ? `option requires an argument -- ${letter}` : `No arg for -${letter} option`);
    return finish(silent ? ':' : '?', silent ? letter : '', 0);
  }
  index += 1;
  return finish(letter, argument, 0);
};

const SHOPT = new Set(
  'autocd cdspell checkjobs checkwinsize cmdhist dotglob expand_aliases extglob failglob globstar histappend inherit_errexit lastpipe nocaseglob nocasematch nullglob sourcepath xpg_echo'.split(
    ' ',
  ),
);

/** `shopt -s NAME`: kept as letters behind the options, see {@link shoptOn}. */
const shopt: Builtin = (context, [, ...words]) => {
  const { memory, machine, out } = context;
  const set = new Set((memory.env.vars['SHOPT_ON']?.value ?? '').split(' ').filter(Boolean));
  const action = words[0]?.startsWith('-') ? words.shift()! : '';
  let status = 0;
  for (const name of words.length > 0 ? words : [...SHOPT].sort()) {
    if (!SHOPT.has(name)) {
      context.err(`shopt: ${name}: invalid shell option name`);
      status = 1;
    } else if (action.includes('s')) set.add(name);
    else if (action.includes('u')) set.delete(name);
    else {
      if (!action.includes('q')) out(`${name.padEnd(20)}\t${set.has(name) ? 'on' : 'off'}\n`);
      if (!set.has(name) && words.length > 0) status = 1;
    }
  }
  machine.change({ vars: { ...memory.env.vars, SHOPT_ON: { value: [...set].join(' ') } } });
  return status;
};

const mapfile: Builtin = ({ machine, fds }, [, ...words]) => {
  const trim = words.includes('-t');
  const name = words.filter((word) => !word.startsWith('-')).at(-1) ?? 'MAPFILE';
  const values: Record<string, string> = {};
  for (let at = 0, line = machine.readLine(fds); line !== undefined; line = machine.readLine(fds), at += 1)
    values[at] = trim ? line.replace(/\n$/, '') : line;
  machine.setVariable(name, { values });
  return 0;
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
  umask: ({ memory, machine, out, fail }, [, text]) => {
    const { umask } = memory.env;
    if (text === undefined) out(`${umask.toString(8).padStart(4, '0')}\n`);
    else if (text === '-S') {
      const letters = (bits: number) => [...'rwx'].filter((_, at) => ((bits >> (2 - at)) & 1) === 0).join('');
      out(`u=${letters(umask >> 6)},g=${letters((umask >> 3) & 7)},o=${letters(umask & 7)}\n`);
    } else {
      const mask = /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : symbolicMask(text, umask);
      if (mask === undefined && memory.flavour !== 'bash') return fail(`illegal mode: ${text}`);
      if (mask === undefined)
        return fail(
          /^\d/.test(text)
            ? `${text}: octal number out of range`
            : `\`${/[^ugoa]/.exec(text)?.[0] ?? ''}': invalid symbolic mode operator`,
        );
      machine.change({ umask: mask });
    }
    return 0;
  },
  alias: ({ memory, machine, out, err, fds }, [, ...words]) => {
    const { flavour } = memory;
    const lead = flavour === 'bash' ? 'alias ' : '';
    let status = 0;
    for (const word of words.length > 0 ? words : Object.keys(memory.env.aliases).sort()) {
      const [name = '', value] = word.split(/=([\s\S]*)/, 2);
      const known = own(memory.env.aliases, name);
      if (value !== undefined) machine.change({ aliases: { ...memory.env.aliases, [name]: value } });
      else if (known !== undefined) out(`${lead}${name}=${quoted(known)}\n`);
      else {
        status = 1;
        if (flavour === 'bash') err(`alias: ${name}: not found`);
        else machine.write(2, `alias: ${name} not found\n`, fds);
      }
    }
    return status;
  },
  unalias: ({ memory, machine, err, fds }, [, ...words]) => {
    let status = 0;
    for (const word of words) {
      const { [word]: known, ...aliases } = memory.env.aliases;
      if (word === '-a') machine.change({ aliases: {} });
      else if (known !== undefined) machine.change({ aliases });
      else {
        status = 1;
        if (memory.flavour === 'bash') err(`unalias: ${word}: not found`);
        else machine.write(2, `unalias: ${word} not found\n`, fds);
      }
    }
    return status;
  },
  ulimit,
  hash: () => 0,
  shopt,
  mapfile,
  readarray: mapfile,
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

/** A mask that symbolic clauses (`u=rwx,g-w`) make of another: they name what is allowed. Undefined when they can't be read. */
function symbolicMask(text: string, mask: number): number | undefined {
  let allowed = ~mask & 0o777;
  for (const clause of text.split(',')) {
    const [, who = '', operator = '', letters = ''] = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause) ?? [];
    if (operator === '') return undefined;
    const bits = [...letters].reduce((sum, letter) => sum | { r: 4, w: 2, x: 1 }[letter as 'r' | 'w' | 'x'], 0);
    const classes = who === '' || who.includes('a') ? 'ugo' : who;
    for (const shift of [6, 3, 0]) {
      if (!classes.includes('ogu'[shift / 3]!)) continue;
      if (operator === '=') allowed &= ~(7 << shift);
      if (operator === '-') allowed &= ~(bits << shift);
      else allowed |= bits << shift;
    }
  }
  return ~allowed & 0o777;
}
