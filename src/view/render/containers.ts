import { humanSize } from '../../engine/units.ts';
import type { ContainerView } from '../model/containers.ts';
import type { MountView } from '../model/mounts.ts';
import { type Children, type Element, h } from '../node.ts';
import { card, note, row, type Scene } from './card.ts';

const SIGNS: Readonly<Record<ContainerView['status'], string>> = {
  ...{ created: '○', running: '●', paused: '◐', restarting: '↻', exited: '■', dead: '✕', removing: '✕' },
};

/** Containers with their state, their own layer over those of the image, and what runs, listens and is mounted. */
export function containersPanel(scene: Scene, containers: readonly ContainerView[]): Element {
  return h(
    'ul.cards',
    {},
    containers.map((view) => containerCard(scene, view)),
  );
}

function containerCard(scene: Scene, view: ContainerView): Element {
  const { id, name, status, health } = view;
  return card(scene, 'containers', {
    ...{ id, name, actions: view.actions },
    sign: h('span.sign', { 'data-status': status, 'aria-hidden': 'true' }, SIGNS[status]),
    notes: [
      note(status === 'exited' || status === 'dead' ? `${status} (${view.exitCode})` : status, status),
      health !== undefined &&
        note(`${health.status}${health.failingStreak > 0 ? ` (${health.failingStreak})` : ''}`, health.status),
    ],
    body: [
      h('p.line', {}, h('code', {}, view.image), ' ', h('code.quiet', {}, shortened(view.command, 120))),
      view.error !== '' && h('p.problem', { key: 'error' }, view.error),
      stack(scene, view),
      h('dl.facts', {}, facts(scene, view)),
    ],
  });
}

/** The container's own layer on those of its image. */
function stack({ words }: Scene, { writable, layers, layersSize, image }: ContainerView): Element {
  const { size, changes, count } = writable;
  const title = [
    h('span.what', {}, words.writableLayer),
    h('span', {}, words.changes(count)),
    h('span.size', {}, humanSize(size)),
  ];
  const top =
    count === 0
      ? h('div.layer.writable', { key: 'empty' }, title)
      : h(
          'details.layer.writable',
          { key: 'changes' },
          h('summary', {}, title),
          h(
            'ul.paths',
            {},
            changes.map(({ kind, path }) =>
              h('li', { key: path, 'data-kind': kind }, h('code', {}, `${kind} ${path}`)),
            ),
            count > changes.length && h('li', { key: '…' }, words.more(count - changes.length)),
          ),
        );
  const below = h(
    'div.layer',
    {},
    h('span.what', {}, words.layersOf(layers, image)),
    h('span.size', {}, humanSize(layersSize)),
  );
  return h('div.stack', {}, top, layers > 0 && below);
}

function facts({ words }: Scene, view: ContainerView): Children {
  const { processes, ports, networks, mounts, restarts, restartPolicy } = view;
  const policy = restartPolicy === '' ? '' : ` (--restart ${restartPolicy})`;
  return [
    row(words.processes, processes.length > 0 && processTable(words.processTable, view)),
    row(
      words.ports,
      ports.map(({ inside, host }) =>
        h(
          'span.item',
          {},
          h('code', {}, host === '' ? inside : `${host} → ${inside}`),
          host === '' && ` ${words.exposed}`,
        ),
      ),
    ),
    row(
      words.networks,
      networks.map(({ name, address }) =>
        h('span.item', {}, h('code', {}, address === '' ? name : `${name} ${address}`)),
      ),
    ),
    row(
      words.mounts,
      mounts.map((mount) => mountItem(mount, words.readOnly, words.mountedAs[mount.kind])),
    ),
    row(words.restarts, (restarts > 0 || policy !== '') && `${restarts}${policy}`),
  ];
}

function mountItem({ kind, source, target, readOnly }: MountView, only: string, as: string): Element {
  const from = kind === 'tmpfs' ? as : source;
  return h('span.item', {}, h('code', {}, `${from} → ${target}`), readOnly && ` ${only}`);
}

function processTable(titles: readonly [string, string, string], { processes }: ContainerView): Element {
  return h(
    'table.processes',
    {},
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        titles.map((title) => h('th', { scope: 'col' }, title)),
      ),
    ),
    h(
      'tbody',
      {},
      processes.map(({ pid, inside, command }) =>
        h(
          'tr',
          { key: pid },
          h('td', {}, String(pid)),
          h('td', {}, String(inside)),
          h('td', {}, h('code', {}, shortened(command, 80))),
        ),
      ),
    ),
  );
}

/** A text of one line, cut where it gets too long to be read at a glance. */
export function shortened(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
