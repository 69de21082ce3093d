import { SIGNALS } from '../../engine/process/signals.ts';
import type { Tool } from '../tool.ts';
import { type Invocation, tool, UsageError, waiting } from './invocation.ts';
import { parseOptions } from './options.ts';
import { processRows, type Row } from './processes.ts';
import { SIGNAL_NAMES, signalOf } from './signals.ts';

/** The signal among leading words (`-9`, `-TERM`, `-s TERM`), and the words after it. Throws Failure for a bad name. */
function leadingSignal(call: Invocation): { signal: number; words: readonly string[] } {
  const [first = '', ...rest] = call.args;
  if (!first.startsWith('-') || first === '--') return { signal: 15, words: first === '--' ? rest : call.args };
  const spaced = first === '-s' || first === '-n' || first === '--signal';
  const text = spaced ? (rest[0] ?? 's') : first.replace(/^--signal=|^-/, '');
  const signal = signalOf(text);
  if (signal === undefined) {
    if (call.busybox) throw call.failure(`bad signal name '${text}'`);
    throw call.failure('', `unknown signal name ${text}`);
  }
  const words = spaced ? rest.slice(1) : rest;
  return { signal, words: words[0] === '--' ? words.slice(1) : words };
}

function listSignals(call: Invocation, word: string | undefined): undefined {
  if (word !== undefined) {
    const number = Number(word);
    if (/^\d+$/.test(word)) return call.out(`${SIGNAL_NAMES[number > 128 ? number - 128 : number] ?? word}\n`);
    const found = SIGNALS[word.toUpperCase().replace(/^SIG/, '')];
    if (found === undefined) throw call.failure(`unknown signal '${word}'`, `unknown signal name ${word}`);
    return call.out(`${found}\n`);
  }
  if (call.busybox) {
    for (const [number, name] of SIGNAL_NAMES.entries())
      if (number > 0) call.out(`${String(number).padStart(2)}) ${name === 'IO' ? 'POLL' : name}\n`);
  } else call.out(`${SIGNAL_NAMES.slice(1, 17).join(' ')}\n${SIGNAL_NAMES.slice(17).join(' ')}\n`);
}

export const kill: Tool = tool((call) => {
  if (call.args[0] === '-l' || call.args[0] === '-L') return listSignals(call, call.args[1]);
  const { signal, words } = leadingSignal(call);
  if (words.length === 0) {
    if (call.busybox) throw call.failure('you need to specify whom to kill');
    call.err('\nUsage:\n kill [options] <pid> [...]\n\nFor more details see kill(1).\n');
    call.status = 1;
  }
  for (const word of words) {
    if (!/^-?\d+$/.test(word)) {
      if (call.busybox) call.complain(`invalid number '${word}'`);
      else call.complain('', `failed to parse argument: '${word}'`);
      continue;
    }
    send(call, Number(word), signal, word);
  }
});

/** Sends a signal, and says when that is not possible. */
function send(call: Invocation, pid: number, signal: number, shown: string): boolean {
  const there = pid === -1 || call.kernel.processes().some(({ nsPid }) => nsPid === Math.abs(pid));
  if (there && call.kernel.kill(pid, signal)) return true;
  const reason = there ? 'Operation not permitted' : 'No such process';
  call.complain(`can't kill pid ${shown}: ${reason}`, `(${shown}): ${reason}`);
  return false;
}

export const killall: Tool = tool((call) => {
  if (call.args[0] === '-l') return listSignals(call, call.args[1]);
  const quiet = call.args.includes('-q');
  const args = call.args.filter((word) => word !== '-q' && word !== '-w' && word !== '-v');
  const signalWord = args.find((word) => word.startsWith('-'));
  const names = args.filter((word) => !word.startsWith('-'));
  const signal = signalWord === undefined ? 15 : signalOf(signalWord.slice(1));
  if (signal === undefined)
    throw call.failure(`bad signal name '${signalWord!.slice(1)}'`, `unknown signal; killall -l lists signals.`);
  if (names.length === 0) throw call.failure('you need to specify whom to kill');
  for (const name of names) {
    const rows = processRows(call.kernel).filter(
      (row) => row.comm === name && row.process.pid !== call.kernel.process.pid && row.state !== 'Z',
    );
    for (const row of rows) send(call, row.pid, signal, String(row.pid));
    if (rows.length > 0) continue;
    if (!quiet) call.complain(`${name}: no process killed`, `${name}: no process found`);
    call.status = 1;
  }
});

/** Process ids of programs by name, the newest first. */
export const pidof: Tool = tool((call) => {
  const options = parseOptions(call, 'so:xcn');
  const left = options.values('o').map(Number);
  const found = options.operands.flatMap((name) =>
    processRows(call.kernel).filter(
      ({ comm, pid, process }) =>
        (comm === name || process.executable === name) &&
        process.pid !== call.kernel.process.pid &&
        !left.includes(pid),
    ),
  );
  const list = found.map(({ pid }) => pid).reverse();
  if (list.length === 0) return 1;
  call.out(`${(options.has('s') ? list.slice(0, 1) : list).join(' ')}\n`);
  return 0;
});

const MATCHING = {
  ...{ full: 'f', exact: 'x', 'list-name': 'l', 'list-full': 'a', count: 'c', newest: 'n', oldest: 'o', inverse: 'v' },
  ...{ euid: 'u', uid: 'U', parent: 'P', signal: ':', delimiter: 'd', echo: 'e', 'ignore-case': 'i' },
};

/** The processes that the words of pgrep and pkill mean; the caller itself is never among them. */
function matching(
  call: Invocation,
  args: readonly string[],
): { rows: Row[]; options: ReturnType<typeof parseOptions> } {
  const options = parseOptions(call, 'flaxcnovieu:U:P:d:s:', { long: MATCHING }, args);
  const [pattern] = options.operands;
  const user = options.value('u') ?? options.value('U');
  const parent = options.value('P');
  if (pattern === undefined && user === undefined && parent === undefined) {
    if (call.busybox) throw new UsageError();
    call.err(`${call.name}: no matching criteria specified\nTry \`${call.name} --help' for more information.\n`);
    throw call.failure('', '', 2);
  }
  let expression: RegExp;
  try {
    const source = options.has('x') ? `^(?:${pattern})$` : (pattern ?? '');
    expression = new RegExp(source, options.has('i') ? 'i' : '');
  } catch {
    throw call.failure(`bad regex '${pattern}'`, 'Invalid regular expression', 2);
  }
  let rows = processRows(call.kernel).filter((row) => {
    if (row.process.pid === call.kernel.process.pid) return false;
    const fits =
      expression.test(options.has('f') ? row.args : row.comm) &&
      (user === undefined || row.user === user || String(row.uid) === user) &&
      (parent === undefined || String(row.ppid) === parent);
    return fits !== options.has('v');
  });
  if (options.has('n')) rows = rows.slice(-1);
  if (options.has('o')) rows = rows.slice(0, 1);
  return { rows, options };
}

export const pgrep: Tool = waiting(
  (call) => {
    const { rows, options } = matching(call, call.args);
    if (options.has('c')) call.out(`${rows.length}\n`);
    else
      for (const row of rows)
        call.out(
          `${row.pid}${options.has('a') || (options.has('l') && options.has('f')) ? ` ${row.args}` : options.has('l') ? ` ${row.comm}` : ''}\n`,
        );
    return { exit: rows.length > 0 ? 0 : 1 };
  },
  { usage: 'pgrep [-flanovx] [-s SID|-P PPID|PATTERN]', pointer: false },
);

export const pkill: Tool = waiting(
  (call) => {
    const first = call.args[0] ?? '';
    const signal = /^-(?:\d+|[A-Z]{2,}\d?)$/.test(first) ? signalOf(first.slice(1)) : 15;
    if (signal === undefined)
      throw call.failure(`bad signal name '${first.slice(1)}'`, `invalid option -- '${first.slice(1, 2)}'`);
    const { rows, options } = matching(
      call,
      signal === 15 && !/^-(?:15|(?:SIG)?TERM)$/.test(first) ? call.args : call.args.slice(1),
    );
    const named = options.value('signal');
    for (const row of rows) call.kernel.kill(row.pid, named === undefined ? signal : (signalOf(named) ?? signal));
    return { exit: rows.length > 0 ? 0 : 1 };
  },
  { usage: 'pkill [-l|-SIGNAL] [-xfvnoe] [-s SID|-P PPID|PATTERN]', pointer: false },
);
