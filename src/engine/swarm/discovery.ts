import type { Engine } from '../engine.ts';
import { random } from '../random.ts';
import { type Service, swarmOrNothing } from './state.ts';

/**
 * Addresses that a name stands for on a swarm's network: a service's virtual one, or those of its tasks when it has none or
 * `tasks.NAME` is asked for.
 */
export function serviceAddresses(engine: Engine, network: string, name: string): string[] {
  const all = name.startsWith('tasks.');
  const wanted = all ? name.slice('tasks.'.length) : name;
  for (const service of Object.values(swarmOrNothing(engine)?.services ?? {})) {
    const attached = service.spec.Networks.find(({ Target }) => Target === network);
    if (!attached) continue;
    const names = [service.spec.Name, ...(attached.Aliases ?? [])].map((entry) => entry.toLowerCase());
    if (!names.includes(wanted)) continue;
    const virtual = service.addresses[network]?.split('/')[0];
    return virtual !== undefined && !all ? [virtual] : backends(engine, service, network).map(({ address }) => address);
  }
  return [];
}

/** The container that a connection to a virtual address of a network comes to; nothing when no service has it. */
export function behindVirtual(engine: Engine, network: string, address: string): string | undefined {
  const service = Object.values(swarmOrNothing(engine)?.services ?? {}).find(
    ({ addresses }) => addresses[network]?.split('/')[0] === address,
  );
  return service && chosen(engine, service, network);
}

/** The container that a connection to a port of the routing mesh comes to, and its port there. */
export function behindIngress(engine: Engine, port: number): { container: string; port: number } | undefined {
  for (const service of Object.values(swarmOrNothing(engine)?.services ?? {})) {
    const published = service.ports.find(
      ({ PublishMode, PublishedPort, Protocol }) =>
        PublishMode === 'ingress' && PublishedPort === port && Protocol === 'tcp',
    );
    if (!published) continue;
    const ingress = [...engine.state.networks.values()].find((network) => network.ingress);
    const container = chosen(engine, service, ingress?.id ?? '');
    return container === undefined ? undefined : { container, port: published.TargetPort };
  }
  return undefined;
}

/** One of the tasks' containers, as the kernel's balancer picks one. */
function chosen(engine: Engine, service: Service, network: string): string | undefined {
  const all = backends(engine, service, network);
  return all[Math.floor(random(engine.state) * all.length)]?.container;
}

function backends(engine: Engine, { id }: Service, network: string): { container: string; address: string }[] {
  return Object.values(swarmOrNothing(engine)?.tasks ?? {}).flatMap(({ service, status, container }) => {
    if (service !== id || status !== 'running') return [];
    const { networks = {} } = engine.state.containers.get(container) ?? {};
    const address = Object.values(networks).find((endpoint) => endpoint.network === network)?.address;
    return address ? [{ container, address }] : [];
  });
}
