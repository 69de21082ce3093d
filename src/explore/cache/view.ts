import type { Language } from '../../languages.ts';
import { editor } from '../controls.ts';
import type { View } from '../explorable.ts';
import { bar, size } from '../sizes.ts';
import { h, prose, type Tree } from '../tree.ts';
import type { CacheState, Line } from './model.ts';
import { because, words } from './words.ts';

/** Causes that hold for the whole build and are told in the sentence. */
const SAID = new Set(['first', 'forbidden']);
const CHIPS: Readonly<Record<Line['how'], string>> = {
  ...{ base: 'ex-chip ex-plain', cached: 'ex-chip', run: 'ex-chip ex-new', failed: 'ex-chip ex-bad' },
  ...{ config: 'ex-chip ex-plain', unreached: 'ex-chip ex-plain' },
};

/** The same table with another question: what each instruction adds to the size. */
export function sizesView(state: CacheState, language: Language): View {
  const { sizes } = words[language];
  const { lines, total, error } = state;
  if (error !== undefined || total === undefined) return view(state, language);
  const own = lines.filter(({ how }) => how !== 'base');
  const layers = own.filter(({ bytes, how }) => how !== 'config' && bytes !== undefined);
  const base = total - own.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
  const text = sizes(size(total), size(base), layers.length, size(total - base), own.length - layers.length);
  return { ...view(state, language), sentence: prose(text) };
}

export function view(state: CacheState, language: Language): View {
  const { file, columns, total } = words[language];
  const { files, lines } = state;
  const table = h(
    'table',
    { class: 'ex-steps' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        columns.map((column) => h('th', { scope: 'col' }, column)),
      ),
    ),
    h(
      'tbody',
      {},
      lines.map((line) => row(line, state, language)),
      state.total === undefined
        ? []
        : h('tr', { class: 'ex-total' }, h('th', { scope: 'row', colspan: 2 }, total), h('td', {}, size(state.total))),
    ),
  );
  return {
    sentence: prose(sentence(state, language)),
    controls: [
      ...files.map(({ path, text }) => editor(path, file(path), text)),
      h(
        'div',
        { class: 'ex-row' },
        h('button', { type: 'button', class: 'ex-run', 'data-do': 'build' }, 'docker build -t demo .'),
        h('button', { type: 'button', class: 'ex-move', 'data-do': 'no-cache' }, 'docker build --no-cache -t demo .'),
      ),
    ],
    picture: lines.length > 0 ? [table] : [],
  };
}

function row({ text, stage, how, seconds, bytes, cause }: Line, { total = 0 }: CacheState, language: Language): Tree {
  const took = how === 'run' && seconds !== '' && seconds !== '0.0s' ? `, ${seconds}` : '';
  return h(
    'tr',
    {},
    h(
      'td',
      {},
      stage === '' ? '' : h('span', { class: 'ex-note' }, `${stage}: `),
      h('code', {}, text),
      cause && !SAID.has(cause.why) ? h('p', { class: 'ex-because' }, prose(because(cause, language))) : '',
    ),
    h('td', {}, h('span', { class: CHIPS[how] }, words[language].how[how] + took)),
    h('td', { class: 'ex-size' }, bytes === undefined ? '–' : size(bytes), bytes ? bar(total, bytes) : ''),
  );
}

function sentence({ lines, error }: CacheState, language: Language): string {
  const { sentence: say } = words[language];
  const steps = lines.filter(({ how }) => how !== 'base' && how !== 'config');
  const cached = steps.filter(({ how }) => how === 'cached').length;
  if (error !== undefined) return say.failed(steps.filter(({ how }) => how === 'cached' || how === 'run').length);
  if (steps.length === 0) return say.none;
  const broke = steps.find(({ cause }) => cause);
  if (!broke?.cause) return say.cached(steps.length);
  if (broke.cause.why === 'first') return say.first(steps.length);
  if (broke.cause.why === 'forbidden') return say.forbidden(steps.length);
  return say.broke(cached, steps.length, broke.text);
}
