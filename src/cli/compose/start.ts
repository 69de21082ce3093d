import { type Dependency, type Project, type Service, scaleOf } from '../../compose/project/project.ts';
import { encode } from '../../engine/bytes.ts';
import { writePath } from '../../engine/containers/archive.ts';
import type { Container } from '../../engine/containers/container.ts';
import { startContainer } from '../../engine/containers/start.ts';
import { regularFile } from '../../engine/files/node.ts';
import { CliError } from '../command.ts';
import type { Compose } from './compose.ts';
import { inOrder, together } from './concurrency.ts';
import { isOneOff, projectContainers, serviceLabel } from './containers.ts';
import { runHook } from './hooks.ts';
import { configTarget, secretTarget } from './request.ts';
import type { LogLine } from './stop.ts';

const RUNNING_OR_HEALTHY = 'running_or_healthy';
const COMPLETED = 'service_completed_successfully';

export interface StartOptions {
  /** Wait until services run, or are healthy when they have a check. */
  readonly wait?: boolean;
  /** Seconds; 0 for ever. */
  readonly waitTimeout?: number;
  readonly log?: LogLine;
}

/** Starts containers of a project, each service when what it depends on is as far as asked for (docker/compose, start). */
export async function startServices(compose: Compose, project: Project, options: StartOptions = {}): Promise<void> {
  const containers = projectContainers(compose.engine, project.name, 'exclude', true);
  const deadline = options.waitTimeout ? compose.engine.state.now + options.waitTimeout * 1000 : undefined;
  await inOrder(project, 'up', (name) =>
    startService(compose, project, project.services[name]!, containers, options, deadline),
  );
  if (!options.wait) return;
  const depends: Record<string, Dependency> = {};
  for (const name of Object.keys(project.services).sort())
    depends[name] = { condition: conditionFor(name, project), required: true };
  const waitDeadline = options.waitTimeout ? compose.engine.state.now + options.waitTimeout * 1000 : undefined;
  const timedOut = await waitDependencies(compose, project, project.name, depends, containers, waitDeadline);
  if (timedOut) throw new CliError(`application not healthy after ${options.waitTimeout}s`);
}

function conditionFor(name: string, project: Project): string {
  const completed = Object.values(project.services).some(
    ({ depends_on: depends }) => depends?.[name]?.condition === COMPLETED,
  );
  return completed ? COMPLETED : RUNNING_OR_HEALTHY;
}

async function startService(
  compose: Compose,
  project: Project,
  service: Service,
  containers: readonly Container[],
  options: StartOptions,
  deadline: number | undefined,
): Promise<void> {
  if (service.deploy?.replicas === 0) return;
  await waitDependencies(compose, project, service.name, service.depends_on ?? {}, containers, deadline);
  if (containers.length === 0) {
    if (scaleOf(service) === 0) return;
    throw new CliError(`service ${JSON.stringify(service.name)} has no container to start`);
  }
  const { engine, progress } = compose;
  for (const container of containers.filter((one) => serviceLabel(one) === service.name).sort(ascending)) {
    if (container.state.status === 'running') continue;
    injectFiles(compose, project, service, container.id);
    const event = `Container ${container.name}`;
    progress.event(event, 'Starting');
    if (!compose.dryRun) await startContainer(engine, container.id);
    for (const hook of service.post_start ?? []) await runHook(compose, container, service, hook, options.log);
    progress.event(event, 'Started');
  }
}

const ascending = (a: Container, b: Container) => (a.name < b.name ? -1 : 1);

/** Puts secrets and configs into a container whose content is no file of the host. */
export function injectFiles(compose: Compose, project: Project, service: Service, id: string): void {
  const put = (kind: 'secret' | 'config') => {
    const references = (kind === 'secret' ? service.secrets : service.configs) ?? [];
    for (const reference of references) {
      const object = (kind === 'secret' ? project.secrets : project.configs)[reference.source]!;
      let { content } = object;
      if (!content && object.environment) {
        content = project.environment.get(object.environment);
        if (content === undefined)
          throw new CliError(
            `environment variable ${JSON.stringify(object.environment)} required by ${kind} ${JSON.stringify(object.name)} is not set`,
          );
      }
      if (!content) continue;
      if (service.read_only)
        throw new CliError(
          `cannot create ${kind} ${JSON.stringify(object.name)} in read-only service ${service.name}: \`file\` is the sole supported option`,
        );
      const target = kind === 'secret' ? secretTarget(reference) : configTarget(reference);
      const folders = target.split('/').filter((part) => part !== '');
      const name = folders.pop()!;
      const file = regularFile(encode(content), {
        ...{ mode: reference.mode ?? 0o444, mtime: compose.engine.state.now },
        ...{ uid: Number(reference.uid ?? 0), gid: Number(reference.gid ?? 0) },
      });
      writePath(compose.engine, id, '/', nested(folders, name, file, compose.engine.state.now));
    }
  };
  put('secret');
  put('config');
}

function nested(
  folders: readonly string[],
  name: string,
  file: ReturnType<typeof regularFile>,
  mtime: number,
): ReadonlyMap<string, import('../../engine/files/node.ts').FileNode> {
  const [first, ...rest] = folders;
  if (first === undefined) return new Map([[name, file]]);
  const entries = nested(rest, name, file, mtime);
  return new Map([[first, { type: 'directory', mode: 0o755, uid: 0, gid: 0, mtime, entries }]]);
}

/** Lets time pass until dependencies are as far as asked for. True when the deadline came first (docker/compose, waitDependencies). */
export async function waitDependencies(
  compose: Compose,
  project: Project,
  dependant: string,
  dependencies: Readonly<Record<string, Dependency>>,
  containers: readonly Container[],
  deadline?: number,
): Promise<boolean> {
  const { progress } = compose;
  if (compose.dryRun) return false;
  let timedOut = false;
  const tasks: (() => Promise<void>)[] = [];
  for (const [name, dependency] of Object.entries(dependencies)) {
    if (!mustWait(name, dependency, project)) continue;
    const waitingFor = containers.filter((one) => serviceLabel(one) === name && !isOneOff(one));
    for (const container of waitingFor) progress.event(`Container ${container.name}`, 'Waiting');
    if (waitingFor.length === 0) {
      if (dependency.required) throw new CliError(`${dependant} is missing dependency ${name}`);
      compose.warn(`${dependant} is missing dependency ${name}`);
      continue;
    }
    tasks.push(async () => {
      if (await waitFor(compose, name, dependency, waitingFor, deadline)) timedOut = true;
    });
  }
  await together(tasks);
  return timedOut;
}

function mustWait(name: string, { condition }: Dependency, project: Project): boolean {
  if (condition === 'service_started') return false;
  const service = project.services[name];
  if (!service) {
    if (name in project.disabled) return false;
    throw new CliError(`no such service: ${name}: not found`);
  }
  return scaleOf(service) !== 0 && !service.provider;
}

async function waitFor(
  compose: Compose,
  name: string,
  { condition, required }: Dependency,
  containers: readonly Container[],
  deadline: number | undefined,
): Promise<boolean> {
  const { engine, progress } = compose;
  const tell = (text: string) => {
    for (const { name: own } of containers) progress.event(`Container ${own}`, text);
  };
  const alarm = `compose-wait ${compose.context.kernel.process.pid} ${name}`;
  if (deadline !== undefined) engine.state.alarms.set(alarm, deadline);
  const over = () => deadline !== undefined && engine.state.now >= deadline;
  const optional = (what: string, detail: string) => {
    tell(`Skipped: ${what}`);
    compose.warn(detail);
  };
  if (condition === COMPLETED) {
    let code: number | undefined;
    await engine.scheduler.until(() => {
      code = exitCodeOf(compose, containers);
      return code !== undefined || over();
    });
    engine.state.alarms.delete(alarm);
    if (code === undefined) return true;
    if (code === 0) {
      tell('Exited');
      return false;
    }
    const problem = `${JSON.stringify(name)} didn't complete successfully: exit ${code}`;
    if (!required) {
      optional(`optional dependency ${problem}`, `optional dependency ${problem}`);
      return false;
    }
    tell(`service ${problem}`);
    throw new CliError(`service ${problem}`);
  }
  if (condition !== 'service_healthy' && condition !== RUNNING_OR_HEALTHY) {
    compose.warn(`unsupported depends_on condition: ${condition}`);
    return false;
  }
  const fallback = condition === RUNNING_OR_HEALTHY;
  let verdict: boolean | string = false;
  await engine.scheduler.until(() => {
    verdict = healthOf(compose, containers, fallback);
    return verdict !== false || over();
  });
  engine.state.alarms.delete(alarm);
  if (verdict === false) return true;
  if (typeof verdict !== 'string') {
    tell('Healthy');
    return false;
  }
  if (!required) {
    const what = fallback
      ? `optional dependency ${JSON.stringify(name)} is not running or is unhealthy`
      : `optional dependency ${JSON.stringify(name)} failed to start`;
    optional(what, `${what}: ${verdict as string}`);
    return false;
  }
  if (fallback) throw new CliError(verdict);
  tell('Error');
  throw new CliError(`dependency failed to start: ${verdict as string}`);
}

/** Exit code of the first of some containers that has ended. */
function exitCodeOf({ engine }: Compose, containers: readonly Container[]): number | undefined {
  for (const { id } of containers) {
    const state = engine.state.containers.get(id)?.state;
    if (state?.status === 'exited') return state.exitCode;
  }
  return undefined;
}

/** Whether all of some containers are healthy; a text: why one never will be. */
function healthOf({ engine }: Compose, containers: readonly Container[], fallback: boolean): boolean | string {
  for (const { id, name } of containers) {
    const container = engine.state.containers.get(id);
    if (!container) return `Error response from daemon: No such container: ${id}`;
    const { status, exitCode, health } = container.state;
    if (status === 'exited') return `container ${container.name} exited (${exitCode})`;
    if (!container.config.Healthcheck && fallback) return status === 'running';
    if (!health) return `container ${name} has no healthcheck configured`;
    if (health.status === 'unhealthy') return `container ${name} is unhealthy`;
    if (health.status === 'starting') return false;
  }
  return true;
}
