import type { Container } from '../containers/container.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';

/** Variables of a linked container that its neighbour does not get. */
const OWN = new Set(['HOME', 'PATH']);

/**
 * Variables that a container linked on the network `bridge` gives to its neighbour (moby, daemon/links): address, ports and
 * its own variables, under the name of the alias.
 */
export function linkEnvironment({ state }: Engine, container: Container): string[] {
  if (!container.networks['bridge']) return [];
  return (container.hostConfig.Links ?? []).flatMap((link) => {
    const [ref = '', alias = ref] = link.split(':');
    const other = state.containers.get(ref) ?? state.containers.get(state.containerNames.get(ref) ?? '');
    if (!other) return [];
    const address = other.networks['bridge']?.address;
    if (other.state.status !== 'running' && other.state.status !== 'paused')
      throw new EngineError(
        500,
        `Cannot link to a non running container: /${other.name} AS /${container.name}/${alias}`,
      );
    if (!address) return [];
    const prefix = alias.toUpperCase().replaceAll('-', '_');
    const ports = Object.keys(other.config.ExposedPorts ?? {})
      .map((port) => port.split('/') as [string, string])
      .sort(([a], [b]) => Number(a) - Number(b));
    const url = ([port, protocol]: [string, string]) => `${protocol}://${address}:${port}`;
    const perPort = ports.flatMap((entry) => {
      const [port, protocol] = entry;
      const name = `${prefix}_PORT_${port}_${protocol.toUpperCase()}`;
      return [`${name}=${url(entry)}`, `${name}_ADDR=${address}`, `${name}_PORT=${port}`, `${name}_PROTO=${protocol}`];
    });
    const own = other.config.Env.filter((entry) => !OWN.has(entry.split('=', 1)[0]!));
    return [
      ...(ports[0] ? [`${prefix}_PORT=${url(ports[0])}`] : []),
      ...perPort,
      `${prefix}_NAME=/${container.name}/${alias}`,
      ...own.map((entry) => `${prefix}_ENV_${entry}`),
    ];
  });
}
