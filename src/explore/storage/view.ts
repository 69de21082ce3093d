import type { Language } from '../../languages.ts';
import type { View } from '../explorable.ts';
import { h, type Tree } from '../tree.ts';
import { COMMANDS, type Moment, PLACES, type Place, type StorageState } from './model.ts';
import { words } from './words.ts';

/** Commands that fit beside each other on a phone. */
const SHOWN = 6;

/** The commands as buttons show them, the longest shortened. */
const BUTTONS: Readonly<Record<keyof typeof COMMANDS, string>> = {
  ...{ write: 'docker exec box … >> note', stop: 'docker stop box', start: 'docker start box' },
  ...{ rm: 'docker rm -f box', run: 'docker run … box', volume: 'docker volume rm data' },
};

export function view(state: StorageState, language: Language): View {
  const { next, refused } = words[language];
  const buttons = (Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]).map((name) =>
    h(
      'button',
      { type: 'button', class: possible(name, state) ? 'ex-move' : 'ex-move ex-dim', 'data-do': name },
      BUTTONS[name],
    ),
  );
  return {
    sentence: [sentence(state, language)],
    controls: [h('p', { class: 'ex-label' }, next), h('div', { class: 'ex-row' }, buttons)],
    picture: [table(state, language, refused)],
  };
}

function possible(name: string, { status }: StorageState): boolean {
  if (name === 'run') return status === 'none';
  if (name === 'volume') return status === 'none';
  if (name === 'start') return status === 'exited';
  if (name === 'rm') return status !== 'none';
  return status === 'running';
}

function table({ moments }: StorageState, language: Language, refused: string): Tree {
  const { place, places, moves, caption, legend, earlier } = words[language];
  const shown = moments.slice(-SHOWN);
  const head = shown.map((moment) =>
    h(
      'th',
      { scope: 'col', class: 'ex-narrow' },
      moves[moment.command as keyof typeof moves],
      moment.refused ? h('span', { class: 'ex-no ex-block' }, refused) : '',
    ),
  );
  const row = (where: Place) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, places[where][0], h('code', { class: 'ex-block' }, places[where][1])),
      shown.map((moment, i) => cell(moment, shown[i - 1] ?? moments.at(-SHOWN - 1), where, language)),
    );
  const cut = moments.length - shown.length;
  return h(
    'div',
    { class: 'ex-stack' },
    h(
      'table',
      { class: 'ex-moments' },
      h('caption', { class: 'ex-label' }, caption),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, place), head)),
      h('tbody', {}, PLACES.map(row)),
    ),
    h('p', { class: 'ex-note' }, legend, cut > 0 ? ` ${earlier(cut)}` : ''),
  );
}

function cell({ lines }: Moment, before: Moment | undefined, where: Place, language: Language): Tree {
  const now = lines[where];
  if (now === 'none') {
    const gone = h('span', { class: 'sr-only' }, words[language].gone);
    return h('td', { class: 'ex-narrow ex-no' }, gone);
  }
  const lost = now === 0 && typeof before?.lines[where] === 'number' && before.lines[where] > 0;
  const emptied = now === 0 && before?.lines[where] === 'none';
  return h('td', { class: `ex-narrow${now > 0 ? ' ex-kept' : lost || emptied ? ' ex-lost' : ''}` }, String(now));
}

function sentence({ moments, before, log }: StorageState, language: Language): string {
  const { places, sentence: say } = words[language];
  const now = moments.at(-1)!;
  const names = (chosen: readonly Place[]) => chosen.map((where) => places[where][0]).join(', ');
  const value = (moment: Moment | undefined, where: Place) => moment?.lines[where];
  if (before === log.length) return say.start(names(PLACES.filter((where) => Number(value(now, where)) > 0)));
  if (log[before]?.exitCode !== 0) return say.refused;
  const past = moments.at(-2);
  const lost = PLACES.filter((where) => Number(value(past, where)) > 0 && !(Number(value(now, where)) > 0));
  const more = PLACES.filter(
    (where) => Number(value(now, where)) > (Number(value(past, where)) || 0) && value(past, where) !== 'none',
  );
  const back = PLACES.filter((where) => value(past, where) === 'none' && value(now, where) === 0);
  const parts = [
    ...(lost.length > 0 ? [say.lost(names(lost))] : []),
    ...(more.length > 0 ? [say.more(names(more))] : []),
    ...(back.length > 0 ? [say.back(names(back))] : []),
  ];
  return parts.length > 0 ? parts.join(' ') : say.same;
}
