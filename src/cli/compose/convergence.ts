import { checkContainerNames } from '../../compose/project/consistency.ts';
import { imageOf, type Project, type Service, scaleOf } from '../../compose/project/project.ts';
import type { Container } from '../../engine/containers/container.ts';
import { createContainer } from '../../engine/containers/create.ts';
import { removeContainer } from '../../engine/containers/remove.ts';
import { renameContainer } from '../../engine/containers/rename.ts';
import { startContainer } from '../../engine/containers/start.ts';
import { stopContainer } from '../../engine/containers/stop.ts';
import { EngineError } from '../../engine/errors.ts';
import { findImage } from '../../engine/images/find.ts';
import { CliError } from '../command.ts';
import type { BuildOptions } from './build.ts';
import { type Compose, daemonMessage } from './compose.ts';
import { inOrder, serviceOf, together } from './concurrency.ts';
import { byName, isOneOff, isOrphan, numberOf, projectContainers, serviceLabel } from './containers.ts';
import { ensureImages } from './images.ts';
import * as label from './labels.ts';
import { ensureNetworks } from './networks.ts';
import { stopAndRemove, stopAndRemoveOne } from './remove.ts';
import { createRequest, customLabels, serviceHash } from './request.ts';
import { stopServices } from './stop.ts';
import { ensureVolumes } from './volumes.ts';

export type Recreate = 'never' | 'force' | 'diverged';

/** What `up`, `create`, `scale` and `run` ask for (docker/compose, api.CreateOptions). */
export interface CreateOptions {
  readonly services: readonly string[];
  readonly build: BuildOptions | undefined;
  readonly removeOrphans: boolean;
  readonly ignoreOrphans: boolean;
  readonly recreate: Recreate;
  readonly recreateDependencies: Recreate;
  /** Whether anonymous volumes go on in the next container. */
  readonly inherit: boolean;
  readonly timeout?: number;
  readonly quietPull: boolean;
  readonly assumeYes: boolean;
}

export const CREATE_DEFAULTS: CreateOptions = {
  services: [],
  build: undefined,
  removeOrphans: false,
  ignoreOrphans: false,
  recreate: 'diverged',
  recreateDependencies: 'diverged',
  inherit: true,
  quietPull: false,
  assumeYes: false,
};

/** Makes what is there what the project says: images, networks, volumes, containers (docker/compose, create). */
export async function create(compose: Compose, project: Project, options: CreateOptions): Promise<void> {
  checkContainerNames(project);
  await ensureImages(compose, project, { build: options.build, quietPull: options.quietPull });
  const networks = await ensureNetworks(compose, project);
  const volumes = await ensureVolumes(compose, project, options.assumeYes);
  const observed = projectContainers(compose.engine, project.name, 'include', true);
  const orphans = observed.filter(isOrphan(project));
  if (orphans.length > 0 && !options.ignoreOrphans) {
    if (options.removeOrphans) await stopAndRemove(compose, orphans, undefined, undefined, false);
    else
      compose.warn(
        `Found orphan containers ([${orphans.map(({ name }) => name).join(' ')}]) for this project. If you removed or renamed this service in your compose file, you can run this command with the --remove-orphans flag to clean it up.`,
      );
  }
  await new Convergence(compose, project, options, observed, networks, volumes).apply();
}

/** Brings containers of services to what the project says. */
export class Convergence {
  readonly #compose: Compose;
  readonly #project: Project;
  readonly #options: CreateOptions;
  /** Containers by service, as far as they are up to date. */
  readonly #state = new Map<string, Container[]>();
  readonly #networks: ReadonlyMap<string, string> | undefined;
  readonly #volumes: ReadonlyMap<string, string> | undefined;

  constructor(
    compose: Compose,
    project: Project,
    options: CreateOptions,
    observed: readonly Container[],
    networks?: ReadonlyMap<string, string>,
    volumes?: ReadonlyMap<string, string>,
  ) {
    this.#compose = compose;
    this.#project = project;
    this.#options = options;
    this.#networks = networks;
    this.#volumes = volumes;
    for (const container of observed) {
      if (isOneOff(container)) continue;
      const service = serviceLabel(container);
      this.#state.set(service, [...(this.#state.get(service) ?? []), container]);
    }
  }

  async apply(): Promise<void> {
    const { services } = this.#options;
    const named = services.length > 0 ? services : Object.keys(this.#project.services);
    await inOrder(this.#project, 'up', async (name) => {
      const strategy = named.includes(name) ? this.#options.recreate : this.#options.recreateDependencies;
      await this.#ensure(serviceOf(this.#project, name), strategy);
    });
  }

  /** The service with references to other services as references to their containers. */
  resolve(service: Service): Service {
    const containerOf = (name: string, what: string) => {
      const [first] = [...(this.#state.get(name) ?? [])].sort(byName);
      if (!first) throw new CliError(`cannot share ${what} with service ${name}: container missing`);
      return first.id;
    };
    const namespace = (mode: string | undefined, what: string) =>
      mode?.startsWith('service:') ? `container:${containerOf(mode.slice('service:'.length), what)}` : mode;
    const network = namespace(service.network_mode, 'network namespace');
    const ipc = namespace(service.ipc, 'IPC namespace');
    const pid = namespace(service.pid, 'PID namespace');
    const from = service.volumes_from?.map((given) => {
      const [name = '', other = ''] = given.split(':');
      return name === 'container' ? other : containerOf(name, 'volume');
    });
    return {
      ...service,
      ...(network === undefined ? {} : { network_mode: network }),
      ...(ipc === undefined ? {} : { ipc }),
      ...(pid === undefined ? {} : { pid }),
      ...(from === undefined ? {} : { volumes_from: from }),
    };
  }

  async #ensure(given: Service, strategy: Recreate): Promise<void> {
    askProvider(given);
    const expected = scaleOf(given);
    if (expected > 1 && given.container_name)
      throw new CliError(
        `WARNING: The ${JSON.stringify(given.name)} service is using the custom container name ${JSON.stringify(given.container_name)}. Docker requires each container to have a unique name. Remove the custom name to scale the service`,
      );
    const service = this.resolve(given);
    const labels = customLabels(this.#compose, this.#project, service);
    const obsolete = (container: Container) => this.#mustRecreate(service, labels, container, strategy);
    const before = [...(this.#state.get(service.name) ?? [])].sort(
      (a, b) => Number(obsolete(a)) - Number(obsolete(b)) || numberOf(a) - numberOf(b),
    );
    const updated: Container[] = [];
    const tasks: (() => Promise<void>)[] = [];
    const { timeout } = this.#options;
    for (const [index, container] of before.entries()) {
      if (index >= expected) {
        tasks.push(() => stopAndRemoveOne(this.#compose, container, service, timeout, false));
        continue;
      }
      if (obsolete(container)) {
        await this.#stopDependents(service);
        tasks.push(async () => {
          updated.push(await this.#recreate(service, labels, container));
        });
        continue;
      }
      updated.push(container);
      const { status } = container.state;
      const event = `Container ${container.name}`;
      if (status === 'running') this.#compose.progress.event(event, 'Running');
      else if (!['created', 'restarting', 'exited'].includes(status))
        tasks.push(async () => {
          this.#compose.progress.event(event, 'Restart');
          await startContainer(this.#compose.engine, container.id);
          this.#compose.progress.event(event, 'Restarted');
        });
    }
    const next = Math.max(0, ...before.map(numberOf)) + 1;
    for (let number = next; number < next + expected - before.length; number += 1)
      tasks.push(async () => {
        updated.push(await this.#create(service, labels, number));
      });
    await together(tasks);
    this.#state.set(service.name, updated);
  }

  #mustRecreate(
    service: Service,
    labels: Readonly<Record<string, string>>,
    container: Container,
    strategy: Recreate,
  ): boolean {
    if (strategy !== 'diverged') return strategy === 'force';
    const own = container.config.Labels;
    if (own[label.CONFIG_HASH] !== serviceHash(service)) return true;
    if ((own[label.IMAGE] ?? '') !== (labels[label.IMAGE] ?? '')) return true;
    if (this.#networks && container.state.status === 'running')
      for (const key of Object.keys(service.networks ?? {}))
        if (!Object.values(container.networks).some(({ network }) => network === this.#networks!.get(key))) return true;
    if (this.#volumes)
      for (const { type, source } of service.volumes ?? [])
        if (type === 'volume' && source && !container.mounts.some(({ Name }) => Name === this.#volumes!.get(source)))
          return true;
    return false;
  }

  async #stopDependents(service: Service): Promise<void> {
    const dependents = Object.values(this.#project.services)
      .filter(({ depends_on: depends }) => depends?.[service.name]?.restart)
      .map(({ name }) => name);
    if (dependents.length === 0) return;
    await stopServices(this.#compose, this.#project, dependents);
    for (const name of dependents)
      this.#state.set(
        name,
        (this.#state.get(name) ?? []).map((one) => this.#compose.engine.state.containers.get(one.id) ?? one),
      );
  }

  async #create(service: Service, labels: Readonly<Record<string, string>>, number: number): Promise<Container> {
    const name = service.container_name || `${this.#project.name}-${service.name}-${number}`;
    const event = `Container ${name}`;
    const { progress } = this.#compose;
    progress.event(event, 'Creating');
    try {
      const container = await createFor(this.#compose, this.#project, service, {
        ...{ name, number, networkAliases: true },
        labels: { ...service.labels, ...labels },
      });
      progress.event(event, 'Created');
      return container;
    } catch (error) {
      if (error instanceof EngineError || error instanceof CliError) progress.event(event, daemonMessage(error));
      throw error;
    }
  }

  async #recreate(service: Service, labels: Readonly<Record<string, string>>, replaced: Container): Promise<Container> {
    const { engine, progress } = this.#compose;
    const event = `Container ${replaced.name}`;
    progress.event(event, 'Recreate');
    try {
      const number = numberOf(replaced);
      const name = service.container_name || `${this.#project.name}-${service.name}-${number}`;
      const temporary = `${replaced.id.slice(0, 12)}_${name}`;
      const created = await createFor(this.#compose, this.#project, service, {
        ...{ name: temporary, number, networkAliases: true },
        labels: {
          ...service.labels,
          ...labels,
          [label.REPLACE]: service.container_name || `${service.name}-${number}`,
        },
        ...(this.#options.inherit ? { inherit: replaced } : {}),
      });
      const { timeout } = this.#options;
      if (this.#compose.dryRun) await removeContainer(engine, replaced.id, { force: true });
      else {
        await stopContainer(engine, replaced.id, timeout === undefined ? {} : { timeout });
        await removeContainer(engine, replaced.id);
      }
      if (!this.#compose.dryRun) renameContainer(engine, created.id, name);
      progress.event(event, 'Recreated');
      return engine.state.containers.get(created.id)!;
    } catch (error) {
      if (error instanceof EngineError) progress.event(event, daemonMessage(error));
      throw error;
    }
  }
}

/** Services that a plugin provides are its affair; no such plugin is installed here. */
export function askProvider({ provider }: Service): void {
  if (provider) throw new CliError(`exec: ${JSON.stringify(provider.type ?? '')}: executable file not found in $PATH`);
}

/** Creates a container of a service. */
export async function createFor(
  compose: Compose,
  project: Project,
  service: Service,
  options: Parameters<typeof createRequest>[3],
): Promise<Container> {
  const { engine } = compose;
  // The daemon refuses it when there is none.
  findImage(engine, imageOf(service, project.name));
  const { id, warnings } = await createContainer(engine, createRequest(compose, project, service, options));
  for (const warning of warnings) compose.progress.detail(service.name, warning);
  return engine.state.containers.get(id)!;
}
