import type { MountRequest } from '../../engine/containers/container.ts';
import { given, goMap, healthAnswer } from '../../engine/containers/json.ts';
import { formatDuration } from '../../engine/duration.ts';
import type { Engine } from '../../engine/engine.ts';
import { Duration, type JsonObject, NIL_LIST, NIL_MAP, omitting } from '../../engine/json.ts';
import type { FileReference, PortConfig, Resources, ServiceSpec, UpdateConfig } from '../../engine/swarm/spec.ts';
import type { Service } from '../../engine/swarm/state.ts';
import { formatTime } from '../../engine/time.ts';
import { bytesSize } from '../../engine/units.ts';

const some = <T>(list: readonly T[] | undefined) => (list && list.length > 0 ? list : undefined);

/** What `GET /services/ID` answers. */
export function serviceAnswer(_engine: Engine, service: Service): JsonObject {
  const { spec, previous, update } = service;
  return given({
    ...{
      ID: service.id,
      Version: { Index: service.index },
      CreatedAt: formatTime(service.created),
      UpdatedAt: formatTime(service.updated),
    },
    ...{ Spec: specAnswer(spec), PreviousSpec: previous && specAnswer(previous) },
    Endpoint: given({
      Spec: endpointSpec(spec),
      Ports: some(service.ports.map(portAnswer)),
      VirtualIPs: some(Object.entries(service.addresses).map(([NetworkID, Addr]) => ({ NetworkID, Addr }))),
    }),
    UpdateStatus:
      update &&
      given({
        ...{ State: update.state, StartedAt: formatTime(update.started) },
        ...{ CompletedAt: update.completed === 0 ? undefined : formatTime(update.completed), Message: update.message },
      }),
  });
}

function portAnswer({ Name, Protocol, TargetPort, PublishedPort, PublishMode }: PortConfig): JsonObject {
  return given({ Name, Protocol, TargetPort, PublishedPort, PublishMode });
}

function mountAnswer({ Type, Source, Target, ...rest }: MountRequest): JsonObject {
  return given({ Type, Source, Target, ...rest });
}

function endpointSpec({ EndpointMode, Ports }: ServiceSpec): JsonObject {
  return given({ Mode: EndpointMode, Ports: some(Ports.map((port) => portAnswer(port))) }, { Ports: NIL_LIST });
}

const resources = (value: Resources | undefined) => value && given({ ...value });

function files(references: readonly FileReference[] | undefined, kind: 'Secret' | 'Config') {
  return some(references)?.map(({ id, name, target, uid, gid, mode }) => ({
    File: { Name: target, UID: uid, GID: gid, Mode: mode },
    [`${kind}ID`]: id,
    [`${kind}Name`]: name,
  }));
}

/** A Go struct with all its fields: JSON leaves out those that are undefined, templates see `zeros` (else nil) there. */
function whole(fields: Readonly<Record<string, unknown>>, zeros: JsonObject = {}): JsonObject {
  const filled = Object.entries(fields).map(([name, value]) => [name, value ?? zeros[name] ?? null]);
  const empty = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [name] : []));
  return omitting(Object.fromEntries(filled) as JsonObject, empty);
}

function specAnswer(spec: ServiceSpec): JsonObject {
  return {
    Name: spec.Name,
    Labels: goMap(spec.Labels),
    TaskTemplate: taskTemplate(spec),
    Mode: whole({
      Replicated: spec.Mode === 'replicated' ? { Replicas: spec.Replicas } : undefined,
      Global: spec.Mode === 'replicated' ? undefined : {},
      ...{ ReplicatedJob: undefined, GlobalJob: undefined },
    }),
    UpdateConfig: updateAnswer(spec.UpdateConfig),
    RollbackConfig: updateAnswer(spec.RollbackConfig),
    EndpointSpec: endpointSpec(spec),
  };
}

/** What tasks of a service are made by (Engine API, TaskSpec). */
export function taskTemplate(spec: ServiceSpec): JsonObject {
  const { Limits, Reservations, Constraints, MaxReplicas, Networks } = spec;
  const { Condition, Delay, MaxAttempts, Window } = spec.RestartPolicy;
  return whole(
    {
      ContainerSpec: containerAnswer(spec.Container),
      Resources: whole({ Limits: resources(Limits), Reservations: resources(Reservations) }),
      RestartPolicy: whole({
        ...{ Condition, Delay: new Duration(Delay), MaxAttempts },
        Window: Window === undefined ? undefined : new Duration(Window),
      }),
      Placement: whole(
        { Constraints: some(Constraints), Preferences: undefined, MaxReplicas: MaxReplicas || undefined },
        { Constraints: NIL_LIST, Preferences: NIL_LIST, MaxReplicas: 0 },
      ),
      Networks: some(Networks.map((network) => given({ ...network }))),
      ...{ LogDriver: undefined, ForceUpdate: spec.ForceUpdate, Runtime: 'container' },
    },
    { Networks: NIL_LIST },
  );
}

function containerAnswer(container: ServiceSpec['Container']): JsonObject {
  const { Labels, Healthcheck, Secrets, Configs, Privileges, StopGracePeriod, Mounts } = container;
  return whole(
    {
      ...{ Image: container.Image, Labels: Labels && goMap(Labels) },
      ...{ Command: container.Command, Args: container.Args, Hostname: container.Hostname },
      ...{ Env: container.Env, Dir: container.Dir, User: container.User, Groups: container.Groups },
      Privileges:
        Privileges === undefined ? undefined : { CredentialSpec: null, SELinuxContext: null, NoNewPrivileges: false },
      ...{ Init: container.Init, StopSignal: container.StopSignal, TTY: container.TTY, OpenStdin: undefined },
      ...{ ReadOnly: container.ReadOnly, Mounts: Mounts?.map((mount) => mountAnswer(mount)) },
      StopGracePeriod: new Duration(StopGracePeriod),
      ...{ Healthcheck: Healthcheck && healthAnswer(Healthcheck), Hosts: container.Hosts, DNSConfig: {} },
      ...{ Secrets: files(Secrets, 'Secret'), Configs: files(Configs, 'Config'), Isolation: 'default' },
      ...{ Sysctls: undefined, CapabilityAdd: container.CapabilityAdd, CapabilityDrop: container.CapabilityDrop },
      ...{ Ulimits: undefined, OomScoreAdj: undefined },
    },
    {
      ...{ Labels: NIL_MAP, Command: NIL_LIST, Args: NIL_LIST, Hostname: '', Env: NIL_LIST, Dir: '', User: '' },
      ...{ Groups: NIL_LIST, StopSignal: '', TTY: false, OpenStdin: false, ReadOnly: false, Mounts: NIL_LIST },
      ...{ Hosts: NIL_LIST, Secrets: NIL_LIST, Configs: NIL_LIST, Sysctls: NIL_MAP, CapabilityAdd: NIL_LIST },
      ...{ CapabilityDrop: NIL_LIST, Ulimits: NIL_LIST, OomScoreAdj: 0 },
    },
  );
}

function updateAnswer({
  Parallelism,
  Delay,
  FailureAction,
  Monitor,
  MaxFailureRatio,
  Order,
}: UpdateConfig): JsonObject {
  return whole(
    {
      ...{ Parallelism, Delay: Delay ? new Duration(Delay) : undefined, FailureAction },
      ...{ Monitor: new Duration(Monitor), MaxFailureRatio, Order },
    },
    { Delay: new Duration(0) },
  );
}

/** The text of `docker service inspect --pretty`. */
export function prettyService(engine: Engine, service: Service): string {
  const { spec, id, update } = service;
  const { Container: container } = spec;
  const labels = Object.keys(spec.Labels).sort();
  const lines = [
    ...['', `ID:\t\t${id}`, `Name:\t\t${spec.Name}`],
    ...(labels.length > 0 ? ['Labels:', ...labels.map((name) => ` ${name}=${spec.Labels[name]}`)] : []),
    `Service Mode:\t${spec.Mode === 'global' ? 'Global' : 'Replicated'}`,
    ...(spec.Mode === 'global' ? [] : [` Replicas:\t${spec.Replicas}`]),
    ...(update
      ? [
          'UpdateStatus:',
          ` State:\t\t${update.state}`,
          ` Started:\t${Math.max(0, Math.floor((engine.state.now - update.started) / 1000))} seconds ago`,
          ...(update.completed
            ? [` Completed:\t${Math.floor((engine.state.now - update.completed) / 1000)} seconds ago`]
            : []),
          ` Message:\t${update.message}`,
        ]
      : []),
    'Placement:',
    ...(spec.Constraints.length > 0 ? [` Constraints:\t[${spec.Constraints.join(' ')}]`] : []),
    ...(spec.MaxReplicas ? [` Max Replicas Per Node:   ${spec.MaxReplicas}`] : []),
    ...prettyUpdate('UpdateConfig:', 'Update order:     ', spec.UpdateConfig),
    ...prettyUpdate('RollbackConfig:', 'Rollback order:   ', spec.RollbackConfig),
    ...['ContainerSpec:', ` Image:\t\t${container.Image}`],
    ...(container.Args ? [` Args:\t\t${container.Args.join(' ')} `] : []),
    ...(container.Env ? [` Env:\t\t${container.Env.join(' ')} `] : []),
    ...(container.Init === undefined ? [] : [` Init:\t\t${container.Init}`]),
    ...(container.User ? [` User: ${container.User}`] : []),
    ...(container.Mounts
      ? [
          'Mounts:',
          ...container.Mounts.flatMap(({ Target, Source, ReadOnly, Type }) => [
            ` Target:\t${Target}`,
            `  Source:\t${Source ?? ''}`,
            `  ReadOnly:\t${ReadOnly ?? false}`,
            `  Type:\t\t${Type}`,
          ]),
        ]
      : []),
    ...(container.Secrets
      ? ['Secrets:', ...container.Secrets.flatMap(({ target, name }) => [` Target:\t${target}`, `  Source:\t${name}`])]
      : []),
    ...(container.Configs
      ? ['Configs:', ...container.Configs.flatMap(({ target, name }) => [` Target:\t${target}`, `  Source:\t${name}`])]
      : []),
    'Resources:',
    ...prettyResources(' Reservations:', spec.Reservations),
    ...prettyResources(' Limits:', spec.Limits),
    ...(spec.Networks.length > 0
      ? [`Networks: ${spec.Networks.map(({ Target }) => engine.state.networks.get(Target)?.name ?? Target).join(' ')} `]
      : []),
    `Endpoint Mode:\t${spec.EndpointMode}`,
    ...(service.ports.length > 0
      ? [
          'Ports:',
          ...service.ports.flatMap(({ PublishedPort, Protocol, TargetPort, PublishMode }) => [
            ` PublishedPort = ${PublishedPort ?? 0}`,
            `  Protocol = ${Protocol}`,
            `  TargetPort = ${TargetPort}`,
            `  PublishMode = ${PublishMode} `,
          ]),
        ]
      : []),
  ];
  return `${lines.join('\n')}\n\n`;
}

function prettyUpdate(title: string, order: string, config: UpdateConfig): string[] {
  return [
    ...[
      title,
      ` Parallelism:\t${config.Parallelism}`,
      ...(config.Delay ? [` Delay:\t\t${formatDuration(config.Delay)}`] : []),
    ],
    ...[` On failure:\t${config.FailureAction}`, ` Monitoring Period: ${formatDuration(config.Monitor)}`],
    ...[` Max failure ratio: ${config.MaxFailureRatio}`, ` ${order} ${config.Order}`],
  ];
}

function prettyResources(title: string, value: Resources | undefined): string[] {
  if (!value || (value.NanoCPUs === undefined && value.MemoryBytes === undefined)) return [];
  return [
    title,
    ...(value.NanoCPUs === undefined ? [] : [`  CPU:\t\t${value.NanoCPUs / 1e9}`]),
    ...(value.MemoryBytes === undefined ? [] : [`  Memory:\t${bytesSize(value.MemoryBytes)}`]),
  ];
}
