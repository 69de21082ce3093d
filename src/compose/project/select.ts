import { ComposeError } from '../error.ts';
import type { Dependency, Project, Service } from './project.ts';

type Services = Readonly<Record<string, Service>>;

/** The service of a project. Throws {@link ComposeError} when there is none, or when its profiles are not active. */
export function getService(project: Project, name: string): Service {
  const service = project.services[name];
  if (service) return service;
  throw new ComposeError(`no such service: ${name}: ${name in project.disabled ? 'disabled' : 'not found'}`);
}

function hasProfile(service: Service, profiles: readonly string[]): boolean {
  if (!service.profiles || service.profiles.length === 0) return true;
  return profiles.some((profile) => profile === '*' || service.profiles!.includes(profile));
}

/** The project with those services only that have no profile or an active one. */
export function withProfiles(project: Project, profiles: readonly string[]): Project {
  const all = Object.entries({ ...project.services, ...project.disabled });
  return {
    ...project,
    profiles,
    services: Object.fromEntries(all.filter(([, service]) => hasProfile(service, profiles))),
    disabled: Object.fromEntries(all.filter(([, service]) => !hasProfile(service, profiles))),
  };
}

/** The project with the profiles of services that are named active, too. */
export function withServicesEnabled(project: Project, names: readonly string[]): Project {
  if (names.length === 0) return project;
  const profiles = [...project.profiles];
  for (const name of names) if (!(name in project.services)) profiles.push(...(project.disabled[name]?.profiles ?? []));
  return withProfiles(project, profiles);
}

export type Policy = 'dependencies' | 'dependents' | 'ignore';

function dependents(project: Project, name: string): Record<string, Dependency> {
  const found: Record<string, Dependency> = {};
  for (const [other, service] of Object.entries(project.services)) {
    const dependency = service.depends_on?.[name];
    if (dependency) found[other] = dependency;
  }
  return found;
}

/** Services that are named and, by policy, what they depend on: dependencies first. Throws {@link ComposeError} `no such service: x`. */
export function eachService(project: Project, names: readonly string[], policy: Policy = 'dependencies'): string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (wanted: readonly string[], from: Readonly<Record<string, Dependency>>) => {
    for (const name of wanted)
      if (!(name in project.services) && (from[name]?.required ?? true))
        throw new ComposeError(`no such service: ${name}`);
    for (const name of wanted.filter((one) => one in project.services)) {
      if (seen.has(name)) continue;
      seen.add(name);
      const related =
        policy === 'ignore'
          ? {}
          : policy === 'dependents'
            ? dependents(project, name)
            : (project.services[name]!.depends_on ?? {});
      visit(Object.keys(related).sort(), related);
      order.push(name);
    }
  };
  visit(names.length === 0 ? Object.keys(project.services).sort() : names, {});
  return order;
}

/** The project reduced to some services and what they depend on. */
export function withSelectedServices(
  project: Project,
  names: readonly string[],
  policy: Policy = 'dependencies',
): Project {
  if (names.length === 0) return project;
  const chosen = new Set(eachService(project, names, policy));
  const services: Record<string, Service> = {};
  const disabled: Record<string, Service> = { ...project.disabled };
  for (const [name, service] of Object.entries(project.services)) {
    if (chosen.has(name)) services[name] = withoutDependencies(service, (other) => chosen.has(other));
    else disabled[name] = service;
  }
  return { ...project, services, disabled };
}

/** The project without some services; nothing depends on them any more. */
export function withServicesDisabled(project: Project, names: readonly string[]): Project {
  const services: Record<string, Service> = {};
  const disabled: Record<string, Service> = { ...project.disabled };
  for (const [name, service] of Object.entries(project.services)) {
    if (names.includes(name)) disabled[name] = service;
    else services[name] = withoutDependencies(service, (other) => !names.includes(other));
  }
  return { ...project, services, disabled };
}

function withoutDependencies(service: Service, keep: (name: string) => boolean): Service {
  if (!service.depends_on) return service;
  return {
    ...service,
    depends_on: Object.fromEntries(Object.entries(service.depends_on).filter(([name]) => keep(name))),
  };
}

/** The project with a change made to each of its services. */
export function mapServices(project: Project, change: (service: Service) => Service): Project {
  const services: Services = Object.fromEntries(
    Object.entries(project.services).map(([name, service]) => [name, change(service)]),
  );
  return { ...project, services };
}

/** The project with those networks, volumes, secrets and configs only that its services use. */
export function withoutUnnecessaryResources(project: Project): Project {
  const used = {
    networks: new Set<string>(),
    volumes: new Set<string>(),
    secrets: new Set<string>(),
    configs: new Set<string>(),
    models: new Set<string>(),
  };
  for (const service of Object.values(project.services)) {
    for (const name of Object.keys(service.networks ?? {})) used.networks.add(name);
    for (const { type, source } of service.volumes ?? []) if (type === 'volume' && source) used.volumes.add(source);
    for (const { source } of [...(service.secrets ?? []), ...(service.build?.secrets ?? [])]) used.secrets.add(source);
    for (const { source } of service.configs ?? []) used.configs.add(source);
    for (const name of Object.keys(service.models ?? {})) used.models.add(name);
  }
  const keep = <T>(resources: Readonly<Record<string, T>>, names: ReadonlySet<string>) =>
    Object.fromEntries(Object.entries(resources).filter(([name]) => names.has(name)));
  return {
    ...project,
    networks: keep(project.networks, used.networks),
    volumes: keep(project.volumes, used.volumes),
    secrets: keep(project.secrets, used.secrets),
    configs: keep(project.configs, used.configs),
    models: keep(project.models, used.models),
  };
}
