/** Holds the model's transcripts against a real engine's, as ../shared/oracle/compare.mjs does. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { answered, ORACLE_HOST, type Row } from '../../src/session/record.ts';
import { createSession } from '../../src/session/session.ts';

const AGE = String.raw`(?:Less than a second|About an? (?:second|minute|hour)|\d+ (?:second|minute|hour|day|week|month|year)s?)`;

/** The text with a placeholder for what no two runs share: ids, ages, times, sizes, durations, column padding. */
export function normalise(text: string): string {
  return text
    .replace(/\b[0-9a-f]{64}\b/g, '<id>')
    .replace(/\bsha256:<id>/g, '<digest>')
    .replace(/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12}\b/g, '<id>')
    .replace(/\b(?=[a-z]*\d)[a-z0-9]{25}\b/g, '<id>')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| ?[+-]\d{2}:?\d{2}(?: UTC)?)?/g, '<time>')
    .replace(new RegExp(AGE, 'g'), '<age>')
    .replace(/\b(?!0B)\d+(?:\.\d+)? ?(?:B|kB|MB|GB|KiB|MiB|GiB)\b/g, '<size>')
    .replace(/\b\d+(?:\.\d+)?(?:ms|µs|s)\b/g, '<duration>')
    .replace(/(\S)[ \t]{2,}/g, '$1  ')
    .replace(/[ \t]+$/gm, '');
}

/** Whether two answers to the same command say the same. */
export function same(want: Row, got: Row): boolean {
  return (
    got.exitCode === want.exitCode &&
    normalise(got.stdout) === normalise(want.stdout) &&
    normalise(got.stderr) === normalise(want.stderr)
  );
}

export interface Difference {
  readonly scenario: string;
  /** Counted from 1. */
  readonly index: number;
  readonly want: Row;
  readonly got: Row;
}

export interface Comparison {
  readonly scenario: string;
  readonly total: number;
  readonly differences: readonly Difference[];
}

/** Transcripts of real engines: those of the oracle, and our own. */
export function transcripts(): string[] {
  return globSync('tests/oracle/{transcripts,recorded}/*.jsonl').sort();
}

/** Runs the commands of a transcript in a fresh session. */
export async function compareTranscript(file: string): Promise<Comparison> {
  const scenario = basename(file, '.jsonl');
  // Our own recordings come from a host whose networks begin at 172.18.
  const ours = file.includes('recorded/');
  const session = createSession({ ...ORACLE_HOST, ...(ours ? { hostRoutes: [] } : {}) });
  const rows = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const differences: Difference[] = [];
  for (const [at, line] of rows.entries()) {
    const want = JSON.parse(line) as Row;
    const got = { command: want.command, ...(await answered(session, want.command)) };
    if (!same(want, got)) differences.push({ scenario, index: at + 1, want, got });
  }
  return { scenario, total: rows.length, differences };
}

export interface Exception {
  readonly scenario: string;
  readonly command: number;
  readonly reason: string;
}

/** Disagreements that are known, each with its reason. */
export function exceptions(): Exception[] {
  const file = 'tests/oracle/exceptions.json';
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Exception[]) : [];
}
