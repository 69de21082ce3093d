import { get, set } from 'idb-keyval';
import { readSaved, type SavedSession } from './share.ts';

const CURRENT = 'session';

/** What the browser keeps of the reader's session. Nothing is kept where the browser does not allow it. */
export async function loadSession(): Promise<{ readonly session?: SavedSession; readonly damaged: boolean }> {
  try {
    const value = await get<unknown>(CURRENT);
    if (value === undefined) return { damaged: false };
    const session = readSaved(value);
    return session ? { session, damaged: false } : { damaged: true };
  } catch {
    return { damaged: false };
  }
}

export async function saveSession(session: SavedSession): Promise<void> {
  try {
    await set(CURRENT, session);
  } catch {
    // Private windows may have no store; the session then lasts as long as the page.
  }
}

/** Puts what could not be read out of the way, where it can still be found. */
export async function setAside(): Promise<void> {
  try {
    await set(`${CURRENT}-damaged`, await get(CURRENT));
    await set(CURRENT, undefined);
  } catch {
    // Then there is nothing to put away.
  }
}
