export interface Pool {
  readonly subnet: string;
  readonly gateway: string;
  readonly ipRange: string;
  readonly auxiliary: Readonly<Record<string, string>>;
  /** Given by the user, so that `network inspect` shows what was asked for. */
  readonly wanted: boolean;
  /** The gateway was asked for, too. */
  readonly wantedGateway?: boolean;
}

/** A network (Engine API, Network). */
export interface Network {
  readonly id: string;
  readonly name: string;
  readonly created: number;
  readonly driver: string;
  readonly scope: 'local' | 'swarm';
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ingress: boolean;
  readonly ipv4?: boolean;
  readonly ipv6: boolean;
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly pools: readonly Pool[];
  readonly ipamDriver: string;
  readonly ipamOptions: Readonly<Record<string, string>> | null;
  /** A mere configuration that other networks take (`--config-only`), and the name of the one that this network took. */
  readonly configOnly?: boolean;
  readonly configFrom?: string;
}

const PREDEFINED = new Set(['bridge', 'host', 'none']);

/** Networks that every engine has and that can't be removed. */
export function isPredefined({ name }: { readonly name: string }): boolean {
  return PREDEFINED.has(name);
}

/** Whether containers find each other by name here: on all networks but the three predefined ones. */
export function isUserDefined(name: string): boolean {
  return !PREDEFINED.has(name) && name !== 'default';
}
