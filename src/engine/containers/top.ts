import { decode } from '../bytes.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { FileSystem } from '../files/filesystem.ts';
import { HOST_ROOT } from '../process/credentials.ts';
import type { Process } from '../process/process.ts';
import type { Container } from './container.ts';
import { containerEvent } from './event.ts';
import { findContainer } from './find.ts';

/** What `ps` on the host says of one process, by the name of the column. */
type Column = {
  readonly title: string;
  readonly value: (engine: Engine, process: Process, container: Container) => string;
};

const clock = (milliseconds: number) => new Date(milliseconds).toISOString().slice(11, 16);
const parentOf = (engine: Engine, { parent }: Process, { state }: Container) =>
  String(parent !== 0 && engine.state.processes.has(String(parent)) ? parent : Math.max(1, state.pid - 23));
const command = ({ argv }: Process) => decode(argv.join(' '));
const comm = ({ argv, executable }: Process) =>
  decode((executable.endsWith('busybox') ? (argv[0] ?? '') : executable).split('/').at(-1)!).slice(0, 15);

function login(engine: Engine, id: number): string {
  const files = new FileSystem(engine.treeStore(), engine.hostMounts(), HOST_ROOT);
  if (!files.exists('/etc/passwd')) return id === 0 ? 'root' : String(id);
  const entry = files
    .read('/etc/passwd')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([, , uid]) => uid === String(id));
  return entry?.[0] ?? String(id);
}

const USER: Column = { title: 'USER', value: (engine, { credentials }) => login(engine, credentials.uid) };

const COLUMNS: Readonly<Record<string, Column>> = {
  user: USER,
  uname: USER,
  euser: USER,
  uid: { title: 'UID', value: (_engine, { credentials }) => String(credentials.uid) },
  gid: { title: 'GID', value: (_engine, { credentials }) => String(credentials.gid) },
  group: {
    title: 'GROUP',
    value: (_engine, { credentials }) => (credentials.gid === 0 ? 'root' : String(credentials.gid)),
  },
  pid: { title: 'PID', value: (_engine, { pid }) => String(pid) },
  ppid: { title: 'PPID', value: parentOf },
  c: { title: 'C', value: () => '0' },
  stime: { title: 'STIME', value: (_engine, { startedAt }) => clock(startedAt) },
  start: { title: 'START', value: (_engine, { startedAt }) => clock(startedAt) },
  tty: { title: 'TTY', value: (_engine, { tty }) => (tty ? 'pts/0' : '?') },
  tname: { title: 'TTY', value: (_engine, { tty }) => (tty ? 'pts/0' : '?') },
  time: { title: 'TIME', value: () => '00:00:00' },
  bsdtime: { title: 'TIME', value: () => '0:00' },
  cmd: { title: 'CMD', value: (_engine, process) => command(process) },
  args: { title: 'COMMAND', value: (_engine, process) => command(process) },
  command: { title: 'COMMAND', value: (_engine, process) => command(process) },
  comm: { title: 'COMMAND', value: (_engine, process) => comm(process) },
  ucmd: { title: 'CMD', value: (_engine, process) => comm(process) },
  stat: { title: 'STAT', value: (_engine, { nsPid }) => (nsPid === 1 ? 'Ss' : 'S') },
  s: { title: 'S', value: () => 'S' },
  state: { title: 'S', value: () => 'S' },
  pcpu: { title: '%CPU', value: () => '0.0' },
  '%cpu': { title: '%CPU', value: () => '0.0' },
  pmem: { title: '%MEM', value: () => '0.0' },
  '%mem': { title: '%MEM', value: () => '0.0' },
  vsz: { title: 'VSZ', value: () => '2336' },
  rss: { title: 'RSS', value: () => '1528' },
  ni: { title: 'NI', value: () => '0' },
  nice: { title: 'NI', value: () => '0' },
  pri: { title: 'PRI', value: () => '19' },
  etime: {
    title: 'ELAPSED',
    value: (engine, { startedAt }) => elapsed(Math.floor((engine.state.now - startedAt) / 1000)),
  },
};

function elapsed(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${two(hours)}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const FULL = ['user', 'pid', 'ppid', 'c', 'stime', 'tty', 'time', 'cmd'];
const BSD = ['user', 'pid', '%cpu', '%mem', 'vsz', 'rss', 'tty', 'stat', 'start', 'bsdtime', 'command'];

/** Columns that arguments of `ps` ask for, as title and name. Throws 500 with what `ps` says of what it doesn't know. */
function columnsFor(args: readonly string[]): { title: string; column: Column }[] {
  const words = args.length === 0 ? ['-ef'] : args;
  const formats: string[] = [];
  let names: string[] | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    // A list of processes, behind the letter or on its own.
    const [, list] = /^-[eAaflx]*[pq](.*)$/.exec(word) ?? [];
    if (list !== undefined && !/^[\d, ]+$/.test(list || (words[++at] ?? '')))
      throw new EngineError(500, 'ps: error: process ID list syntax error');
    if (/^-[a-zA-Z]*z/.test(word)) throw new EngineError(500, 'ps: error: unsupported SysV option');
    const format = /^(?:o|-[eAaxf]*o|--format=?)(.*)$/.exec(word);
    if (format && !/^-?of$/.test(word)) {
      formats.push(format[1] || words[at + 1] || '');
      if (!format[1]) at += 1;
    } else if (/^-?[a-zA-Z]*f[a-zA-Z]*$/.test(word) && word.startsWith('-')) names = FULL;
    else if (/^-?a?u?x?$/.test(word)) names = /u/.test(word) ? BSD : ['pid', 'tty', 'stat', 'bsdtime', 'command'];
  }
  if (formats.length === 0)
    return (names ?? ['pid', 'tty', 'time', 'ucmd']).map((name) => ({
      title: names === FULL && name === 'user' ? 'UID' : COLUMNS[name]!.title,
      column: COLUMNS[name]!,
    }));
  return formats
    .join(',')
    .split(',')
    .map((part) => {
      const [name = '', title] = part.trim().split('=');
      const column = COLUMNS[name];
      if (!column) throw new EngineError(500, `ps: error: unknown user-defined format specifier "${name}"`);
      return { title: title ?? column.title, column };
    });
}

/** What `ps` on the host says of a container's processes. Throws 409 when it does not run. */
export function containerProcesses(
  engine: Engine,
  ref: string,
  psArguments: readonly string[],
): { readonly titles: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const container = findContainer(engine, ref);
  if (container.state.status === 'restarting')
    throw new EngineError(409, `Container ${container.id} is restarting, wait until the container is running`);
  if (container.state.status !== 'running' && container.state.status !== 'paused')
    throw new EngineError(409, `container ${container.id} is not running`);
  const columns = columnsFor(psArguments);
  if (!columns.some(({ title }) => title === 'PID')) throw new EngineError(500, "Couldn't find PID field in ps output");
  const own = [...engine.state.processes.values()].filter(
    (process) => process.container === container.id && process.state !== 'zombie',
  );
  containerEvent(engine, container, 'top');
  return {
    titles: columns.map(({ title }) => title),
    rows: own.map((process) => columns.map(({ column }) => column.value(engine, process, container))),
  };
}
