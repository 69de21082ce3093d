const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November'],
  'December',
];

/** A moment in parts, UTC. */
export interface Moment {
  readonly year: number;
  /** 0 to 11. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Thousandths of a second. */
  readonly millisecond: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 0 to 365. */
  readonly yearday: number;
  /** Seconds since 1970. */
  readonly epoch: number;
}

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar. */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month < 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 10) % 12) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** Milliseconds since 1970 of a date and time; parts beyond their range carry over. */
export function fromParts(year: number, month: number, day = 1, hour = 0, minute = 0, second = 0): number {
  const carried = year + Math.floor(month / 12);
  const days = daysFromCivil(carried, ((month % 12) + 12) % 12, 1) + day - 1;
  return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000;
}

/** The parts of a time in milliseconds since 1970. */
export function moment(milliseconds: number): Moment {
  const whole = Math.floor(milliseconds);
  const days = Math.floor(whole / 86_400_000);
  const rest = whole - days * 86_400_000;
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = (shifted + 2) % 12;
  const year = yearOfEra + era * 400 + (month < 2 ? 1 : 0);
  return {
    ...{ year, month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 },
    ...{ hour: Math.floor(rest / 3_600_000), minute: Math.floor(rest / 60_000) % 60 },
    ...{ second: Math.floor(rest / 1000) % 60, millisecond: rest % 1000 },
    weekday: (((days + 4) % 7) + 7) % 7,
    yearday: days - daysFromCivil(year, 0, 1),
    epoch: Math.floor(whole / 1000),
  };
}

const pad = (value: number, width = 2, fill = '0') => String(value).padStart(width, fill);

/** Formats a time as strftime(3) does, UTC. `%N` (nanoseconds) only where `nanoseconds` says so. */
export function strftime(format: string, milliseconds: number, nanoseconds = false): string {
  const t = moment(milliseconds);
  return format.replace(
    /%([-_0^#]?)(:{0,3}|E|O)([a-zA-Z%+])/g,
    (whole, flag: string, colons: string, letter: string) => {
      const text = part(t, milliseconds, letter, colons, nanoseconds);
      if (text === undefined) return whole;
      if (flag === '-') return text.replace(/^[0 ]+(?=\d)/, '');
      if (flag === '_') return text.replace(/^0+(?=\d)/, (zeros) => ' '.repeat(zeros.length));
      if (flag === '0') return text.replace(/^ +/, (blanks) => '0'.repeat(blanks.length));
      if (flag === '^') return text.toUpperCase();
      return text;
    },
  );
}

function part(
  t: Moment,
  milliseconds: number,
  letter: string,
  colons: string,
  nanoseconds: boolean,
): string | undefined {
  const again = (format: string) => strftime(format, milliseconds);
  const twelve = t.hour % 12 === 0 ? 12 : t.hour % 12;
  switch (letter) {
    case '%':
      return '%';
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'a':
      return DAYS[t.weekday]!.slice(0, 3);
    case 'A':
      return DAYS[t.weekday]!;
    case 'b':
    case 'h':
      return MONTHS[t.month]!.slice(0, 3);
    case 'B':
      return MONTHS[t.month]!;
    case 'c':
      return again('%a %b %e %H:%M:%S %Y');
    case 'C':
      return pad(Math.floor(t.year / 100));
    case 'd':
      return pad(t.day);
    case 'D':
    case 'x':
      return again('%m/%d/%y');
    case 'e':
      return pad(t.day, 2, ' ');
    case 'F':
      return again('%Y-%m-%d');
    case 'g':
      return pad(isoWeek(t)[0] % 100);
    case 'G':
      return String(isoWeek(t)[0]);
    case 'H':
      return pad(t.hour);
    case 'I':
      return pad(twelve);
    case 'j':
      return pad(t.yearday + 1, 3);
    case 'k':
      return pad(t.hour, 2, ' ');
    case 'l':
      return pad(twelve, 2, ' ');
    case 'm':
      return pad(t.month + 1);
    case 'M':
      return pad(t.minute);
    case 'N':
      return nanoseconds ? pad(t.millisecond * 1_000_000, 9) : undefined;
    case 'p':
      return t.hour < 12 ? 'AM' : 'PM';
    case 'P':
      return t.hour < 12 ? 'am' : 'pm';
    case 'q':
      return String(Math.floor(t.month / 3) + 1);
    case 'r':
      return again('%I:%M:%S %p');
    case 'R':
      return again('%H:%M');
    case 's':
      return String(t.epoch);
    case 'S':
      return pad(t.second);
    case 'T':
    case 'X':
      return again('%H:%M:%S');
    case 'u':
      return String(t.weekday === 0 ? 7 : t.weekday);
    case 'U':
      return pad(Math.floor((t.yearday + 7 - t.weekday) / 7));
    case 'V':
      return pad(isoWeek(t)[1]);
    case 'w':
      return String(t.weekday);
    case 'W':
      return pad(Math.floor((t.yearday + 7 - ((t.weekday + 6) % 7)) / 7));
    case 'y':
      return pad(t.year % 100);
    case 'Y':
      return String(t.year);
    case 'z':
      return colons.startsWith(':') ? '+00:00' : '+0000';
    case 'Z':
      return 'UTC';
    default:
      return undefined;
  }
}

/** Year and week of ISO 8601. */
function isoWeek(t: Moment): [number, number] {
  const weekday = (t.weekday + 6) % 7;
  const week = Math.floor((t.yearday - weekday + 10) / 7);
  if (week < 1) return isoWeek(moment(fromParts(t.year - 1, 11, 31)));
  const leap = (t.year % 4 === 0 && t.year % 100 !== 0) || t.year % 400 === 0;
  return week === 53 && t.yearday - weekday + 3 >= (leap ? 366 : 365) ? [t.year + 1, 1] : [t.year, week];
}

/** `2024-01-02 03:04:05.000000000 +0000`, as stat shows times. */
export function fullTime(milliseconds: number, nanoseconds = true): string {
  return strftime(nanoseconds ? '%Y-%m-%d %H:%M:%S.%N %z' : '%Y-%m-%d %H:%M:%S %z', milliseconds, true);
}

const UNITS: Readonly<Record<string, number>> = {
  ...{ sec: 1000, second: 1000, min: 60_000, minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 },
  fortnight: 1_209_600_000,
};

/**
 * Reads a date as `date -d` and `touch -d` take it: `@seconds`, ISO dates and times, and — GNU's only — words such as
 * `yesterday` and `+2 days`. Undefined when it can't be read.
 */
export function parseDate(text: string, now: number, words: boolean): number | undefined {
  const trimmed = text.trim();
  const epoch = /^@(-?\d+(?:\.\d+)?)$/.exec(trimmed);
  if (epoch) return Math.round(Number(epoch[1]) * 1000);
  const today = moment(now);
  const midnight = fromParts(today.year, today.month, today.day);
  const iso =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(Z|UTC|GMT|[-+]\d{2}:?\d{2})?(.*)$/.exec(
      trimmed,
    );
  let base: number | undefined;
  let rest = trimmed;
  if (iso) {
    const [, year, month, day, hour = '0', minute = '0', second = '0', zone = '', tail = ''] = iso;
    if (Number(month) > 12 || Number(day) > 31 || Number(hour) > 24) return undefined;
    base =
      fromParts(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) -
      offset(zone);
    rest = tail.trim();
  } else {
    const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?(.*)$/.exec(trimmed);
    if (clock) {
      base = midnight + ((Number(clock[1]) * 60 + Number(clock[2])) * 60 + Number(clock[3] ?? 0)) * 1000;
      rest = clock[4]!.trim();
    }
  }
  if (rest === '') return base;
  if (!words) return undefined;
  return relative(rest.toLowerCase(), base ?? now, base === undefined ? midnight : undefined);
}

function offset(zone: string): number {
  const match = /^([-+])(\d{2}):?(\d{2})$/.exec(zone);
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000 : 0;
}

function relative(text: string, start: number, midnight: number | undefined): number | undefined {
  let time = start;
  const pattern =
    /\s*(?:(now|utc)|(today)|(yesterday)|(tomorrow)|(midnight)|([-+]?)\s*(\d+|next|last|an?)\s+([a-z]+?)s?(\s+ago)?)(?=\s|$)/y;
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match || match[0] === '') return undefined;
    at = pattern.lastIndex;
    const [, , , yesterday, tomorrow, midday, sign, count, unit, ago] = match;
    if (yesterday) time -= 86_400_000;
    if (tomorrow) time += 86_400_000;
    if (midday) time = midnight ?? time;
    if (!unit) continue;
    const amount =
      (count === 'last' ? -1 : /^\d/.test(count!) ? Number(count) : 1) * (sign === '-' ? -1 : 1) * (ago ? -1 : 1);
    if (unit === 'month' || unit === 'year') {
      const t = moment(time);
      const months = unit === 'year' ? 12 * amount : amount;
      time = fromParts(t.year, t.month + months, t.day, t.hour, t.minute, t.second) + t.millisecond;
    } else if (UNITS[unit] !== undefined) time += UNITS[unit] * amount;
    else return undefined;
  }
  return time;
}

/** Reads `[[CC]YY]MMDDhhmm[.ss]`, as `touch -t` takes it. Undefined when it can't be read. */
export function parseStamp(text: string, now: number): number | undefined {
  const match = /^(\d{2})?(\d{2})?(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const [, first, second, month, day, hour, minute, seconds = '0'] = match;
  const short = second ?? first;
  const year =
    first && second
      ? Number(first + second)
      : short
        ? (Number(short) < 69 ? 2000 : 1900) + Number(short)
        : moment(now).year;
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31 || Number(hour) > 23)
    return undefined;
  return fromParts(year, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(seconds));
}
