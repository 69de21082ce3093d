import type { Dependency, NetworkConfig, Project, Service, VolumeConfig } from '../../compose/project/project.ts';
import { withSelectedServices } from '../../compose/project/select.ts';
import type { Container } from '../../engine/containers/container.ts';
import type { Engine } from '../../engine/engine.ts';
import { CliError } from '../command.ts';
import { isOneOff, serviceLabel } from './containers.ts';
import * as label from './labels.ts';

/** A project as its containers tell it, where its files are not at hand (docker/compose, projectFromName). */
export function projectFromContainers(
  name: string,
  containers: readonly Container[],
  services: readonly string[] = [],
): Project {
  const found: Record<string, Service> = {};
  for (const container of containers) {
    const service = serviceLabel(container) || container.name;
    const before = found[service];
    found[service] = before
      ? { ...before, scale: (before.scale ?? 1) + 1 }
      : { name: service, image: container.config.Image, scale: 1, ...dependenciesOf(container) };
  }
  const project: Project = {
    ...{ name, services: found, workingDirectory: '/', files: [], environment: new Map(), profiles: [] },
    ...{ disabled: {}, networks: {}, volumes: {}, secrets: {}, configs: {}, models: {}, extensions: {} },
  };
  for (const service of services)
    if (!(service in found)) throw new CliError(`no such service: ${JSON.stringify(service)}: not found`);
  return withSelectedServices(project, services);
}

function dependenciesOf({ config }: Container): { depends_on?: Record<string, Dependency> } {
  const text = config.Labels[label.DEPENDS_ON] ?? '';
  if (text === '') return {};
  return {
    depends_on: Object.fromEntries(
      text.split(',').map((one) => {
        const [name = '', condition = 'running_or_healthy', restart = 'true'] = one.split(':');
        return [name, { condition, restart: restart === 'true', required: true }];
      }),
    ),
  };
}

/** A project as what exists of it tells: containers, networks, volumes. */
export function projectFromResources(engine: Engine, name: string, containers: readonly Container[]): Project {
  const project = projectFromContainers(
    name,
    containers.filter((one) => !isOneOff(one)),
  );
  const services = Object.fromEntries(
    Object.entries(project.services).map(([key, service]) => [
      key,
      {
        ...service,
        depends_on: Object.fromEntries(
          Object.entries(service.depends_on ?? {}).map(([other, one]) => [other, { ...one, required: false }]),
        ),
      },
    ]),
  );
  const own = <T extends { readonly labels: Readonly<Record<string, string>> | null }>(all: Iterable<T>) =>
    [...all].filter(({ labels }) => labels?.[label.PROJECT] === name);
  const networks: Record<string, NetworkConfig> = {};
  for (const network of own(engine.state.networks.values()))
    networks[network.labels[label.NETWORK] ?? ''] = { name: network.name, ipam: {} };
  const volumes: Record<string, VolumeConfig> = {};
  for (const volume of own(engine.state.volumes.values()))
    volumes[volume.labels?.[label.VOLUME] ?? ''] = { name: volume.name };
  return { ...project, services, networks, volumes };
}
