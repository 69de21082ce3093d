import type { Project, Service, WatchRule } from '../../compose/project/project.ts';
import { withSelectedServices } from '../../compose/project/select.ts';
import { PatternMatcher } from '../../engine/build/ignore.ts';
import { encode } from '../../engine/bytes.ts';
import { writePath } from '../../engine/containers/archive.ts';
import { createExec, startExec, waitExec } from '../../engine/containers/exec.ts';
import { EngineError } from '../../engine/errors.ts';
import type { FileNode } from '../../engine/files/node.ts';
import { listImages } from '../../engine/images/list.ts';
import { removeImage } from '../../engine/images/remove.ts';
import { CliError } from '../command.ts';
import { buildServices } from './build.ts';
import { type Compose, composeCommand } from './compose.ts';
import { projectContainers } from './containers.ts';
import { CREATE_DEFAULTS, create } from './convergence.ts';
import { PROJECT } from './labels.ts';
import { restartServices } from './lifecycle.ts';
import { LogConsumer, WATCH } from './log-consumer.ts';
import { startServices } from './start.ts';

/** Milliseconds that Compose waits for further changes. */
const DEBOUNCE = 500;

/** `docker compose watch`. */
export const watch = composeCommand(async (compose) => {
  const { flags, args } = compose.context;
  const { project: loaded } = compose.load(args);
  let project = loaded;
  if (!flags.boolean('no-up')) {
    project = {
      ...project,
      services: Object.fromEntries(
        Object.entries(project.services).map(([name, service]) => [
          name,
          service.build && service.develop ? { ...service, pull_policy: 'build' } : service,
        ]),
      ),
    };
    await create(compose, project, {
      ...CREATE_DEFAULTS,
      services: args,
      build: { services: args, dependencies: false, quiet: flags.boolean('quiet') },
      recreateDependencies: 'never',
    });
    await startServices(compose, project);
  }
  const prune = flags.boolean('prune');
  await watchProject(compose, project, args, new LogConsumer(compose, { prefix: false }), { prune }).run();
  return 0;
});

interface Watching {
  /** Goes on until the user interrupts. */
  run(): Promise<void>;
  stop(): void;
}

interface Rule {
  readonly service: Service;
  readonly rule: WatchRule;
}

type Files = ReadonlyMap<string, FileNode>;

/**
 * Begins to watch files of the host by the rules of `develop.watch` (docker/compose, watch). Nobody is told of the progress
 * of what follows. `prune`: images of earlier builds are removed.
 */
export function watchProject(
  loud: Compose,
  given: Project,
  services: readonly string[],
  consumer: LogConsumer,
  { prune = false }: { readonly prune?: boolean } = {},
): Watching {
  const compose = loud.silently();
  const project = withSelectedServices(given, services);
  const rules = rulesOf(compose, project);
  if (rules.length === 0)
    throw new CliError("none of the selected services is configured for watch, consider setting a 'develop' section");
  for (const { service, rule } of rules)
    if (rule.initial_sync && rule.action.startsWith('sync')) {
      const files = filesBelow(compose, rule.path);
      sync(compose, project, service, rule, [...files.keys()], files);
    }
  consumer.log(WATCH, 'Watch enabled');
  let before = snapshot(compose, rules);
  let stopped = false;
  return {
    stop: () => {
      stopped = true;
    },
    run: async () => {
      const { scheduler } = compose.engine;
      for (;;) {
        await scheduler.until(() => stopped || changed(before, snapshot(compose, rules)).length > 0);
        if (stopped) return;
        await scheduler.advance(DEBOUNCE);
        const now = snapshot(compose, rules);
        const paths = changed(before, now);
        before = now;
        await handle({ compose, project, rules, consumer, prune }, paths, now);
      }
    },
  };
}

function rulesOf(compose: Compose, project: Project): Rule[] {
  const found: Rule[] = [];
  for (const service of Object.values(project.services))
    for (const rule of service.develop?.watch ?? []) {
      if (rule.action === 'rebuild' && !service.build)
        throw new CliError(
          `can't watch service ${JSON.stringify(service.name)} with action rebuild without a build context`,
        );
      const bound = service.volumes?.some(
        ({ bind, source }) => bind && source && (rule.path === source || rule.path.startsWith(`${source}/`)),
      );
      if (bound && (rule.action === 'sync' || rule.action === 'sync+restart')) {
        compose.warn(`path '${rule.path}' also declared by a bind mount volume, this path won't be monitored!\n`);
        continue;
      }
      found.push({ service, rule });
    }
  return found;
}

function filesBelow({ context: { kernel } }: Compose, path: string): Map<string, FileNode> {
  const found = new Map<string, FileNode>();
  const walk = (at: string, node: FileNode) => {
    if (node.type !== 'directory') found.set(at, node);
    else for (const [name, child] of node.entries) walk(`${at}/${name}`, child);
  };
  const node = kernel.files.stat(encode(path));
  if (node) walk(encode(path), node);
  return found;
}

function snapshot(compose: Compose, rules: readonly Rule[]): Files {
  const all = new Map<string, FileNode>();
  for (const { rule } of rules) for (const [path, node] of filesBelow(compose, rule.path)) all.set(path, node);
  return all;
}

/** Paths at which files are new, other or gone. Nodes are immutable: another node is another content. */
function changed(before: Files, now: Files): string[] {
  const paths: string[] = [];
  for (const [path, node] of now) if (before.get(path) !== node) paths.push(path);
  for (const path of before.keys()) if (!now.has(path)) paths.push(path);
  return paths;
}

function matches({ rule }: Rule, path: string): boolean {
  if (path !== rule.path && !path.startsWith(`${rule.path}/`)) return false;
  const relative = path.slice(rule.path.length + 1);
  const hits = (patterns: readonly string[]) => new PatternMatcher(patterns).matches(relative);
  if (rule.include && rule.include.length > 0 && !hits(rule.include)) return false;
  if (rule.ignore && rule.ignore.length > 0 && hits(rule.ignore)) return false;
  return !/(?:^|\/)\.git(?:\/|$)/.test(relative) && !/(?:~|\.sw[a-z]|\.tmp)$|(?:^|\/)\.#/.test(relative);
}

interface Watch {
  readonly compose: Compose;
  readonly project: Project;
  readonly rules: readonly Rule[];
  readonly consumer: LogConsumer;
  readonly prune: boolean;
}

async function handle(watch: Watch, paths: readonly string[], files: Files): Promise<void> {
  const { compose, project, rules, consumer } = watch;
  const rebuild = new Set<string>();
  const restart = new Set<string>();
  const syncs = new Map<string, { rule: Rule; paths: string[] }[]>();
  const execs: Rule[] = [];
  for (const rule of rules) {
    const own = paths.filter((path) => matches(rule, path));
    if (own.length === 0) continue;
    const { action } = rule.rule;
    const { name } = rule.service;
    if (action === 'rebuild') rebuild.add(name);
    if (action.startsWith('sync')) syncs.set(name, [...(syncs.get(name) ?? []), { rule, paths: own }]);
    if (action.endsWith('restart')) restart.add(name);
    if (action === 'sync+exec') execs.push(rule);
  }
  if (rebuild.size > 0) await rebuildServices(watch, [...rebuild]);
  for (const [name, list] of syncs) {
    const count = list.reduce((sum, one) => sum + one.paths.length, 0);
    consumer.log(WATCH, `Syncing service ${JSON.stringify(name)} after ${count} changes were detected`);
    for (const one of list) sync(compose, project, one.rule.service, one.rule.rule, one.paths, files);
  }
  if (restart.size > 0) {
    await restartServices(compose, project, [...restart]);
    consumer.log(WATCH, `service(s) [${[...restart].map((name) => JSON.stringify(name)).join(' ')}] restarted`);
  }
  for (const { service, rule } of execs) await execute(compose, project, service, rule);
}

/** Takes changed files into a service's containers, and removes those that are gone. */
function sync(
  compose: Compose,
  project: Project,
  service: Service,
  rule: WatchRule,
  paths: readonly string[],
  files: Files,
): void {
  const { engine } = compose;
  for (const container of projectContainers(engine, project.name, 'exclude', true, [service.name]))
    for (const path of paths) {
      const relative = path.slice(encode(rule.path).length);
      const target = `${encode(rule.target ?? '')}${relative}`;
      const folders = target.split('/').filter((part) => part !== '');
      const name = folders.pop()!;
      const node = files.get(path);
      if (node) writePath(engine, container.id, '/', nested(folders, name, node, engine.state.now));
      else removed(compose, container.id, target);
    }
}

function nested(
  folders: readonly string[],
  name: string,
  node: FileNode,
  mtime: number,
): ReadonlyMap<string, FileNode> {
  const [first, ...rest] = folders;
  if (first === undefined) return new Map([[name, node]]);
  const entries = nested(rest, name, node, mtime);
  return new Map([[first, { type: 'directory', mode: 0o755, uid: 0, gid: 0, mtime, entries }]]);
}

function removed({ engine }: Compose, id: string, path: string): void {
  try {
    const exec = createExec(engine, id, { command: ['rm', '-rf', path] });
    void startExec(engine, exec);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
}

async function rebuildServices({ compose, project, consumer, prune }: Watch, names: readonly string[]): Promise<void> {
  const shown = `[${names.map((name) => JSON.stringify(name)).join(' ')}]`;
  consumer.log(WATCH, `Rebuilding service(s) ${shown} after changes were detected...`);
  try {
    await buildServices(compose, project, names, {
      ...{ services: names, dependencies: false, quiet: false },
      log: (line) => consumer.log(WATCH, line),
    });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    consumer.log(WATCH, `Build failed. Error: ${error.message}`);
    compose.warn(`Error handling changed files: ${error.message}`);
    return;
  }
  if (prune) removeDangling(compose, project);
  consumer.log(WATCH, `service(s) ${shown} successfully built`);
  await create(compose, project, { ...CREATE_DEFAULTS, services: names, recreate: 'force' });
  await startServices(compose, withSelectedServices(project, names, 'dependents'));
}

/** Those still in use stay; the next build tries again. */
function removeDangling({ engine }: Compose, project: Project): void {
  const filters = { dangling: ['true'], label: [`${PROJECT}=${project.name}`] };
  for (const { id } of listImages(engine, { filters }))
    try {
      removeImage(engine, id);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
    }
}

async function execute({ engine }: Compose, project: Project, service: Service, { exec }: WatchRule): Promise<void> {
  if (!exec) return;
  for (const { id } of projectContainers(engine, project.name, 'exclude', false, [service.name])) {
    const started = createExec(engine, id, {
      command: exec.command,
      ...(exec.user ? { user: exec.user } : {}),
      ...(exec.working_dir ? { workingDirectory: exec.working_dir } : {}),
    });
    await startExec(engine, started);
    await waitExec(engine, started);
  }
}
