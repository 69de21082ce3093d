/** What a compose file describes, as plain data to draw. */
export interface Graph {
  readonly services: readonly Service[];
  readonly networks: readonly Thing[];
  readonly volumes: readonly Thing[];
}

/** A network or a volume: its key in the file, and the name that it gets. */
export interface Thing {
  readonly key: string;
  readonly name: string;
  readonly external: boolean;
}

export interface Need {
  readonly service: string;
  readonly condition: string;
}

export interface Service {
  readonly name: string;
  /** Image, or the folder that it is built from. */
  readonly image: string;
  /** `8080 → 80`, `80/udp`. */
  readonly ports: readonly string[];
  readonly needs: readonly Need[];
  readonly networks: readonly string[];
  /** Keys of named volumes, with their paths in the container. */
  readonly volumes: readonly { readonly key: string; readonly target: string }[];
  /** Everything else that is mounted. */
  readonly mounts: readonly string[];
  /** Place in the order of start: 0 waits for nobody. */
  readonly level: number;
}

/** The part of `docker compose config --format json` that is drawn. */
interface Config {
  readonly services?: Readonly<Record<string, ConfigService>> | null;
  readonly networks?: Readonly<Record<string, ConfigThing | null>>;
  readonly volumes?: Readonly<Record<string, ConfigThing | null>>;
}
interface ConfigThing {
  readonly name?: string;
  readonly external?: boolean;
}
interface ConfigService {
  readonly image?: string;
  readonly build?: { readonly context?: string };
  readonly network_mode?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly networks?: Readonly<Record<string, unknown>>;
  readonly ports?: readonly { readonly target: number; readonly published?: string; readonly protocol?: string }[];
  readonly volumes?: readonly { readonly type: string; readonly source?: string; readonly target: string }[];
}

/** Reads a configuration; services in the order in which they can start. */
export function graphOf(config: Config): Graph {
  const described = Object.entries(config.services ?? {});
  const needs = (name: string) => Object.keys(config.services?.[name]?.depends_on ?? {});
  const level = (name: string, on: readonly string[] = []): number =>
    on.includes(name) ? 0 : Math.max(-1, ...needs(name).map((other) => level(other, [...on, name]))) + 1;
  const services = described
    .map(([name, service]) => serviceOf(name, service, level(name)))
    .sort((a, b) => a.level - b.level);
  const used = new Set(services.flatMap(({ networks }) => networks));
  return {
    services,
    networks: things(config.networks).filter(({ key }) => used.has(key)),
    volumes: things(config.volumes),
  };
}

function things(described: Readonly<Record<string, ConfigThing | null>> = {}): Thing[] {
  return Object.entries(described).map(([key, thing]) => ({
    ...{ key, name: thing?.name ?? key, external: thing?.external ?? false },
  }));
}

function serviceOf(name: string, service: ConfigService, level: number): Service {
  const mounts = service.volumes ?? [];
  return {
    name,
    image: service.image ?? `build ${shortened(service.build?.context ?? '.')}`,
    ports: (service.ports ?? []).map(({ target, published, protocol }) => {
      const inside = protocol === 'udp' ? `${target}/udp` : String(target);
      return published ? `${published} → ${inside}` : inside;
    }),
    needs: Object.entries(service.depends_on ?? {}).map(([other, { condition }]) => ({ service: other, condition })),
    networks: service.network_mode ? [] : Object.keys(service.networks ?? {}),
    volumes: mounts.flatMap(({ type, source, target }) =>
      type === 'volume' && source ? [{ key: source, target }] : [],
    ),
    mounts: mounts.flatMap(({ type, source, target }) => {
      if (type === 'volume' && source) return [];
      return [type === 'bind' ? `${shortened(source ?? '')} → ${target}` : `${type} → ${target}`];
    }),
    level,
  };
}

/** A path of the project's folder as one writes it in the file. */
function shortened(path: string): string {
  return path.replace(/^\/root\/lab(?=\/|$)/, '.');
}
