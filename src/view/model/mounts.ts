import { decode } from '../../engine/bytes.ts';
import type { Container, MountPoint } from '../../engine/containers/container.ts';
import { truncateId } from '../../engine/images/reference.ts';
import type { EngineState } from '../../engine/state.ts';

export type MountKind = 'volume' | 'bind' | 'tmpfs';

/** Something mounted in a container. */
export interface MountView {
  readonly kind: MountKind;
  /** Name of the volume (shortened when nobody gave it), path on the host, empty for tmpfs. */
  readonly source: string;
  readonly anonymous: boolean;
  readonly target: string;
  readonly readOnly: boolean;
}

/** What is mounted in a container, as it was asked for. */
export function mountsOf(state: EngineState, { mounts, hostConfig }: Container): MountView[] {
  return [
    ...mounts.map((mount) => mountView(state, mount)),
    ...Object.entries(hostConfig.Tmpfs ?? {}).map(([target, options]): MountView => {
      const readOnly = options.split(',').includes('ro');
      return { kind: 'tmpfs', source: '', anonymous: false, target: decode(target), readOnly };
    }),
  ];
}

function mountView({ volumes }: EngineState, { Type, Name = '', Source, Destination, RW }: MountPoint): MountView {
  const anonymous = Type === 'volume' && (volumes.get(Name)?.anonymous ?? false);
  const name = anonymous ? truncateId(Name) : Name;
  const source = Type === 'volume' ? name : Type === 'bind' ? decode(Source) : '';
  return { kind: Type, source, anonymous, target: decode(Destination), readOnly: !RW };
}
