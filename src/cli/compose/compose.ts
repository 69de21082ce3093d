import { parseDotenv } from '../../compose/dotenv.ts';
import { ComposeError } from '../../compose/error.ts';
import { absolutePath, folderOf, type Loading } from '../../compose/load/loading.ts';
import { loadProject, type ProjectOptions } from '../../compose/load/project.ts';
import type { Project } from '../../compose/project/project.ts';
import { withEnvironmentResolved } from '../../compose/project/read.ts';
import {
  withoutUnnecessaryResources,
  withSelectedServices,
  withServicesEnabled,
} from '../../compose/project/select.ts';
import { decode } from '../../engine/bytes.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineError, Interrupted } from '../../engine/errors.ts';
import { isDeadly, SIGNALS } from '../../engine/process/signals.ts';
import { forkState } from '../../engine/state.ts';
import { StreamError } from '../../engine/stream-error.ts';
import { CliError, type Command, type CommandContext } from '../command.ts';
import { proxySignals } from '../signal-proxy.ts';
import { composeFiles } from './files.ts';
import { Progress, type ProgressMode } from './progress.ts';

/** A call of `docker compose`: the command's context, the project's options, warnings and progress. */
export class Compose {
  readonly context: CommandContext;
  readonly engine: Engine;
  readonly progress: Progress;
  readonly #variables: Record<string, string>;
  #versionWarned = new Set<string>();

  constructor(context: CommandContext, progress?: Progress) {
    this.context = context;
    this.engine = context.engine;
    this.#variables = Object.fromEntries(
      Object.entries(context.kernel.environment).map(([name, value]) => [decode(name), decode(value)]),
    );
    this.#readComposeVariables();
    this.progress = progress ?? new Progress(this.#mode(), this.dryRun, (text) => context.err(text));
  }

  /** The same call where nobody looks at the progress. */
  silently(): Compose {
    return new Compose(this.context, new Progress('quiet', false, () => {}));
  }

  get dryRun(): boolean {
    return this.context.pluginFlags.boolean('dry-run') || this.context.flags.boolean('dry-run');
  }

  /** A variable of the client, those of `.env` that begin with COMPOSE_ included. */
  variable(name: string): string | undefined {
    return this.#variables[name];
  }

  get cwd(): string {
    return decode(this.context.kernel.cwd);
  }

  #mode(): ProgressMode {
    const { pluginFlags } = this.context;
    const ansi = pluginFlags.string('ansi');
    const asked = pluginFlags.string('progress') || this.variable('COMPOSE_PROGRESS') || '';
    switch (asked) {
      case '':
      case 'auto':
        return 'plain';
      case 'tty':
        if (ansi === 'never') throw new CliError("can't use --progress tty while ANSI support is disabled");
        return 'plain';
      case 'plain':
        if (ansi === 'always') throw new CliError("can't use --progress plain while ANSI support is forced");
        return 'plain';
      case 'quiet':
      case 'none':
        return 'quiet';
      case 'json':
        return 'json';
      default:
        throw new CliError(`unsupported --progress value ${JSON.stringify(asked)}`);
    }
  }

  /** Variables COMPOSE_… of the project's `.env` count as the client's own. */
  #readComposeVariables(): void {
    const { pluginFlags, kernel } = this.context;
    const files = composeFiles(kernel);
    const [first] = pluginFlags.list('file').filter((path) => path !== '-');
    const directory = this.#projectDirectory();
    const folder =
      directory !== ''
        ? absolutePath(this.cwd, directory)
        : first === undefined
          ? this.cwd
          : folderOf(absolutePath(this.cwd, first));
    const given = this.#envFiles().map((file) => absolutePath(this.cwd, file));
    const found = new Map<string, string>();
    for (const file of given.length > 0 ? given : [`${folder}/.env`]) {
      const text = files.read(file);
      if (text === undefined) return;
      try {
        parseDotenv(text, found, (name) => this.#variables[name]);
      } catch (error) {
        if (error instanceof ComposeError) return;
        throw error;
      }
    }
    for (const [name, value] of found) if (name.startsWith('COMPOSE_')) this.#variables[name] ??= value;
  }

  /** Empty when not given: its default is a description. */
  #projectDirectory(): string {
    const { pluginFlags } = this.context;
    return pluginFlags.changed('project-directory') ? pluginFlags.string('project-directory') : '';
  }

  #envFiles(): readonly string[] {
    const given = this.context.pluginFlags.list('env-file');
    if (given.length > 0) return given;
    return (this.#variables['COMPOSE_ENV_FILES'] ?? '').split(',').filter((file) => file !== '');
  }

  /** A line of Compose's log, as logrus writes it without a terminal. */
  warn(message: string): void {
    const obsolete = / the attribute `version` is obsolete/.test(message);
    if (obsolete && this.#versionWarned.has(message)) return;
    if (obsolete) this.#versionWarned.add(message);
    const time = `${new Date(this.engine.state.now).toISOString().slice(0, 19)}Z`;
    const text = /^[\w\-./@^+]+$/.test(message) ? message : JSON.stringify(message);
    this.context.err(`time="${time}" level=warning msg=${text}\n`);
  }

  projectOptions(changes: Partial<ProjectOptions> = {}): ProjectOptions {
    const { pluginFlags, kernel } = this.context;
    return {
      files: composeFiles(kernel),
      cwd: this.cwd,
      variables: this.#variables,
      name: pluginFlags.string('project-name'),
      configPaths: pluginFlags.list('file'),
      projectDirectory: this.#projectDirectory(),
      envFiles: this.#envFiles(),
      profiles: pluginFlags.list('profile'),
      warn: (message) => this.warn(message),
      ...changes,
    };
  }

  /** The project with some services and what they depend on. Resources that nobody uses are left out. */
  load(services: readonly string[], changes: Partial<ProjectOptions> = {}): { project: Project; loading: Loading } {
    const { project: loaded, loading } = loadProject(this.projectOptions(changes));
    let project = withServicesEnabled(loaded, services);
    project = withSelectedServices(project, services);
    if (!this.context.pluginFlags.boolean('all-resources')) project = withoutUnnecessaryResources(project);
    return { project, loading };
  }

  /** The project as `up`, `create` and the like use it: variables of `env_file` among those of its services. */
  project(services: readonly string[]): Project {
    const { project, loading } = this.load(services, { resolveEnvironment: false });
    return withEnvironmentResolved(project, loading);
  }

  /** The project where there is one, else only its name: enough for what exists already. */
  projectOrName(services: readonly string[]): { project: Project | undefined; name: string } {
    const { pluginFlags } = this.context;
    const given = pluginFlags.string('project-name');
    if (pluginFlags.list('file').length === 0 && given !== '') return { project: undefined, name: given };
    try {
      const { project } = this.load(services, { resolveEnvironment: false });
      return { project, name: project.name };
    } catch (error) {
      const name = this.variable('COMPOSE_PROJECT_NAME');
      if (!(error instanceof ComposeError) || !name) throw error;
      return { project: undefined, name };
    }
  }

  projectName(): string {
    const given = this.context.pluginFlags.string('project-name') || this.variable('COMPOSE_PROJECT_NAME');
    return given || this.load([]).project.name;
  }
}

/** A command of Compose: errors of the project and of the daemon end it with exit status 1. */
export function composeCommand(run: (compose: Compose) => number | Promise<number>): Command {
  return async (context) => {
    const stop = endByTermination(context);
    try {
      const compose = new Compose(context);
      return await (compose.dryRun ? withoutEffect(compose, run) : run(compose));
    } catch (error) {
      if (error instanceof ComposeError) throw new CliError(error.message);
      if (!(error instanceof Interrupted)) throw error;
      // The plugin prints the message of its error, which is empty.
      context.err('\n');
      return 130;
    } finally {
      stop();
    }
  };
}

/** The plugin takes SIGTERM as it takes SIGINT: it ends what it does in order. */
function endByTermination({ engine, kernel }: CommandContext): () => void {
  const { pid } = kernel.process;
  return proxySignals(engine, pid, (signal) => {
    if (signal === SIGNALS['TERM']) engine.scheduler.interruptRun(pid);
    else if (isDeadly(signal)) engine.scheduler.end(pid, 128 + signal, signal);
  });
}

/**
 * Runs a command on a copy of the engine's state, which is thrown away: `--dry-run`. What it prints is held back until the
 * state is the real one again. No time may pass meanwhile.
 */
async function withoutEffect(
  { context, engine }: Compose,
  run: (compose: Compose) => number | Promise<number>,
): Promise<number> {
  const printed: [to: 'out' | 'err', text: string][] = [];
  const real = engine.state;
  engine.state = forkState(real);
  try {
    const out = (text: string) => printed.push(['out', text]);
    const err = (text: string) => printed.push(['err', text]);
    return await run(new Compose({ ...context, out, err }));
  } finally {
    engine.state = real;
    for (const [to, text] of printed) context[to](text);
  }
}

/** What the client says of an error of the daemon. */
export function daemonMessage(error: unknown): string {
  if (error instanceof StreamError) return error.message;
  if (error instanceof EngineError) return `Error response from daemon: ${error.message}`;
  return (error as Error).message;
}
