import type { BuildView, StageView } from '../model/build.ts';
import { type Element, h } from '../node.ts';
import type { Words } from '../words.ts';
import { shortened } from './containers.ts';

const WIDTH = 360;
const HEIGHT = 44;
const GAP_X = 14;
const GAP_Y = 34;
const WIDEST = 150;
/** Pixels of a letter, about. */
const LETTER = 7;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The stages as a graph, those that others need above them: a line for `FROM stage`, a dashed one for copied files. */
export function stageGraph(words: Words, { stages }: BuildView): Element {
  const places = placed(stages);
  const height = Math.max(...places.map(({ y }) => y)) + HEIGHT + 2;
  const edges = stages.flatMap(({ parent, sources }, to) => [
    ...(parent === undefined ? [] : [{ from: parent, to, copies: false }]),
    ...sources.map((from) => ({ from, to, copies: true })),
  ]);
  return h(
    'svg.graph',
    { key: 'graph', viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': spoken(words, stages) },
    edges.map(({ from, to, copies }) =>
      h(copies ? 'path.copies' : 'path', { key: `${from} ${to}`, d: curve(places[from]!, places[to]!) }),
    ),
    edges.map(({ to }) => h('path', { key: `head ${to}`, d: head(places[to]!) })),
    stages.map((stage, index) => box(words, stage, places[index]!, index)),
  );
}

function placed(stages: readonly StageView[]): Place[] {
  const rows = new Map<number, number[]>();
  for (const [index, { depth }] of stages.entries()) rows.set(depth, [...(rows.get(depth) ?? []), index]);
  const places: Place[] = [];
  for (const [depth, row] of rows) {
    const width = Math.min(WIDEST, (WIDTH - GAP_X * (row.length - 1) - 2) / row.length);
    const left = (WIDTH - row.length * width - (row.length - 1) * GAP_X) / 2;
    for (const [column, index] of row.entries())
      places[index] = { x: left + column * (width + GAP_X), y: 1 + depth * (HEIGHT + GAP_Y), width };
  }
  return places;
}

function curve(from: Place, to: Place): string {
  const [x1, y1] = [from.x + from.width / 2, from.y + HEIGHT];
  const [x2, y2] = [to.x + to.width / 2, to.y];
  const middle = (y1 + y2) / 2;
  return `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`;
}

function head({ x, y, width }: Place): string {
  return `M${x + width / 2 - 4} ${y - 7}l4 6l4 -6`;
}

function box(words: Words, stage: StageView, { x, y, width }: Place, index: number): Element {
  const letters = Math.floor((width - 12) / LETTER);
  const middle = x + width / 2;
  return h(
    'g',
    { key: index, 'data-outcome': stage.external ? 'external' : stage.outcome, 'data-target': stage.target },
    h('rect', { x, y, width, height: HEIGHT, rx: 6 }),
    h('text.title', { x: middle, y: y + 18, 'text-anchor': 'middle' }, shortened(stage.name, letters)),
    h('text', { x: middle, y: y + 34, 'text-anchor': 'middle' }, shortened(stageState(words, stage), letters)),
  );
}

/** In words what became of a stage. */
export function stageState(words: Words, { outcome, needed, external, steps }: StageView): string {
  if (external) return 'image';
  if (!needed) return words.notBuilt;
  if (outcome === 'skipped') return words.notReached;
  if (outcome === 'failed') return words.outcomes.failed;
  const own = steps.filter(({ kind }) => kind !== 'image');
  const cached = own.filter((step) => step.outcome === 'cached').length;
  return own.length === 0 ? words.base : cached === own.length ? 'CACHED' : `${cached}/${own.length} CACHED`;
}

function spoken(words: Words, stages: readonly StageView[]): string {
  const parts = stages.map((stage) => {
    const from = stage.sources.map((at) => stages[at]!.name).join(', ');
    const ways = [
      ...(stage.parent === undefined ? [] : [words.buildsOn(stages[stage.parent]!.name)]),
      ...(from === '' ? [] : [words.takesFrom(from)]),
    ];
    return `${stage.name}: ${[stageState(words, stage), ...ways].join(', ')}`;
  });
  return `${words.graph}. ${parts.join('. ')}.`;
}
