import { HOST_MEMORY } from '../../engine/process/proc.ts';
import type { Tool } from '../tool.ts';
import { groupOf } from './accounts.ts';
import { type Invocation, UsageError, waiting } from './invocation.ts';
import { processRows, type Row } from './processes.ts';
import { strftime } from './time.ts';

/** A column of ps: its heading, its width, to which side it leans, and where its value comes from. */
interface Column {
  readonly title: string;
  readonly width: number;
  readonly right?: boolean;
  readonly value: (row: Row, call: Invocation) => string;
}

const group = (row: Row, call: Invocation) =>
  groupOf(call.kernel.files, row.process.credentials.gid)?.name ?? String(row.process.credentials.gid);
const elapsed = (row: Row, call: Invocation) =>
  Math.max(0, Math.floor((call.kernel.now - row.process.startedAt) / 1000));

/** `[[dd-]hh:]mm:ss` */
function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24];
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return days > 0 ? `${days}-${two(hours)}:${rest}` : hours > 0 ? `${two(hours)}:${rest}` : rest;
}

/** The name stands before a command line that does not begin with it: that of a script. */
function busyboxArgs({ args, comm, state }: Row): string {
  const [first = ''] = args.split(' ');
  const base = first.slice(first.lastIndexOf('/') + 1).replace(/^-/, '');
  return state === 'Z' || base.startsWith(comm) ? args : `{${comm}} ${args}`;
}

const BUSYBOX_COLUMNS: Readonly<Record<string, Column>> = {
  user: { title: 'USER', width: 8, value: (row) => row.user },
  group: { title: 'GROUP', width: 8, value: group },
  comm: { title: 'COMMAND', width: 16, value: (row) => row.comm },
  args: { title: 'COMMAND', width: 256, value: busyboxArgs },
  pid: { title: 'PID', width: 5, right: true, value: (row) => String(row.pid) },
  ppid: { title: 'PPID', width: 5, right: true, value: (row) => String(row.ppid) },
  pgid: { title: 'PGID', width: 5, right: true, value: (row) => String(row.pid) },
  nice: { title: 'NI', width: 5, right: true, value: () => '0' },
  rgroup: { title: 'RGROUP', width: 8, value: group },
  ruser: { title: 'RUSER', width: 8, value: (row) => row.user },
  tty: { title: 'TT', width: 6, value: (row) => (row.process.tty ? '136,0' : '?') },
  vsz: { title: 'VSZ', width: 4, right: true, value: () => '1624' },
  sid: { title: 'SID', width: 5, right: true, value: (row) => String(row.pid) },
  stat: { title: 'STAT', width: 4, value: (row) => row.state },
  rss: { title: 'RSS', width: 4, right: true, value: () => '1024' },
};

const ORDER = [
  'user',
  'group',
  'comm',
  'args',
  'pid',
  'ppid',
  'pgid',
  'nice',
  'rgroup',
  'ruser',
  'tty',
  'vsz',
  'sid',
  'stat',
  'rss',
];

/** BusyBox: every process, whatever is asked; only `-o` changes what is shown. */
function busybox(call: Invocation): number {
  const wanted: [Column, string][] = [];
  for (const [i, word] of call.args.entries()) {
    const list = word === '-o' ? (call.args[i + 1] ?? '') : /^-o(.+)$/.exec(word)?.[1];
    if (list === undefined) continue;
    for (const field of list.split(',')) {
      const [name = '', title] = field.split('=');
      const column = BUSYBOX_COLUMNS[name];
      if (!column) {
        call.err(`ps: bad -o argument '${field}', supported arguments: ${ORDER.join(',')}\n`);
        return 1;
      }
      wanted.push([column, title ?? column.title]);
    }
  }
  const unknown = call.args.find(
    (word, i) => /^-[^o]/.test(word) && call.args[i - 1] !== '-o' && /[^aAdeflTw]/.test(word.slice(1)),
  );
  if (unknown !== undefined) throw new UsageError(`invalid option -- '${/[^aAdeflTw]/.exec(unknown.slice(1))![0]}'`);
  const columns: readonly [Column, string][] =
    wanted.length > 0
      ? wanted
      : ['pid', 'user', 'args'].map((name) => [BUSYBOX_COLUMNS[name]!, BUSYBOX_COLUMNS[name]!.title]);
  const line = (cells: readonly string[], pad: (cell: string, column: Column) => string) =>
    `${cells.map((cell, i) => (i < cells.length - 1 ? pad(cell, columns[i]![0]) : columns[i]![0].right ? pad(cell, columns[i]![0]) : cell)).join(' ')}\n`;
  call.out(
    line(
      columns.map(([, title]) => title),
      (cell, { width }) => cell.padEnd(width),
    ).replace(/ +\n$/, '\n'),
  );
  for (const row of processRows(call.kernel))
    call.out(
      line(
        columns.map(([column]) => column.value(row, call).replace(/[\n\t]/g, '?')),
        (cell, { width, right }) => (right ? cell.padStart(width) : cell.slice(0, width).padEnd(width)),
      ),
    );
  return 0;
}

const stamp = (format: string) => (row: Row) => strftime(format, row.process.startedAt);
const user: Column = {
  title: 'USER',
  width: 8,
  value: (row) => (row.user.length > 8 ? `${row.user.slice(0, 7)}+` : row.user),
};
const number = (title: string, width: number, value: Column['value']): Column => ({ title, width, right: true, value });
const command: Column = {
  title: 'COMMAND',
  width: 27,
  value: (row) => (row.state === 'Z' ? `[${row.comm}] <defunct>` : row.args),
};
const short: Column = {
  title: 'COMMAND',
  width: 15,
  value: (row) => (row.state === 'Z' ? `${row.comm} <defunct>` : row.comm),
};

const COLUMNS: Readonly<Record<string, Column>> = {
  pid: number('PID', 5, (row) => String(row.pid)),
  ppid: number('PPID', 5, (row) => String(row.ppid)),
  pgid: number('PGID', 5, (row) => String(row.pid)),
  pgrp: number('PGRP', 5, (row) => String(row.pid)),
  sid: number('SID', 5, (row) => String(row.pid)),
  sess: number('SESS', 5, (row) => String(row.pid)),
  lwp: number('LWP', 5, (row) => String(row.pid)),
  nlwp: number('NLWP', 4, () => '1'),
  uid: number('UID', 5, (row) => String(row.uid)),
  euid: number('EUID', 5, (row) => String(row.uid)),
  gid: number('GID', 5, (row) => String(row.process.credentials.gid)),
  user,
  euser: { ...user, title: 'EUSER' },
  ruser: { ...user, title: 'RUSER' },
  uname: user,
  group: { title: 'GROUP', width: 8, value: group },
  comm: short,
  ucmd: { ...short, title: 'CMD' },
  args: command,
  command,
  cmd: { ...command, title: 'CMD' },
  stat: {
    title: 'STAT',
    width: 4,
    value: (row) => (row.state === 'R' ? 'R' : row.ppid === 0 ? `${row.state}s` : row.state),
  },
  s: { title: 'S', width: 1, value: (row) => row.state },
  state: { title: 'S', width: 1, value: (row) => row.state },
  tty: { title: 'TT', width: 8, value: (row) => (row.process.tty ? 'pts/0' : '?') },
  tt: { title: 'TT', width: 8, value: (row) => (row.process.tty ? 'pts/0' : '?') },
  tname: { title: 'TTY', width: 8, value: (row) => (row.process.tty ? 'pts/0' : '?') },
  time: number('TIME', 8, () => '00:00:00'),
  cputime: number('TIME', 8, () => '00:00:00'),
  bsdtime: number('TIME', 6, () => '0:00'),
  etime: number('ELAPSED', 11, (row, call) => clock(elapsed(row, call))),
  etimes: number('ELAPSED', 7, (row, call) => String(elapsed(row, call))),
  rss: number('RSS', 5, () => '1024'),
  vsz: number('VSZ', 6, () => '4608'),
  sz: number('SZ', 5, () => '1152'),
  ni: number('NI', 3, () => '0'),
  nice: number('NI', 3, () => '0'),
  pri: number('PRI', 3, () => '19'),
  c: number('C', 2, () => '0'),
  pcpu: number('%CPU', 4, () => '0.0'),
  '%cpu': number('%CPU', 4, () => '0.0'),
  pmem: number('%MEM', 4, () => ((1024 * 1024 * 100) / HOST_MEMORY).toFixed(1)),
  '%mem': number('%MEM', 4, () => ((1024 * 1024 * 100) / HOST_MEMORY).toFixed(1)),
  lstart: number('STARTED', 24, stamp('%a %b %e %H:%M:%S %Y')),
  start: number('STARTED', 8, stamp('%H:%M:%S')),
  start_time: number('START', 5, stamp('%H:%M')),
  stime: number('STIME', 5, stamp('%H:%M')),
};

const named = (name: string, title?: string): [Column, string] => [COLUMNS[name]!, title ?? COLUMNS[name]!.title];
const FULL: readonly [Column, string][] = [
  ...[[{ ...user, width: 8 }, 'UID'], named('pid'), named('ppid'), named('c'), named('stime')],
  ...[named('tname'), named('time'), named('cmd')],
] as [Column, string][];
const BSD: readonly [Column, string][] = [
  'user',
  'pid',
  'pcpu',
  'pmem',
  'vsz',
  'rss',
  'tname',
  'stat',
  'start_time',
  'bsdtime',
  'command',
].map((name) => named(name));
const PLAIN: readonly [Column, string][] = [
  named('pid'),
  named('tname'),
  named('time'),
  [{ ...short, width: 15 }, 'CMD'],
];

const USAGE =
  "\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n";

/** What a call of procps' ps asks for. */
interface Request {
  columns: readonly [Column, string][];
  /** Which processes; nothing: those of this terminal. */
  filters: ((row: Row) => boolean)[];
  all: boolean;
  heading: boolean;
  sort: string | undefined;
}

class Unknown extends Error {}

function read(call: Invocation): Request {
  const request: Request = { columns: PLAIN, filters: [], all: false, heading: true, sort: undefined };
  const own: [Column, string][] = [];
  const words = [...call.args];
  const list = (text: string) => text.split(/[,\s]+/).filter((item) => item !== '');
  while (words.length > 0) {
    const word = words.shift()!;
    const long = /^--([a-z-]+)(?:=(.*))?$/.exec(word);
    if (long) {
      const value = () => long[2] ?? words.shift() ?? '';
      if (long[1] === 'sort') request.sort = value();
      else if (long[1] === 'no-headers' || long[1] === 'no-heading') request.heading = false;
      else if (long[1] === 'pid') addPids(request, list(value()));
      else if (long[1] === 'ppid') {
        const parents = list(value());
        request.filters.push((row) => parents.includes(String(row.ppid)));
      } else if (long[1] === 'format') columnsOf(value(), own);
      else if (!['forest', 'cols', 'width', 'headers'].includes(long[1]!))
        throw new Unknown('error: unknown gnu long option');
      continue;
    }
    if (word.startsWith('-') && word.length > 1) {
      for (let i = 1; i < word.length; i += 1) {
        const letter = word[i]!;
        const rest = word.slice(i + 1);
        const value = () => {
          i = word.length;
          return rest || words.shift() || '';
        };
        if (letter === 'e' || letter === 'A' || letter === 'a' || letter === 'd') request.all = true;
        else if (letter === 'f') request.columns = FULL;
        else if (letter === 'F' || letter === 'l') request.columns = FULL;
        else if (letter === 'o') columnsOf(value(), own);
        else if (letter === 'p') addPids(request, list(value()));
        else if (letter === 'C') {
          const names = list(value());
          request.filters.push((row) => names.includes(row.comm));
        } else if (letter === 'u' || letter === 'U') {
          const users = list(value());
          request.filters.push((row) => users.includes(row.user) || users.includes(String(row.uid)));
        } else if (letter === 't' || letter === 'g' || letter === 'G') value();
        else if (!'wHLjyMT'.includes(letter)) throw new Unknown('error: unsupported SysV option');
      }
      continue;
    }
    if (/^[\d,]+$/.test(word)) {
      addPids(request, list(word));
      continue;
    }
    for (const letter of word) {
      if (letter === 'a' || letter === 'x') request.all = true;
      else if (letter === 'u') request.columns = BSD;
      else if (letter === 'o') columnsOf(words.shift() ?? '', own);
      else if (letter === 'p') addPids(request, list(words.shift() ?? ''));
      else if (letter === 'h') request.heading = false;
      else if (!'wfejlkvsr'.includes(letter)) throw new Unknown('error: unsupported option (BSD syntax)');
    }
  }
  if (own.length > 0) request.columns = own;
  return request;
}

function addPids(request: Request, pids: readonly string[]): undefined {
  request.filters.push((row) => pids.includes(String(row.pid)));
}

function columnsOf(text: string, into: [Column, string][]): undefined {
  const parts = text.split(/[,\s]+/).filter((part) => part !== '');
  for (const [i, part] of parts.entries()) {
    const [name = '', ...rest] = part.split('=');
    const column = COLUMNS[name];
    if (!column) throw new Unknown(`error: unknown user-defined format specifier "${part}"`);
    // A heading takes the rest of the word, commas and all.
    if (rest.length > 0 && rest.join('=') !== '') {
      into.push([column, [rest.join('='), ...parts.slice(i + 1)].join(',')]);
      return;
    }
    into.push([column, rest.length > 0 ? '' : column.title]);
  }
}

function procps(call: Invocation): number {
  let request: Request;
  try {
    request = read(call);
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    call.err(`${error.message}\n${USAGE}`);
    return 1;
  }
  const { columns, filters, heading, sort } = request;
  const rows = processRows(call.kernel).filter(
    (row) => filters.length === 0 || request.all || filters.some((filter) => filter(row)),
  );
  const key = sort?.replace(/^[-+]/, '').split(',')[0];
  if (key && COLUMNS[key]) {
    const sign = sort!.startsWith('-') ? -1 : 1;
    const value = (row: Row) => COLUMNS[key]!.value(row, call);
    rows.sort((a, b) => sign * value(a).localeCompare(value(b), 'en', { numeric: true }));
  }
  const cells = rows.map((row) => columns.map(([column]) => column.value(row, call)));
  const line = (values: readonly string[]) =>
    `${values
      .map((cell, i) => {
        const [{ width, right }, title] = columns[i]!;
        const wide = Math.max(width, title.length);
        if (right) return cell.padStart(wide);
        return i === values.length - 1 ? cell : cell.padEnd(wide);
      })
      .join(' ')}\n`;
  if (heading && columns.some(([, title]) => title !== '')) call.out(line(columns.map(([, title]) => title)));
  for (const row of cells) call.out(line(row));
  return rows.length > 0 ? 0 : 1;
}

/** Lists processes. Not run inside a shell: it is a process of its own, and lists itself. */
export const ps: Tool = waiting((call) => ({ exit: call.busybox ? busybox(call) : procps(call) }), {
  usage: 'ps [-o COL1,COL2=HEADER]',
});
