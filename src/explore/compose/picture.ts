import type { Language } from '../../languages.ts';
import { h, type Tree } from '../tree.ts';
import type { Graph, Service } from './graph.ts';
import type { Running } from './model.ts';
import { words } from './words.ts';

const WIDTH = 340;
/** Of a network's line, and between two of them. */
const LANE = 20;
const LINE = 17;
const PADDING = 8;
const GAP = 20;
/** Room at the right for the arrows of the order, and for volumes. */
const ARROWS = 26;
const VOLUME = 78;
/** Pixels that a letter takes at most, on average. */
const LETTER = 7.2;
const COLOURS = 4;

interface Box {
  readonly service: Service;
  readonly lines: readonly string[];
  readonly y: number;
  readonly height: number;
}

/**
 * Services as boxes in the order of their start; networks as lines at the left that they hang on, like stations; volumes at
 * the right; arrows from a service to those that wait for it.
 */
export function picture({ services, networks, volumes }: Graph, running: readonly Running[], language: Language): Tree {
  const left = networks.length * LANE + 12;
  const right = WIDTH - (volumes.length > 0 ? VOLUME + 10 : 0) - ARROWS;
  const top = networks.length * LINE + 10;
  const most = Math.floor((right - left - 2 * PADDING) / LETTER);
  let y = top;
  const boxes = services.map((service): Box => {
    const lines = linesOf(service, running, language).map((line) => cut(line, most));
    const box = { service, lines, y, height: lines.length * LINE + 2 * PADDING };
    y += box.height + GAP;
    return box;
  });
  const middle = (name: string) => {
    const box = boxes.find(({ service }) => service.name === name);
    return box ? box.y + box.height / 2 : top;
  };
  return h(
    'svg',
    {
      class: 'ex-svg ex-graph',
      viewBox: `0 0 ${WIDTH} ${Math.max(y - GAP + 8, 40)}`,
      role: 'img',
      'aria-label': words[language].picture,
    },
    h(
      'defs',
      {},
      h(
        'marker',
        { id: 'ex-graph-tip', viewBox: '0 0 8 8', refX: 6, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' },
        h('path', { d: 'M0 0L8 4L0 8z' }),
      ),
    ),
    networks.map(({ name, key }, i) =>
      lane(
        name,
        i,
        boxes.filter(({ service }) => service.networks.includes(key)),
        left,
      ),
    ),
    volumes.map(({ key }, i) => volume(key, boxes, i, right)),
    services.flatMap(({ name, needs }) =>
      needs.map(({ service, condition }) => arrow(middle(service) + 6, middle(name) - 6, right, condition)),
    ),
    boxes.map((box) => drawn(box, left, right, running)),
  );
}

function linesOf(
  { name, image, ports, needs, volumes, mounts }: Service,
  running: readonly Running[],
  language: Language,
): string[] {
  const { after, port, running: state } = words[language];
  const now = running.find(({ service }) => service === name);
  return [
    now ? `${name}: ${state(now.state, now.exitCode)}` : name,
    image,
    ...ports.map(port),
    ...volumes.map(({ key, target }) => `${key} → ${target}`),
    ...mounts,
    ...needs.map(({ service, condition }) => after(service, condition.replace(/^service_/, ''))),
  ];
}

/** A text that fits, with its end left out where it does not. */
function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function drawn({ service, lines, y, height }: Box, left: number, right: number, running: readonly Running[]): Tree {
  const now = running.find((other) => other.service === service.name);
  const state = now?.state === 'running' ? ' ex-here' : now ? ' ex-nothing' : '';
  return h(
    'g',
    { class: `ex-box${state}` },
    h('rect', { x: left, y, width: right - left, height, rx: 8 }),
    lines.map((line, i) =>
      h(
        'text',
        { class: i === 0 ? 'ex-start ex-strong' : 'ex-start', x: left + PADDING, y: y + PADDING + LINE * (i + 1) - 4 },
        line,
      ),
    ),
  );
}

/** A network: its name at the top, and a line down to the last service that hangs on it. */
function lane(name: string, index: number, boxes: readonly Box[], left: number): Tree {
  const x = index * LANE + 10;
  const above = (index + 1) * LINE;
  const stops = boxes.map(({ y }) => y + PADDING + LINE / 2 + index * 4);
  const colour = `ex-lane ex-lane-${index % COLOURS}`;
  return h(
    'g',
    { class: colour },
    h('text', { class: 'ex-start', x: x + 8, y: above - 4 }, name),
    h('path', { d: `M${x} ${above - 8}V${Math.max(above, ...stops)}` }),
    stops.map((y) => h('path', { d: `M${x} ${y}H${left}` })),
    stops.map((y) => h('circle', { cx: x, cy: y, r: 4 })),
  );
}

function volume(key: string, boxes: readonly Box[], index: number, right: number): Tree {
  const users = boxes.filter(({ service }) => service.volumes.some((mount) => mount.key === key));
  const x = WIDTH - VOLUME - 2;
  const y = (users[0]?.y ?? boxes[0]?.y ?? 0) + 4 + (index % 3) * 6;
  return h(
    'g',
    { class: 'ex-volume' },
    users.map((user) => h('path', { d: `M${right} ${user.y + 16}L${x} ${y + 13}` })),
    h('rect', { x, y, width: VOLUME, height: 26, rx: 13 }),
    h('text', { x: x + VOLUME / 2, y: y + 17 }, cut(key, Math.floor(VOLUME / LETTER) - 1)),
  );
}

function arrow(from: number, to: number, right: number, condition: string): Tree {
  const far = right + ARROWS - 4;
  return h('path', {
    class: condition === 'service_started' ? 'ex-order ex-loose' : 'ex-order',
    d: `M${right} ${from}C${far} ${from} ${far} ${to} ${right + 1} ${to}`,
    'marker-end': 'url(#ex-graph-tip)',
  });
}
