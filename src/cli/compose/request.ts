import { encodeJson } from '../../compose/json.ts';
import { marshalStruct } from '../../compose/project/marshal.ts';
import {
  type FileObject,
  type FileReference,
  imageOf,
  networksByPriority,
  type Project,
  type Service,
} from '../../compose/project/project.ts';
import { SERVICE as SERVICE_SHAPE } from '../../compose/project/shape.ts';
import type { VolumeMount } from '../../compose/volume.ts';
import { encode } from '../../engine/bytes.ts';
import type {
  Container,
  ContainerConfig,
  HostConfig,
  MountRequest,
  PortBinding,
} from '../../engine/containers/container.ts';
import type { CreateRequest, EndpointRequest } from '../../engine/containers/create.ts';
import { sha256Hex } from '../../engine/digest.ts';
import type { Engine } from '../../engine/engine.ts';
import { findImage } from '../../engine/images/find.ts';
import { CliError } from '../command.ts';
import type { Compose } from './compose.ts';
import { projectContainers } from './containers.ts';
import * as label from './labels.ts';

/** What a container of a service shall be, beyond the service itself. */
export interface ContainerOptions {
  readonly name: string;
  /** Its number among the service's containers; 0 for none. */
  readonly number: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly autoRemove?: boolean;
  readonly attachStdin?: boolean;
  readonly networkAliases: boolean;
  /** A container whose anonymous volumes go on. */
  readonly inherit?: Container;
}

/** A digest of what makes a container of a service: it is recreated when it changes. */
export function serviceHash(service: Service): string {
  const {
    build: _build,
    pull_policy: _policy,
    scale: _scale,
    depends_on: _depends,
    profiles: _profiles,
    ...rest
  } = service;
  const deploy = rest.deploy === undefined ? undefined : { ...rest.deploy };
  delete deploy?.replicas;
  const struct = marshalStruct(SERVICE_SHAPE, { ...rest, ...(deploy === undefined ? {} : { deploy }) }, 'json');
  return sha256Hex(encode(encodeJson(struct)));
}

/** Labels that Compose puts on containers of a service. */
export function customLabels(compose: Compose, project: Project, service: Service): Record<string, string> {
  const labels: Record<string, string> = {
    [label.PROJECT]: project.name,
    [label.SERVICE]: service.name,
    [label.VERSION]: label.COMPOSE_VERSION,
    [label.WORKING_DIR]: project.workingDirectory,
    [label.CONFIG_FILES]: project.files.join(','),
    [label.ONE_OFF]: 'False',
  };
  const envFiles = compose.context.pluginFlags.list('env-file');
  if (envFiles.length > 0)
    labels[label.ENVIRONMENT_FILE] = envFiles
      .map((file) => (file.startsWith('/') ? file : `${compose.cwd}/${file}`))
      .join(',');
  const image = localImage(compose.engine, imageOf(service, project.name));
  if (image !== undefined) labels[label.IMAGE] = image;
  return labels;
}

/** Id of an image that is there. */
export function localImage(engine: Engine, reference: string): string | undefined {
  try {
    return findImage(engine, reference).id;
  } catch {
    return undefined;
  }
}

/** What the daemon is asked for a container of a service (docker/compose, getCreateConfigs). */
export function createRequest(
  compose: Compose,
  project: Project,
  service: Service,
  options: ContainerOptions,
): CreateRequest {
  const dependencies = Object.entries(service.depends_on ?? {}).map(
    ([name, { condition, restart = false }]) => `${name}:${condition}:${restart}`,
  );
  const labels = {
    ...options.labels,
    [label.CONFIG_HASH]: serviceHash(service),
    ...(options.number > 0 ? { [label.NUMBER]: String(options.number) } : {}),
    [label.DEPENDS_ON]: dependencies.join(','),
  };
  const { Binds, Mounts } = mountsOf(compose, project, service, options.inherit);
  const network = networksOf(compose, project, service, options);
  const healthcheck = healthOf(service);
  const config: Partial<ContainerConfig> & { Image: string } = {
    Hostname: service.hostname ?? '',
    Domainname: service.domainname ?? '',
    User: service.user ?? '',
    AttachStdin: options.attachStdin ?? false,
    AttachStdout: true,
    AttachStderr: true,
    Tty: service.tty ?? false,
    OpenStdin: service.stdin_open ?? false,
    StdinOnce: (options.attachStdin ?? false) && (service.stdin_open ?? false),
    Env: Object.entries(service.environment ?? {}).map(([key, value]) => (value === null ? key : `${key}=${value}`)),
    Image: imageOf(service, project.name),
    WorkingDir: service.working_dir ?? '',
    Labels: labels,
    ...(service.command === undefined ? {} : { Cmd: service.command }),
    ...(service.entrypoint === undefined ? {} : { Entrypoint: service.entrypoint }),
    ...exposedPorts(service),
    ...(service.stop_signal === undefined ? {} : { StopSignal: service.stop_signal }),
    ...(service.stop_grace_period === undefined ? {} : { StopTimeout: Math.ceil(service.stop_grace_period / 1e9) }),
    ...(healthcheck === undefined ? {} : { Healthcheck: healthcheck }),
  };
  const hostConfig: Partial<HostConfig> = {
    ...resourcesOf(service),
    AutoRemove: options.autoRemove ?? false,
    ...(service.annotations === undefined ? {} : { Annotations: service.annotations }),
    Binds,
    ...(Mounts.length > 0 ? { Mounts } : {}),
    CapAdd: service.cap_add ?? null,
    CapDrop: service.cap_drop ?? null,
    NetworkMode: network.mode,
    ...(service.init === undefined ? {} : { Init: service.init }),
    IpcMode: service.ipc ?? '',
    CgroupnsMode: service.cgroup ?? '',
    ReadonlyRootfs: service.read_only ?? false,
    RestartPolicy: restartPolicy(service),
    ...(service.shm_size ? { ShmSize: service.shm_size } : {}),
    ...(service.sysctls === undefined ? {} : { Sysctls: service.sysctls }),
    PortBindings: portBindings(service),
    VolumesFrom: service.volumes_from ?? null,
    Dns: service.dns ?? [],
    DnsSearch: service.dns_search ?? [],
    DnsOptions: service.dns_opt ?? [],
    ExtraHosts: Object.entries(service.extra_hosts ?? {}).flatMap(([host, addresses]) =>
      addresses.map((address) => `${host}:${address}`),
    ),
    ...securityOptions(service),
    ...(service.storage_opt === undefined ? {} : { StorageOpt: service.storage_opt }),
    UsernsMode: service.userns_mode ?? '',
    UTSMode: service.uts ?? '',
    Privileged: service.privileged ?? false,
    PidMode: service.pid ?? '',
    ...(service.tmpfs === undefined
      ? {}
      : {
          Tmpfs: Object.fromEntries(
            service.tmpfs.map((one) => one.split(/:(.*)/s)).map(([path = '', rest = '']) => [path, rest]),
          ),
        }),
    ...(service.runtime === undefined ? {} : { Runtime: service.runtime }),
    ...(service.logging === undefined
      ? {}
      : { LogConfig: { Type: service.logging.driver ?? '', Config: service.logging.options ?? {} } }),
    GroupAdd: service.group_add ?? null,
    // On networks of one's own, links are a matter of the endpoint.
    Links: network.endpoints === undefined && network.links.length > 0 ? network.links : null,
    OomScoreAdj: service.oom_score_adj ?? 0,
  };
  return {
    name: options.name,
    config,
    hostConfig,
    ...(network.endpoints === undefined ? {} : { endpoints: network.endpoints }),
    ...(service.platform === undefined ? {} : { platform: service.platform }),
  };
}

function exposedPorts(service: Service): { ExposedPorts?: Readonly<Record<string, object>> } {
  const ports: Record<string, object> = {};
  for (const port of service.expose ?? []) ports[port.includes('/') ? port : `${port}/tcp`] = {};
  for (const { target, protocol = 'tcp' } of service.ports ?? []) ports[`${target}/${protocol}`] = {};
  return Object.keys(ports).length === 0 ? {} : { ExposedPorts: ports };
}

function portBindings(service: Service): Record<string, PortBinding[]> {
  const bindings: Record<string, PortBinding[]> = {};
  for (const { target, protocol = 'tcp', host_ip: HostIp = '', published = '' } of service.ports ?? []) {
    const key = `${target}/${protocol}`;
    bindings[key] = [...(bindings[key] ?? []), { HostIp, HostPort: published }];
  }
  return bindings;
}

function healthOf({ healthcheck: check }: Service): ContainerConfig['Healthcheck'] {
  if (!check) return undefined;
  const test = check.disable ? ['NONE'] : check.test;
  return {
    ...(test === undefined ? {} : { Test: test }),
    ...(check.interval === undefined ? {} : { Interval: check.interval }),
    ...(check.timeout === undefined ? {} : { Timeout: check.timeout }),
    ...(check.start_period === undefined ? {} : { StartPeriod: check.start_period }),
    ...(check.start_interval === undefined ? {} : { StartInterval: check.start_interval }),
    ...(check.retries === undefined ? {} : { Retries: check.retries }),
  };
}

const POLICIES: Readonly<Record<string, HostConfig['RestartPolicy']['Name']>> = { none: 'no', any: 'always' };

function restartPolicy(service: Service): HostConfig['RestartPolicy'] {
  const policy = (name: string, attempts: number) => ({
    Name: POLICIES[name] ?? (name as HostConfig['RestartPolicy']['Name']),
    MaximumRetryCount: attempts,
  });
  const asked = service.deploy?.restart_policy;
  if (asked) return policy(asked.condition ?? '', asked.max_attempts ?? 0);
  const [name = '', attempts = '0'] = (service.restart ?? '').split(':');
  return policy(name, Number(attempts) || 0);
}

function securityOptions(service: Service): Partial<HostConfig> {
  const given = service.security_opt;
  if (given === undefined) return {};
  const unconfined = given.includes('systempaths=unconfined');
  const options = given.filter((option) => option !== 'systempaths=unconfined');
  for (const option of options)
    if (!option.includes('=') && !option.includes(':') && option !== 'no-new-privileges')
      throw new CliError(`invalid security-opt: ${JSON.stringify(option)}`);
  return {
    SecurityOpt: options.length > 0 ? options : null,
    ...(unconfined ? { MaskedPaths: [], ReadonlyPaths: [] } : {}),
  };
}

function resourcesOf(service: Service): Partial<HostConfig> {
  const { limits, reservations } = service.deploy?.resources ?? {};
  const pids = limits?.pids || service.pids_limit;
  const devices = reservations?.devices ?? [];
  return {
    CgroupParent: service.cgroup_parent ?? '',
    Memory: limits?.memory || (service.mem_limit ?? 0),
    MemorySwap: service.memswap_limit ?? 0,
    MemorySwappiness: service.mem_swappiness || null,
    MemoryReservation: reservations?.memory || (service.mem_reservation ?? 0),
    OomKillDisable: service.oom_kill_disable ?? false,
    CpuPeriod: service.cpu_period ?? 0,
    CpuQuota: service.cpu_quota ?? 0,
    CpuShares: service.cpu_shares ?? 0,
    // Compose reckons with single precision.
    NanoCpus: Math.trunc(Math.fround(Math.fround(limits?.cpus || service.cpus || 0) * 1e9)),
    CpusetCpus: service.cpuset ?? '',
    ...(pids ? { PidsLimit: pids } : {}),
    Devices: (service.devices ?? []).map(({ source, target, permissions }) => ({
      ...{ PathOnHost: source, PathInContainer: target, CgroupPermissions: permissions },
    })),
    ...(devices.length > 0
      ? {
          DeviceRequests: devices.map(({ capabilities = [] }) => ({
            Driver: '',
            Count: -1,
            DeviceIDs: null,
            Capabilities: [capabilities],
            Options: null,
          })),
        }
      : {}),
    Ulimits:
      service.ulimits === undefined
        ? null
        : Object.entries(service.ulimits).map(([Name, { single = 0, soft = 0, hard = 0 }]) => ({
            ...{ Name, Hard: hard || single, Soft: soft || single },
          })),
  };
}

interface NetworkSettings {
  readonly mode: string;
  readonly endpoints: Readonly<Record<string, EndpointRequest>> | undefined;
  readonly links: readonly string[];
}

function networksOf(compose: Compose, project: Project, service: Service, options: ContainerOptions): NetworkSettings {
  const links = linksOf(compose, project, service, options.number);
  if (service.network_mode) return { mode: service.network_mode, endpoints: undefined, links };
  if (Object.keys(project.networks).length === 0) return { mode: 'none', endpoints: undefined, links };
  const names = networksByPriority(service);
  const primary = names[0] ?? 'default';
  const endpoints: Record<string, EndpointRequest> = {};
  for (const key of names.length > 0 ? names : [primary]) {
    const given = service.networks?.[key];
    const standard = service.container_name || `${project.name}-${service.name}-${Math.max(options.number, 1)}`;
    const name = options.number > 0 ? standard : service.container_name || options.name;
    const mac = given?.mac_address ?? (key === primary ? service.mac_address : undefined);
    endpoints[project.networks[key]!.name] = {
      aliases: [name, ...(options.networkAliases ? [service.name, ...(given?.aliases ?? [])] : [])],
      ...(links.length > 0 ? { links } : {}),
      ...(given?.ipv4_address === undefined ? {} : { address: given.ipv4_address }),
      ...(mac === undefined ? {} : { mac }),
      ...(given?.driver_opts === undefined ? {} : { driverOptions: given.driver_opts }),
    };
  }
  return { mode: project.networks[primary]!.name, endpoints, links };
}

function linksOf({ engine }: Compose, project: Project, service: Service, number: number): string[] {
  const links: string[] = [];
  for (const link of service.links ?? []) {
    const [name = '', alias = name] = link.split(':');
    for (const container of projectContainers(engine, project.name, 'exclude', true, [name]))
      links.push(
        `${container.name}:${alias}`,
        `${container.name}:${name}-${number}`,
        `${container.name}:${project.name}-${name}-${number}`,
      );
  }
  for (const link of service.external_links ?? []) {
    const [name = '', alias = name] = link.split(':');
    links.push(`${name}:${alias}`);
  }
  return links;
}

interface Mount extends MountRequest {
  /** The service's own mount, when it is one. */
  readonly from?: VolumeMount;
}

function mountsOf(
  compose: Compose,
  project: Project,
  service: Service,
  inherit: Container | undefined,
): { Binds: string[] | null; Mounts: MountRequest[] } {
  const mounts = new Map<string, Mount>();
  let volumes = service.volumes ?? [];
  for (const mount of inherit?.mounts ?? []) {
    if (mount.Type === 'tmpfs') continue;
    const kept = {
      ...{ Type: mount.Type, Source: mount.Name ?? mount.Source, Target: mount.Destination },
      ...(mount.RW ? {} : { ReadOnly: true }),
    };
    const image = findImage(compose.engine, imageOf(service, project.name));
    const anonymous = volumes.some(({ target, source }) => target === mount.Destination && !source);
    if (image.config.Volumes?.[mount.Destination] || anonymous) mounts.set(mount.Destination, kept);
    volumes = volumes.filter(({ target, source }) => target !== mount.Destination || source);
  }
  for (const volume of volumes) mounts.set(volume.target, buildMount(compose, project, volume));
  for (const mount of [...secretMounts(compose, project, service), ...configMounts(compose, project, service)])
    if (!mounts.has(mount.Target)) mounts.set(mount.Target, mount);
  const binds: string[] = [];
  const rest: MountRequest[] = [];
  for (const { from, ...mount } of mounts.values()) {
    const bind = from && asBind(project, mount, from);
    if (bind !== undefined) binds.push(bind);
    else rest.push(mount);
  }
  return { Binds: binds.length > 0 ? binds : null, Mounts: rest };
}

/** The mount in the older form `source:target:options`, where that says all there is to say. */
function asBind(
  project: Project,
  mount: MountRequest,
  { bind, volume, read_only: readOnly, target }: VolumeMount,
): string | undefined {
  const options = [readOnly ? 'ro' : 'rw'];
  if (bind?.selinux) options.push(bind.selinux);
  if (mount.Type === 'bind') {
    if (bind && (!bind.create_host_path || bind.propagation || bind.recursive)) return undefined;
  } else if (mount.Type === 'volume') {
    const named = Object.values(project.volumes).some(({ name }) => name === mount.Source);
    if (!named || (volume && (Object.keys(volume.labels ?? {}).length > 0 || volume.subpath || volume.nocopy)))
      return undefined;
  } else return undefined;
  return `${mount.Source}:${target}:${options.join(',')}`;
}

function buildMount(compose: Compose, project: Project, given: VolumeMount): Mount {
  const { type, source, target, bind, volume, tmpfs, read_only: readOnly } = given;
  for (const [kind, options] of [
    ['bind', bind],
    ['volume', volume],
    ['tmpfs', tmpfs],
  ] as const)
    if (type !== kind && options !== undefined)
      compose.warn(`mount of type \`${type}\` should not define \`${kind}\` option`);
  const name = type === 'volume' && source ? (project.volumes[source]?.name ?? source) : source;
  return {
    from: given,
    Type: type as MountRequest['Type'],
    ...(name ? { Source: name } : {}),
    Target: target,
    ...(readOnly ? { ReadOnly: true } : {}),
    ...(type === 'bind' && bind
      ? {
          BindOptions: {
            ...(bind.propagation ? { Propagation: bind.propagation } : {}),
            ...(bind.create_host_path ? { CreateMountpoint: true } : {}),
            ...(bind.recursive === 'disabled' ? { NonRecursive: true } : {}),
          },
        }
      : {}),
    ...(type === 'volume' && volume
      ? {
          VolumeOptions: {
            ...(volume.nocopy ? { NoCopy: true } : {}),
            ...(volume.labels ? { Labels: volume.labels } : {}),
            ...(volume.subpath ? { Subpath: volume.subpath } : {}),
          },
        }
      : {}),
    ...(type === 'tmpfs' && tmpfs
      ? {
          TmpfsOptions: {
            ...(tmpfs.size ? { SizeBytes: tmpfs.size } : {}),
            ...(tmpfs.mode ? { Mode: tmpfs.mode } : {}),
          },
        }
      : {}),
  };
}

function supported(kind: 'secret' | 'config', object: FileObject): void {
  if (object.external) throw new CliError(`unsupported external ${kind} ${object.name}`);
  if (object.driver) throw new CliError(`Docker Compose does not support ${kind}s.*.driver`);
  if (object.template_driver) throw new CliError(`Docker Compose does not support ${kind}s.*.template_driver`);
}

const owned = ({ uid, gid, mode }: FileReference) => Boolean(uid) || Boolean(gid) || mode !== undefined;

function secretMounts(compose: Compose, project: Project, service: Service): Mount[] {
  return (service.secrets ?? []).flatMap((reference): Mount[] => {
    const object = project.secrets[reference.source]!;
    supported('secret', object);
    if (object.environment) return [];
    if (owned(reference)) compose.warn('secrets `uid`, `gid` and `mode` are not supported, they will be ignored');
    if (compose.context.kernel.files.stat(encode(object.file ?? '')) === undefined)
      compose.warn(`secret file ${object.name} does not exist`);
    return [
      { Type: 'bind', Source: object.file ?? '', Target: secretTarget(reference), ReadOnly: true, BindOptions: {} },
    ];
  });
}

/** Where a secret is to be found in a container. */
export function secretTarget({ source, target }: FileReference): string {
  if (!target) return `/run/secrets/${source}`;
  return target.startsWith('/') ? target : `/run/secrets/${target}`;
}

/** Where a config is to be found in a container. */
export function configTarget({ source, target }: FileReference): string {
  if (!target) return `/${source}`;
  return target.startsWith('/') ? target : `/${target}`;
}

function configMounts(compose: Compose, project: Project, service: Service): Mount[] {
  return (service.configs ?? []).flatMap((reference): Mount[] => {
    const object = project.configs[reference.source]!;
    supported('config', object);
    if (object.environment || object.content) return [];
    if (owned(reference)) compose.warn('config `uid`, `gid` and `mode` are not supported, they will be ignored');
    return [{ Type: 'bind', Source: object.file ?? '', Target: configTarget(reference), ReadOnly: true }];
  });
}
