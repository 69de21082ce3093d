import { humanSize } from '../../engine/units.ts';
import type { BuildView, CacheView, StageView, StepView } from '../model/build.ts';
import { type Element, h } from '../node.ts';
import { card, note, type Scene } from './card.ts';
import { shortened } from './containers.ts';
import { stageGraph, stageState } from './graph.ts';

/** Changed files that are named with a step. */
const FILES_NAMED = 4;

/** The last build as a graph of stages, each with its steps and where its cache broke; then the cache. */
export function buildPanel(scene: Scene, build: BuildView | undefined, cache: CacheView): Element {
  return h(
    'ul.cards',
    {},
    build && buildCard(scene, build),
    (build !== undefined || cache.records > 0) && cacheCard(scene, cache),
  );
}

function buildCard(scene: Scene, build: BuildView): Element {
  const { words } = scene;
  const { tags, dockerfile, image, error, stages, steps, cached, actions } = build;
  return card(scene, 'build', {
    ...{ id: 'last', name: tags[0] ?? dockerfile, actions },
    notes: [
      ...tags.slice(1).map((tag) => note(tag)),
      error !== '' && note(words.failed, 'failed'),
      image !== '' && h('span.quiet', { key: 'image' }, words.built(image)),
    ],
    body: [
      error !== '' && h('p.problem', { key: 'error' }, error),
      steps > 0 && h('p.line', { key: 'cached' }, words.cachedOf(cached, steps)),
      stages.length > 1 && stageGraph(words, build),
      stages.length > 0 &&
        h(
          'ol.stages',
          { key: 'stages' },
          stages.filter(({ external }) => !external).map((stage, index) => stageItem(scene, stage, stages, index)),
        ),
    ],
  });
}

function stageItem({ words }: Scene, stage: StageView, stages: readonly StageView[], index: number): Element {
  const sources = stage.sources.map((at) => stages[at]!.name).join(', ');
  return h(
    'li',
    { key: index, 'data-outcome': stage.outcome },
    stages.length > 1 &&
      h(
        'p.line',
        { key: 'title' },
        h('strong', {}, stage.name),
        ' ',
        h('span.quiet', {}, stageState(words, stage)),
        stage.target && stages.length > 1 && note(words.target),
        sources !== '' && h('span.quiet', { key: 'from' }, ` ${words.takesFrom(sources)}`),
      ),
    h(
      'ol.steps',
      { key: 'steps' },
      stage.steps.map((step, at) => stepItem(words, step, at)),
    ),
  );
}

function stepItem(words: Scene['words'], step: StepView, index: number): Element {
  const { kind, outcome, because, changed, text, line } = step;
  const files = changed.slice(0, FILES_NAMED).join(', ');
  const more = changed.length > FILES_NAMED ? ` ${words.more(changed.length - FILES_NAMED)}` : '';
  const isBreak = because !== undefined && because !== 'above';
  const state = kind === 'image' ? words.base : words.outcomes[outcome];
  return h(
    'li',
    { key: index, 'data-outcome': kind === 'image' ? 'base' : outcome, 'data-break': isBreak },
    isBreak &&
      h(
        'span.reason',
        { key: 'reason' },
        `${words.breaks}: ${words.because[because]}${files === '' ? '' : ` (${files}${more})`}`,
      ),
    h('span.outcome', {}, state),
    h('code', {}, shortened(text, 160)),
    line > 0 && h('span.unseen', { key: 'line' }, words.line(line)),
  );
}

function cacheCard(scene: Scene, { records, size, actions }: CacheView): Element {
  const { words } = scene;
  return card(scene, 'build', {
    ...{ id: 'cache', name: words.cache, actions },
    notes: [note(words.records(records)), h('span.size', { key: 'size' }, humanSize(size))],
    body: [],
  });
}
