import { Drawer, type DrawerOptions } from './drawer.ts';
import { type Lab, openLab } from './lab.ts';
import type { LivePage } from './page.ts';
import { decodeSession, type SavedSession } from './share.ts';
import { loadSession, setAside } from './store.ts';
import type { Word } from './words.ts';
import { restoreLab, Workshop } from './workshop.ts';

/** Where a terminal's session comes from, and what to tell its reader about that. */
interface Beginning {
  readonly lab: Lab;
  readonly page: string;
  readonly word: Word;
  readonly steps: number;
}

/** The terminal of a page, with the session of a link, else with the one that the browser has kept, else with a new one. */
export async function createDrawer(options: DrawerOptions & { readonly base: string }): Promise<Drawer> {
  const { base, language, page } = options;
  const [{ lab, page: last, word, steps }, parts] = await Promise.all([
    beginning(),
    examplesOf(`${base}/examples/${language}/${page}.json`),
  ]);
  return new Drawer(options, new Workshop(page, parts, lab, last), word, steps);
}

/** What of a page runs; nothing where the page has no examples. */
async function examplesOf(address: string): Promise<LivePage> {
  if (!document.querySelector('pre[data-runs]')) return [];
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json() as Promise<LivePage>;
}

async function beginning(): Promise<Beginning> {
  const link = /^#live=(.*)$/.exec(location.hash)?.[1];
  if (link !== undefined) {
    const shared = await decodeSession(link);
    // The link has done its work; another reload goes on with what has become of the session.
    history.replaceState(history.state, '', location.pathname + location.search);
    return shared ? await restored(shared, 'received') : await fresh('badLink');
  }
  const { session, damaged } = await loadSession();
  if (session && session.actions.length > 0) return await restored(session, 'restored');
  if (damaged) await setAside();
  return await fresh(damaged ? 'damaged' : 'welcome');
}

async function restored(session: SavedSession, word: Word): Promise<Beginning> {
  try {
    return { lab: await restoreLab(session), page: session.page, word, steps: session.actions.length };
  } catch (error) {
    console.error(error);
    if (word === 'restored') await setAside();
    return fresh(word === 'restored' ? 'damaged' : 'badLink');
  }
}

async function fresh(word: Word): Promise<Beginning> {
  return { lab: await openLab({ interactive: true }), page: '', word, steps: 0 };
}
