import { hasCapability } from '../../engine/process/credentials.ts';
import type { Outcome } from '../../engine/process/program.ts';
import type { Tool } from '../tool.ts';
import { type Invocation, tool, UsageError, waiting } from './invocation.ts';
import { parseOptions } from './options.ts';
import { fromParts, fullTime, moment, parseDate, parseStamp, strftime } from './time.ts';

const SUFFIXES: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Milliseconds of `1.5`, `2m`, `infinity`; undefined when it is none. */
export function duration(text: string): number | undefined {
  if (/^\+?inf(?:inity)?$/i.test(text)) return Number.POSITIVE_INFINITY;
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text);
  return match ? Math.round(Number(match[1]) * SUFFIXES[match[2] || 's']! * 1000) : undefined;
}

/** Waits so many milliseconds; for ever, when there is no end to it. */
const pause = (now: number, milliseconds: number): Outcome => ({
  wait: Number.isFinite(milliseconds) ? { until: now + milliseconds } : {},
});

export const sleep: Tool = waiting(
  (call): Outcome => {
    if (call.kernel.memory !== undefined) return { exit: 0 };
    const { operands } = parseOptions(call, '');
    if (operands.length === 0) throw new UsageError(call.busybox ? '' : 'missing operand');
    let sum = 0;
    const wrong: string[] = [];
    for (const word of operands) {
      const milliseconds = duration(word);
      if (milliseconds === undefined) wrong.push(word);
      else sum += milliseconds;
    }
    if (wrong.length > 0) {
      if (call.busybox) throw call.failure(`invalid number '${wrong[0]}'`);
      for (const word of wrong.slice(0, -1)) call.complain('', `invalid time interval ${call.quote(word)}`);
      throw new UsageError(`invalid time interval ${call.quote(wrong.at(-1)!)}`);
    }
    call.kernel.memory = 'slept';
    return pause(call.kernel.now, sum);
  },
  { usage: 'sleep [N]...' },
);

export const usleep: Tool = waiting(
  (call): Outcome => {
    if (call.kernel.memory !== undefined) return { exit: 0 };
    const [text = ''] = call.args;
    if (!/^\d+$/.test(text)) throw text === '' ? new UsageError() : call.failure(`invalid number '${text}'`);
    call.kernel.memory = 'slept';
    return pause(call.kernel.now, Number(text) / 1000);
  },
  { usage: 'usleep N' },
);

const ISO: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H',
  minutes: '%Y-%m-%dT%H:%M',
  seconds: '%Y-%m-%dT%H:%M:%S',
  ns: '%Y-%m-%dT%H:%M:%S,%N',
};

export const date: Tool = tool(
  (call) => {
    const options = call.busybox
      ? parseOptions(call, 'us:d:D:r:RI::')
      : parseOptions(call, 'us:d:r:RI::f:', {
          long: {
            ...{ utc: 'u', universal: 'u', set: 's', date: 'd', reference: 'r', 'rfc-email': 'R', 'rfc-2822': 'R' },
            ...{ 'iso-8601': 'I::', 'rfc-3339': ':', file: 'f' },
          },
        });
    const { now } = call.kernel;
    let time = now;
    const text = options.value('d');
    if (text !== undefined) time = read(call, text);
    const reference = options.value('r');
    if (reference !== undefined) time = call.stat(reference).mtime;
    const format = options.operands.find((word) => word.startsWith('+'));
    const set = options.value('s') ?? options.operands.find((word) => !word.startsWith('+'));
    if (set !== undefined) {
      time = options.value('s') === undefined ? readSetting(call, set) : read(call, set);
      if (!hasCapability(call.kernel.credentials, 'SYS_TIME')) {
        call.complain("can't set date: Operation not permitted", 'cannot set date: Operation not permitted');
        if (call.busybox) return;
      }
    }
    call.out(`${shown(call, options.value('I'), options, format, time)}\n`);
  },
  { usage: 'date [OPTIONS] [+FMT] [[-s] TIME]' },
);

function read(call: Invocation, text: string): number {
  const parsed =
    parseDate(text, call.kernel.now, !call.busybox) ?? (call.busybox ? parseStamp(text, call.kernel.now) : undefined);
  if (parsed === undefined) throw call.failure(`invalid date '${text}'`, `invalid date ${call.quote(text)}`);
  return parsed;
}

/** `MMDDhhmm[[CC]YY][.ss]`, the form of a date to be set. */
function readSetting(call: Invocation, text: string): number {
  const match = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d{2}|\d{4})?(?:\.(\d\d))?$/.exec(text);
  if (!match) {
    if (call.busybox) return read(call, text);
    throw call.failure('', `invalid date ${call.quote(text)}`);
  }
  const [, month, day, hour, minute, year, second = '0'] = match;
  const full =
    year === undefined ? moment(call.kernel.now).year : year.length === 2 ? 2000 + Number(year) : Number(year);
  return fromParts(full, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

function shown(
  call: Invocation,
  iso: string | undefined,
  options: ReturnType<typeof parseOptions>,
  format: string | undefined,
  time: number,
): string {
  if (format !== undefined) return strftime(format.slice(1), time, !call.busybox);
  if (iso !== undefined) {
    const precision = iso === '' ? 'date' : (Object.keys(ISO).find((name) => name.startsWith(iso)) ?? '');
    const pattern = ISO[precision];
    if (pattern === undefined) {
      if (call.busybox) throw new UsageError();
      throw new UsageError(`invalid argument ${call.quote(iso)} for ${call.quote('--iso-8601')}`);
    }
    return strftime(pattern, time, true) + (precision === 'date' ? '' : '+00:00');
  }
  if (options.has('R')) return strftime('%a, %d %b %Y %H:%M:%S %z', time);
  const rfc = options.value('rfc-3339');
  if (rfc !== undefined)
    return rfc.startsWith('d')
      ? strftime('%F', time)
      : rfc.startsWith('n')
        ? fullTime(time).replace(' +0000', '+00:00')
        : strftime('%F %T+00:00', time);
  return strftime('%a %b %e %H:%M:%S UTC %Y', time);
}

/** The month as a small sheet. */
export const cal: Tool = tool((call) => {
  const t = moment(call.kernel.now);
  const numbers = call.args.filter((word) => /^\d+$/.test(word)).map(Number);
  const [month, year] = numbers.length >= 2 ? [numbers[0]! - 1, numbers[1]!] : [t.month, numbers[0] ?? t.year];
  const first = fromParts(year, month, 1);
  const title = strftime('%B %Y', first);
  const days = Math.round((fromParts(year, month + 1, 1) - first) / 86_400_000);
  const cells = [
    ...Array(moment(first).weekday).fill('  '),
    ...Array.from({ length: days }, (_, i) => String(i + 1).padStart(2)),
  ];
  const lines = [`${' '.repeat(Math.floor((20 - title.length) / 2))}${title}`, 'Su Mo Tu We Th Fr Sa'];
  for (let i = 0; i < 42; i += 7) lines.push(cells.slice(i, i + 7).join(' ') || ' '.repeat(21));
  call.out(`${lines.slice(0, 8).join('\n')}\n`);
});
