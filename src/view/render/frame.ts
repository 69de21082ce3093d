import type { Change } from '../diff.ts';
import { type EngineView, SUBJECTS, type Subject } from '../model/view.ts';
import { type Children, type Element, h } from '../node.ts';
import { buildPanel } from './build.ts';
import type { Scene } from './card.ts';
import { containersPanel } from './containers.ts';
import { imagesPanel } from './images.ts';
import { networksPanel } from './networks.ts';
import { swarmPanel } from './swarm.ts';
import { volumesPanel } from './volumes.ts';

/** Changes that are named one by one. */
const NAMED = 8;

/** What is shown and how: the frame's own state beside the engine's. */
export interface Frame extends Scene {
  readonly view: EngineView;
  readonly selected: Subject;
  /** Whether a command has been run yet. */
  readonly ran: boolean;
  /** Sets the elements' ids apart from those of another view on the page. */
  readonly prefix: string;
}

/** Subjects that there is something to show of. */
export function subjectsOf({ swarm }: EngineView): readonly Subject[] {
  return SUBJECTS.filter((subject) => subject !== 'swarm' || swarm !== undefined);
}

/** The whole view: what changed, a tab for each subject, and their panels. */
export function frame(of: Frame): readonly Element[] {
  const subjects = subjectsOf(of.view);
  return [
    h('div.news', { key: 'news' }, news(of)),
    h(
      'div.tabs',
      { key: 'tabs', role: 'tablist', 'aria-label': of.words.title },
      subjects.map((subject) => tab(of, subject)),
    ),
    ...subjects.map((subject) =>
      h(
        'div.panel',
        {
          ...{ key: `panel ${subject}`, role: 'tabpanel', id: `${of.prefix}-panel-${subject}` },
          ...{ 'aria-labelledby': `${of.prefix}-tab-${subject}`, tabindex: 0, hidden: subject !== of.selected },
        },
        panel(of, subject),
      ),
    ),
  ];
}

function news({ changes, words, ran }: Frame): Children {
  const kinds = (['new', 'changed', 'gone'] as const)
    .map((kind) => ({ kind, list: changes.filter((change) => change.kind === kind) }))
    .filter(({ list }) => list.length > 0);
  const said = kinds.map(({ kind, list }) => `${words.kinds[kind]}: ${named(list, words.more)}`).join('. ');
  return [
    h('p.unseen', { key: 'said', role: 'status' }, ran ? said || words.nothingChanged : ''),
    changes.length === 0
      ? h('p.quiet', { key: 'nothing', 'aria-hidden': 'true' }, ran ? words.nothingChanged : words.title)
      : h(
          'ul',
          { key: 'list' },
          changes.slice(0, NAMED).map((change) => chip(words, change)),
          changes.length > NAMED && h('li', { key: 'more' }, words.more(changes.length - NAMED)),
        ),
  ];
}

const SIGNS: Readonly<Record<Change['kind'], string>> = { new: '+', changed: '~', gone: '−' };

/** A change as a way to the thing; what went leads nowhere. */
function chip(words: Scene['words'], { subject, id, name, kind }: Change): Element {
  const text = [
    h('span', { 'aria-hidden': 'true' }, `${SIGNS[kind]} `),
    h('span.unseen', {}, `${words.kinds[kind]}: ${words.subjects[subject]} `),
    h('span.name', {}, name),
  ];
  const key = `${subject} ${id}`;
  return h(
    'li',
    { key, 'data-kind': kind },
    kind === 'gone' ? h('span', {}, text) : h('button', { type: 'button', 'data-goto': key }, text),
  );
}

function named(changes: readonly Change[], more: (count: number) => string): string {
  const names = changes.slice(0, NAMED).map(({ name }) => name);
  return `${names.join(', ')}${changes.length > NAMED ? ` ${more(changes.length - NAMED)}` : ''}`;
}

function tab({ view, words, selected, changes, prefix }: Frame, subject: Subject): Element {
  const count = counts(view)[subject];
  return h(
    'button',
    {
      ...{ key: subject, type: 'button', role: 'tab', id: `${prefix}-tab-${subject}`, 'data-tab': subject },
      ...{ 'aria-controls': `${prefix}-panel-${subject}`, 'aria-selected': subject === selected ? 'true' : 'false' },
      tabindex: subject === selected ? 0 : -1,
    },
    words.subjects[subject],
    count > 0 && h('span.count', { key: 'count' }, ` ${count}`),
    changes.some((change) => change.subject === subject) &&
      h('span.mark', { key: 'mark' }, h('span.unseen', {}, ` ${words.changedMark}`)),
  );
}

function counts({ containers, images, volumes, networks, swarm }: EngineView): Readonly<Record<Subject, number>> {
  return {
    ...{ containers: containers.length, images: images.length, volumes: volumes.length },
    ...{ networks: networks.networks.length, build: 0, swarm: swarm?.services.length ?? 0 },
  };
}

function panel(of: Frame, subject: Subject): Children {
  const { view, words } = of;
  const empty = h('p.empty', { key: 'empty' }, words.empty[subject]);
  switch (subject) {
    case 'containers':
      return [view.containers.length === 0 && empty, containersPanel(of, view.containers)];
    case 'images':
      return view.images.length === 0 ? [empty] : [imagesPanel(of, view.images)];
    case 'volumes':
      return [view.volumes.length === 0 && empty, volumesPanel(of, view.volumes)];
    case 'networks':
      return [networksPanel(of, view.networks)];
    case 'build':
      return [view.build === undefined && empty, buildPanel(of, view.build, view.cache)];
    default:
      return view.swarm ? [swarmPanel(of, view.swarm)] : [empty];
  }
}
