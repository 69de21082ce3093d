import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { LogEntry, LogList } from './container.ts';
import { findContainer } from './find.ts';

export interface LogsRequest {
  readonly stdout?: boolean;
  readonly stderr?: boolean;
  /** Milliseconds since 1970. */
  readonly since?: number;
  readonly until?: number;
  /** Number of last lines; all when left out. */
  readonly tail?: number;
}

/** Drivers whose logs the daemon can read back; others keep a copy of their own, which is read (docker docs, "Dual logging"). */
const UNREADABLE = new Set(['none']);

/**
 * The lines that a container has written, each with its end unless it is unfinished. Throws 501 for log drivers that can't
 * be read.
 */
export function readLogs(engine: Engine, ref: string, request: LogsRequest = {}): readonly LogEntry[] {
  const { hostConfig, log } = findContainer(engine, ref);
  if (UNREADABLE.has(hostConfig.LogConfig.Type))
    throw new EngineError(501, 'configured logging driver does not support reading');
  const { stdout = true, stderr = true, since, until, tail } = request;
  const lines = linesOf(log).filter(
    ({ stream, time }) =>
      (stream === 'stdout' ? stdout : stderr) &&
      (since === undefined || time >= since) &&
      (until === undefined || time <= until),
  );
  return tail === undefined ? lines : tail <= 0 ? [] : lines.slice(-tail);
}

/** What was written, piece by piece, as lines: the time is that of a line's first piece. */
function linesOf(log: LogList | undefined): LogEntry[] {
  const pieces: LogEntry[] = [];
  for (let at = log; at; at = at.before) pieces.push(at.last);
  const lines: LogEntry[] = [];
  const open: { stdout?: number; stderr?: number } = {};
  for (const { time, stream, text } of pieces.reverse()) {
    for (const part of text.split(/(?<=\n)/)) {
      const at = open[stream];
      if (at === undefined) lines.push({ time, stream, text: part });
      else lines[at] = { ...lines[at]!, text: lines[at]!.text + part };
      if (part.endsWith('\n')) delete open[stream];
      else open[stream] = at ?? lines.length - 1;
    }
  }
  return lines;
}
