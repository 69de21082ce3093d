import { exceeds, type Limit } from '../../engine/process/limits.ts';
import type { Builtin } from './index.ts';

type Flavour = 'bash' | 'dash' | 'ash';

/** One line of `ulimit -a`. `unit`: bytes that count as one. */
interface Row {
  readonly option: string;
  /** Docker's name of the limit; none: the value is the kernel's. */
  readonly name?: string;
  readonly unit?: number;
  readonly value?: string;
  readonly titles: Readonly<Partial<Record<Flavour, string>>>;
}

const ROWS: readonly Row[] = [
  { option: 'R', name: 'rttime', titles: { bash: 'real-time non-blocking time  (microseconds, -R)' } },
  {
    ...{ option: 'c', name: 'core', unit: 512 },
    titles: {
      bash: 'core file size              (blocks, -c)',
      ash: 'core file size (blocks)',
      dash: 'coredump(blocks)',
    },
  },
  {
    ...{ option: 'd', name: 'data', unit: 1024 },
    titles: { bash: 'data seg size               (kbytes, -d)', ash: 'data seg size (kb)', dash: 'data(kbytes)' },
  },
  {
    option: 'e',
    name: 'nice',
    titles: { bash: 'scheduling priority                 (-e)', ash: 'scheduling priority' },
  },
  {
    ...{ option: 'f', name: 'fsize', unit: 512 },
    titles: { bash: 'file size                   (blocks, -f)', ash: 'file size (blocks)', dash: 'file(blocks)' },
  },
  {
    option: 'i',
    name: 'sigpending',
    titles: { bash: 'pending signals                     (-i)', ash: 'pending signals' },
  },
  {
    ...{ option: 'l', name: 'memlock', unit: 1024 },
    titles: {
      bash: 'max locked memory           (kbytes, -l)',
      ash: 'max locked memory (kb)',
      dash: 'locked memory(kbytes)',
    },
  },
  {
    ...{ option: 'm', name: 'rss', unit: 1024 },
    titles: { bash: 'max memory size             (kbytes, -m)', ash: 'max memory size (kb)', dash: 'memory(kbytes)' },
  },
  {
    ...{ option: 'n', name: 'nofile' },
    titles: { bash: 'open files                          (-n)', ash: 'open files', dash: 'nofiles' },
  },
  { option: 'p', value: '8', titles: { bash: 'pipe size                (512 bytes, -p)' } },
  {
    ...{ option: 'q', name: 'msgqueue' },
    titles: { bash: 'POSIX message queues         (bytes, -q)', ash: 'POSIX message queues (bytes)' },
  },
  {
    ...{ option: 'r', name: 'rtprio' },
    titles: { bash: 'real-time priority                  (-r)', ash: 'real-time priority', dash: 'rtprio' },
  },
  {
    ...{ option: 's', name: 'stack', unit: 1024 },
    titles: { bash: 'stack size                  (kbytes, -s)', ash: 'stack size (kb)', dash: 'stack(kbytes)' },
  },
  {
    ...{ option: 't', name: 'cpu' },
    titles: { bash: 'cpu time                   (seconds, -t)', ash: 'cpu time (seconds)', dash: 'time(seconds)' },
  },
  {
    ...{ option: 'u', name: 'nproc' },
    titles: { bash: 'max user processes                  (-u)', ash: 'max user processes', dash: 'process' },
  },
  {
    ...{ option: 'v', name: 'as', unit: 1024 },
    titles: { bash: 'virtual memory              (kbytes, -v)', ash: 'virtual memory (kb)', dash: 'vmemory(kbytes)' },
  },
  {
    ...{ option: 'x', name: 'locks' },
    titles: { bash: 'file locks                          (-x)', ash: 'file locks', dash: 'locks' },
  },
];

/** dash has an order and an option for the number of processes of its own. */
const DASH_ORDER = 'tfdscmlunvxr';

/** Limits of resources: shown one by one or all, lowered, and raised where that is allowed. */
export const ulimit: Builtin = ({ machine, memory, kernel, fds, out, err }, [, ...words]) => {
  const { flavour } = memory;
  const known = ROWS.filter(({ titles }) => titles[flavour] !== undefined);
  const rows =
    flavour === 'dash' ? [...DASH_ORDER].flatMap((option) => known.filter((row) => row.option === option)) : known;
  let hard = false;
  let soft = false;
  let all = false;
  let chosen = 'f';
  let operand: string | undefined;
  for (const word of words) {
    if (!/^-./.test(word)) {
      operand = word;
      continue;
    }
    for (const letter of word.slice(1)) {
      const option = flavour === 'dash' && letter === 'p' ? 'u' : letter;
      if (option === 'H') hard = true;
      else if (option === 'S') soft = true;
      else if (option === 'a') all = true;
      else if (rows.some((row) => row.option === option)) chosen = option;
      else return refuse(letter);
    }
  }
  const shown = (row: Row): string => {
    const limit = row.name === undefined ? undefined : kernel.limits[row.name];
    if (!limit) return row.value ?? 'unlimited';
    const value = hard ? limit.hard : limit.soft;
    return value < 0 ? 'unlimited' : String(Math.floor(value / unitOf(row, flavour)));
  };
  if (all) {
    for (const row of rows) out(`${lineOf(row, flavour)}${shown(row)}\n`);
    return 0;
  }
  const row = rows.find(({ option }) => option === chosen)!;
  if (operand === undefined) {
    out(`${shown(row)}\n`);
    return 0;
  }
  return set(row, operand);

  function refuse(letter: string): number {
    if (flavour === 'ash') machine.write(2, `ulimit: invalid option -- '${letter}'\n`, fds);
    else if (flavour === 'bash') {
      err(`ulimit: -${letter}: invalid option`);
      machine.write(2, 'ulimit: usage: ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]\n', fds);
    } else err(`ulimit: Illegal option -${letter}`);
    return flavour === 'ash' ? 1 : 2;
  }

  function set(row: Row, text: string): number {
    const { name } = row;
    const unit = unitOf(row, flavour);
    const old: Limit | undefined = name === undefined ? undefined : kernel.limits[name];
    if (!/^(?:\d+|unlimited|hard|soft)$/.test(text)) {
      if (flavour === 'bash') err(`ulimit: ${text}: invalid number`);
      else if (flavour === 'ash') machine.write(2, `${memory.name}: invalid number '${text}'\n`, fds);
      else err('ulimit: bad number');
      return flavour === 'dash' ? 2 : 1;
    }
    if (!old || name === undefined) return 0;
    const value =
      text === 'unlimited' ? -1 : text === 'hard' ? old.hard : text === 'soft' ? old.soft : Number(text) * unit;
    const both = hard === soft;
    const wanted = { soft: both || soft ? value : old.soft, hard: both || hard ? value : old.hard };
    if (kernel.limit(name, wanted)) return 0;
    const reason = exceeds(wanted.soft, wanted.hard) ? 'Invalid argument' : 'Operation not permitted';
    if (flavour === 'bash') {
      const title = ROWS.find((row) => row.name === name)?.titles.bash ?? '';
      err(`ulimit: ${title.replace(/ *\(.*$/, '')}: cannot modify limit: ${reason}`);
    } else if (flavour === 'ash') machine.write(2, `${memory.name}: error setting limit: ${reason}\n`, fds);
    else err(`ulimit: error setting limit (${reason})`);
    return flavour === 'dash' ? 2 : 1;
  }
};

/** bash counts blocks of 1024 bytes, the others half of that. */
function unitOf({ unit = 1 }: Row, flavour: Flavour): number {
  return unit === 512 && flavour === 'bash' ? 1024 : unit;
}

function lineOf({ option, titles }: Row, flavour: Flavour): string {
  const title = titles[flavour] ?? '';
  if (flavour === 'bash') return `${title} `;
  return flavour === 'ash' ? `${title.padEnd(32)}(-${option}) ` : `${title.padEnd(20)} `;
}
