import type { FileReference as ComposeFile, Project, Resource, Service } from '../../compose/project/project.ts';
import type { MountRequest } from '../../engine/containers/container.ts';
import { EngineError } from '../../engine/errors.ts';
import { findFile, type Kind } from '../../engine/swarm/files.ts';
import {
  type ContainerSpec,
  DEFAULT_SPEC,
  type FileReference,
  type PortConfig,
  type Resources,
  SECOND,
  type ServiceSpec,
  type UpdateConfig,
} from '../../engine/swarm/spec.ts';
import { CliError, type CommandContext } from '../command.ts';
import { fileName, networkName } from './stack.ts';

export const NAMESPACE = 'com.docker.stack.namespace';
const IMAGE = 'com.docker.stack.image';

/** What a Compose file may say of a deployment beyond what Compose itself uses (Compose Deploy specification). */
interface Deploy {
  readonly mode?: string;
  readonly replicas?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly endpoint_mode?: 'vip' | 'dnsrr';
  readonly placement?: {
    readonly constraints?: readonly string[];
    readonly preferences?: readonly { readonly spread?: string }[];
    readonly max_replicas_per_node?: number;
  };
  readonly restart_policy?: {
    readonly condition?: ServiceSpec['RestartPolicy']['Condition'];
    readonly delay?: number;
    readonly max_attempts?: number;
    readonly window?: number;
  };
  readonly update_config?: UpdateSettings;
  readonly rollback_config?: UpdateSettings;
  readonly resources?: { readonly limits?: Resource; readonly reservations?: Resource };
}

interface UpdateSettings {
  readonly parallelism?: number;
  readonly delay?: number;
  readonly failure_action?: UpdateConfig['FailureAction'];
  readonly monitor?: number;
  readonly max_failure_ratio?: number;
  readonly order?: UpdateConfig['Order'];
}

/** The spec of one service of a stack (docker/cli, cli/compose/convert). */
export function stackService(context: CommandContext, stack: string, project: Project, name: string): ServiceSpec {
  const service = project.services[name]!;
  const deploy = (service.deploy ?? {}) as Deploy;
  const { placement, restart_policy: restart, resources } = deploy;
  if (!service.image) throw new CliError(`invalid image reference for service ${name}: no image specified`);
  return {
    ...DEFAULT_SPEC,
    Name: `${stack}_${name}`,
    Labels: { ...deploy.labels, [IMAGE]: service.image, [NAMESPACE]: stack },
    Container: containerSpec(context, stack, project, service),
    ...(resources?.limits ? { Limits: resourcesOf(resources.limits) } : {}),
    ...(resources?.reservations ? { Reservations: resourcesOf(resources.reservations) } : {}),
    RestartPolicy: restart
      ? {
          Condition: restart.condition ?? 'any',
          Delay: restart.delay ?? 5 * SECOND,
          MaxAttempts: restart.max_attempts ?? 0,
          ...(restart.window ? { Window: restart.window } : {}),
        }
      : DEFAULT_SPEC.RestartPolicy,
    Constraints: placement?.constraints ?? [],
    Preferences: (placement?.preferences ?? []).map(({ spread = '' }) => `spread=${spread}`),
    MaxReplicas: placement?.max_replicas_per_node ?? 0,
    Networks: attachments(context, stack, project, service, name),
    Mode: deploy.mode === 'global' ? 'global' : 'replicated',
    Replicas: deploy.replicas ?? 1,
    UpdateConfig: updateConfig(deploy.update_config),
    RollbackConfig: updateConfig(deploy.rollback_config),
    EndpointMode: deploy.endpoint_mode ?? 'vip',
    Ports: (service.ports ?? []).map(port),
  };
}

/** A service that is deployed again keeps what the orchestrator counts. */
export function stackServiceUpdate(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  return { ...spec, ForceUpdate: before.ForceUpdate };
}

function resourcesOf({ cpus, memory, pids }: Resource): Resources {
  return {
    ...(cpus === undefined ? {} : { NanoCPUs: Math.round(Number(cpus) * 1e9) }),
    ...(memory === undefined ? {} : { MemoryBytes: memory }),
    ...(pids === undefined ? {} : { Pids: pids }),
  };
}

function updateConfig(settings: UpdateSettings | undefined): UpdateConfig {
  const { parallelism, delay, failure_action: action, monitor, max_failure_ratio: ratio, order } = settings ?? {};
  return {
    ...DEFAULT_SPEC.UpdateConfig,
    ...(parallelism === undefined ? {} : { Parallelism: parallelism }),
    ...(delay === undefined ? {} : { Delay: delay }),
    ...(action === undefined ? {} : { FailureAction: action }),
    ...(monitor === undefined ? {} : { Monitor: monitor }),
    ...(ratio === undefined ? {} : { MaxFailureRatio: ratio }),
    ...(order === undefined ? {} : { Order: order }),
  };
}

function port({
  target,
  published,
  protocol,
  mode,
}: {
  target: number;
  published?: string;
  protocol?: string;
  mode?: string;
}): PortConfig {
  return {
    Protocol: (protocol ?? 'tcp') as PortConfig['Protocol'],
    TargetPort: target,
    ...(published ? { PublishedPort: Number(published) } : {}),
    PublishMode: mode === 'host' ? 'host' : 'ingress',
  };
}

function attachments(
  { engine }: CommandContext,
  stack: string,
  project: Project,
  service: Service,
  name: string,
): ServiceSpec['Networks'] {
  return Object.entries(service.networks ?? { default: null })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, settings]) => {
      const full = networkName(stack, key, project);
      const network = [...engine.state.networks.values()].find((entry) => entry.name === full);
      return { Target: network?.id ?? full, Aliases: [name, ...(settings?.aliases ?? [])] };
    });
}

function containerSpec(context: CommandContext, stack: string, project: Project, service: Service): ContainerSpec {
  const { environment = {}, healthcheck, working_dir: dir, stop_grace_period: grace } = service;
  const variables = Object.entries(environment)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  const mounts = (service.volumes ?? []).map((volume): MountRequest => {
    const named =
      volume.type === 'volume' && volume.source
        ? project.volumes[volume.source]?.external ||
          project.volumes[volume.source]?.name !== `${project.name}_${volume.source}`
          ? (project.volumes[volume.source]?.name ?? volume.source)
          : `${stack}_${volume.source}`
        : volume.source;
    return {
      Type: volume.type as MountRequest['Type'],
      ...(named ? { Source: named } : {}),
      Target: volume.target,
      ...(volume.read_only ? { ReadOnly: true } : {}),
      ...(volume.type === 'volume' && volume.source ? { VolumeOptions: { Labels: { [NAMESPACE]: stack } } } : {}),
    };
  });
  const secrets = references(context, stack, project, 'secret', service.secrets);
  const configs = references(context, stack, project, 'config', service.configs);
  return {
    Image: service.image!,
    Labels: { ...service.labels, [NAMESPACE]: stack },
    ...(service.entrypoint ? { Command: service.entrypoint } : {}),
    ...(service.command ? { Args: service.command } : {}),
    ...(service.hostname ? { Hostname: service.hostname } : {}),
    ...(variables.length > 0 ? { Env: variables } : {}),
    ...(dir ? { Dir: dir } : {}),
    ...(service.user ? { User: service.user } : {}),
    Privileges: false,
    ...(service.init === undefined ? {} : { Init: service.init }),
    ...(service.stop_signal ? { StopSignal: service.stop_signal } : {}),
    ...(service.tty ? { TTY: true } : {}),
    ...(service.read_only ? { ReadOnly: true } : {}),
    ...(mounts.length > 0 ? { Mounts: mounts } : {}),
    StopGracePeriod: grace ?? 10 * SECOND,
    ...(healthcheck ? { Healthcheck: health(healthcheck) } : {}),
    ...(secrets.length > 0 ? { Secrets: secrets } : {}),
    ...(configs.length > 0 ? { Configs: configs } : {}),
    ...(service.cap_add ? { CapabilityAdd: service.cap_add } : {}),
    ...(service.cap_drop ? { CapabilityDrop: service.cap_drop } : {}),
  };
}

function health(check: NonNullable<Service['healthcheck']>) {
  if (check.disable) return { Test: ['NONE'] };
  const { test, interval, timeout, retries, start_period: period } = check;
  return {
    ...(test ? { Test: test } : {}),
    ...(interval ? { Interval: interval } : {}),
    ...(timeout ? { Timeout: timeout } : {}),
    ...(retries ? { Retries: retries } : {}),
    ...(period ? { StartPeriod: period } : {}),
  };
}

function references(
  { engine }: CommandContext,
  stack: string,
  project: Project,
  kind: Kind,
  files: readonly ComposeFile[] | undefined,
): FileReference[] {
  return (files ?? []).map(({ source = '', target, uid, gid, mode }) => {
    const name = fileName(stack, source, project, kind);
    try {
      const { id } = findFile(engine, kind, name);
      return {
        id,
        name,
        target: target || source,
        uid: uid ?? '0',
        gid: gid ?? '0',
        mode: mode === undefined ? 0o444 : Number(mode),
      };
    } catch (error) {
      if (error instanceof EngineError && error.status === 404) throw new CliError(`${kind} not found: ${name}`);
      throw error;
    }
  });
}
