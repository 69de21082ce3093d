import type { Encodable } from '../../compose/encodable.ts';
import type {
  FileObject,
  NetworkConfig,
  Project,
  Resource,
  Service,
  VolumeConfig,
} from '../../compose/project/project.ts';
import { formatDuration } from '../../engine/duration.ts';

/** The latest version of the format, which a file without one is taken to be of (docker/cli, cli/compose/schema). */
export const LATEST = '3.13';

type Fields = Record<string, unknown>;

/** Fields that are set, in the order in which they stand; empty texts, lists, maps and `false` count as not set. */
function set(fields: Fields): Encodable {
  const empty = (value: unknown) =>
    value === undefined ||
    value === '' ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    (value instanceof Map && value.size === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !empty(value))) as Encodable;
}

const map = (record: object | undefined) => record && new Map(Object.entries(record));
const duration = (nanoseconds: number | undefined) =>
  nanoseconds === undefined ? undefined : formatDuration(nanoseconds);

/** What `docker stack config` prints of a project (docker/cli, cli/compose/types), names of the stack's own left out. */
export function stackConfig(project: Project, version: string): Encodable {
  const own = (name: string, key: string) => (name === `${project.name}_${key}` ? undefined : name);
  const all = <T>(record: Readonly<Record<string, T>>, of: (one: T, key: string) => Encodable) =>
    new Map(Object.entries(record).map(([key, one]) => [key, of(one, key)]));
  const networks = Object.entries(project.networks).filter(([key, one]) => key !== 'default' || !isImplied(one));
  return set({
    version,
    services: all(project.services, serviceFields),
    networks: all(Object.fromEntries(networks), (one, key) => networkFields(one, own(one.name, key))),
    volumes: all(project.volumes, (one, key) => volumeFields(one, own(one.name, key))),
    secrets: all(project.secrets, (one, key) => fileFields(one, own(one.name, key))),
    configs: all(project.configs, (one, key) => fileFields(one, own(one.name, key))),
    ...(project.extensions as Fields | undefined),
  });
}

/** The network that every project has, of which the file says nothing. */
const isImplied = ({ driver, driver_opts, internal, attachable, labels, external, ipam }: NetworkConfig) =>
  !(driver || driver_opts || internal || attachable || labels || external || ipam?.config || ipam?.driver);

function serviceFields(service: Service): Encodable {
  const { networks = {}, healthcheck: check, logging, ulimits } = service;
  const joined = Object.entries(networks).filter(([key, one]) => key !== 'default' || one !== null);
  return set({
    build: service.build && set({ context: service.build.context, dockerfile: service.build.dockerfile }),
    ...{ cap_add: service.cap_add, cap_drop: service.cap_drop, cgroup_parent: service.cgroup_parent },
    ...{ command: service.command, configs: service.configs?.map((file) => set({ ...file })) },
    ...{ container_name: service.container_name, depends_on: Object.keys(service.depends_on ?? {}).sort() },
    deploy: deployFields(service.deploy as Deploy | undefined),
    devices: service.devices?.map(({ source, target, permissions }) => `${source}:${target}:${permissions}`),
    ...{ dns: service.dns, dns_search: service.dns_search, domainname: service.domainname },
    ...{ entrypoint: service.entrypoint, environment: map(service.environment) },
    env_file: service.env_file?.map(({ path }) => path),
    expose: service.expose,
    extra_hosts: Object.entries(service.extra_hosts ?? {}).flatMap(([name, hosts]) =>
      hosts.map((host) => `${name}:${host}`),
    ),
    hostname: service.hostname,
    healthcheck:
      check &&
      set({
        ...{ test: check.test, timeout: duration(check.timeout), interval: duration(check.interval) },
        ...{ retries: check.retries, start_period: duration(check.start_period), disable: check.disable },
      }),
    ...{
      image: service.image,
      init: service.init,
      ipc: service.ipc,
      labels: map(service.labels),
      links: service.links,
    },
    logging: logging && set({ driver: logging.driver, options: map(logging.options) }),
    ...{ mac_address: service.mac_address, network_mode: service.network_mode },
    networks: new Map(
      joined.map(([key, one]) => [key, one && set({ aliases: one.aliases, ipv4_address: one.ipv4_address })]),
    ),
    pid: service.pid,
    ports: service.ports?.map(({ mode, target, published, protocol }) =>
      set({ mode: mode ?? 'ingress', target, published: published ? Number(published) : undefined, protocol }),
    ),
    ...{ privileged: service.privileged, read_only: service.read_only, restart: service.restart },
    secrets: service.secrets?.map(({ source, target, ...file }) =>
      set({ source, target: target === `/run/secrets/${source}` ? undefined : target, ...file }),
    ),
    ...{ security_opt: service.security_opt, shm_size: service.shm_size, stdin_open: service.stdin_open },
    ...{ stop_grace_period: duration(service.stop_grace_period), stop_signal: service.stop_signal },
    ...{ sysctls: map(service.sysctls), tmpfs: service.tmpfs, tty: service.tty },
    ulimits: map(
      ulimits &&
        Object.fromEntries(
          Object.entries(ulimits).map(([name, { single, soft, hard }]) => [name, single ?? set({ soft, hard })]),
        ),
    ),
    ...{ user: service.user, userns_mode: service.userns_mode },
    volumes: service.volumes?.map(({ type, source, target, read_only }) => set({ type, source, target, read_only })),
    working_dir: service.working_dir,
  });
}

interface UpdateSettings {
  readonly parallelism?: number;
  readonly delay?: number;
  readonly failure_action?: string;
  readonly monitor?: number;
  readonly max_failure_ratio?: number;
  readonly order?: string;
}

interface Deploy {
  readonly mode?: string;
  readonly replicas?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly update_config?: UpdateSettings;
  readonly rollback_config?: UpdateSettings;
  readonly resources?: { readonly limits?: Resource; readonly reservations?: Resource };
  readonly restart_policy?: {
    readonly condition?: string;
    readonly delay?: number;
    readonly max_attempts?: number;
    readonly window?: number;
  };
  readonly placement?: {
    readonly constraints?: readonly string[];
    readonly preferences?: readonly { readonly spread?: string }[];
    readonly max_replicas_per_node?: number;
  };
  readonly endpoint_mode?: string;
}

function deployFields(deploy: Deploy | undefined): Encodable | undefined {
  if (!deploy) return undefined;
  const { resources, restart_policy: restart, placement } = deploy;
  return set({
    ...{ mode: deploy.mode, replicas: deploy.replicas, labels: map(deploy.labels) },
    ...{ update_config: updateFields(deploy.update_config), rollback_config: updateFields(deploy.rollback_config) },
    resources:
      resources?.limits || resources?.reservations
        ? set({ limits: resourceFields(resources.limits), reservations: resourceFields(resources.reservations) })
        : undefined,
    restart_policy:
      restart &&
      set({
        ...{ condition: restart.condition, delay: duration(restart.delay), max_attempts: restart.max_attempts },
        window: duration(restart.window),
      }),
    placement:
      placement &&
      Object.keys(placement).length > 0 &&
      set({
        constraints: placement.constraints,
        preferences: placement.preferences?.map((one) => set({ ...one })),
        max_replicas_per_node: placement.max_replicas_per_node || undefined,
      }),
    endpoint_mode: deploy.endpoint_mode,
  });
}

function updateFields(settings: UpdateSettings | undefined): Encodable | undefined {
  if (!settings) return undefined;
  const { parallelism, delay, failure_action, monitor, max_failure_ratio, order } = settings;
  const times = { delay: duration(delay), failure_action, monitor: duration(monitor) };
  return set({ parallelism, ...times, max_failure_ratio: max_failure_ratio || undefined, order });
}

function resourceFields(resource: Resource | undefined): Encodable | undefined {
  if (!resource) return undefined;
  const { cpus, memory, pids } = resource;
  const text = (value: number | undefined) => (value === undefined ? undefined : String(value));
  return set({ cpus: text(cpus), memory: text(memory), pids });
}

function networkFields(network: NetworkConfig, name: string | undefined): Encodable {
  const { ipam } = network;
  const pools = ipam?.config?.map(({ subnet, gateway }) => set({ subnet, gateway }));
  return set({
    ...{ name, driver: network.driver, driver_opts: map(network.driver_opts) },
    ipam: pools || ipam?.driver ? set({ driver: ipam.driver, config: pools }) : undefined,
    ...{ external: network.external, internal: network.internal, attachable: network.attachable },
    labels: map(network.labels),
  });
}

function volumeFields(volume: VolumeConfig, name: string | undefined): Encodable {
  return set({
    ...{ name, driver: volume.driver, driver_opts: map(volume.driver_opts) },
    ...{ external: volume.external, labels: map(volume.labels) },
  });
}

function fileFields(file: FileObject, name: string | undefined): Encodable {
  const { labels } = file as { readonly labels?: Readonly<Record<string, string>> };
  return set({ name, file: file.file, external: file.external, labels: map(labels) });
}
