import type { Project, Service } from '../../compose/project/project.ts';
import { InvalidReference, parseNormalized } from '../../engine/images/reference.ts';
import { CliError } from '../command.ts';

/** What a service of a stack may say without any effect (docker/cli, cli/compose/types, UnsupportedProperties). */
const UNSUPPORTED = [
  ...['build', 'cgroup_parent', 'devices', 'domainname', 'external_links', 'ipc', 'links', 'mac_address'],
  ...['network_mode', 'pid', 'privileged', 'restart', 'security_opt', 'shm_size', 'userns_mode'],
] as const satisfies readonly (keyof Service)[];

const DEPRECATED: readonly (readonly [keyof Service, string])[] = [
  ['container_name', 'Setting the container name is not supported.'],
  [
    'expose',
    "Exposing ports is unnecessary - services on the same network can access each other's containers on any port.",
  ],
];

const LIMITS = 'Set resource limits using deploy.resources';
const FORBIDDEN: readonly (readonly [keyof Service, string])[] = [
  ...(['cpu_quota', 'cpu_shares', 'cpuset', 'mem_limit', 'memswap_limit'] as const).map(
    (name) => [name, LIMITS] as const,
  ),
  [
    'volumes_from',
    'To share a volume between services, define it using the top-level `volumes` option and reference it from each service that shares it using the service-level `volumes` option.',
  ],
];

/**
 * Looks for what a stack can't have in a Compose file: says what will be ignored, and throws for what is refused (docker/cli,
 * command/stack/loader).
 */
export function checkStackOptions(project: Project, err: (text: string) => void): void {
  const services = Object.values(project.services);
  const used = (name: keyof Service) => services.some((service) => service[name] !== undefined);
  const explained = (list: readonly (readonly [keyof Service, string])[]) =>
    list.filter(([name]) => used(name)).map(([name, why]) => `${name}: ${why}`);
  const forbidden = explained(FORBIDDEN);
  if (forbidden.length > 0)
    throw new CliError(`Compose file contains unsupported options:\n\n${forbidden.join('\n\n')}\n`);
  const ignored = UNSUPPORTED.filter(used);
  if (ignored.length > 0) err(`Ignoring unsupported options: ${ignored.join(', ')}\n\n`);
  const deprecated = explained(DEPRECATED);
  if (deprecated.length > 0) err(`Ignoring deprecated options:\n\n${deprecated.join('\n\n')}\n\n`);
  for (const [name, { image }] of Object.entries(project.services).sort(([a], [b]) => (a < b ? -1 : 1)))
    checkImage(name, image);
}

function checkImage(service: string, image: string | undefined): void {
  const refuse = (reason: string): never => {
    throw new CliError(`invalid image reference for service ${service}: ${reason}`);
  };
  if (!image) refuse('no image specified');
  try {
    parseNormalized(image!);
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    refuse(error.message);
  }
}
