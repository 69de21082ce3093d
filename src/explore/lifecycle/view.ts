import type { Language } from '../../languages.ts';
import type { View } from '../explorable.ts';
import { h, prose, type Tree } from '../tree.ts';
import type { Lifecycle, Outcome } from './model.ts';
import { picture } from './picture.ts';
import { sentence, words } from './words.ts';

export function view(state: Lifecycle, language: Language): View {
  const { moves } = words[language];
  return {
    sentence: prose(sentence(state, language)),
    controls: [],
    picture: [
      h('div', { class: 'ex-beside' }, picture(state.status, language), facts(state, language)),
      h('p', { class: 'ex-label' }, moves),
      h(
        'ul',
        { class: 'ex-moves', 'aria-label': moves },
        state.outcomes.map((outcome) => move(outcome, state, language)),
      ),
    ],
  };
}

function move({ move: what, command, to, refused }: Outcome, { status }: Lifecycle, language: Language): Tree {
  const { none, refused: no, stays } = words[language];
  const leads = to !== status || what === 'restart';
  const outcome = refused ? no : leads ? `→ ${to === 'none' ? none : to}` : stays;
  return h(
    'li',
    {},
    h('button', { type: 'button', class: `ex-move${refused || !leads ? ' ex-dim' : ''}`, 'data-do': what }, command),
    ' ',
    h('span', { class: refused ? 'ex-outcome ex-no' : 'ex-outcome' }, outcome),
  );
}

function facts({ status, pid, exitCode, ended }: Lifecycle, language: Language): Tree {
  const { facts: names, none, process, noCode, layer } = words[language];
  const values = [
    status === 'none' ? none : status,
    status === 'paused' ? process.frozen : pid > 0 ? process.runs : process.none,
    ended && pid === 0 ? String(exitCode) : noCode,
    status === 'none' ? layer.gone : layer.there,
  ];
  return h(
    'dl',
    { class: 'ex-facts' },
    names.map((name, i) => h('div', {}, h('dt', {}, name), h('dd', {}, values[i]!))),
  );
}
