import type { MountRequest } from '../../engine/containers/container.ts';
import { EngineError } from '../../engine/errors.ts';
import { findNetwork } from '../../engine/networks/manage.ts';
import { findFile, type Kind } from '../../engine/swarm/files.ts';
import {
  type ContainerSpec,
  DEFAULT_SPEC,
  type FileReference,
  type PortConfig,
  type Resources,
  type RestartPolicy,
  SECOND,
  type ServiceSpec,
  type UpdateConfig,
} from '../../engine/swarm/spec.ts';
import { CliError, type CommandContext } from '../command.ts';
import { environmentOptions } from '../commands/container/create-options.ts';
import { healthOptions } from '../commands/container/health-options.ts';
import { keyValueMap } from '../options/key-value.ts';
import { parseMountSpec } from '../options/mount-spec.ts';
import { parseNetworkAttachment } from '../options/network-attachment.ts';
import { parseServicePublish } from '../options/service-publish.ts';
import { parseSwarmFile } from '../options/swarm-file.ts';

/** The spec that `docker service create` asks for, by its flags and arguments (docker/cli, command/service/opts.go). */
export function serviceSpec(context: CommandContext): ServiceSpec {
  const { flags, args, engine } = context;
  const mode = flags.string('mode');
  if (!['replicated', 'global', 'replicated-job', 'global-job'].includes(mode))
    throw new CliError(`Unknown mode: ${mode}, only replicated and global supported`);
  if (mode.endsWith('-job')) throw new CliError(`the mode '${mode}' is not modelled in Stapellauf`);
  if (mode === 'global' && flags.changed('replicas'))
    throw new CliError('replicas can only be used with replicated or replicated-job mode');
  return {
    ...DEFAULT_SPEC,
    Name: flags.string('name') || inventedName(context),
    Labels: keyValueMap(flags.list('label')),
    Container: containerSpec(context, args[0] ?? ''),
    Limits: limits(context, 'limit'),
    Reservations: limits(context, 'reserve'),
    RestartPolicy: restartPolicy(context, DEFAULT_SPEC.RestartPolicy),
    Constraints: flags.list('constraint'),
    Preferences: flags.list('placement-pref'),
    MaxReplicas: flags.number('replicas-max-per-node'),
    Networks: flags.list('network').map((value) => attachment(engine, value)),
    Mode: mode as ServiceSpec['Mode'],
    Replicas: flags.changed('replicas') ? flags.number('replicas') : 1,
    UpdateConfig: updateConfig(context, 'update', DEFAULT_SPEC.UpdateConfig),
    RollbackConfig: updateConfig(context, 'rollback', DEFAULT_SPEC.RollbackConfig),
    EndpointMode: flags.string('endpoint-mode') as ServiceSpec['EndpointMode'],
    Ports: ports(flags.list('publish')),
  };
}

/** A service without a name is called after a person, as a container is. */
function inventedName({ engine }: CommandContext): string {
  return `service_${Math.abs(engine.state.random % 100_000)}`;
}

export function ports(values: readonly string[]): PortConfig[] {
  return values.flatMap(parseServicePublish) as PortConfig[];
}

export function attachment(engine: CommandContext['engine'], value: string): ServiceSpec['Networks'][number] {
  const { target, aliases } = parseNetworkAttachment(value);
  const network = findNetwork(engine, target);
  if (network.scope !== 'swarm')
    throw new EngineError(
      403,
      `rpc error: code = InvalidArgument desc = The network ${network.name} cannot be used with services. Only networks scoped to the swarm can be used, such as those created with the overlay driver.`,
    );
  return { Target: network.id, ...(aliases.length > 0 ? { Aliases: aliases } : {}) };
}

function containerSpec(context: CommandContext, image: string): ContainerSpec {
  const { flags, kernel, args } = context;
  const environment = environmentOptions(context);
  const health = healthOptions(flags);
  const list = (name: string) => flags.list(name);
  return {
    Image: image,
    ...(list('container-label').length > 0 ? { Labels: keyValueMap(list('container-label')) } : {}),
    ...(flags.changed('entrypoint')
      ? {
          Command: flags
            .string('entrypoint')
            .split(/\s+/)
            .filter((word) => word !== ''),
        }
      : {}),
    ...(args.length > 1 ? { Args: args.slice(1) } : {}),
    ...(flags.string('hostname') ? { Hostname: flags.string('hostname') } : {}),
    ...(environment.length > 0 ? { Env: environment } : {}),
    ...(flags.string('workdir') ? { Dir: flags.string('workdir') } : {}),
    ...(flags.string('user') ? { User: flags.string('user') } : {}),
    ...(list('group').length > 0 ? { Groups: list('group') } : {}),
    Init: flags.boolean('init'),
    ...(flags.string('stop-signal') ? { StopSignal: flags.string('stop-signal') } : {}),
    ...(flags.boolean('tty') ? { TTY: true } : {}),
    ...(flags.boolean('read-only') ? { ReadOnly: true } : {}),
    ...(list('mount').length > 0
      ? { Mounts: list('mount').map((value) => parseMountSpec(value, kernel.cwd) as MountRequest) }
      : {}),
    StopGracePeriod: flags.changed('stop-grace-period') ? flags.number('stop-grace-period') : 10 * SECOND,
    ...(health ? { Healthcheck: health } : {}),
    ...(list('host').length > 0 ? { Hosts: list('host') } : {}),
    ...(list('secret').length > 0 ? { Secrets: fileReferences(context, 'secret', list('secret')) } : {}),
    ...(list('config').length > 0 ? { Configs: fileReferences(context, 'config', list('config')) } : {}),
    ...(list('cap-add').length > 0 ? { CapabilityAdd: list('cap-add') } : {}),
    ...(list('cap-drop').length > 0 ? { CapabilityDrop: list('cap-drop') } : {}),
  };
}

/** Secrets or configs by name, as the managers know them. Throws for those that they don't. */
export function fileReferences({ engine }: CommandContext, kind: Kind, values: readonly string[]): FileReference[] {
  return values.map((value) => {
    const { source, file } = parseSwarmFile(value, kind);
    try {
      const { id, name } = findFile(engine, kind, source);
      return { id, name, target: file.Name, uid: file.UID, gid: file.GID, mode: file.Mode };
    } catch (error) {
      if (error instanceof EngineError && error.status === 404) throw new CliError(`${kind} not found: ${source}`);
      throw error;
    }
  });
}

export function limits({ flags }: CommandContext, prefix: 'limit' | 'reserve', before: Resources = {}): Resources {
  return {
    ...before,
    ...(flags.changed(`${prefix}-cpu`) ? { NanoCPUs: flags.number(`${prefix}-cpu`) } : {}),
    ...(flags.changed(`${prefix}-memory`) ? { MemoryBytes: flags.number(`${prefix}-memory`) } : {}),
    ...(prefix === 'limit' && flags.changed('limit-pids') ? { Pids: flags.number('limit-pids') } : {}),
  };
}

export function restartPolicy({ flags }: CommandContext, before: RestartPolicy): RestartPolicy {
  const condition = flags.changed('restart-condition') ? flags.string('restart-condition') : before.Condition;
  return {
    ...before,
    Condition: condition as RestartPolicy['Condition'],
    ...(flags.changed('restart-delay') ? { Delay: flags.number('restart-delay') } : {}),
    ...(flags.changed('restart-max-attempts') ? { MaxAttempts: flags.number('restart-max-attempts') } : {}),
    ...(flags.changed('restart-window') ? { Window: flags.number('restart-window') } : {}),
  };
}

export function updateConfig(
  { flags }: CommandContext,
  prefix: 'update' | 'rollback',
  before: UpdateConfig,
): UpdateConfig {
  const given = (name: string) => flags.changed(`${prefix}-${name}`);
  const number = (name: string) => flags.number(`${prefix}-${name}`);
  const text = (name: string) => flags.string(`${prefix}-${name}`);
  return {
    ...before,
    ...(given('parallelism') ? { Parallelism: number('parallelism') } : {}),
    ...(given('delay') ? { Delay: number('delay') } : {}),
    ...(given('failure-action') ? { FailureAction: text('failure-action') as UpdateConfig['FailureAction'] } : {}),
    ...(given('monitor') ? { Monitor: number('monitor') } : {}),
    ...(given('max-failure-ratio') ? { MaxFailureRatio: Number(text('max-failure-ratio')) } : {}),
    ...(given('order') ? { Order: text('order') as UpdateConfig['Order'] } : {}),
  };
}
