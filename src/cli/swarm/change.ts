import type { MountRequest } from '../../engine/containers/container.ts';
import type { FileReference, ServiceSpec } from '../../engine/swarm/spec.ts';
import type { CommandContext } from '../command.ts';
import { healthOptions } from '../commands/container/health-options.ts';
import { keyValueMap } from '../options/key-value.ts';
import { parseMountSpec } from '../options/mount-spec.ts';
import { attachment, fileReferences, limits, ports, restartPolicy, updateConfig } from './specification.ts';

/** A service's spec after `docker service update` (docker/cli, command/service/update.go). */
export function changedSpec(context: CommandContext, before: ServiceSpec): ServiceSpec {
  const { flags, engine } = context;
  const rolled = new Set(flags.list('network-rm'));
  const networks = before.Networks.filter(
    ({ Target }) => !rolled.has(Target) && !rolled.has(engine.state.networks.get(Target)?.name ?? ''),
  );
  return {
    ...before,
    Labels: without({ ...before.Labels, ...keyValueMap(flags.list('label-add')) }, flags.list('label-rm')),
    Container: changedContainer(context, before),
    ...(before.Limits || flags.changed('limit-cpu') || flags.changed('limit-memory')
      ? { Limits: limits(context, 'limit', before.Limits) }
      : {}),
    ...(before.Reservations || flags.changed('reserve-cpu') || flags.changed('reserve-memory')
      ? { Reservations: limits(context, 'reserve', before.Reservations) }
      : {}),
    RestartPolicy: restartPolicy(context, before.RestartPolicy),
    Constraints: lists(before.Constraints, flags.list('constraint-add'), flags.list('constraint-rm')),
    MaxReplicas: flags.changed('replicas-max-per-node') ? flags.number('replicas-max-per-node') : before.MaxReplicas,
    Networks: [...networks, ...flags.list('network-add').map((value) => attachment(engine, value))],
    ForceUpdate: before.ForceUpdate + (flags.boolean('force') ? 1 : 0),
    Replicas: flags.changed('replicas') ? flags.number('replicas') : before.Replicas,
    UpdateConfig: updateConfig(context, 'update', before.UpdateConfig),
    RollbackConfig: updateConfig(context, 'rollback', before.RollbackConfig),
    EndpointMode: flags.changed('endpoint-mode')
      ? (flags.string('endpoint-mode') as ServiceSpec['EndpointMode'])
      : before.EndpointMode,
    Ports: changedPorts(context, before),
  };
}

function lists(before: readonly string[], added: readonly string[], removed: readonly string[]): readonly string[] {
  return [...before.filter((entry) => !removed.includes(entry)), ...added.filter((entry) => !before.includes(entry))];
}

function without(record: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

function changedPorts({ flags }: CommandContext, before: ServiceSpec): ServiceSpec['Ports'] {
  const removed = flags.list('publish-rm').map((value) => value.split('/'));
  const kept = before.Ports.filter(
    ({ TargetPort, Protocol }) =>
      !removed.some(([port, protocol = 'tcp']) => Number(port) === TargetPort && protocol === Protocol),
  );
  const added = ports(flags.list('publish-add'));
  return [
    ...kept.filter(
      (port) =>
        !added.some(
          (other) =>
            other.TargetPort === port.TargetPort &&
            other.Protocol === port.Protocol &&
            other.PublishedPort === port.PublishedPort,
        ),
    ),
    ...added,
  ];
}

function changedContainer(context: CommandContext, { Container }: ServiceSpec): ServiceSpec['Container'] {
  const { flags, kernel } = context;
  const words = (name: string) =>
    flags
      .string(name)
      .split(/\s+/)
      .filter((word) => word !== '');
  const environment = changedEnvironment(Container.Env ?? [], flags.list('env-add'), flags.list('env-rm'));
  const mounts = (Container.Mounts ?? [])
    .filter(({ Target }) => !flags.list('mount-rm').includes(Target))
    .concat(flags.list('mount-add').map((value) => parseMountSpec(value, kernel.cwd) as MountRequest));
  const secrets = changedFiles(context, 'secret', Container.Secrets ?? []);
  const configs = changedFiles(context, 'config', Container.Configs ?? []);
  const health = healthOptions(flags);
  const labels = without(
    { ...Container.Labels, ...keyValueMap(flags.list('container-label-add')) },
    flags.list('container-label-rm'),
  );
  const { Env: _env, Mounts: _mounts, Secrets: _secrets, Configs: _configs, Labels: _labels, ...rest } = Container;
  return {
    ...rest,
    ...(flags.changed('image') ? { Image: flags.string('image') } : {}),
    ...(Object.keys(labels).length > 0 ? { Labels: labels } : {}),
    ...(flags.changed('args') ? { Args: words('args') } : {}),
    ...(flags.changed('entrypoint') ? { Command: words('entrypoint') } : {}),
    ...(flags.changed('hostname') ? { Hostname: flags.string('hostname') } : {}),
    ...(environment.length > 0 ? { Env: environment } : {}),
    ...(flags.changed('workdir') ? { Dir: flags.string('workdir') } : {}),
    ...(flags.changed('user') ? { User: flags.string('user') } : {}),
    ...(flags.changed('init') ? { Init: flags.boolean('init') } : {}),
    ...(flags.changed('stop-signal') ? { StopSignal: flags.string('stop-signal') } : {}),
    ...(flags.changed('read-only') ? { ReadOnly: flags.boolean('read-only') } : {}),
    ...(flags.changed('stop-grace-period') ? { StopGracePeriod: flags.number('stop-grace-period') } : {}),
    ...(mounts.length > 0 ? { Mounts: mounts } : {}),
    ...(health ? { Healthcheck: { ...Container.Healthcheck, ...health } } : {}),
    ...(secrets.length > 0 ? { Secrets: secrets } : {}),
    ...(configs.length > 0 ? { Configs: configs } : {}),
  };
}

function changedEnvironment(before: readonly string[], added: readonly string[], removed: readonly string[]): string[] {
  const name = (entry: string) => entry.split('=')[0]!;
  const fresh = new Set(added.map(name));
  return [...before.filter((entry) => !removed.includes(name(entry)) && !fresh.has(name(entry))), ...added];
}

function changedFiles(
  context: CommandContext,
  kind: 'secret' | 'config',
  before: readonly FileReference[],
): FileReference[] {
  const { flags } = context;
  return [
    ...before.filter(({ name }) => !flags.list(`${kind}-rm`).includes(name)),
    ...fileReferences(context, kind, flags.list(`${kind}-add`)),
  ];
}
