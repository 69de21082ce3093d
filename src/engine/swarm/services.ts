import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { formatAddress, parseAddress } from '../networks/address.ts';
import { randomBase36 } from '../random.ts';
import { retire } from './orchestrator.ts';
import { type ServiceSpec, sameTask } from './spec.ts';
import { changeSwarm, putService, type Service, swarmOf, type UpdateStatus } from './state.ts';
import { scheduleReconcile, tasksOf } from './tasks.ts';

const NAME = /^[a-zA-Z0-9]+(?:[a-zA-Z0-9-_]*[a-zA-Z0-9])?$/;
const CONSTRAINT = /^\s*[\w.-]+\s*(==|!=)\s*.*$/;

const refuse = (status: 400 | 404 | 409, code: string, text: string): never => {
  throw new EngineError(status, `rpc error: code = ${code} desc = ${text}`);
};

/** Services by name. */
export function listServices(engine: Engine): readonly Service[] {
  return Object.values(swarmOf(engine).services).sort((a, b) => (a.spec.Name < b.spec.Name ? -1 : 1));
}

/** By name, id, or unique prefix of an id. Throws 404 `service X not found`. */
export function findService(engine: Engine, ref: string): Service {
  const all = Object.values(swarmOf(engine).services);
  const found =
    all.find(({ id, spec }) => id === ref || spec.Name === ref) ??
    all.find(({ id }) => ref !== '' && id.startsWith(ref));
  if (!found) throw new EngineError(404, `service ${ref} not found`);
  return found;
}

function checkSpec(engine: Engine, spec: ServiceSpec, self?: string): void {
  if (!NAME.test(spec.Name) || spec.Name.length > 63)
    refuse(
      400,
      'InvalidArgument',
      spec.Name.length > 63 ? 'name must be 63 characters or fewer' : 'name must be valid as a DNS name component',
    );
  const { services } = swarmOf(engine);
  for (const service of Object.values(services)) {
    if (service.id === self) continue;
    if (service.spec.Name === spec.Name)
      refuse(409, 'AlreadyExists', `name conflicts with an existing object: service ${spec.Name} already exists`);
    for (const { PublishedPort, Protocol, PublishMode } of spec.Ports)
      if (
        PublishMode === 'ingress' &&
        service.ports.some(
          (port) =>
            port.PublishMode === 'ingress' &&
            port.PublishedPort === PublishedPort &&
            port.Protocol === Protocol &&
            PublishedPort,
        )
      )
        refuse(
          400,
          'InvalidArgument',
          `port '${PublishedPort}' is already in use by service '${service.spec.Name}' (${service.id}) as an ingress port`,
        );
  }
  for (const constraint of spec.Constraints)
    if (!CONSTRAINT.test(constraint)) refuse(400, 'InvalidArgument', `constraint expected one operator from ==, !=`);
  const targets = (spec.Container.Mounts ?? []).map(({ Target }) => Target);
  const twice = targets.find((target, at) => targets.indexOf(target) !== at);
  if (twice !== undefined) refuse(400, 'InvalidArgument', `ContainerSpec: duplicate mount point: ${twice}`);
}

/** Creates a service; its tasks follow. Throws what the managers refuse. */
export function createService(engine: Engine, spec: ServiceSpec): Service {
  checkSpec(engine, spec);
  const { now } = engine.state;
  const id = randomBase36(engine.state);
  const created: Service = {
    id,
    index: 0,
    created: now,
    updated: now,
    spec,
    addresses: {},
    ports: givenPorts(engine, spec),
  };
  const service = putService(engine, { ...created, addresses: virtualAddresses(engine, spec, {}) });
  engine.event('service', 'create', id, { name: spec.Name }, 'swarm');
  scheduleReconcile(engine);
  return service;
}

/** Gives a service another spec; what differs is rolled out. `rollback` says that it is an earlier one. */
export function updateService(engine: Engine, ref: string, spec: ServiceSpec, rollback = false): Service {
  const service = findService(engine, ref);
  if (spec.Mode !== service.spec.Mode) refuse(400, 'Unimplemented', 'service mode change is not allowed');
  checkSpec(engine, spec, service.id);
  const { now } = engine.state;
  const update: UpdateStatus = {
    state: rollback ? 'rollback_started' : 'updating',
    started: now,
    completed: 0,
    message: rollback ? 'rollback in progress' : 'update in progress',
  };
  const changed = putService(engine, {
    ...service,
    ...{
      spec,
      previous: service.spec,
      addresses: virtualAddresses(engine, spec, service.addresses),
      ports: givenPorts(engine, spec, service.ports),
    },
    ...(sameTask(spec, service.spec) && !rollback ? {} : { update }),
  });
  // Tasks that stay serve the new spec.
  const { tasks } = swarmOf(engine);
  const kept = Object.fromEntries(
    Object.entries(tasks).map(([id, task]) => [
      id,
      task.service === service.id && sameTask(task.spec, spec) ? { ...task, spec } : task,
    ]),
  );
  changeSwarm(engine, { tasks: kept });
  engine.event('service', 'update', service.id, { name: spec.Name }, 'swarm');
  scheduleReconcile(engine);
  return changed;
}

/** Goes back to the spec before the last update. Throws 400 when there is none. */
export function rollbackService(engine: Engine, ref: string): Service {
  const service = findService(engine, ref);
  if (!service.previous)
    throw new EngineError(
      400,
      `rpc error: code = FailedPrecondition desc = service ${ref} does not have a previous spec`,
    );
  return updateService(engine, service.id, service.previous, true);
}

export function removeService(engine: Engine, ref: string): void {
  const { id, spec } = findService(engine, ref);
  for (const task of tasksOf(engine, id)) retire(engine, task, 'remove');
  const { [id]: _gone, ...services } = swarmOf(engine).services;
  changeSwarm(engine, { services });
  engine.event('service', 'remove', id, { name: spec.Name }, 'swarm');
  scheduleReconcile(engine);
}

/** Published ports that nobody named come from 30000 upwards. */
function givenPorts(engine: Engine, spec: ServiceSpec, before: ServiceSpec['Ports'] = []): ServiceSpec['Ports'] {
  const used = new Set(
    Object.values(swarmOf(engine).services).flatMap(({ ports }) => ports.map(({ PublishedPort }) => PublishedPort)),
  );
  let next = 30_000;
  return spec.Ports.map((port) => {
    if (port.PublishedPort || port.PublishMode === 'host') return port;
    const same = before.find(
      (old) =>
        old.TargetPort === port.TargetPort && old.Protocol === port.Protocol && old.PublishMode === port.PublishMode,
    );
    if (same?.PublishedPort) return { ...port, PublishedPort: same.PublishedPort };
    while (used.has(next)) next += 1;
    used.add(next);
    return { ...port, PublishedPort: next };
  });
}

/** One address in each of a service's networks: the lowest that neither a task nor another service has. */
function virtualAddresses(
  engine: Engine,
  spec: ServiceSpec,
  before: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (spec.EndpointMode !== 'vip') return {};
  const { networks, containers } = engine.state;
  const ingress = [...networks.values()].find((network) => network.ingress);
  const ids = [
    ...(spec.Ports.some(({ PublishMode }) => PublishMode === 'ingress') && ingress ? [ingress.id] : []),
    ...spec.Networks.map(({ Target }) => Target),
  ];
  const addresses: Record<string, string> = {};
  for (const id of ids) {
    const network = networks.get(id);
    const [pool] = network?.pools ?? [];
    if (!network || !pool) continue;
    const [base = '', bits = '24'] = pool.subnet.split('/');
    const taken = new Set<string>([pool.gateway]);
    for (const service of Object.values(swarmOf(engine).services))
      if (service.addresses[id]) taken.add(service.addresses[id].split('/')[0]!);
    for (const container of containers.values())
      for (const endpoint of Object.values(container.networks))
        if (endpoint.network === id) taken.add(endpoint.address);
    let address = parseAddress(base)! + (network.ingress ? 3 : 2);
    while (taken.has(formatAddress(address))) address += 1;
    addresses[id] = before[id] ?? `${formatAddress(address)}/${bits}`;
  }
  return addresses;
}
