/** A named or anonymous volume (Engine API, Volume). Its files are the tree `volume:NAME` of the state. */
export interface Volume {
  readonly name: string;
  readonly created: number;
  readonly driver: string;
  readonly options: Readonly<Record<string, string>> | null;
  readonly labels: Readonly<Record<string, string>> | null;
  readonly anonymous: boolean;
}

/** Where the engine keeps volumes on the host. */
export const VOLUME_ROOT = '/var/lib/docker/volumes';

export function mountpoint(name: string): string {
  return `${VOLUME_ROOT}/${name}/_data`;
}
