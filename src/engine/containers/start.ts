import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { allocateEndpoints, publishPorts, releaseEndpoints } from '../networks/endpoints.ts';
import { linkEnvironment } from '../networks/links.ts';
import { bootParameters } from '../process/kernel-parameters.ts';
import { ramInBytes } from '../units.ts';
import type { Container } from './container.ts';
import { containerEvent } from './event.ts';
import { findContainer } from './find.ts';
import { scheduleProbe } from './health.ts';
import { credentialsFor, launch, lookUp, processEnvironment } from './launch.ts';
import { makeMountpoints } from './mounts/mountpoints.ts';
import { INIT_PATH, mountTable, writeNetworkFiles } from './mounts/table.ts';
import { dropContainer } from './remove.ts';
import { executableProblem, runcError, startErrorCode } from './runc-error.ts';

/**
 * Starts a container that is created or exited; does nothing when it runs. Throws what libnetwork and runc say; the
 * container then keeps the message and 126, 127 or 128 as exit code.
 */
export async function startContainer(engine: Engine, ref: string): Promise<void> {
  const container = findContainer(engine, ref);
  const { status } = container.state;
  if (status === 'paused') throw new EngineError(409, 'cannot start a paused container, try unpause instead');
  if (status === 'running' || status === 'restarting') return;
  engine.updateContainer(container.id, { stoppedByUser: false, restartCount: 0 });
  bootContainer(engine, container.id);
}

/** Virtual milliseconds that it takes to make networks, mounts and namespaces. */
const START_TIME = 40;

/** Starts it once: also what a restart policy does. */
export function bootContainer(engine: Engine, id: string): void {
  const { state } = engine;
  state.now += START_TIME;
  const container = state.containers.get(id)!;
  try {
    joinable(engine, container);
    const ready = joinNetworks(engine, container);
    state.hostnames.set(id, ready.config.Hostname);
    boot(engine, ready);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const failed = state.containers.get(id)!;
    engine.updateContainer(id, {
      networks: releaseEndpoints(engine, failed),
      ports: {},
      state: {
        ...failed.state,
        status: failed.state.startedAt === 0 ? 'created' : 'exited',
        pid: 0,
        exitCode: startErrorCode(error.message),
        error: error.message,
      },
    });
    state.pids.delete(id);
    if (container.hostConfig.AutoRemove) dropContainer(engine, state.containers.get(id)!, true);
    throw error;
  }
}

function joinNetworks(engine: Engine, container: Container): Container {
  try {
    const joined = engine.updateContainer(container.id, { networks: allocateEndpoints(engine, container) });
    return engine.updateContainer(container.id, { ports: publishPorts(engine, joined) });
  } catch (error) {
    const prefix = 'failed to set up container networking: ';
    if (!(error instanceof EngineError) || error.message.startsWith(prefix)) throw error;
    throw new EngineError(500, `${prefix}${error.message}`);
  }
}

/** Refuses namespaces of containers that are missing, do not run or keep theirs to themselves. */
function joinable(engine: Engine, { hostConfig: { NetworkMode, PidMode, IpcMode } }: Container): void {
  const network = donor(engine, NetworkMode, 'joining network namespace of container: ');
  if (network && !isRunning(network))
    throw new EngineError(
      409,
      `cannot join network namespace of a non running container: container ${network.name} is ${network.state.status}`,
    );
  for (const [mode, what] of [
    [PidMode, 'PID'],
    [IpcMode, 'IPC'],
  ] as const) {
    const other = donor(engine, mode, '');
    if (!other) continue;
    const refused = `failed to join ${what} namespace: container ${other.id}`;
    if (!isRunning(other)) throw new EngineError(409, `${refused} is not running`);
    if (what === 'IPC' && !['shareable', 'host'].includes(other.hostConfig.IpcMode))
      throw new EngineError(400, `${refused}: non-shareable IPC (hint: use IpcMode:shareable for the donor container)`);
  }
}

/** The container whose namespace a mode names; none for other modes. */
function donor(engine: Engine, mode: string, prefix: string): Container | undefined {
  if (!mode.startsWith('container:')) return undefined;
  try {
    return findContainer(engine, mode.slice('container:'.length));
  } catch (error) {
    if (error instanceof EngineError) throw new EngineError(404, `${prefix}${error.message}`);
    throw error;
  }
}

function isRunning({ state: { status } }: Container): boolean {
  return status === 'running' || status === 'paused';
}

function boot(engine: Engine, container: Container): void {
  const { config, hostConfig, id } = container;
  const { state } = engine;
  if (hostConfig.DeviceRequests && hostConfig.DeviceRequests.length > 0)
    throw new EngineError(500, 'could not select device driver "" with capabilities: [[gpu]]');
  const mounts = mountTable(engine, container);
  makeMountpoints(engine, container, mounts);
  const { credentials, home } = credentialsFor(engine, container, mounts, config.User);
  const environment = processEnvironment(
    container,
    [...linkEnvironment(engine, container), ...config.Env],
    home,
    config.Tty,
  );
  const cwd = config.WorkingDir || '/';
  refuseSysctls(container);
  bootParameters(state, id, hostConfig.Sysctls);
  refuseDevices(engine, container);
  refuseLogOptions(container);
  if (hostConfig.CpuShares === 1)
    throw runcError('error setting cgroup config for procHooks process: the minimum allowed cpu-shares is 2');
  const found = lookUp(engine, mounts, credentials, container.path, environment, cwd);
  const wanted = hostConfig.Init ? lookUp(engine, mounts, credentials, INIT_PATH, environment, cwd) : found;
  if ('status' in wanted) throw runcError(executableProblem(container.path, wanted));
  state.pids.delete(id);
  const running = engine.updateContainer(id, {
    state: {
      ...container.state,
      status: 'running',
      exitCode: 0,
      error: '',
      oomKilled: false,
      startedAt: state.now,
      ...(hasCheck(container)
        ? { health: { status: 'starting', failingStreak: 0, log: container.state.health?.log ?? [] } }
        : {}),
    },
  });
  const { pid } = launch(engine, running, {
    ...{ found: wanted, argv: [container.path, ...container.args], environment, cwd, credentials, mounts },
    ...{ session: `container ${id}`, tty: config.Tty, openStdin: config.OpenStdin, init: hostConfig.Init ?? false },
  });
  engine.updateContainer(id, { state: { ...running.state, pid } });
  // Names of neighbours in /etc/hosts are those of the moment.
  writeNetworkFiles(engine, running);
  containerEvent(engine, running, 'start');
  for (const { Type, Name = '', Destination, RW } of running.mounts)
    if (Type === 'volume')
      engine.event('volume', 'mount', Name, {
        container: id,
        destination: Destination,
        driver: 'local',
        propagation: '',
        'read/write': String(RW),
      });
  if (hasCheck(running)) scheduleProbe(engine, running);
}

export function hasCheck({ healthcheck }: Container): boolean {
  const test = healthcheck?.Test ?? [];
  return test.length > 0 && test[0] !== 'NONE';
}

/** Devices that are asked for must be there. */
function refuseDevices(engine: Engine, { hostConfig: { Devices } }: Container): void {
  const files = engine.hostFiles();
  for (const { PathOnHost } of Devices as readonly { PathOnHost: string }[]) {
    const node = files.stat(PathOnHost);
    const reason = !node ? 'no such file or directory' : 'device' in node ? undefined : 'not a device node';
    if (reason)
      throw new EngineError(
        500,
        `error gathering device information while adding custom device "${PathOnHost}": ${reason}`,
      );
  }
}

/** Sizes and numbers of the log driver are read when it starts to write. */
function refuseLogOptions({ hostConfig: { LogConfig } }: Container): void {
  const size = LogConfig.Config['max-size'];
  const files = LogConfig.Config['max-file'];
  let problem: string | undefined;
  try {
    if (size !== undefined) ramInBytes(size);
    if (files !== undefined && !/^[+-]?\d+$/.test(files))
      problem = `strconv.Atoi: parsing ${JSON.stringify(files)}: invalid syntax`;
  } catch (error) {
    problem = (error as Error).message;
  }
  if (problem)
    throw new EngineError(500, `failed to create task for container: failed to initialize logging driver: ${problem}`);
}

function refuseSysctls({ hostConfig: { Sysctls, NetworkMode } }: Container): void {
  for (const name of Object.keys(Sysctls ?? {})) {
    const net = name.startsWith('net.');
    const message =
      net && NetworkMode === 'host'
        ? `sysctl "${name}" not allowed in host network namespace`
        : !net && !/^(kernel\.(msg|sem|shm)|fs\.mqueue\.)/.test(name)
          ? `sysctl "${name}" is not in a separate kernel namespace`
          : undefined;
    if (message)
      throw new EngineError(
        500,
        `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: ${message}`,
      );
  }
}
