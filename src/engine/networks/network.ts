export interface Pool {
  readonly subnet: string;
  readonly gateway: string;
  readonly ipRange: string;
  readonly auxiliary: Readonly<Record<string, string>>;
  /** Given by the user, so that `network inspect` shows what was asked for. */
  readonly wanted: boolean;
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
  readonly ipv6: boolean;
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly pools: readonly Pool[];
  readonly ipamDriver: string;
  readonly ipamOptions: Readonly<Record<string, string>> | null;
}
