import { systemInfo } from '../../../engine/system/system.ts';
import * as version from '../../../engine/system/version.ts';
import { bytesSize } from '../../../engine/units.ts';
import type { CommandContext } from '../../command.ts';
import { isList, isMap, isStruct, sortedKeys, type Value } from '../../format/value.ts';
import { BUILDX_VERSION, CLIENT_BUILD, CLIENT_VERSION, COMPOSE_VERSION } from '../../version.ts';
import { currentContext } from '../context/store.ts';
import { printTemplate, unreachable } from './version.ts';

type Fields = { readonly [field: string]: Value };

/** Fields of an engine that does not answer. */
const NO_SERVER: Fields = {
  ...{ ID: '', Containers: 0, ContainersRunning: 0, ContainersPaused: 0, ContainersStopped: 0, Images: 0, Driver: '' },
  ...{ ServerVersion: '', OSType: '', Architecture: '', Name: '', NCPU: 0, MemTotal: 0 },
};

const PLUGIN_FOLDER = '/usr/libexec/docker/cli-plugins';

function clientInfo(context: CommandContext): Fields {
  const plugin = (name: string, version: string, title: string) => ({
    ...{ SchemaVersion: '0.1.0', Vendor: 'Docker Inc.', Version: version, ShortDescription: title, Name: name },
    Path: `${PLUGIN_FOLDER}/docker-${name}`,
  });
  return {
    Debug: false,
    ...{ Version: CLIENT_VERSION, DefaultAPIVersion: version.API_VERSION, GitCommit: CLIENT_BUILD },
    ...{ GoVersion: version.GO_VERSION, Os: 'linux', Arch: 'amd64', BuildTime: version.BUILD_TIME },
    Context: currentContext(context),
    Plugins: [plugin('buildx', BUILDX_VERSION, 'Docker Buildx'), plugin('compose', COMPOSE_VERSION, 'Docker Compose')],
    Warnings: null,
  };
}

/** `docker info`. */
export function info(context: CommandContext): number {
  const refusal = unreachable(context);
  const client = clientInfo(context);
  const format = context.flags.string('format');
  const server = refusal ? NO_SERVER : (systemInfo(context.engine) as Fields);
  if (format !== '')
    printTemplate(context, format, { ...server, ClientInfo: client }, { name: '', type: 'system.dockerInfo' });
  else context.out(`${clientText(client)}\nServer:\n${refusal ? '' : `${serverText(server)}\n`}`);
  if (refusal) throw refusal;
  return 0;
}

function clientText(client: Fields): string {
  let text = `Client:\n Version:    ${client['Version']}\n Context:    ${client['Context']}\n Debug Mode: false\n Plugins:\n`;
  for (const plugin of client['Plugins'] as readonly Fields[])
    text += `  ${plugin['Name']}: ${plugin['ShortDescription']} (${plugin['Vendor']})\n    Version:  ${plugin['Version']}\n    Path:     ${plugin['Path']}\n`;
  return text;
}

const words = (value: Value) => (isList(value) ? value.map(String).join(' ') : '');
const field = (value: Value, name: string): Value => (isStruct(value) ? value[name] : undefined);

function serverText(server: Fields): string {
  const lines: string[] = [];
  const add = (name: string, value: Value, indent = 1) => lines.push(`${' '.repeat(indent)}${name}: ${String(value)}`);
  add('Containers', server['Containers']);
  add('Running', server['ContainersRunning'], 2);
  add('Paused', server['ContainersPaused'], 2);
  add('Stopped', server['ContainersStopped'], 2);
  add('Images', server['Images']);
  add('Server Version', server['ServerVersion']);
  add('Storage Driver', server['Driver']);
  for (const pair of server['DriverStatus'] as readonly (readonly string[])[]) add(pair[0] ?? '', pair[1], 2);
  add('Logging Driver', server['LoggingDriver']);
  add('Cgroup Driver', server['CgroupDriver']);
  add('Cgroup Version', server['CgroupVersion']);
  lines.push(' Plugins:');
  for (const kind of ['Volume', 'Network', 'Log']) add(kind, words(field(server['Plugins'], kind)), 2);
  lines.push(' CDI spec directories:', ...(server['CDISpecDirs'] as readonly string[]).map((folder) => `  ${folder}`));
  lines.push(...swarmLines(server['Swarm'] as Fields));
  const { Runtimes: runtimes } = server;
  add('Runtimes', isMap(runtimes) ? sortedKeys(runtimes).reverse().join(' ') : '');
  add('Default Runtime', server['DefaultRuntime']);
  add('Init Binary', server['InitBinary']);
  for (const [name, key] of [
    ['containerd', 'ContainerdCommit'],
    ['runc', 'RuncCommit'],
    ['init', 'InitCommit'],
  ] as const)
    add(`${name} version`, field(server[key], 'ID'));
  lines.push(' Security Options:');
  for (const option of server['SecurityOptions'] as readonly string[]) lines.push(...securityLines(option));
  add('Kernel Version', server['KernelVersion']);
  add('Operating System', server['OperatingSystem']);
  add('OSType', server['OSType']);
  add('Architecture', server['Architecture']);
  add('CPUs', server['NCPU']);
  add('Total Memory', bytesSize(Number(server['MemTotal'])));
  add('Name', server['Name']);
  add('ID', server['ID']);
  add('Docker Root Dir', server['DockerRootDir']);
  add('Debug Mode', server['Debug']);
  const labels = server['Labels'] as readonly string[];
  if (labels.length > 0) lines.push(' Labels:', ...labels.map((label) => `  ${label}`));
  add('Experimental', server['ExperimentalBuild']);
  const registries = field(server['RegistryConfig'], 'InsecureRegistryCIDRs') as readonly string[];
  lines.push(' Insecure Registries:', ...registries.map((registry) => `  ${registry}`));
  add('Live Restore Enabled', server['LiveRestoreEnabled']);
  return `${lines.join('\n')}\n`;
}

/** `name=seccomp,profile=builtin` as a line with lines below it. */
function securityLines(option: string): string[] {
  const [first = '', ...rest] = option.split(',').map((part) => part.split('='));
  const name = Array.isArray(first) ? (first[1] ?? '') : first;
  return [
    `  ${name}`,
    ...rest.map(([key = '', value = '']) => `   ${key.charAt(0).toUpperCase()}${key.slice(1)}: ${value}`),
  ];
}

function swarmLines(swarm: Fields): string[] {
  const lines = [` Swarm: ${swarm['LocalNodeState']}`];
  if (swarm['LocalNodeState'] === 'inactive' || swarm['LocalNodeState'] === 'locked') return lines;
  lines.push(`  NodeID: ${swarm['NodeID']}`, `  Is Manager: ${swarm['ControlAvailable']}`);
  const cluster = swarm['Cluster'];
  if (swarm['ControlAvailable'] === true && isStruct(cluster)) {
    const spec = cluster['Spec'];
    const raft = field(spec, 'Raft');
    lines.push(
      `  ClusterID: ${cluster['ID']}`,
      `  Managers: ${swarm['Managers']}`,
      `  Nodes: ${swarm['Nodes']}`,
      `  Default Address Pool: ${words(cluster['DefaultAddrPool'])}  `,
      `  SubnetSize: ${cluster['SubnetSize']}`,
      `  Data Path Port: ${cluster['DataPathPort']}`,
      '  Orchestration:',
      `   Task History Retention Limit: ${field(field(spec, 'Orchestration'), 'TaskHistoryRetentionLimit')}`,
      '  Raft:',
      `   Snapshot Interval: ${field(raft, 'SnapshotInterval')}`,
      `   Number of Old Snapshots to Retain: ${field(raft, 'KeepOldSnapshots')}`,
      `   Heartbeat Tick: ${field(raft, 'HeartbeatTick')}`,
      `   Election Tick: ${field(raft, 'ElectionTick')}`,
      '  Dispatcher:',
      '   Heartbeat Period: 5 seconds',
      '  CA Configuration:',
      '   Expiry Duration: 3 months',
      '   Force Rotate: 0',
      `  Autolock Managers: ${field(field(spec, 'EncryptionConfig'), 'AutoLockManagers')}`,
      `  Root Rotation In Progress: ${cluster['RootRotationInProgress']}`,
    );
  }
  lines.push(`  Node Address: ${swarm['NodeAddr']}`);
  const managers = swarm['RemoteManagers'];
  if (isList(managers) && managers.length > 0)
    lines.push('  Manager Addresses:', ...managers.map((manager) => `   ${field(manager, 'Addr')}`));
  return lines;
}
