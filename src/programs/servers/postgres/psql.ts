import { decode, encode } from '../../../engine/bytes.ts';
import { FileError } from '../../../engine/files/errors.ts';
import { resolve } from '../../../engine/files/path.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { ask, defaultTarget, type Target } from './connect.ts';
import type { Result } from './database.ts';
import type { Reply } from './server.ts';
import { statements } from './sql.ts';
import { VERSION } from './storage.ts';

interface Options extends Target {
  commands: string[];
  files: string[];
  quiet: boolean;
  tuples: boolean;
  aligned: boolean;
  stop: boolean;
  list: boolean;
}

/** psql: statements from `-c`, `-f` or standard input, and the commands `\l`, `\dt`, `\d` and `\du`. */
export const psqlProgram: Program = {
  async run(kernel): Promise<Outcome> {
    const options = read(kernel);
    if ('exit' in options) return options;
    if (options.list) options.commands.push('\\l');
    for (const file of options.files) {
      try {
        options.commands.push(...split(decode(kernel.files.read(resolve(kernel.cwd, encode(file))))));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        kernel.error(encode(`psql: error: ${file}: ${error.reason}\n`));
        return { exit: 1 };
      }
    }
    const given = options.commands.length > 0;
    if (!given) {
      const { data, end } = kernel.input();
      if (!end) {
        kernel.putBack(data);
        return { wait: { input: true } };
      }
      options.commands.push(...split(decode(data)));
    }
    const reply = await ask(kernel, options, '');
    if (typeof reply === 'string') {
      kernel.error(encode(`psql: error: ${reply}\n`));
      return { exit: 2 };
    }
    let status = 0;
    for (const command of options.commands) {
      status = await run(kernel, options, command);
      if (status === QUIT) return { exit: 0 };
      if (status !== 0 && (options.stop || (given && options.files.length === 0)))
        return { exit: options.stop && options.files.length + (given ? 0 : 1) > 0 ? 3 : 1 };
    }
    return { exit: given && options.files.length === 0 ? status : 0 };
  },
};

const QUIT = -1;

/** Statements and backslash commands of a script. */
function split(text: string): string[] {
  const parts: string[] = [];
  let sql = '';
  for (const line of text.split('\n')) {
    if (line.trim().startsWith('\\') && statements(sql).length === 0) parts.push(line.trim());
    else sql += `${line}\n`;
    if (/;\s*$/.test(line)) {
      parts.push(...statements(sql));
      sql = '';
    }
  }
  parts.push(...statements(sql));
  return parts;
}

function read(kernel: Kernel): Options | { exit: number } {
  const options: Options = {
    ...defaultTarget(kernel),
    ...{ commands: [], files: [], quiet: false, tuples: false, aligned: true, stop: false, list: false },
  };
  const args = kernel.argv.slice(1).map(decode);
  const plain: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]!;
    if (arg === '--version' || arg === '-V') {
      kernel.output(`psql (PostgreSQL) ${VERSION}\n`);
      return { exit: 0 };
    }
    if (arg.startsWith('--')) {
      const [name = '', value] = arg.slice(2).split(/=(.*)/s);
      const take = () => {
        if (value !== undefined) return value;
        at += 1;
        return args[at] ?? '';
      };
      if (!long(options, name, take)) return unknown(kernel, arg);
    } else if (arg.startsWith('-') && arg !== '-') {
      for (let index = 1; index < arg.length; index += 1) {
        const letter = arg[index]!;
        const rest = arg.slice(index + 1);
        if ('hpUdcfvLoPRFT'.includes(letter)) {
          if (rest === '') at += 1;
          const value = rest === '' ? (args[at] ?? '') : rest;
          short(options, letter, value);
          break;
        }
        if (letter === 'q') options.quiet = true;
        else if (letter === 't') options.tuples = true;
        else if (letter === 'A') options.aligned = false;
        else if (letter === 'l') options.list = true;
        else if (!'XwWeabsnz1'.includes(letter)) return unknown(kernel, `-${letter}`);
      }
    } else plain.push(arg);
  }
  if (plain[0] !== undefined) url(options, plain[0]);
  if (plain[1] !== undefined) options.user = plain[1];
  if (options.list) options.database ??= 'postgres';
  return options;
}

function unknown(kernel: Kernel, option: string): { exit: number } {
  const what = option.startsWith('--') ? `unrecognized option '${option}'` : `invalid option -- '${option.slice(1)}'`;
  kernel.error(
    encode(`/usr/lib/postgresql/17/bin/psql: ${what}\npsql: hint: Try "psql --help" for more information.\n`),
  );
  return { exit: 1 };
}

function url(options: Options, text: string): void {
  const match = /^postgres(?:ql)?:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^:/]*)(?::(\d+))?(?:\/([^?]*))?/.exec(text);
  if (!match) {
    options.database = text;
    return;
  }
  const [, user, , host, port, database] = match;
  if (user) options.user = user;
  if (host) options.host = host;
  if (port) options.port = Number(port);
  if (database) options.database = database;
}

function long(options: Options, name: string, take: () => string): boolean {
  const letters: Record<string, string> = {
    host: 'h',
    port: 'p',
    username: 'U',
    dbname: 'd',
    command: 'c',
    file: 'f',
    set: 'v',
    variable: 'v',
  };
  if (letters[name]) short(options, letters[name], take());
  else if (name === 'quiet') options.quiet = true;
  else if (name === 'tuples-only') options.tuples = true;
  else if (name === 'no-align') options.aligned = false;
  else if (name === 'list') options.list = true;
  else return ['no-psqlrc', 'no-password', 'single-transaction', 'echo-all'].includes(name);
  return true;
}

function short(options: Options, letter: string, value: string): void {
  if (letter === 'h') options.host = value;
  else if (letter === 'p') options.port = Number(value);
  else if (letter === 'U') options.user = value;
  else if (letter === 'd') url(options, value);
  else if (letter === 'c') options.commands.push(value);
  else if (letter === 'f') options.files.push(value);
  else if (letter === 'v' && /^ON_ERROR_STOP=(1|on|true)$/i.test(value)) options.stop = true;
}

async function run(kernel: Kernel, options: Options, command: string): Promise<number> {
  if (command.startsWith('\\')) return backslash(kernel, options, command);
  const reply = await ask(kernel, options, command);
  if (typeof reply === 'string') {
    kernel.error(encode(`psql: error: ${reply}\n`));
    return 2;
  }
  for (const result of reply.results ?? []) print(kernel, options, result);
  if (reply.error === undefined) return 0;
  kernel.error(encode(`ERROR:  ${reply.error}\n`));
  return 1;
}

function print(kernel: Kernel, options: Options, { columns, rows, tag, notice }: Result): void {
  if (notice !== undefined) kernel.error(encode(`${notice}\n`));
  if (columns && rows) kernel.output(encode(table(columns, rows, options)));
  if ((!columns || tag.startsWith('INSERT')) && !options.quiet) kernel.output(`${tag}\n`);
}

/** A result as psql prints it. `title`: a line above it. */
export function table(
  columns: readonly { readonly name: string; readonly right: boolean }[],
  rows: readonly (readonly (string | null)[])[],
  { tuples, aligned }: { readonly tuples: boolean; readonly aligned: boolean },
  title?: string,
): string {
  const count = `(${rows.length} row${rows.length === 1 ? '' : 's'})\n`;
  if (!aligned) {
    const lines = rows.map((row) => `${row.map((cell) => cell ?? '').join('|')}\n`).join('');
    return tuples ? lines : `${columns.map(({ name }) => name).join('|')}\n${lines}${count}`;
  }
  const widths = columns.map(({ name }, index) =>
    Math.max(tuples ? 0 : [...name].length, ...rows.map((row) => [...(row[index] ?? '')].length)),
  );
  const center = (text: string, width: number) => {
    const missing = width - [...text].length;
    return ' '.repeat(Math.floor(missing / 2)) + text + ' '.repeat(Math.ceil(missing / 2));
  };
  const line = (row: readonly (string | null)[]) => {
    const cells = row.map((cell, index) => {
      const text = cell ?? '';
      const missing = ' '.repeat(Math.max(0, widths[index]! - [...text].length));
      return columns[index]!.right ? missing + text : text + missing;
    });
    return ` ${cells.join(' | ')}`.trimEnd();
  };
  const body = rows.map((row) => `${line(row)}\n`).join('');
  if (tuples) return `${body}\n`;
  const total = widths.reduce((sum, width) => sum + width + 3, -1);
  const head = title === undefined ? '' : `${center(title, total).trimEnd()}\n`;
  const names = ` ${columns.map(({ name }, index) => center(name, widths[index]!)).join(' | ')} `;
  return `${head}${names.replace(/ $/, columns.length > 0 ? ' ' : '')}\n${widths.map((width) => '-'.repeat(width + 2)).join('+')}\n${body}${count}\n`;
}

async function backslash(kernel: Kernel, options: Options, command: string): Promise<number> {
  const [name = '', argument] = command.replace(/;$/, '').split(/\s+/);
  if (name === '\\q') return QUIT;
  if (name === '\\c' || name === '\\connect') {
    options.database = argument;
    const reply = await ask(kernel, options, '');
    if (typeof reply === 'string') {
      kernel.error(encode(`${reply}\nPrevious connection kept\n`));
      return 2;
    }
    if (!options.quiet)
      kernel.output(encode(`You are now connected to database "${argument}" as user "${options.user}".\n`));
    return 0;
  }
  const reply = await ask(kernel, options, '');
  if (typeof reply === 'string') {
    kernel.error(encode(`psql: error: ${reply}\n`));
    return 2;
  }
  const text = described(reply, options, name, argument);
  if (text === undefined) {
    kernel.error(encode(`invalid command ${name}\nTry \\? for help.\n`));
    return 1;
  }
  if (text.error) kernel.error(encode(text.error));
  kernel.output(encode(text.output));
  return 0;
}

const left = (...names: string[]) => names.map((name) => ({ name, right: false }));

function described(
  reply: Reply,
  options: Options,
  name: string,
  argument: string | undefined,
): { output: string; error?: string } | undefined {
  const tables = reply.tables ?? {};
  switch (name) {
    case '\\l':
    case '\\list': {
      const owner = reply.roles?.[0] ?? 'postgres';
      const rows = [...(reply.databases ?? [])].sort().flatMap((database) => {
        const base = [database, owner, 'UTF8', 'libc', 'en_US.utf8', 'en_US.utf8', '', ''];
        if (!database.startsWith('template')) return [[...base, '']];
        return [
          [...base, `=c/${owner}          +`],
          [...Array.from({ length: 8 }, () => ''), `${owner}=CTc/${owner}`],
        ];
      });
      const columns = left(
        'Name',
        'Owner',
        'Encoding',
        'Locale Provider',
        'Collate',
        'Ctype',
        'Locale',
        'ICU Rules',
        'Access privileges',
      );
      const count = reply.databases?.length ?? 0;
      return { output: table(columns, rows, options, 'List of databases').replace(/\(\d+ rows?\)/, `(${count} rows)`) };
    }
    case '\\dt':
    case '\\d': {
      if (argument !== undefined && name === '\\d') return describeTable(tables, options, argument);
      const names = Object.keys(tables).sort();
      if (names.length === 0) return { output: '', error: 'Did not find any relations.\n' };
      const rows = names.map((table_) => ['public', table_, 'table', reply.roles?.[0] ?? 'postgres']);
      return { output: table(left('Schema', 'Name', 'Type', 'Owner'), rows, options, 'List of relations') };
    }
    case '\\du': {
      const rows = (reply.roles ?? []).map((role, index) => [
        role,
        index === 0 ? 'Superuser, Create role, Create DB, Replication, Bypass RLS' : '',
      ]);
      return {
        output: table(left('Role name', 'Attributes'), rows, options, 'List of roles').replace(/\(\d+ rows?\)\n/, ''),
      };
    }
    case '\\conninfo':
      return {
        output: `You are connected to database "${options.database ?? options.user}" as user "${options.user}" via socket in "/var/run/postgresql" at port "${options.port}".\n`,
      };
    case '\\x':
    case '\\pset':
    case '\\set':
    case '\\timing':
    case '\\echo':
    case '\\restrict':
    case '\\unrestrict':
      return { output: name === '\\echo' ? `${argument ?? ''}\n` : '' };
    default:
      return undefined;
  }
}

function describeTable(
  tables: NonNullable<Reply['tables']>,
  options: Options,
  name: string,
): { output: string; error?: string } {
  const found = Object.hasOwn(tables, name) ? tables[name] : undefined;
  if (!found) return { output: '', error: `Did not find any relation named "${name}".\n` };
  const rows = found.columns.map((column) => [
    column.name,
    column.type,
    '',
    column.notNull ? 'not null' : '',
    column.serial ? `nextval('${name}_${column.name}_seq'::regclass)` : '',
  ]);
  const body = table(
    left('Column', 'Type', 'Collation', 'Nullable', 'Default'),
    rows,
    options,
    `Table "public.${name}"`,
  ).replace(/\(\d+ rows?\)\n\n$/, '');
  const indexes = found.columns.flatMap((column) => {
    if (column.primary) return [`    "${name}_pkey" PRIMARY KEY, btree (${column.name})\n`];
    return column.unique ? [`    "${name}_${column.name}_key" UNIQUE CONSTRAINT, btree (${column.name})\n`] : [];
  });
  return { output: `${body}${indexes.length > 0 ? `Indexes:\n${indexes.join('')}` : ''}\n` };
}
