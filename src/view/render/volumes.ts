import { humanSize } from '../../engine/units.ts';
import type { MountUse, StorageView } from '../model/volumes.ts';
import { type Element, h } from '../node.ts';
import { card, note, type Scene } from './card.ts';

/** Volumes, folders of the host and memory, each with the containers that have it mounted. */
export function volumesPanel(scene: Scene, storage: readonly StorageView[]): readonly Element[] {
  const { words } = scene;
  return (['volume', 'bind', 'tmpfs'] as const)
    .map((kind) => ({ kind, list: storage.filter((one) => one.kind === kind) }))
    .filter(({ list }) => list.length > 0)
    .map(({ kind, list }) =>
      h(
        'section.group',
        { key: kind, 'aria-label': words.kindsOfStorage[kind] },
        h('p.group-title', { 'aria-hidden': 'true' }, words.kindsOfStorage[kind]),
        h(
          'ul.cards',
          {},
          list.map((view) => storageCard(scene, view)),
        ),
      ),
    );
}

function storageCard(scene: Scene, view: StorageView): Element {
  const { words } = scene;
  const { id, kind, name, anonymous, driver, size, uses, actions } = view;
  return card(scene, 'volumes', {
    ...{ id, name, actions },
    sign: h('span.sign', { 'data-storage': kind, 'aria-hidden': 'true' }),
    notes: [
      anonymous && note(words.anonymous),
      driver !== '' && driver !== 'local' && note(driver),
      size !== undefined && h('span.size', { key: 'size' }, humanSize(size)),
    ],
    body: [
      uses.length === 0
        ? h('p.line', { key: 'unused' }, words.unused)
        : h(
            'ul.wires',
            { key: 'uses' },
            uses.map((use) => useItem(scene, use)),
          ),
    ],
  });
}

/** A line from the storage to a container: with two heads where it is written to, too. */
function useItem({ words }: Scene, { container, up, target, readOnly }: MountUse): Element {
  return h(
    'li',
    { key: `${container} ${target}`, 'data-off': !up },
    h('span.wire', { 'aria-hidden': 'true' }, readOnly ? '→' : '⇄'),
    h(
      'span',
      {},
      h('code', {}, `${container}:${target}`),
      ' ',
      h('span.quiet', {}, readOnly ? words.readOnly : words.readWrite),
    ),
    !up && h('span.quiet', { key: 'off' }, ` (${words.notRunning})`),
  );
}
