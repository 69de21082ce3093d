import type { Language } from '../../languages.ts';
import { choice, editor } from '../controls.ts';
import type { View } from '../explorable.ts';
import { bar, size } from '../sizes.ts';
import { h, prose, type Tree } from '../tree.ts';
import type { StageSize, StagesState } from './model.ts';
import { words } from './words.ts';

export function view(state: StagesState, language: Language): View {
  const { file, target, columns } = words[language];
  const { files, stages } = state;
  const command = `docker build${state.target === stages.at(-1)?.name || stages.length === 0 ? '' : ` --target ${state.target}`} -t app .`;
  const options = stages.filter(({ name }) => !/^\d+$/.test(name)).map(({ name }) => [name, name] as const);
  const table = h(
    'table',
    { class: 'ex-stages' },
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
      stages.map((stage) => row(stage, state, language)),
    ),
  );
  return {
    sentence: prose(sentence(state, language)),
    controls: [
      ...files.map(({ path, text }) => editor(path, file(path), text)),
      h(
        'div',
        { class: 'ex-row' },
        ...(options.length > 1 ? [choice('target', target, options, state.target, 'build')] : []),
        h('button', { type: 'button', class: 'ex-run', 'data-do': 'build' }, command),
      ),
    ],
    picture: stages.length > 0 ? [table] : [],
  };
}

function row(stage: StageSize, { stages, target }: StagesState, language: Language): Tree {
  const { image, unneeded, stays, nothing, taken, own, on } = words[language];
  const { name, base, taken: parts, needed, size: bytes } = stage;
  const most = Math.max(...stages.map((other) => (other.size ? other.size.below + other.size.own : 0)));
  const [chip, role] =
    name === target ? ['ex-chip ex-new', image] : needed ? ['ex-chip', stays] : ['ex-chip ex-plain', unneeded];
  return h(
    'tr',
    {},
    h(
      'th',
      { scope: 'row' },
      h('code', {}, name),
      ' ',
      h('span', { class: chip }, role),
      h('span', { class: 'ex-block ex-note ex-small' }, `${on} ${base}`),
    ),
    h(
      'td',
      {},
      parts.length === 0
        ? nothing
        : h(
            'ul',
            {},
            parts.map(({ what, from, bytes }) => h('li', {}, prose(taken(what, from, size(bytes))))),
          ),
    ),
    h(
      'td',
      { class: 'ex-size' },
      ...(bytes
        ? [
            size(bytes.below + bytes.own),
            h('span', { class: 'ex-note ex-block' }, own(size(bytes.own))),
            bar(most, bytes.below, bytes.own),
          ]
        : ['–']),
    ),
  );
}

function sentence({ stages, target, total }: StagesState, language: Language): string {
  const { sentence: say } = words[language];
  if (total === undefined) return say.failed;
  if (stages.length === 1) return say.one(size(total));
  const left = stages.filter(({ name, needed }) => needed && name !== target);
  if (left.length === 0) return say.alone(size(total));
  const named = left.map(({ name, size: known }) => `\`${name}\`${known ? ` (${size(known.below + known.own)})` : ''}`);
  return say.left(size(total), named.join(', '), left.length);
}
