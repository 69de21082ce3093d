import {
  type HostView,
  joins,
  type MemberView,
  type NetworksView,
  type NetworkView,
  type Reached,
  reachedBy,
} from '../model/networks.ts';
import { type Children, type Element, h } from '../node.ts';
import { card, note, type Scene } from './card.ts';

/** Containers that are named with one that reaches them. */
const NAMED = 3;

/** Networks: a map of who is on which, then each as a line with its members and their names on it. */
export function networksPanel(scene: Scene, view: NetworksView): readonly Element[] {
  return [
    ...(view.hosts.length > 0 ? [map(scene, view)] : []),
    h(
      'ul.cards',
      { key: 'networks' },
      view.networks.map((network) => networkCard(scene, network)),
    ),
  ];
}

/** Containers as rows, networks as lines down: two containers with a dot on the same line reach each other. */
function map({ words }: Scene, { networks, hosts }: NetworksView): Element {
  const lines = networks.filter(({ members, name }) => members.length > 0 && name !== 'none' && name !== 'host');
  return h(
    'div.map-frame',
    { key: 'map', role: 'region', 'aria-label': words.map, tabindex: 0 },
    h(
      'table.map',
      {},
      h('caption', {}, words.map),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('td', {}),
          lines.map(({ id, name }) => h('th', { key: id, scope: 'col' }, h('span', {}, name))),
        ),
      ),
      h(
        'tbody',
        {},
        hosts.map((host) => mapRow(words, host, lines)),
      ),
    ),
  );
}

function mapRow(words: Scene['words'], host: HostView, lines: readonly NetworkView[]): Element {
  return h(
    'tr',
    { key: host.name, 'data-off': !host.up },
    h('th', { scope: 'row' }, h('code', {}, host.name), ways(words, host, reachedBy(lines, host.name))),
    lines.map(({ id, members }) => {
      const member = members.find(({ name }) => name === host.name);
      return h(
        'td',
        { key: id, 'data-on': member !== undefined },
        member && h('span.dot', {}, h('span.unseen', {}, member.address === '' ? words.notRunning : member.address)),
      );
    }),
  );
}

/** How a container is reached from the host, what it reaches, and what it has instead of a network. */
function ways(words: Scene['words'], { up, ports, joined, networks }: HostView, reached: readonly Reached[]): Children {
  const special = networks.includes('host') ? words.hostStack : networks.includes('none') ? words.noNetwork : '';
  return [
    !up && h('span.quiet', { key: 'off' }, words.notRunning),
    ports.map(({ inside, host }) =>
      h(
        'span.way',
        { key: `${host} ${inside}` },
        h('span.unseen', {}, `${words.wayIn}: `),
        h('code', {}, `${host} → ${inside}`),
      ),
    ),
    special !== '' && h('span.quiet', { key: 'special' }, special),
    joined !== '' && h('span.quiet', { key: 'joined' }, words.joined(joined)),
    reached
      .slice(0, NAMED)
      .map(({ name, by }) => h('span.quiet', { key: `to ${name}` }, words.reaches(name, by.join(', ')))),
    reached.length > NAMED && h('span.quiet', { key: 'more' }, words.more(reached.length - NAMED)),
  ];
}

function networkCard(scene: Scene, view: NetworkView): Element {
  const { words } = scene;
  const { id, name, driver, subnets, internal, named, isolated, members, actions } = view;
  const talks = (joins(view) || isolated) && members.length > 0;
  return card(scene, 'networks', {
    ...{ id, name, actions },
    notes: [
      note(driver),
      ...subnets.map((subnet) => h('code.quiet', { key: subnet }, subnet)),
      internal && note(words.internal, 'internal'),
    ],
    body: [
      talks && h('p.line', { key: 'how' }, isolated ? words.isolated : named ? words.byName : words.byAddress),
      members.length === 0
        ? h('p.line.quiet', { key: 'none' }, words.noMembers)
        : h(
            'ul.bus',
            { key: 'bus' },
            members.map((member) => memberItem(scene, member, named && talks)),
          ),
    ],
  });
}

function memberItem({ words }: Scene, { name, up, address, names, links }: MemberView, named: boolean): Element {
  const others = names.filter((one) => one !== name);
  return h(
    'li',
    { key: name, 'data-off': !up },
    h('code', {}, name),
    ' ',
    h('span.quiet', {}, up ? address : words.notRunning),
    named &&
      h(
        'span.names',
        { key: 'names' },
        `${words.reachedAs} `,
        [name, ...others].map((one) => h('code', { key: one }, one)),
      ),
    links.map((link) => {
      const [target = '', alias = ''] = link.split(':');
      return h('span.names', { key: link }, words.reaches(target, alias || target));
    }),
  );
}
