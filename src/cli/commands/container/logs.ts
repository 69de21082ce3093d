import { encode } from '../../../engine/bytes.ts';
import type { Container, LogEntry } from '../../../engine/containers/container.ts';
import { findContainer } from '../../../engine/containers/find.ts';
import { readLogs } from '../../../engine/containers/logs.ts';
import { parseDuration } from '../../../engine/duration.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { checkRef } from './errors.ts';

/** `docker logs`. */
export async function logs(context: CommandContext): Promise<number> {
  const { engine, flags, args, kernel } = context;
  const [ref = ''] = args;
  checkRef(ref);
  const container = findContainer(engine, ref);
  const since = moment(flags.string('since'), 'since', kernel.now);
  const until = moment(flags.string('until'), 'until', kernel.now);
  const tail = flags.string('tail');
  const range = {
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
  const entries = readLogs(engine, ref, {
    ...range,
    ...(/^\d+$/.test(tail) ? { tail: Number(tail) } : {}),
  });
  const details = flags.boolean('details') ? detailsOf(container) : '';
  const print = ({ time, stream, text }: LogEntry) => {
    const stamp = flags.boolean('timestamps') ? `${nanoseconds(time)} ` : '';
    const line = `${stamp}${details}${text}`;
    if (stream === 'stdout') kernel.output(line);
    else kernel.error(line);
  };
  for (const entry of entries) print(entry);
  if (flags.boolean('follow')) await follow(context, container.id, range, print);
  return 0;
}

/** Goes on with what is written from now on, until the container's end or the time of `--until`. */
async function follow(
  { engine }: CommandContext,
  id: string,
  range: { readonly since?: number; readonly until?: number },
  print: (entry: LogEntry) => void,
): Promise<void> {
  const length = () => engine.state.containers.get(id)?.log?.length ?? 0;
  let seen = length();
  const running = () =>
    ['running', 'paused', 'restarting'].includes(engine.state.containers.get(id)?.state.status ?? '');
  const over = () => range.until !== undefined && engine.state.now >= range.until;
  while (running() && !over()) {
    await engine.scheduler.until(() => length() > seen || !running() || over());
    const fresh = length() - seen;
    seen = length();
    if (fresh > 0 && engine.state.containers.has(id))
      for (const entry of readLogs(engine, id, range).slice(-fresh)) print(entry);
  }
}

/** `--since` and `--until`: a duration before now, seconds since 1970 or a date (moby, api/types/time). */
export function moment(text: string, flag: string, now: number): number | undefined {
  if (text === '') return undefined;
  // The daemon is told whole seconds.
  const ago = text === '0' ? undefined : durationOf(text);
  if (ago !== undefined) return Math.floor((now - ago / 1e6) / 1000) * 1000;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.\d+)?)?)?)?(?:Z|[+-]\d\d:\d\d)?$/.exec(text);
  if (!match) throw new CliError(`invalid value for "${flag}": failed to parse value as time or duration: "${text}"`);
  const [, , month, day, hour = '00', minute = '00', second = '00'] = match;
  const refused = (what: string) =>
    new CliError(`invalid value for "${flag}": parsing time "${text}": ${what} out of range`);
  if (Number(month) < 1 || Number(month) > 12) throw refused('month');
  if (Number(day) < 1 || Number(day) > 31) throw refused('day');
  if (Number(hour) > 23) throw refused('hour');
  const zone = /(?:Z|[+-]\d\d:\d\d)$/.exec(text.slice('2006-01-02'.length))?.[0] ?? 'Z';
  const fraction = /\.\d+/.exec(text)?.[0] ?? '';
  return Date.parse(`${text.slice(0, 10)}T${hour}:${minute}:${second}${fraction}${zone}`);
}

/** Nanoseconds, when a text is a duration. */
function durationOf(text: string): number | undefined {
  try {
    return parseDuration(text);
  } catch {
    return undefined;
  }
}

/** A time in RFC 3339 with nine digits, as the daemon writes it before a line. */
export function nanoseconds(time: number): string {
  const whole = Math.floor(time);
  const rest = String(Math.round((time - whole) * 1e6)).padStart(6, '0');
  return new Date(whole).toISOString().replace(/Z$/, `${rest}Z`);
}

/** Labels and variables that the log driver was told to keep with each line. */
function detailsOf({ config, hostConfig: { LogConfig } }: Container): string {
  const names = (option: string) => (LogConfig.Config[option] ?? '').split(',').filter((name) => name !== '');
  const found: Record<string, string> = {};
  for (const name of names('labels')) if (name in config.Labels) found[name] = config.Labels[name]!;
  const variables = Object.fromEntries(config.Env.map((one) => one.split(/=(.*)/s) as [string, string?]));
  for (const name of names('env')) if (variables[name] !== undefined) found[name] = variables[name];
  const pairs = Object.keys(found)
    .sort()
    .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(found[name]!)}`);
  return encode(`${pairs.join(',')} `);
}
