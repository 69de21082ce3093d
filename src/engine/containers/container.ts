import type { HealthConfig, ImageConfig } from '../images/image.ts';
import type { ExecRequest } from './exec.ts';

/** Configuration that is independent of the host (Engine API, ContainerConfig). */
export interface ContainerConfig extends ImageConfig {
  readonly Hostname: string;
  readonly Domainname: string;
  readonly User: string;
  readonly AttachStdin: boolean;
  readonly AttachStdout: boolean;
  readonly AttachStderr: boolean;
  readonly Tty: boolean;
  readonly OpenStdin: boolean;
  readonly StdinOnce: boolean;
  readonly Env: readonly string[];
  readonly Image: string;
  readonly WorkingDir: string;
  readonly Labels: Readonly<Record<string, string>>;
  readonly StopTimeout?: number;
}

export interface PortBinding {
  readonly HostIp: string;
  readonly HostPort: string;
}

export interface RestartPolicy {
  readonly Name: '' | 'no' | 'always' | 'unless-stopped' | 'on-failure';
  readonly MaximumRetryCount: number;
}

export interface MountRequest {
  readonly Type: 'bind' | 'volume' | 'tmpfs';
  readonly Source?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
  readonly BindOptions?: {
    readonly Propagation?: string;
    readonly CreateMountpoint?: boolean;
    readonly NonRecursive?: boolean;
  };
  readonly VolumeOptions?: {
    readonly NoCopy?: boolean;
    readonly Labels?: Readonly<Record<string, string>>;
    readonly Subpath?: string;
    readonly DriverConfig?: { readonly Name?: string; readonly Options?: Readonly<Record<string, string>> };
  };
  readonly TmpfsOptions?: { readonly SizeBytes?: number; readonly Mode?: number };
}

/** Configuration that depends on the host (Engine API, HostConfig); sizes in bytes, NanoCpus in 10⁻⁹ processors. */
export interface HostConfig {
  readonly Binds: readonly string[] | null;
  readonly ContainerIDFile: string;
  readonly LogConfig: { readonly Type: string; readonly Config: Readonly<Record<string, string>> };
  readonly NetworkMode: string;
  readonly PortBindings: Readonly<Record<string, readonly PortBinding[]>>;
  readonly RestartPolicy: RestartPolicy;
  readonly AutoRemove: boolean;
  readonly VolumeDriver: string;
  readonly VolumesFrom: readonly string[] | null;
  readonly ConsoleSize: readonly [number, number];
  readonly Annotations?: Readonly<Record<string, string>>;
  readonly CapAdd: readonly string[] | null;
  readonly CapDrop: readonly string[] | null;
  readonly CgroupnsMode: string;
  readonly Dns: readonly string[];
  readonly DnsOptions: readonly string[];
  readonly DnsSearch: readonly string[];
  readonly ExtraHosts: readonly string[] | null;
  readonly GroupAdd: readonly string[] | null;
  readonly IpcMode: string;
  readonly Cgroup: string;
  readonly Links: readonly string[] | null;
  readonly OomScoreAdj: number;
  readonly PidMode: string;
  readonly Privileged: boolean;
  readonly PublishAllPorts: boolean;
  readonly ReadonlyRootfs: boolean;
  readonly SecurityOpt: readonly string[] | null;
  readonly Tmpfs?: Readonly<Record<string, string>>;
  readonly UTSMode: string;
  readonly UsernsMode: string;
  readonly ShmSize: number;
  readonly Runtime: string;
  readonly Isolation: string;
  readonly CpuShares: number;
  readonly Memory: number;
  readonly NanoCpus: number;
  readonly CgroupParent: string;
  readonly BlkioWeight: number;
  readonly BlkioWeightDevice: readonly object[];
  readonly BlkioDeviceReadBps: readonly object[];
  readonly BlkioDeviceWriteBps: readonly object[];
  readonly BlkioDeviceReadIOps: readonly object[];
  readonly BlkioDeviceWriteIOps: readonly object[];
  readonly CpuPeriod: number;
  readonly CpuQuota: number;
  readonly CpuRealtimePeriod: number;
  readonly CpuRealtimeRuntime: number;
  readonly CpusetCpus: string;
  readonly CpusetMems: string;
  readonly Devices: readonly object[];
  readonly DeviceCgroupRules: readonly string[] | null;
  readonly DeviceRequests: readonly object[] | null;
  readonly MemoryReservation: number;
  readonly MemorySwap: number;
  readonly MemorySwappiness: number | null;
  readonly OomKillDisable: boolean | null;
  readonly PidsLimit: number | null;
  readonly Ulimits: readonly { readonly Name: string; readonly Hard: number; readonly Soft: number }[] | null;
  readonly CpuCount: number;
  readonly CpuPercent: number;
  readonly IOMaximumIOps: number;
  readonly IOMaximumBandwidth: number;
  readonly Mounts?: readonly MountRequest[];
  readonly MaskedPaths: readonly string[] | null;
  readonly ReadonlyPaths: readonly string[] | null;
  readonly Init?: boolean;
  readonly Sysctls?: Readonly<Record<string, string>>;
  readonly StorageOpt?: Readonly<Record<string, string>>;
}

/** A mount as it was made (Engine API, MountPoint). */
export interface MountPoint {
  readonly Type: 'bind' | 'volume' | 'tmpfs';
  readonly Name?: string;
  readonly Source: string;
  readonly Destination: string;
  readonly Driver?: string;
  readonly Mode: string;
  readonly RW: boolean;
  readonly Propagation: string;
}

/** How a container is joined to a network (Engine API, EndpointSettings). */
export interface Endpoint {
  /** Id of the network; empty until the container has been started. */
  readonly network: string;
  readonly endpointId: string;
  readonly aliases: readonly string[];
  readonly links: readonly string[];
  /** Asked for by the user, empty when any will do. */
  readonly wantedAddress: string;
  readonly address: string;
  readonly prefix: number;
  readonly gateway: string;
  readonly mac: string;
  readonly wantedMac: string;
  readonly driverOptions: Readonly<Record<string, string>> | null;
  readonly priority: number;
  readonly address6?: string;
  readonly prefix6?: number;
  readonly gateway6?: string;
  /** Joined by `docker network connect`, not when the container was created: lists are then empty instead of null. */
  readonly connected?: boolean;
}

export type HealthStatus = 'starting' | 'healthy' | 'unhealthy';

export interface HealthProbe {
  readonly start: number;
  readonly end: number;
  readonly exitCode: number;
  readonly output: string;
}

/** Milliseconds since 1970; 0 is Docker's zero time. */
export interface ContainerState {
  readonly status: 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'dead' | 'removing';
  readonly pid: number;
  readonly exitCode: number;
  readonly error: string;
  readonly oomKilled: boolean;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly health?: {
    readonly status: HealthStatus;
    readonly failingStreak: number;
    readonly log: readonly HealthProbe[];
  };
}

export interface LogEntry {
  readonly time: number;
  readonly stream: 'stdout' | 'stderr';
  /** Byte string as it was written. */
  readonly text: string;
}

/** A list that grows at its end and shares all that was there before. */
export interface LogList {
  readonly last: LogEntry;
  readonly before: LogList | undefined;
  readonly length: number;
}

/** A command started in a running container by `docker exec`. */
export interface Exec {
  readonly id: string;
  readonly container: string;
  readonly request: ExecRequest;
  readonly pid: number;
  readonly running: boolean;
  readonly exitCode: number | undefined;
  /** When a health check started it, milliseconds since 1970. */
  readonly probe?: number;
  /** What a health check has written. */
  readonly output: string;
}

export interface Container {
  readonly id: string;
  /** Without the leading slash of the API. */
  readonly name: string;
  readonly created: number;
  /** Program and its arguments as they are executed, entry point and command joined. */
  readonly path: string;
  readonly args: readonly string[];
  readonly image: string;
  readonly config: ContainerConfig;
  readonly hostConfig: HostConfig;
  readonly state: ContainerState;
  readonly mounts: readonly MountPoint[];
  /** Endpoints by name of the network, in the order in which they were joined. */
  readonly networks: Readonly<Record<string, Endpoint>>;
  /** Published ports while it runs: `80/tcp` to host addresses. */
  readonly ports: Readonly<Record<string, readonly PortBinding[] | null>>;
  readonly restartCount: number;
  /** Stopped by the user, so that a restart policy leaves it alone. */
  readonly stoppedByUser: boolean;
  /** Somebody waits for its end in order to stop it. */
  readonly stopping?: boolean;
  readonly healthcheck?: HealthConfig;
  /** Ids of the execs that still run. */
  readonly execs: readonly string[];
  readonly log: LogList | undefined;
}
