/** A resource limit as getrlimit(2) gives it; -1: none. */
export interface Limit {
  readonly soft: number;
  readonly hard: number;
}

export type Limits = Readonly<Record<string, Limit>>;

const NONE = -1;
const same = (value: number): Limit => ({ soft: value, hard: value });

/** What the engine's own processes are limited to, and so a container's, by Docker's name for `--ulimit`. */
export const DEFAULT_LIMITS: Limits = {
  ...{ cpu: same(NONE), fsize: same(NONE), data: same(NONE), stack: { soft: 8_388_608, hard: NONE } },
  ...{ core: { soft: 0, hard: NONE }, rss: same(NONE), nproc: same(96_365), nofile: same(20_000) },
  ...{ memlock: same(8_388_608), as: same(NONE), locks: same(NONE), sigpending: same(96_365) },
  ...{ msgqueue: same(819_200), nice: same(0), rtprio: same(0), rttime: same(NONE) },
};

/** Titles and units of /proc/PID/limits, in its order. */
const TITLES: readonly (readonly [name: string, title: string, unit: string])[] = [
  ['cpu', 'Max cpu time', 'seconds'],
  ['fsize', 'Max file size', 'bytes'],
  ['data', 'Max data size', 'bytes'],
  ['stack', 'Max stack size', 'bytes'],
  ['core', 'Max core file size', 'bytes'],
  ['rss', 'Max resident set', 'bytes'],
  ['nproc', 'Max processes', 'processes'],
  ['nofile', 'Max open files', 'files'],
  ['memlock', 'Max locked memory', 'bytes'],
  ['as', 'Max address space', 'bytes'],
  ['locks', 'Max file locks', 'locks'],
  ['sigpending', 'Max pending signals', 'signals'],
  ['msgqueue', 'Max msgqueue size', 'bytes'],
  ['nice', 'Max nice priority', ''],
  ['rtprio', 'Max realtime priority', ''],
  ['rttime', 'Max realtime timeout', 'us'],
];

/** Whether one limit is higher than another. */
export function exceeds(limit: number, other: number): boolean {
  return other >= 0 && (limit < 0 || limit > other);
}

/** The text of /proc/PID/limits. */
export function limitsText(limits: Limits): string {
  const shown = (value: number) => (value < 0 ? 'unlimited' : String(value)).padEnd(20);
  const rows = TITLES.map(([name, title, unit]) => {
    const { soft, hard } = limits[name] ?? DEFAULT_LIMITS[name]!;
    return `${title.padEnd(25)} ${shown(soft)} ${shown(hard)} ${unit.padEnd(10)}\n`;
  });
  return `${'Limit'.padEnd(25)} ${'Soft Limit'.padEnd(20)} ${'Hard Limit'.padEnd(20)} Units     \n${rows.join('')}`;
}
