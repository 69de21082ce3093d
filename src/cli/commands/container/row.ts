import type { Container } from '../../../engine/containers/container.ts';
import { containerSizes } from '../../../engine/containers/list.ts';
import { humanDuration } from '../../../engine/duration.ts';
import type { Engine } from '../../../engine/engine.ts';
import { findImage } from '../../../engine/images/find.ts';
import { familiarName, parseNormalized, truncateId } from '../../../engine/images/reference.ts';
import { humanSize } from '../../../engine/units.ts';
import { displayWidth } from '../../format/tabwriter.ts';
import { Methods } from '../../format/value.ts';
import { goQuote } from '../../quote.ts';
import { type PortSummary, portsColumn } from './ports-column.ts';
import { statusText } from './status.ts';

export const CONTAINER_HEADERS = {
  ...{ ID: 'CONTAINER ID', Names: 'NAMES', Image: 'IMAGE', Command: 'COMMAND', CreatedAt: 'CREATED AT' },
  ...{ RunningFor: 'CREATED', Ports: 'PORTS', State: 'STATE', Status: 'STATUS', Size: 'SIZE', Labels: 'LABELS' },
  ...{ Mounts: 'MOUNTS', LocalVolumes: 'LOCAL VOLUMES', Networks: 'NETWORKS', Platform: 'PLATFORM' },
} as const;

const COMMAND_WIDTH = 20;
const MOUNT_WIDTH = 15;

/** A text cut so that it takes no more columns than given, its end replaced by an ellipsis (docker/cli, formatter.Ellipsis). */
export function ellipsis(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let cut = '';
  for (const char of text) {
    if (displayWidth(cut + char) > width - 1) break;
    cut += char;
  }
  return `${cut}…`;
}

/** A time as Go prints it: `2006-01-02 15:04:05 +0000 UTC`. */
export function goTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`;
}

/**
 * A row of `docker ps` as templates see it (docker/cli, formatter.ContainerContext). `usesSize` is told when the size is
 * asked for; without `sized` it is nothing.
 */
export function containerRow(
  engine: Engine,
  container: Container,
  { trunc, sized }: { readonly trunc: boolean; readonly sized: boolean },
): Methods {
  const { id, name, config, hostConfig, state, mounts, networks, created } = container;
  const { now } = engine.state;
  const labels = config.Labels;
  const mountNames = mounts.map(({ Name, Source }) => Name ?? Source);
  return new Methods('*formatter.ContainerContext', {
    ID: () => (trunc ? truncateId(id) : id),
    Names: () => [name, ...(trunc ? [] : linkNames(engine, id))].join(','),
    Image: () => imageColumn(engine, container, trunc),
    Command: () => {
      const command = commandText(container);
      return goQuote(trunc ? ellipsis(command, COMMAND_WIDTH) : command);
    },
    CreatedAt: () => goTime(created),
    RunningFor: () => `${humanDuration(now / 1000 - Math.floor(created / 1000))} ago`,
    Platform: () => null,
    Ports: () => portsColumn(portsOf(container)),
    State: () => state.status,
    Status: () => statusText(state, now),
    Size: () => {
      if (!sized) return '0B';
      const { rw, rootFs } = containerSizes(engine, id);
      return rootFs > 0 ? `${humanSize(rw)} (virtual ${humanSize(rootFs)})` : humanSize(rw);
    },
    Labels: () =>
      Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .sort()
        .join(','),
    Label: (key) => labels[String(key)] ?? '',
    Mounts: () => mountNames.map((mount) => (trunc ? ellipsis(mount, MOUNT_WIDTH) : mount)).join(','),
    LocalVolumes: () => String(mounts.filter(({ Driver }) => Driver === 'local').length),
    Networks: () => (hostConfig.NetworkMode.startsWith('container:') ? '' : Object.keys(networks).join(',')),
  });
}

/** Names that legacy links of other containers give to one, `other/alias`. */
function linkNames(engine: Engine, id: string): string[] {
  return [...engine.state.containers.values()].flatMap(({ name, hostConfig }) =>
    (hostConfig.Links ?? []).flatMap((link) => {
      const [target = '', alias = target] = link.split(':');
      const linked =
        engine.state.containers.get(target) ??
        engine.state.containers.get(engine.state.containerNames.get(target) ?? '');
      return linked?.id === id ? [`${name}/${alias}`] : [];
    }),
  );
}

/** What is executed, arguments with blanks in quotes (moby, daemon/list.go). */
export function commandText({ path, args }: Container): string {
  return [path, ...args.map((arg) => (arg.includes(' ') ? `'${arg}'` : arg))].join(' ');
}

/** The image as it was written while that still means it, else its id. */
function imageColumn(engine: Engine, { config, image }: Container, trunc: boolean): string {
  const shown = meansStill(engine, config.Image, image) ? config.Image : image;
  if (!trunc) return shown;
  if (truncateId(shown) === truncateId(image)) return truncateId(image);
  try {
    const reference = parseNormalized(shown);
    return `${familiarName(reference)}${reference.tag === undefined ? '' : `:${reference.tag}`}`;
  } catch {
    return shown;
  }
}

function meansStill(engine: Engine, reference: string, image: string): boolean {
  try {
    return findImage(engine, reference).id === image;
  } catch {
    return false;
  }
}

/** Published and exposed ports while the container runs. */
export function portsOf({ ports, state, config, hostConfig: { NetworkMode } }: Container): PortSummary[] {
  const up = state.status === 'running' || state.status === 'paused';
  if (!up || NetworkMode === 'host' || NetworkMode === 'none' || NetworkMode.startsWith('container:')) return [];
  const exposed = Object.fromEntries(Object.keys(config.ExposedPorts ?? {}).map((port) => [port, null]));
  return Object.entries({ ...exposed, ...ports }).flatMap(([port, bindings]): PortSummary[] => {
    const [number, Type = 'tcp'] = port.split('/');
    const one = { PrivatePort: Number(number), Type };
    if (!bindings || bindings.length === 0) return [one];
    return bindings.map(({ HostIp, HostPort }) => ({ ...one, IP: HostIp, PublicPort: Number(HostPort) }));
  });
}
