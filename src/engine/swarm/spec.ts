import type { MountRequest } from '../containers/container.ts';
import type { HealthConfig } from '../images/image.ts';

/** A file that a task gets: a secret or a config, by name, and where it lies (Engine API, SecretReference). */
export interface FileReference {
  readonly id: string;
  readonly name: string;
  readonly target: string;
  readonly uid: string;
  readonly gid: string;
  readonly mode: number;
}

export interface ContainerSpec {
  readonly Image: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly Command?: readonly string[];
  readonly Args?: readonly string[];
  readonly Hostname?: string;
  readonly Env?: readonly string[];
  readonly Dir?: string;
  readonly User?: string;
  readonly Groups?: readonly string[];
  /** A stack says that it asks for no privileges; `docker service create` says nothing. */
  readonly Privileges?: boolean;
  readonly Init?: boolean;
  readonly StopSignal?: string;
  readonly TTY?: boolean;
  readonly ReadOnly?: boolean;
  readonly Mounts?: readonly MountRequest[];
  /** Nanoseconds. */
  readonly StopGracePeriod: number;
  readonly Healthcheck?: HealthConfig;
  readonly Hosts?: readonly string[];
  readonly Secrets?: readonly FileReference[];
  readonly Configs?: readonly FileReference[];
  readonly CapabilityAdd?: readonly string[];
  readonly CapabilityDrop?: readonly string[];
}

export interface Resources {
  readonly NanoCPUs?: number;
  readonly MemoryBytes?: number;
  readonly Pids?: number;
}

export interface RestartPolicy {
  readonly Condition: 'none' | 'on-failure' | 'any';
  /** Nanoseconds. */
  readonly Delay: number;
  readonly MaxAttempts: number;
  readonly Window?: number;
}

/** How an update or a rollback goes on (Engine API, ServiceSpec.UpdateConfig); durations in nanoseconds. */
export interface UpdateConfig {
  readonly Parallelism: number;
  readonly Delay?: number;
  readonly FailureAction: 'pause' | 'continue' | 'rollback';
  readonly Monitor: number;
  readonly MaxFailureRatio: number;
  readonly Order: 'stop-first' | 'start-first';
}

export interface PortConfig {
  readonly Name?: string;
  readonly Protocol: 'tcp' | 'udp' | 'sctp';
  readonly TargetPort: number;
  readonly PublishedPort?: number;
  readonly PublishMode: 'ingress' | 'host';
}

export interface NetworkAttachment {
  /** Id of the network. */
  readonly Target: string;
  readonly Aliases?: readonly string[];
}

export interface ServiceSpec {
  readonly Name: string;
  readonly Labels: Readonly<Record<string, string>>;
  readonly Container: ContainerSpec;
  /** Undefined: the spec says nothing of limits at all. */
  readonly Limits?: Resources;
  readonly Reservations?: Resources;
  readonly RestartPolicy: RestartPolicy;
  readonly Constraints: readonly string[];
  readonly Preferences: readonly string[];
  readonly MaxReplicas: number;
  readonly Networks: readonly NetworkAttachment[];
  readonly ForceUpdate: number;
  readonly Mode: 'replicated' | 'global' | 'replicated-job' | 'global-job';
  readonly Replicas: number;
  readonly UpdateConfig: UpdateConfig;
  readonly RollbackConfig: UpdateConfig;
  readonly EndpointMode: 'vip' | 'dnsrr';
  readonly Ports: readonly PortConfig[];
}

export const SECOND = 1_000_000_000;

export const DEFAULT_UPDATE: UpdateConfig = {
  ...{ Parallelism: 1, FailureAction: 'pause', Monitor: 5 * SECOND, MaxFailureRatio: 0, Order: 'stop-first' },
};

/** What a service has that its creator says nothing about (docker/cli, opts of `service create`). */
export const DEFAULT_SPEC: Omit<ServiceSpec, 'Name' | 'Container'> = {
  ...{ Labels: {}, RestartPolicy: { Condition: 'any', Delay: 5 * SECOND, MaxAttempts: 0 }, Constraints: [] },
  ...{ Preferences: [], MaxReplicas: 0, Networks: [], ForceUpdate: 0, Mode: 'replicated', Replicas: 1 },
  ...{ UpdateConfig: DEFAULT_UPDATE, RollbackConfig: DEFAULT_UPDATE, EndpointMode: 'vip', Ports: [] },
};

/** Whether a task made for one spec serves for another: what its container is made of is the same. */
export function sameTask(a: ServiceSpec, b: ServiceSpec): boolean {
  const part = ({ Container, Limits, Reservations, Constraints, Networks, ForceUpdate, Ports }: ServiceSpec) =>
    JSON.stringify([
      Container,
      Limits,
      Reservations,
      Constraints,
      Networks,
      ForceUpdate,
      Ports.filter(({ PublishMode }) => PublishMode === 'host'),
    ]);
  return part(a) === part(b);
}
