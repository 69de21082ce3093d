import { decode } from '../bytes.ts';
import type { Engine } from '../engine.ts';
import { type JsonObject, NIL_LIST, NIL_MAP } from '../json.ts';
import { endpointSettings } from '../networks/settings.ts';
import { formatTime } from '../time.ts';
import type { Container, ContainerConfig } from './container.ts';
import { findContainer } from './find.ts';
import { inspectHostConfig } from './inspect-host.ts';
import { given, goMap, healthAnswer } from './json.ts';
import { containerSizes } from './list.ts';
import { overlayFolders } from './overlay.ts';
import { hexOf } from './sandbox.ts';

const ROOT = '/var/lib/docker';

/** What `GET /containers/ID/json` answers. */
export function inspectContainer(engine: Engine, ref: string, size = false): JsonObject {
  const container = findContainer(engine, ref);
  const { id, state, hostConfig } = container;
  const started = state.startedAt !== 0;
  const folder = `${ROOT}/containers/${id}`;
  const file = (name: string) => (started || state.exitCode !== 0 ? `${folder}/${name}` : '');
  const sizes = size ? containerSizes(engine, id) : undefined;
  return given(
    {
      ...{ Id: id, Created: formatTime(container.created), Path: container.path, Args: container.args },
      State: inspectState(container),
      ...{
        Image: container.image,
        ResolvConfPath: file('resolv.conf'),
        HostnamePath: file('hostname'),
        HostsPath: file('hosts'),
      },
      ...{
        LogPath: started && hostConfig.LogConfig.Type === 'json-file' ? `${folder}/${id}-json.log` : '',
        Name: `/${container.name}`,
      },
      ...{
        RestartCount: container.restartCount,
        Driver: 'overlay2',
        Platform: 'linux',
        MountLabel: '',
        ProcessLabel: '',
        AppArmorProfile: '',
      },
      ExecIDs: container.execs.length > 0 ? container.execs : NIL_LIST,
      HostConfig: inspectHostConfig({ ...hostConfig, Links: linkNames(engine, container) }),
      GraphDriver: graphDriver(engine, container),
      SizeRw: sizes?.rw,
      SizeRootFs: sizes?.rootFs,
      Mounts: container.mounts.map((mount) =>
        given(
          {
            Type: mount.Type,
            Name: mount.Name,
            Source: mount.Source,
            Destination: mount.Destination,
            Driver: mount.Driver,
            Mode: mount.Mode,
            RW: mount.RW,
            Propagation: mount.Propagation,
          },
          { Name: '', Driver: '' },
        ),
      ),
      Config: inspectConfig(container.config),
      NetworkSettings: networkSettings(container),
    },
    { SizeRw: null, SizeRootFs: null },
  );
}

export function inspectState({ state }: Container): JsonObject {
  const { status, health } = state;
  return given(
    {
      Status: status,
      Running: status === 'running' || status === 'paused' || status === 'restarting',
      Paused: status === 'paused',
      Restarting: status === 'restarting',
      ...{
        OOMKilled: state.oomKilled,
        Dead: status === 'dead',
        Pid: state.pid,
        ExitCode: state.exitCode,
        Error: state.error,
      },
      ...{ StartedAt: formatTime(state.startedAt), FinishedAt: formatTime(state.finishedAt) },
      Health: health && {
        ...{ Status: health.status, FailingStreak: health.failingStreak },
        Log: health.log.map(({ start, end, exitCode, output }) => ({
          Start: formatTime(start),
          End: formatTime(end),
          ExitCode: exitCode,
          Output: decode(output),
        })),
      },
    },
    { Health: null },
  );
}

export function inspectConfig(config: ContainerConfig): JsonObject {
  const { ExposedPorts, Volumes, Entrypoint, Cmd, Healthcheck, OnBuild, StopSignal, StopTimeout, Shell } = config;
  return given(
    {
      ...{
        Hostname: config.Hostname,
        Domainname: config.Domainname,
        User: config.User,
        AttachStdin: config.AttachStdin,
        AttachStdout: config.AttachStdout,
      },
      ...{
        AttachStderr: config.AttachStderr,
        ExposedPorts: ExposedPorts && goMap(Object.fromEntries(Object.keys(ExposedPorts).map((port) => [port, {}]))),
        Tty: config.Tty,
      },
      ...{ OpenStdin: config.OpenStdin, StdinOnce: config.StdinOnce, Env: config.Env, Cmd: Cmd ?? NIL_LIST },
      ...{
        Healthcheck: Healthcheck && healthAnswer(Healthcheck),
        Image: config.Image,
        Volumes: goMap(Volumes && Object.fromEntries(Object.keys(Volumes).map((path) => [path, {}]))),
      },
      ...{
        WorkingDir: config.WorkingDir,
        Entrypoint: Entrypoint ?? NIL_LIST,
        OnBuild: OnBuild?.length ? OnBuild : NIL_LIST,
        Labels: goMap(config.Labels),
      },
      ...{ StopSignal: StopSignal || undefined, StopTimeout, Shell },
    },
    { ExposedPorts: NIL_MAP, Healthcheck: null, StopSignal: '', StopTimeout: null, Shell: NIL_LIST },
  );
}

/** Legacy links by the names that they give: `/other:/this/alias`. */
function linkNames({ state }: Engine, { name, hostConfig, networks }: Container): string[] | null {
  if (!networks['bridge']) return null;
  const links = (hostConfig.Links ?? []).flatMap((link) => {
    const [ref = '', alias = ref] = link.split(':');
    const other = state.containers.get(ref) ?? state.containers.get(state.containerNames.get(ref) ?? '');
    return other ? [`/${other.name}:/${name}/${alias}`] : [];
  });
  return links.length > 0 ? links : null;
}

function graphDriver(engine: Engine, container: Container): JsonObject {
  return { Data: goMap({ ID: container.id, ...overlayFolders(engine, container) }), Name: 'overlay2' };
}

function networkSettings(container: Container): JsonObject {
  const { id, state, hostConfig, networks } = container;
  const up = state.status === 'running' || state.status === 'paused';
  const joined = hostConfig.NetworkMode.startsWith('container:');
  const sandbox = up && !joined ? hexOf(`sandbox ${id} ${state.startedAt}`, 64) : '';
  const key =
    sandbox === ''
      ? ''
      : `/var/run/docker/netns/${hostConfig.NetworkMode === 'host' ? 'default' : sandbox.slice(0, 12)}`;
  const bridge = networks['bridge'];
  const hasPorts = up && !joined && hostConfig.NetworkMode !== 'host' && hostConfig.NetworkMode !== 'none';
  const ports = hasPorts
    ? Object.fromEntries(Object.entries(container.ports).map(([port, bound]) => [port, bound ?? NIL_LIST]))
    : {};
  return {
    ...{
      Bridge: '',
      SandboxID: sandbox,
      SandboxKey: key,
      Ports: goMap(ports),
      HairpinMode: false,
      LinkLocalIPv6Address: '',
      LinkLocalIPv6PrefixLen: 0,
    },
    ...{
      SecondaryIPAddresses: NIL_LIST,
      SecondaryIPv6Addresses: NIL_LIST,
      EndpointID: bridge?.endpointId ?? '',
      Gateway: bridge?.address ? bridge.gateway : '',
    },
    ...{
      GlobalIPv6Address: '',
      GlobalIPv6PrefixLen: 0,
      IPAddress: bridge?.address ?? '',
      IPPrefixLen: bridge?.address ? bridge.prefix : 0,
    },
    ...{ IPv6Gateway: '', MacAddress: bridge?.address ? bridge.mac : '' },
    Networks: goMap(
      Object.fromEntries(
        Object.entries(networks).map(([name, endpoint]) => [name, endpointSettings(container, name, endpoint)]),
      ),
    ),
  };
}
