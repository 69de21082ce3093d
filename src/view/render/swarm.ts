import type { NodeView, ServiceView, SwarmView } from '../model/swarm.ts';
import { type Element, h } from '../node.ts';
import { card, note, row, type Scene } from './card.ts';

/** Services with their tasks, the nodes, and what the managers keep for them. */
export function swarmPanel(scene: Scene, { services, nodes, secrets, configs }: SwarmView): readonly Element[] {
  const { words } = scene;
  const names = (list: readonly string[]) => list.map((name) => h('span.item', { key: name }, h('code', {}, name)));
  return [
    group(
      words.services,
      services.map((service) => serviceCard(scene, service)),
    ),
    group(
      words.nodes,
      nodes.map((node) => nodeCard(scene, node)),
    ),
    h('dl.facts', { key: 'kept' }, row(words.secrets, names(secrets)), row(words.configs, names(configs))),
  ];
}

function group(title: string, cards: readonly Element[]): Element {
  return h(
    'section.group',
    { key: title, 'aria-label': title },
    h('p.group-title', { 'aria-hidden': 'true' }, title),
    h('ul.cards', {}, cards),
  );
}

function serviceCard(scene: Scene, service: ServiceView): Element {
  const { words } = scene;
  const { id, name, mode, image, running, wanted, ports, update, tasks, actions } = service;
  return card(scene, 'swarm', {
    ...{ id, name, actions },
    notes: [
      note(words.tasksRunning(running, wanted), running === wanted ? 'running' : 'restarting'),
      note(mode),
      update !== '' && note(update),
    ],
    body: [
      h(
        'p.line',
        {},
        h('code', {}, image),
        ports.map(({ published, target }) => h('code.quiet', { key: target }, `${published ?? ''} → ${target}`)),
      ),
      h(
        'ul.tasks',
        {},
        tasks.map(({ id: task, name: called, node, status, wanted: live, error }) =>
          h(
            'li',
            { key: task, 'data-off': !live, 'data-status': status },
            h('code', {}, called),
            ' ',
            note(status, status === 'running' ? 'running' : ''),
            node !== '' && h('span.quiet', { key: 'node' }, node),
            error !== '' && h('span.problem', { key: 'error' }, error),
          ),
        ),
      ),
    ],
  });
}

function nodeCard(scene: Scene, { id, name, role, availability, state, actions }: NodeView): Element {
  return card(scene, 'swarm', {
    ...{ id, name, actions, body: [] },
    notes: [note(role), note(state), availability !== 'active' && note(availability, 'paused')],
  });
}
