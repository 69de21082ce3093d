import { createContainer, type EndpointRequest } from '../containers/create.ts';
import { dropContainer } from '../containers/remove.ts';
import { startContainer } from '../containers/start.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { directory, regularFile } from '../files/node.ts';
import { segments } from '../files/path.ts';
import { replace } from '../files/tree.ts';
import type { ContainerSpec, FileReference } from './spec.ts';
import { moveTask, type StoredFile, swarmOf, swarmOrNothing, type Task } from './state.ts';

/** `web.1` or, of a global service, `agent.NODE`. */
export function taskName(engine: Engine, task: Task): string {
  const service = swarmOrNothing(engine)?.services[task.service];
  return `${service?.spec.Name ?? task.spec.Name}.${task.slot === 0 ? task.node : task.slot}`;
}

/** Makes the container of a task that waits to be started; what is wrong with it shows already then. */
export async function prepareTask(engine: Engine, id: string): Promise<void> {
  const task = swarmOrNothing(engine)?.tasks[id];
  if (task?.status !== 'preparing') return;
  try {
    moveTask(engine, id, { container: await prepare(engine, task) });
    if (task.desired === 'ready') moveTask(engine, id, { status: 'ready' });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    moveTask(engine, id, { status: 'rejected', error: error.message });
  }
}

/** Makes a task's container and starts it: what the agent of its node does (moby, daemon/cluster/executor). */
export async function executeTask(engine: Engine, id: string): Promise<void> {
  await prepareTask(engine, id);
  const task = swarmOrNothing(engine)?.tasks[id];
  if (task?.desired !== 'running' || (task.status !== 'preparing' && task.status !== 'ready')) return;
  moveTask(engine, id, { status: 'starting' });
  try {
    await startContainer(engine, task.container);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    moveTask(engine, id, { status: 'failed', error: `starting container failed: ${error.message}` });
    return;
  }
  const check = engine.state.containers.get(task.container)?.state.health;
  // With a health check the task runs when that says so.
  if (!check && swarmOrNothing(engine)?.tasks[id]?.status === 'starting') moveTask(engine, id, { status: 'running' });
}

async function prepare(engine: Engine, task: Task): Promise<string> {
  const { spec } = task;
  const { Container: container } = spec;
  const name = `${taskName(engine, task)}.${task.id}`;
  for (const { Type, Target } of container.Mounts ?? [])
    if (!Target.startsWith('/'))
      throw new EngineError(400, `invalid mount target, must be an absolute path: ${Target}`);
    else if (
      Type === 'bind' &&
      !engine.hostFiles().exists(container.Mounts!.find((mount) => mount.Target === Target)!.Source ?? '')
    )
      throw new EngineError(
        400,
        `invalid mount config for type "bind": bind source path does not exist: ${container.Mounts!.find((mount) => mount.Target === Target)!.Source}`,
      );
  const networks = attachments(engine, task);
  const labels = {
    ...container.Labels,
    ...{
      'com.docker.swarm.node.id': task.node,
      'com.docker.swarm.service.id': task.service,
      'com.docker.swarm.service.name': spec.Name,
    },
    ...{ 'com.docker.swarm.task': '', 'com.docker.swarm.task.id': task.id, 'com.docker.swarm.task.name': name },
  };
  const [first = 'bridge'] = Object.keys(networks);
  const hostPorts = spec.Ports.filter(({ PublishMode }) => PublishMode === 'host');
  const { id } = await createContainer(engine, {
    name,
    config: {
      ...{ Image: container.Image, Env: container.Env ?? [], Labels: labels, Hostname: container.Hostname ?? '' },
      ...{ User: container.User ?? '', WorkingDir: container.Dir ?? '', Tty: container.TTY ?? false },
      ...(container.Command ? { Entrypoint: container.Command } : {}),
      ...(container.Args ? { Cmd: container.Args } : {}),
      ...(container.Healthcheck ? { Healthcheck: container.Healthcheck } : {}),
      ...(container.StopSignal ? { StopSignal: container.StopSignal } : {}),
      ...(hostPorts.length > 0
        ? {
            ExposedPorts: Object.fromEntries(
              hostPorts.map(({ TargetPort, Protocol }) => [`${TargetPort}/${Protocol}`, {}]),
            ),
          }
        : {}),
    },
    hostConfig: {
      ...{
        NetworkMode: first,
        Mounts: container.Mounts ?? [],
        Memory: spec.Limits?.MemoryBytes ?? 0,
        NanoCpus: spec.Limits?.NanoCPUs ?? 0,
      },
      ...{
        PidsLimit: spec.Limits?.Pids ?? null,
        ReadonlyRootfs: container.ReadOnly ?? false,
        Init: container.Init ?? false,
      },
      ...{ ExtraHosts: container.Hosts ?? null, GroupAdd: container.Groups ?? null },
      ...{ CapAdd: container.CapabilityAdd ?? null, CapDrop: container.CapabilityDrop ?? null },
      PortBindings: Object.fromEntries(
        hostPorts.map(({ TargetPort, Protocol, PublishedPort }) => [
          `${TargetPort}/${Protocol}`,
          [{ HostIp: '', HostPort: PublishedPort ? String(PublishedPort) : '' }],
        ]),
      ),
    },
    endpoints: networks,
  });
  placeFiles(engine, id, container);
  return id;
}

/** Networks of a task with the names by which others find it there. */
function attachments(engine: Engine, { spec }: Task): Record<string, EndpointRequest> {
  const networks: Record<string, EndpointRequest> = {};
  for (const { Target, Aliases = [] } of spec.Networks) {
    const network = engine.state.networks.get(Target);
    if (!network) throw new EngineError(404, `network ${Target} not found`);
    networks[network.name] = { aliases: [...Aliases] };
  }
  if (spec.Ports.some(({ PublishMode }) => PublishMode === 'ingress')) networks['ingress'] = {};
  return networks;
}

/** Secrets and configs become files of memory that the container's mounts show (moby, container.SecretMounts). */
function placeFiles(engine: Engine, id: string, { Secrets = [], Configs = [] }: ContainerSpec): void {
  const { secrets, configs } = swarmOf(engine);
  const { trees, now } = engine.state;
  const place = (
    references: readonly FileReference[],
    stored: Readonly<Record<string, StoredFile>>,
    folder: string,
  ) => {
    for (const { id: file, target, uid, gid, mode } of references) {
      const path = target.startsWith('/') ? target : `${folder}/${target}`;
      const attributes = { mode: mode & 0o777, uid: Number(uid), gid: Number(gid), mtime: now };
      const node = regularFile(stored[file]?.data ?? '', attributes);
      trees.set(`secrets:${id}`, replace(trees.get(`secrets:${id}`) ?? directory(), segments(path), node, now));
    }
  };
  place(Secrets, secrets, '/run/secrets');
  place(Configs, configs, '');
}

/** The grace period of a task is over. */
export function killTask(engine: Engine, id: string): void {
  const task = swarmOrNothing(engine)?.tasks[id];
  const pid = task && engine.state.containers.get(task.container)?.state.pid;
  if (pid) engine.scheduler.signal(pid, 9);
}

/** Removes what is left of a task's container. */
export function removeTaskContainer(engine: Engine, task: Task): void {
  engine.state.alarms.delete(`swarm kill ${task.id}`);
  const container = engine.state.containers.get(task.container);
  if (!container) return;
  if (container.state.pid !== 0) engine.scheduler.end(container.state.pid, 128 + 9);
  const left = engine.state.containers.get(task.container);
  if (left) dropContainer(engine, left, true);
}
