import { humanSize } from '../../engine/units.ts';
import { type ImageView, type LayerView, storeSize } from '../model/images.ts';
import { type Element, h } from '../node.ts';
import { card, note, type Scene } from './card.ts';
import { shortened } from './containers.ts';

/** Colours that shared layers are told apart by, besides their ids. */
const COLOURS = 4;
/** Images that are named with a shared layer. */
const NAMED = 3;

/** Images as stacks of layers. A layer that several images stand on has the same colour and id in each. */
export function imagesPanel(scene: Scene, images: readonly ImageView[]): readonly Element[] {
  const { stored, apart } = storeSize(images);
  const colours = new Map<string, number>();
  for (const { chain, sharedWith } of images.flatMap(({ layers }) => layers))
    if (sharedWith.length > 0 && !colours.has(chain)) colours.set(chain, colours.size % COLOURS);
  return [
    h('p.sum', { key: 'sum' }, scene.words.stored(humanSize(stored), humanSize(apart))),
    h(
      'ul.cards',
      { key: 'images' },
      images.map((view) => imageCard(scene, view, colours)),
    ),
  ];
}

function imageCard(scene: Scene, view: ImageView, colours: ReadonlyMap<string, number>): Element {
  const { words } = scene;
  const { id, name, tags, size, shared, layers, containers } = view;
  return card(scene, 'images', {
    ...{ id, name: tags[0] ?? words.none, actions: view.actions },
    notes: [
      ...tags.slice(1).map((tag) => note(tag)),
      ...(tags.length === 0 ? [note(words.dangling, 'dangling'), h('code.quiet', { key: 'id' }, name)] : []),
      h('span.size', { key: 'size' }, humanSize(size), shared > 0 && ` (${words.sharedOf(humanSize(shared))})`),
    ],
    body: [
      h(
        'ol.stack',
        { reversed: true, 'aria-label': words.layers(layers.length) },
        layers.map((layer, at) => layerBox(scene, layer, layers[at + 1], colours.get(layer.chain))).reverse(),
      ),
      h(
        'p.line',
        { key: 'used' },
        containers.length === 0 ? words.unused : `${words.usedBy}: `,
        containers.map((container) => h('code', { key: container }, container)),
      ),
    ],
  });
}

function layerBox(
  { words }: Scene,
  { chain, id, size, createdBy, sharedWith }: LayerView,
  above?: LayerView,
  colour?: number,
): Element {
  const told = sharedWith.join() === above?.sharedWith.join();
  const names = sharedWith.slice(0, NAMED).join(', ');
  const more = sharedWith.length > NAMED ? ` ${words.more(sharedWith.length - NAMED)}` : '';
  return h(
    'li.layer',
    { key: chain, 'data-shared': colour, 'data-height': height(size) },
    h('code.id', {}, id),
    h('span.what', {}, shortened(createdBy, 100)),
    h('span.size', {}, humanSize(size)),
    sharedWith.length > 0 && h(told ? 'span.unseen' : 'span.shared', { key: 'shared' }, words.sharedWith(names + more)),
  );
}

/** How tall a layer is drawn, 0 to 3: a step for each power of thirty above 100 kB. */
function height(size: number): number {
  return Math.min(3, Math.max(0, Math.ceil(Math.log(Math.max(size, 1) / 1e5) / Math.log(30))));
}
