import { decode } from '../../../engine/bytes.ts';
import type { ContainerConfig, HostConfig, MountRequest, RestartPolicy } from '../../../engine/containers/container.ts';
import type { CreateRequest } from '../../../engine/containers/create.ts';
import type { CommandContext } from '../../command.ts';
import type { FlagValues } from '../../flags.ts';
import { parseAddHost } from '../../options/add-host.ts';
import { parseAttach } from '../../options/attach.ts';
import { parseDnsSearch } from '../../options/dns-search.ts';
import { parseKeyValueFile } from '../../options/env-file.ts';
import { parseEnvVar } from '../../options/env-var.ts';
import { readHostFile } from '../../options/host-file.ts';
import { parseIpAddress } from '../../options/ip-address.ts';
import { cut, keyValueMap } from '../../options/key-value.ts';
import { isMacAddress } from '../../options/mac-address.ts';
import { parseMountSpec } from '../../options/mount-spec.ts';
import { OptionError } from '../../options/option-error.ts';
import { parseRestartPolicy } from '../../options/restart-policy.ts';
import { parseSecurityOptions } from '../../options/security-opt.ts';
import { parseSysctl } from '../../options/sysctl.ts';
import { parseVolumeSpec } from '../../options/volume-spec.ts';
import { healthOptions } from './health-options.ts';
import { networkOptions } from './network-options.ts';
import { portOptions } from './port-options.ts';
import { deviceOptions, resourceOptions } from './resource-options.ts';
import { textEnvironment } from './streams.ts';

/** Variables that `--env-file` and `-e` give; names alone take their values from the client's own environment. Throws {@link OptionError}. */
export function environmentOptions({ kernel, flags }: Pick<CommandContext, 'kernel' | 'flags'>): string[] {
  const own = textEnvironment(kernel);
  const fromFiles = flags
    .list('env-file')
    .flatMap((path) => parseKeyValueFile(path, readHostFile(kernel, path), (name) => own[name]));
  return [...fromFiles, ...flags.list('env').map((value) => parseEnvVar(value, own))];
}

/**
 * What `docker run` and `docker create` ask the engine for, by their flags and arguments (docker/cli,
 * cli/command/container/opts.go). Throws {@link OptionError}.
 */
export function createOptions(context: CommandContext): CreateRequest {
  const { flags, kernel, args } = context;
  const attach = flags.list('attach').map(parseAttach);
  const mac = flags.string('mac-address');
  if (mac !== '' && !isMacAddress(mac.trim())) throw new OptionError(`${mac} is not a valid mac address`);
  const swappiness = flags.number('memory-swappiness');
  if (swappiness < -1 || swappiness > 100)
    throw new OptionError(`invalid value: ${swappiness}. Valid memory swappiness range is 0-100`);
  const { binds, volumes } = volumeOptions(flags, kernel.cwd);
  const ports = portOptions(flags);
  const devices = deviceOptions(flags);
  const environment = environmentOptions(context);
  const labels = [
    ...flags.list('label-file').flatMap((path) => parseKeyValueFile(path, readHostFile(kernel, path))),
    ...flags.list('label'),
  ];
  const modes = modeOptions(flags);
  const restart = parseRestartPolicy(flags.string('restart'));
  const logging = flags.list('log-opt');
  if (flags.string('log-driver') === 'none' && logging.length > 0)
    throw new OptionError('invalid logging opts for driver none');
  const security = parseSecurityOptions(flags.list('security-opt'), (path) => readHostFile(kernel, path));
  const storage = flags.list('storage-opt');
  if (storage.some((option) => !option.includes('='))) throw new OptionError('invalid storage option');
  const health = healthOptions(flags);
  const policy: RestartPolicy = { Name: 'no', MaximumRetryCount: 0, ...(restart as Partial<RestartPolicy>) };
  if (flags.boolean('rm') && policy.Name !== 'no')
    throw new OptionError('conflicting options: cannot specify both --restart and --rm');
  const network = networkOptions(flags);
  const openStdin = flags.boolean('interactive');
  const attachStdin = openStdin || attach.includes('stdin');
  const [image = '', ...command] = args;
  const config: CreateRequest['config'] = {
    Image: image,
    Hostname: flags.string('hostname'),
    Domainname: flags.string('domainname'),
    User: flags.string('user'),
    AttachStdin: attachStdin,
    AttachStdout: attach.length === 0 || attach.includes('stdout'),
    AttachStderr: attach.length === 0 || attach.includes('stderr'),
    Tty: flags.boolean('tty'),
    OpenStdin: openStdin,
    StdinOnce: openStdin && attachStdin,
    Env: environment,
    WorkingDir: flags.string('workdir'),
    Labels: keyValueMap(labels),
    ...filled('ExposedPorts', ports.exposed),
    ...filled('Volumes', volumes),
    ...(command.length > 0 ? { Cmd: command } : {}),
    ...(flags.changed('entrypoint') ? { Entrypoint: [flags.string('entrypoint')] } : {}),
    ...(health ? { Healthcheck: health } : {}),
    ...(flags.string('stop-signal') === '' ? {} : { StopSignal: flags.string('stop-signal') }),
    ...(flags.changed('stop-timeout') ? { StopTimeout: flags.number('stop-timeout') } : {}),
  };
  const hostConfig: Partial<HostConfig> = {
    ...resourceOptions(flags, devices),
    ...modes,
    Binds: orNull(binds),
    ContainerIDFile: flags.string('cidfile'),
    LogConfig: { Type: flags.string('log-driver'), Config: keyValueMap(logging) },
    NetworkMode: network.mode,
    PortBindings: ports.bindings,
    RestartPolicy: policy,
    AutoRemove: flags.boolean('rm'),
    VolumeDriver: flags.string('volume-driver'),
    VolumesFrom: orNull(flags.list('volumes-from')),
    ...filled('Annotations', keyValueMap(flags.list('annotation'))),
    CapAdd: orNull(flags.list('cap-add')),
    CapDrop: orNull(flags.list('cap-drop')),
    Dns: flags.list('dns').map(parseIpAddress),
    DnsOptions: flags.list('dns-option'),
    DnsSearch: flags.list('dns-search').map(parseDnsSearch),
    ExtraHosts: orNull(flags.list('add-host').map(parseAddHost)),
    GroupAdd: orNull(flags.list('group-add')),
    Links: orNull(flags.list('link')),
    OomScoreAdj: flags.number('oom-score-adj'),
    Privileged: flags.boolean('privileged'),
    PublishAllPorts: flags.boolean('publish-all'),
    ReadonlyRootfs: flags.boolean('read-only'),
    SecurityOpt: orNull(security.options),
    ...(security.systemPathsUnconfined ? { MaskedPaths: [], ReadonlyPaths: [] } : {}),
    ...filled('Tmpfs', tmpfsOptions(flags.list('tmpfs'))),
    ShmSize: flags.number('shm-size'),
    ...(flags.string('runtime') === '' ? {} : { Runtime: flags.string('runtime') }),
    Isolation: flags.string('isolation'),
    ...(flags.changed('mount')
      ? { Mounts: flags.list('mount').map((value) => parseMountSpec(value, decode(kernel.cwd)) as MountRequest) }
      : {}),
    ...(flags.changed('init') ? { Init: flags.boolean('init') } : {}),
    ...filled('Sysctls', Object.fromEntries(flags.list('sysctl').map(parseSysctl))),
    ...filled('StorageOpt', keyValueMap(storage)),
  };
  return {
    name: flags.string('name'),
    ...{ config, hostConfig },
    endpoints: network.endpoints,
    ...(flags.string('platform') === '' ? {} : { platform: flags.string('platform') }),
  };
}

function orNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}

function filled<Key extends keyof HostConfig | keyof ContainerConfig, T extends object>(key: Key, value: T) {
  return (Object.keys(value).length === 0 ? {} : { [key]: value }) as { readonly [K in Key]?: T };
}

/** Binds, with a host folder `./…` made absolute, and the paths of anonymous volumes. */
function volumeOptions(flags: FlagValues, folder: string) {
  const binds: string[] = [];
  const volumes: Record<string, object> = {};
  for (const value of new Set(flags.list('volume'))) {
    const { source, type } = parseVolumeSpec(value);
    if (source === '') volumes[value] = {};
    else if (type === 'bind' && source.startsWith('.')) {
      const [host, rest = ''] = cut(value, ':');
      binds.push(`${absolute(decode(folder), host)}:${rest}`);
    } else binds.push(value);
  }
  return { binds, volumes };
}

/** A path seen from a folder, as Go's filepath.Abs cleans it. */
function absolute(folder: string, path: string): string {
  const names: string[] = [];
  for (const name of `${folder}/${path}`.split('/'))
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  return `/${names.join('/')}`;
}

function tmpfsOptions(values: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    values.map((value) => {
      const [path, options = ''] = cut(value, ':');
      return [path, options];
    }),
  );
}

/** Namespaces that are shared with the host or another container. */
function modeOptions(flags: FlagValues): Partial<HostConfig> {
  const [PidMode, UTSMode, UsernsMode, CgroupnsMode] = ['pid', 'uts', 'userns', 'cgroupns'].map((name) =>
    flags.string(name),
  ) as [string, string, string, string];
  if (!/^(?:|host|container:.+)$/s.test(PidMode)) throw new OptionError('--pid: invalid PID mode');
  if (!/^(?:|host)$/.test(UTSMode)) throw new OptionError('--uts: invalid UTS mode');
  if (!/^(?:|host)$/.test(UsernsMode)) throw new OptionError('--userns: invalid USER mode');
  if (!/^(?:|host|private)$/.test(CgroupnsMode)) throw new OptionError('--cgroupns: invalid CGROUP mode');
  const IpcMode = flags.string('ipc');
  return {
    ...{ PidMode, UTSMode, UsernsMode },
    ...(CgroupnsMode === '' ? {} : { CgroupnsMode }),
    ...(IpcMode === '' ? {} : { IpcMode }),
  };
}
