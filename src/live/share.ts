import type { Action, Key } from './lab.ts';

/** What a link or a store holds of a session: which page's examples it is about, and what was done. */
export interface SavedSession {
  readonly version: 1;
  /** Page without its language, `containers/lifecycle`; empty for none. */
  readonly page: string;
  readonly actions: readonly Action[];
}

const LONGEST_LINE = 20_000;
const MOST_ACTIONS = 2_000;

/** Reads what a store or a link holds; undefined for anything that is no session. */
export function readSaved(value: unknown): SavedSession | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { version, page, actions } = value as Record<string, unknown>;
  if (version !== 1 || typeof page !== 'string' || !/^[a-z0-9/-]*$/.test(page)) return undefined;
  if (!Array.isArray(actions) || actions.length > MOST_ACTIONS || !actions.every(isAction)) return undefined;
  return { version, page, actions };
}

const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;

/** Milliseconds within a day: nobody waits longer. */
const isTime = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 86_400_000;

function isAction(value: unknown): value is Action {
  if (typeof value !== 'object' || value === null) return false;
  const { do: kind, line, path, text, waited, keys = [], part, ends } = value as Record<string, unknown>;
  const short = (word: unknown) => typeof word === 'string' && word.length <= LONGEST_LINE;
  if (part !== undefined && !isCount(part)) return false;
  if (ends !== undefined && typeof ends !== 'boolean') return false;
  if (kind === 'run')
    return short(line) && (waited === undefined || isTime(waited)) && Array.isArray(keys) && keys.every(isKey);
  if (kind === 'write') return short(path) && typeof text === 'string' && text.length <= 20 * LONGEST_LINE;
  return kind === 'reset' || (kind === 'remove' && short(path));
}

function isKey(value: unknown): value is Key {
  if (typeof value !== 'object' || value === null) return false;
  const { at, text, end, interrupt } = value as Record<string, unknown>;
  return (
    isTime(at) && (end === true || interrupt === true || (typeof text === 'string' && text.length <= LONGEST_LINE))
  );
}

/** A session as text that may stand behind the `#` of an address: JSON, deflated, in base 64 for addresses. */
export async function encodeSession(session: SavedSession): Promise<string> {
  const bytes = await through(new Blob([JSON.stringify(session)]), new CompressionStream('deflate-raw'));
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The session in a text that {@link encodeSession} made; undefined for any other text. */
export async function decodeSession(text: string): Promise<SavedSession | undefined> {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
    const plain = await through(new Blob([bytes]), new DecompressionStream('deflate-raw'));
    return readSaved(JSON.parse(new TextDecoder().decode(plain)));
  } catch {
    return undefined;
  }
}

async function through(blob: Blob, transform: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  return new Uint8Array(await new Response(blob.stream().pipeThrough(transform)).arrayBuffer());
}
