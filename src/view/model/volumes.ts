import type { Container } from '../../engine/containers/container.ts';
import { treeSize } from '../../engine/files/tree.ts';
import { truncateId } from '../../engine/images/reference.ts';
import type { EngineState } from '../../engine/state.ts';
import { type Action, action, destroying } from './action.ts';
import { isUp } from './containers.ts';
import { type MountKind, mountsOf } from './mounts.ts';

/** A container that has something mounted. */
export interface MountUse {
  readonly container: string;
  readonly up: boolean;
  readonly target: string;
  readonly readOnly: boolean;
}

/** A place outside the layers that containers keep files in: a volume, a folder of the host, or memory. */
export interface StorageView {
  readonly id: string;
  readonly kind: MountKind;
  /** Name or path; the target's for tmpfs. */
  readonly name: string;
  /** A volume that nobody named. */
  readonly anonymous: boolean;
  readonly driver: string;
  /** Bytes; not known of a folder of the host. */
  readonly size?: number;
  readonly uses: readonly MountUse[];
  readonly actions: readonly Action[];
}

/** Volumes, then folders of the host, then file systems in memory. */
export function storageView(state: EngineState): StorageView[] {
  const mounted = [...state.containers.values()].flatMap((container) =>
    mountsOf(state, container).map((mount) => ({ mount, container })),
  );
  const use = ({ mount, container }: (typeof mounted)[number]): MountUse => {
    const { target, readOnly } = mount;
    return { container: container.name, up: isUp(container), target, readOnly };
  };
  const volumes = [...state.volumes.values()].map((volume): StorageView => {
    const { name, anonymous, driver, options } = volume;
    const uses = [...state.containers.values()].flatMap((container) => volumeUses(container, name));
    const tree = options?.['device'] ? undefined : state.trees.get(`volume:${name}`);
    return {
      ...{ id: `volume ${name}`, kind: 'volume', name: anonymous ? truncateId(name) : name, anonymous, driver, uses },
      ...(tree ? { size: treeSize(tree) } : {}),
      actions: [
        action('inspect', 'docker', 'volume', 'inspect', name),
        action('list', 'docker', 'run', '--rm', '-v', `${name}:/volume:ro`, 'alpine', 'ls', '-la', '/volume'),
        destroying('docker', 'volume', 'rm', name),
      ],
    };
  });
  const paths = new Set(mounted.filter(({ mount }) => mount.kind === 'bind').map(({ mount }) => mount.source));
  const binds = [...paths].map((path): StorageView => {
    const uses = mounted.filter(({ mount }) => mount.kind === 'bind' && mount.source === path).map(use);
    const actions = [action('list', 'ls', '-la', path)];
    return { id: `bind ${path}`, kind: 'bind', name: path, anonymous: false, driver: '', uses, actions };
  });
  const memory = mounted
    .filter(({ mount }) => mount.kind === 'tmpfs')
    .map((one): StorageView => {
      const { target } = one.mount;
      const { id, name } = one.container;
      const tree = state.trees.get(`tmpfs:${id}:${target}`);
      return {
        ...{ id: `tmpfs ${name} ${target}`, kind: 'tmpfs', name: target, anonymous: false, driver: '' },
        ...(tree ? { size: treeSize(tree) } : {}),
        uses: [use(one)],
        actions: isUp(one.container) ? [action('list', 'docker', 'exec', name, 'ls', '-la', target)] : [],
      };
    });
  return [...volumes, ...binds, ...memory];
}

function volumeUses(container: Container, volume: string): MountUse[] {
  return container.mounts
    .filter(({ Type, Name }) => Type === 'volume' && Name === volume)
    .map(({ Destination, RW }) => ({
      ...{ container: container.name, up: isUp(container), target: Destination, readOnly: !RW },
    }));
}
