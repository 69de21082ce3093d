import type { Language } from '../../languages.ts';
import { h, type Tree } from '../tree.ts';
import type { Status } from './model.ts';
import { words } from './words.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}

const WIDTH = 104;
const HEIGHT = 34;
const PLACES: Readonly<Partial<Record<Status, Place>>> = {
  none: { x: 64, y: 28 },
  created: { x: 276, y: 28 },
  running: { x: 170, y: 118 },
  paused: { x: 276, y: 208 },
  exited: { x: 64, y: 208 },
};

/** Ways between states: a path, and where the names of the commands that go it stand. */
const WAYS: readonly {
  readonly from: Status;
  readonly to: Status;
  readonly path: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
}[] = [
  { from: 'none', to: 'created', path: 'M116 22H221', label: 'create', x: 169, y: 15 },
  { from: 'created', to: 'none', path: 'M224 36H119', label: 'rm', x: 169, y: 51 },
  { from: 'created', to: 'running', path: 'M258 45L202 98', label: 'start', x: 252, y: 80 },
  { from: 'running', to: 'paused', path: 'M208 135L262 188', label: 'pause', x: 266, y: 160 },
  { from: 'paused', to: 'running', path: 'M244 191L190 138', label: 'unpause', x: 196, y: 184 },
  { from: 'running', to: 'exited', path: 'M150 135L96 188', label: 'stop, kill', x: 156, y: 164 },
  { from: 'exited', to: 'running', path: 'M78 191L132 138', label: 'start', x: 86, y: 158 },
  { from: 'paused', to: 'exited', path: 'M224 214H119', label: 'stop, kill', x: 172, y: 230 },
  { from: 'exited', to: 'none', path: 'M36 191V48', label: 'rm', x: 50, y: 116 },
];

/** The states as boxes and the ways between them; where the container is stands out, and the ways that lead on from there. */
export function picture(status: Status, language: Language): Tree {
  const { none, picture: label } = words[language];
  const shown = (state: Status) => (state === 'none' ? none : state);
  const ways = WAYS.map(({ from, to, path, label: commands, x, y }) =>
    h(
      'g',
      { class: from === status ? 'ex-way ex-open' : 'ex-way' },
      h('path', { d: path, 'marker-end': from === status ? 'url(#ex-tip-open)' : 'url(#ex-tip)', 'data-to': to }),
      h('text', { x, y }, commands),
    ),
  );
  const boxes = Object.entries(PLACES).map(([state, { x, y }]) =>
    h(
      'g',
      { class: `ex-box${state === status ? ' ex-here' : ''}${state === 'none' ? ' ex-nothing' : ''}` },
      h('rect', { x: x - WIDTH / 2, y: y - HEIGHT / 2, width: WIDTH, height: HEIGHT, rx: 8 }),
      h('text', { x, y: y + 5 }, shown(state as Status)),
    ),
  );
  return h(
    'svg',
    { class: 'ex-svg', viewBox: '0 0 340 240', role: 'img', 'aria-label': label(shown(status)) },
    h('defs', {}, tip('ex-tip', 'ex-tip'), tip('ex-tip-open', 'ex-tip-open')),
    ways,
    boxes,
  );
}

function tip(id: string, state: string): Tree {
  return h(
    'marker',
    { id, class: state, viewBox: '0 0 8 8', refX: '6', refY: '4', markerWidth: '7', markerHeight: '7', orient: 'auto' },
    h('path', { d: 'M0 0L8 4L0 8z' }),
  );
}
