import type { Language } from '../../languages.ts';
import { tick } from '../controls.ts';
import type { View } from '../explorable.ts';
import { answer } from '../frame.ts';
import { h, prose, type Tree } from '../tree.ts';
import type { ReachState, Way } from './model.ts';
import { words } from './words.ts';

const MARKS = { name: 'ex-yes', address: 'ex-half', no: 'ex-no' } as const;

export function view(state: ReachState, language: Language): View {
  const { sentence } = words[language];
  const { ways } = state;
  const count = (reached: Way['reached']) => ways.filter((way) => way.reached === reached).length;
  return {
    sentence: [sentence(ways.length, count('name'), count('address'))],
    controls: [],
    picture: [membership(state, language), matrix(state, language), ...looked(state, language)],
  };
}

function membership({ networks, members }: ReachState, language: Language): Tree {
  const { container, membership: title, joined } = words[language];
  return h(
    'table',
    {},
    h('caption', { class: 'ex-label' }, title),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        [container, ...networks].map((column) => h('th', { scope: 'col' }, column)),
      ),
    ),
    h(
      'tbody',
      {},
      members.map(({ name, addresses }) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, name),
          networks.map((network) => {
            const address = addresses[network];
            const label = h('span', {}, address ?? '–');
            const on = address !== undefined;
            return h('td', {}, tick(`${network} ${name}`, label, on, `join ${network} ${name}`, joined(name, network)));
          }),
        ),
      ),
    ),
  );
}

function matrix({ members, ways }: ReachState, language: Language): Tree {
  const { matrix: title, from, to, self, reached, look } = words[language];
  const cell = (one: string, other: string) => {
    const way = ways.find((candidate) => candidate.from === one && candidate.to === other);
    if (!way) return h('td', { class: 'ex-note' }, self);
    const text = h('span', { class: MARKS[way.reached] }, reached[way.reached]);
    return h(
      'td',
      {},
      h(
        'button',
        { type: 'button', class: 'ex-cell', 'data-do': `look ${one} ${other}`, title: look(one, other) },
        text,
      ),
    );
  };
  return h(
    'table',
    { class: 'ex-matrix' },
    h('caption', { class: 'ex-label' }, title),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', {}, `${from} ↓ ${to} →`),
        members.map(({ name }) => h('th', { scope: 'col' }, name)),
      ),
    ),
    h(
      'tbody',
      {},
      members.map(({ name }) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, name),
          members.map((other) => cell(name, other.name)),
        ),
      ),
    ),
  );
}

/** The way that the reader has picked, else the first that does not work by name: why, and the attempts themselves. */
function looked({ ways, looked: picked }: ReachState, language: Language): Tree[] {
  const way =
    ways.find(({ from, to }) => from === picked?.[0] && to === picked?.[1]) ??
    ways.find(({ reached }) => reached !== 'name') ??
    ways[0];
  if (!way) return [];
  const { why } = words[language];
  return [
    h('p', { 'aria-live': 'polite' }, prose(why[way.why](way.from, way.to, way.address))),
    h('div', { class: 'ex-console' }, way.asked.flatMap(answer)),
  ];
}
