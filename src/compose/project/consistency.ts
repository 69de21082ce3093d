import { ComposeError } from '../error.ts';
import { type Project, type Service, scaleOf } from './project.ts';

const INVALID = 'invalid compose project';
const quote = (text: string) => JSON.stringify(text);

/** Holds a project's parts against each other (compose-go, loader/validate.go). Throws {@link ComposeError}. */
export function checkConsistency(project: Project): void {
  for (const name of Object.keys(project.services).sort()) checkService(project, project.services[name]!);
  for (const [name, secret] of Object.entries(project.secrets))
    if (!secret.external && !secret.file && !secret.environment)
      throw new ComposeError(`secret ${quote(name)} must declare either \`file\` or \`environment\`: ${INVALID}`);
  checkGraph(project);
}

function checkService(project: Project, service: Service): void {
  const { name } = service;
  const refers = (what: string, to: string) =>
    new ComposeError(`service ${quote(name)} refers to undefined ${what} ${to}: ${INVALID}`);
  if (!service.build && !service.image && !service.provider)
    throw new ComposeError(`service ${quote(name)} has neither an image nor a build context specified: ${INVALID}`);
  checkBuild(project, service);
  if (service.network_mode && Object.keys(service.networks ?? {}).length > 0)
    throw new ComposeError(`service ${name} declares mutually exclusive \`network_mode\` and \`networks\`: ${INVALID}`);
  for (const network of Object.keys(service.networks ?? {}))
    if (!(network in project.networks)) throw refers('network', network);
  const [first] = service.healthcheck?.test ?? [];
  if (first !== undefined && !['CMD', 'CMD-SHELL', 'NONE'].includes(first))
    throw new ComposeError('healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"');
  for (const [dependency, { required }] of Object.entries(service.depends_on ?? {})) {
    if (dependency in project.services || (dependency in project.disabled && !required)) continue;
    throw new ComposeError(`service ${quote(name)} depends on undefined service ${quote(dependency)}: ${INVALID}`);
  }
  if (service.network_mode?.startsWith('service:')) {
    const other = service.network_mode.slice('service:'.length);
    if (!(other in project.services))
      throw new ComposeError(`service ${quote(other)} not found for network_mode 'service:${other}'`);
  }
  for (const { type, source } of service.volumes ?? [])
    if (type === 'volume' && source && !(source in project.volumes)) throw refers('volume', source);
  for (const { source } of service.build?.secrets ?? [])
    if (!(source in project.secrets)) throw refers('build secret', source);
  for (const { source } of service.configs ?? []) if (!(source in project.configs)) throw refers('config', source);
  for (const model of Object.keys(service.models ?? {})) if (!(model in project.models)) throw refers('model', model);
  for (const { source } of service.secrets ?? []) if (!(source in project.secrets)) throw refers('secret', source);
  checkLimits(service);
  checkMounts(service);
}

function checkBuild(project: Project, { name, build, platform }: Service): void {
  if (!build) return;
  if (build.dockerfile_inline && build.dockerfile)
    throw new ComposeError(
      `service ${quote(name)} declares mutualy exclusive dockerfile and dockerfile_inline: ${INVALID}`,
    );
  for (const [context, value] of Object.entries(build.additional_contexts ?? {})) {
    if (!value.startsWith('service:')) continue;
    const target = value.slice('service:'.length);
    if (!(target in project.services))
      throw new ComposeError(
        `service ${quote(name)} declares unknown service ${quote(target)} as additional contexts ${context}`,
      );
    if (!project.services[target]!.build)
      throw new ComposeError(
        `service ${quote(name)} declares non-buildable service ${quote(target)} as additional contexts ${context}`,
      );
  }
  if (build.platforms && build.platforms.length > 0 && platform && !build.platforms.includes(platform))
    throw new ComposeError(`service.build.platforms MUST include service.platform ${quote(platform)}: ${INVALID}`);
}

function checkLimits(service: Service): void {
  const { name, scale, deploy } = service;
  const distinct = (own: string, other: string) =>
    new ComposeError(`services.${name}: can't set distinct values on '${own}' and '${other}': ${INVALID}`);
  if (scale !== undefined && deploy?.replicas !== undefined && scale !== deploy.replicas)
    throw distinct('scale', 'deploy.replicas');
  if (scale !== undefined && scale < 0)
    throw new ComposeError(`services.${name}.scale: must be greater than or equal to 0`);
  if (deploy?.replicas !== undefined && deploy.replicas < 0)
    throw new ComposeError(`services.${name}.deploy.replicas: must be greater than or equal to 0`);
  const { limits, reservations } = deploy?.resources ?? {};
  if (service.cpus && limits && (limits.cpus ?? 0) !== service.cpus)
    throw distinct('cpus', 'deploy.resources.limits.cpus');
  if (service.mem_limit && limits && (limits.memory ?? 0) !== service.mem_limit)
    throw distinct('mem_limit', 'deploy.resources.limits.memory');
  if (service.mem_reservation && reservations && (reservations.memory ?? 0) !== service.mem_reservation)
    throw distinct('mem_reservation', 'deploy.resources.reservations.memory');
  if (service.pids_limit && limits && (limits.pids ?? 0) !== service.pids_limit)
    throw distinct('pids_limit', 'deploy.resources.limits.pids');
  if (scaleOf(service) > 1 && service.container_name)
    // compose-go names attribute and service in this order.
    throw new ComposeError(
      `services.${scale === undefined ? 'deploy.replicas' : 'scale'}: can't set container_name and ${name} as container name must be unique: ${INVALID}`,
    );
  for (const rule of service.develop?.watch ?? [])
    if (!rule.target && rule.action !== 'rebuild' && rule.action !== 'restart')
      throw new ComposeError(`services.${name}.develop.watch: target is required for non-rebuild actions: ${INVALID}`);
}

function checkMounts(service: Service): void {
  const mounts = new Map<string, string>();
  const add = (target: string, place: string) => {
    const before = mounts.get(target);
    if (before !== undefined) throw new ComposeError(`${place}: target ${target} already mounted as ${before}`);
    mounts.set(target, place);
  };
  for (const [index, tmpfs] of (service.tmpfs ?? []).entries())
    add(tmpfs.split(':')[0]!, `services.${service.name}.tmpfs[${index}]`);
  for (const [index, volume] of (service.volumes ?? []).entries())
    add(volume.target, `services.${service.name}.volumes[${index}]`);
}

function checkGraph(project: Project): void {
  const children = new Map<string, string[]>();
  for (const [name, service] of Object.entries(project.services)) {
    const own: string[] = [];
    for (const [dependency, { required }] of Object.entries(service.depends_on ?? {})) {
      if (dependency in project.services) own.push(dependency);
      else if (required && dependency in project.disabled)
        throw new ComposeError(
          `service ${quote(dependency)} is required by ${quote(name)} but is disabled. Can be enabled by profiles [${project.disabled[dependency]!.profiles!.join(' ')}]`,
        );
      else if (required)
        throw new ComposeError(`service ${quote(name)} depends on unknown service ${quote(dependency)}`);
    }
    children.set(name, own.sort());
  }
  const search = (path: readonly string[], name: string): void => {
    for (const child of children.get(name) ?? []) {
      const at = path.indexOf(child);
      if (at >= 0) throw new ComposeError(`dependency cycle detected: ${path.slice(at).join(' -> ')} -> ${child}`);
      search([...path, child], child);
    }
  };
  for (const name of [...children.keys()].sort()) search([name], name);
}

/** Two services can't have the same container name. Throws {@link ComposeError}. */
export function checkContainerNames(project: Project): void {
  const names = new Set<string>();
  for (const [name, { container_name: given }] of Object.entries(project.services)) {
    if (!given) continue;
    // The stray quote and the repeated name are compose-go's.
    if (names.has(given))
      throw new ComposeError(`services.${name}: container name ${quote(given)} is already in use by service ${given}"`);
    names.add(given);
  }
}
