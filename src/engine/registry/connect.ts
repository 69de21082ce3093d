import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { ContainerRegistry } from './container-registry.ts';
import type { Registry } from './registry.ts';

/** Where Docker Hub answers. */
const HUB = 'registry-1.docker.io';
/** The program that is a registry, in the image of that name. */
const PROGRAM = 'registry';

/** Whether a registry may be spoken to without TLS: those of this machine (127.0.0.0/8). */
function isInsecure(host: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(host);
}

/**
 * The registry that answers under a name. Throws what the daemon says when none does: `no such host`, `connection refused`,
 * or that it speaks no TLS.
 */
export function connectRegistry(engine: Engine, domain: string): Registry | ContainerRegistry {
  const known = engine.registries.get(domain);
  if (known) return known;
  const host = domain === 'docker.io' ? HUB : domain;
  const [name = '', port = isInsecure(host) ? '80' : '443'] = host.split(/:(\d+)$/);
  const refuse = (scheme: string, reason: string) => new EngineError(500, `Get "${scheme}://${host}/v2/": ${reason}`);
  const local = isInsecure(host);
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(name);
  if (!local && !isAddress) throw refuse('https', `dial tcp: lookup ${name} on ${nameserver(engine)}:53: no such host`);
  const registry = listeningRegistry(engine, Number(port));
  const scheme = local ? 'http' : 'https';
  const dialled = name === 'localhost' ? `[::1]:${port}` : `${name}:${port}`;
  if (registry === undefined) throw refuse(scheme, `dial tcp ${dialled}: connect: connection refused`);
  if (!local) throw refuse('https', 'http: server gave HTTP response to HTTPS client');
  return registry;
}

function nameserver(engine: Engine): string {
  const files = engine.hostFiles();
  const found = files.exists('/etc/resolv.conf') ? /^nameserver\s+(\S+)/m.exec(files.read('/etc/resolv.conf')) : null;
  return found?.[1] ?? '192.0.2.1';
}

/** The registry that listens on a port of the host: in a container that publishes it, or shares the host's network. */
function listeningRegistry(engine: Engine, port: number): ContainerRegistry | undefined {
  const { containers, processes, sockets } = engine.state;
  for (const container of containers.values())
    for (const [inner, bindings] of Object.entries(container.ports)) {
      if (!(bindings ?? []).some(({ HostPort }) => Number(HostPort) === port)) continue;
      for (const socket of sockets.values()) {
        if (socket.namespace !== container.id || socket.port !== Number.parseInt(inner, 10)) continue;
        const process = processes.get(String(socket.pid));
        if (process?.program === PROGRAM) return new ContainerRegistry(engine, process);
      }
    }
  for (const socket of sockets.values()) {
    const process = socket.namespace === 'host' && socket.port === port ? processes.get(String(socket.pid)) : undefined;
    if (process?.program === PROGRAM) return new ContainerRegistry(engine, process);
  }
  return undefined;
}
