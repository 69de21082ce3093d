import { sha256Hex } from '../digest.ts';
import type { Engine } from '../engine.ts';
import { type Json, type JsonObject, NIL_LIST } from '../json.ts';
import { HOST_CPUS, HOST_MEMORY, KERNEL_RELEASE } from '../process/proc.ts';
import { swarmInfo } from '../swarm/info.ts';
import { formatTime } from '../time.ts';
import * as version from './version.ts';

export { diskUsage } from './disk-usage.ts';
export { serverVersion } from './server-version.ts';

const LOG_DRIVERS = ['awslogs', 'fluentd', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog'];
const NETWORK_DRIVERS = ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'];

/** An id like a UUID, the same for the same engine. */
function systemId(engine: Engine): string {
  const bridge = [...engine.state.networks.values()].find(({ name }) => name === 'bridge');
  const hex = sha256Hex(`engine ${bridge?.id ?? ''}`);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** What `GET /info` answers; the client adds its own part. */
export function systemInfo(engine: Engine): JsonObject {
  const { state } = engine;
  const count = (...wanted: readonly string[]) =>
    [...state.containers.values()].filter((container) => wanted.includes(container.state.status)).length;
  const runc: JsonObject = { path: 'runc' };
  return {
    ID: systemId(engine),
    Containers: state.containers.size,
    ContainersRunning: count('running', 'restarting'),
    ContainersPaused: count('paused'),
    ContainersStopped: count('created', 'exited', 'dead', 'removing'),
    Images: state.images.size,
    Driver: 'overlay2',
    DriverStatus: [
      ['Backing Filesystem', 'extfs'],
      ['Supports d_type', 'true'],
      ['Using metacopy', 'false'],
      ['Native Overlay Diff', 'true'],
      ['userxattr', 'false'],
    ],
    Plugins: { Volume: ['local'], Network: NETWORK_DRIVERS, Authorization: NIL_LIST, Log: LOG_DRIVERS },
    MemoryLimit: true,
    SwapLimit: true,
    CpuCfsPeriod: true,
    CpuCfsQuota: true,
    CPUShares: true,
    CPUSet: true,
    PidsLimit: true,
    IPv4Forwarding: true,
    Debug: false,
    NFd: 28,
    OomKillDisable: false,
    NGoroutines: 50,
    SystemTime: formatTime(state.now),
    LoggingDriver: 'json-file',
    CgroupDriver: 'systemd',
    CgroupVersion: '2',
    NEventsListener: 0,
    KernelVersion: KERNEL_RELEASE,
    OperatingSystem: 'Debian GNU/Linux forky/sid',
    OSVersion: '',
    OSType: 'linux',
    Architecture: 'x86_64',
    IndexServerAddress: 'https://index.docker.io/v1/',
    RegistryConfig: {
      IndexConfigs: new Map<string, Json>([
        ['docker.io', { Mirrors: [], Name: 'docker.io', Official: true, Secure: true }],
      ]),
      InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8'],
      Mirrors: NIL_LIST,
    },
    NCPU: HOST_CPUS,
    MemTotal: HOST_MEMORY,
    GenericResources: NIL_LIST,
    DockerRootDir: '/var/lib/docker',
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: state.hostnames.get('host') ?? '',
    Labels: [],
    ExperimentalBuild: false,
    ServerVersion: version.SERVER_VERSION,
    Runtimes: new Map<string, Json>([
      ['io.containerd.runc.v2', runc],
      ['runc', runc],
    ]),
    DefaultRuntime: 'runc',
    Swarm: swarmInfo(engine),
    LiveRestoreEnabled: false,
    Isolation: '',
    InitBinary: 'docker-init',
    ContainerdCommit: { ID: '' },
    RuncCommit: { ID: version.RUNC_COMMIT },
    InitCommit: { ID: '' },
    SecurityOptions: ['name=seccomp,profile=builtin', 'name=cgroupns'],
    FirewallBackend: { Driver: 'iptables' },
    CDISpecDirs: ['/etc/cdi', '/var/run/cdi'],
    Containerd: {
      Address: '/var/run/docker/containerd/containerd.sock',
      Namespaces: { Containers: 'moby', Plugins: 'plugins.moby' },
    },
    Warnings: NIL_LIST,
  };
}
