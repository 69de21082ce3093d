import type { Value } from '../value.ts';
import type { VolumeMount } from '../volume.ts';

/** `x-` keys. */
type Extensions = Readonly<Record<string, Value>>;

export interface Dependency {
  condition: string;
  restart?: boolean;
  required: boolean;
}

export interface FileReference {
  readonly source: string;
  readonly target?: string;
  readonly uid?: string;
  readonly gid?: string;
  readonly mode?: number;
}

export interface BuildConfig {
  readonly context?: string;
  readonly dockerfile?: string;
  readonly dockerfile_inline?: string;
  readonly args?: Readonly<Record<string, string | null>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly no_cache?: boolean;
  readonly pull?: boolean;
  readonly additional_contexts?: Readonly<Record<string, string>>;
  readonly extra_hosts?: Readonly<Record<string, readonly string[]>>;
  readonly network?: string;
  readonly target?: string;
  readonly secrets?: readonly FileReference[];
  readonly tags?: readonly string[];
  readonly platforms?: readonly string[];
}

export interface Hook {
  readonly command: readonly string[];
  readonly user?: string;
  readonly privileged?: boolean;
  readonly working_dir?: string;
  readonly environment?: Readonly<Record<string, string | null>>;
}

/** What `develop.watch` says of a path on the host. */
export interface WatchRule {
  readonly path: string;
  readonly action: 'sync' | 'rebuild' | 'restart' | 'sync+restart' | 'sync+exec';
  readonly target?: string;
  readonly exec?: Hook;
  readonly include?: readonly string[];
  readonly ignore?: readonly string[];
  readonly initial_sync?: boolean;
}

export interface PortConfig {
  readonly name?: string;
  readonly mode?: string;
  readonly host_ip?: string;
  readonly target: number;
  readonly published?: string;
  readonly protocol?: string;
}

export interface ServiceNetwork {
  readonly aliases?: readonly string[];
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly ipv4_address?: string;
  readonly ipv6_address?: string;
  readonly mac_address?: string;
  readonly priority?: number;
}

export interface Resource {
  readonly cpus?: number;
  readonly memory?: number;
  readonly pids?: number;
  readonly devices?: readonly { readonly capabilities?: readonly string[] }[];
}

export interface DeployConfig {
  replicas?: number;
  readonly resources: { readonly limits?: Resource; readonly reservations?: Resource };
  readonly restart_policy?: { readonly condition?: string; readonly max_attempts?: number };
}

/** A service in long form; names are those of the Compose file. Durations in nanoseconds, sizes in bytes. */
export interface Service {
  readonly name: string;
  readonly profiles?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly attach?: boolean;
  readonly build?: BuildConfig;
  readonly develop?: { readonly watch?: readonly WatchRule[] };
  readonly cap_add?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly cgroup_parent?: string;
  readonly cgroup?: string;
  readonly cpu_period?: number;
  readonly cpu_quota?: number;
  readonly cpus?: number;
  readonly cpuset?: string;
  readonly cpu_shares?: number;
  readonly command?: readonly string[];
  readonly configs?: readonly FileReference[];
  readonly container_name?: string;
  depends_on?: Record<string, Dependency>;
  readonly deploy?: DeployConfig;
  readonly devices?: readonly { readonly source: string; readonly target: string; readonly permissions: string }[];
  readonly dns?: readonly string[];
  readonly dns_opt?: readonly string[];
  readonly dns_search?: readonly string[];
  readonly domainname?: string;
  readonly entrypoint?: readonly string[];
  readonly provider?: { readonly type?: string };
  environment?: Record<string, string | null>;
  env_file?: readonly { readonly path: string; readonly required: boolean; readonly format?: string }[];
  readonly expose?: readonly string[];
  readonly external_links?: readonly string[];
  readonly extra_hosts?: Readonly<Record<string, readonly string[]>>;
  readonly group_add?: readonly string[];
  readonly hostname?: string;
  readonly healthcheck?: {
    readonly test?: readonly string[];
    readonly timeout?: number;
    readonly interval?: number;
    readonly retries?: number;
    readonly start_period?: number;
    readonly start_interval?: number;
    readonly disable?: boolean;
  };
  readonly image?: string;
  readonly init?: boolean;
  readonly ipc?: string;
  labels?: Record<string, string>;
  label_file?: readonly string[];
  readonly links?: readonly string[];
  readonly logging?: { readonly driver?: string; readonly options?: Readonly<Record<string, string>> };
  readonly mem_limit?: number;
  readonly mem_reservation?: number;
  readonly memswap_limit?: number;
  readonly mem_swappiness?: number;
  readonly mac_address?: string;
  readonly models?: Readonly<Record<string, object | null>>;
  readonly network_mode?: string;
  readonly networks?: Readonly<Record<string, ServiceNetwork | null>>;
  readonly oom_kill_disable?: boolean;
  readonly oom_score_adj?: number;
  readonly pid?: string;
  readonly pids_limit?: number;
  readonly platform?: string;
  readonly ports?: readonly PortConfig[];
  readonly privileged?: boolean;
  pull_policy?: string;
  readonly read_only?: boolean;
  readonly restart?: string;
  readonly runtime?: string;
  scale?: number;
  readonly secrets?: readonly FileReference[];
  readonly security_opt?: readonly string[];
  readonly shm_size?: number;
  readonly stdin_open?: boolean;
  readonly stop_grace_period?: number;
  readonly stop_signal?: string;
  readonly storage_opt?: Readonly<Record<string, string>>;
  readonly sysctls?: Readonly<Record<string, string>>;
  readonly tmpfs?: readonly string[];
  readonly tty?: boolean;
  readonly ulimits?: Readonly<
    Record<string, { readonly single?: number; readonly soft?: number; readonly hard?: number }>
  >;
  readonly user?: string;
  readonly userns_mode?: string;
  readonly uts?: string;
  readonly volumes?: readonly VolumeMount[];
  readonly volumes_from?: readonly string[];
  readonly working_dir?: string;
  readonly post_start?: readonly Hook[];
  readonly pre_stop?: readonly Hook[];
  readonly extensions?: Extensions;
}

export interface NetworkConfig {
  readonly name: string;
  readonly driver?: string;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly ipam: {
    readonly driver?: string;
    readonly config?: readonly {
      readonly subnet?: string;
      readonly gateway?: string;
      readonly ip_range?: string;
      readonly aux_addresses?: Readonly<Record<string, string>>;
    }[];
  };
  readonly external?: boolean;
  readonly internal?: boolean;
  readonly attachable?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly enable_ipv6?: boolean;
}

export interface VolumeConfig {
  readonly name: string;
  readonly driver?: string;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly external?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A secret or a config. */
export interface FileObject {
  readonly name: string;
  readonly file?: string;
  readonly environment?: string;
  readonly content?: string;
  readonly external?: boolean;
  readonly driver?: string;
  readonly template_driver?: string;
}

/** A Compose project (compose-go, types.Project). Replaced as a whole, never changed. */
export interface Project {
  readonly name: string;
  readonly workingDirectory: string;
  readonly files: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly profiles: readonly string[];
  readonly services: Readonly<Record<string, Service>>;
  /** Services that the active profiles leave out. */
  readonly disabled: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, NetworkConfig>>;
  readonly volumes: Readonly<Record<string, VolumeConfig>>;
  readonly secrets: Readonly<Record<string, FileObject>>;
  readonly configs: Readonly<Record<string, FileObject>>;
  readonly models: Readonly<Record<string, object>>;
  readonly extensions: Extensions;
}

/** How many containers a service shall have. */
export function scaleOf(service: Service): number {
  return service.scale ?? service.deploy?.replicas ?? 1;
}

/** The image of a service, or the name under which the one that is built is kept. */
export function imageOf(service: Service, projectName: string): string {
  return service.image && service.image !== '' ? service.image : `${projectName}-${service.name}`;
}

/** Networks of a service, those of high priority first. */
export function networksByPriority(service: Service): string[] {
  const priority = (name: string) => service.networks?.[name]?.priority ?? 0;
  return Object.keys(service.networks ?? {}).sort((a, b) => priority(b) - priority(a) || (a < b ? -1 : 1));
}

export function serviceNames(project: Project): string[] {
  return Object.keys(project.services).sort();
}
