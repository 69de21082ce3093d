import { parseDotenv } from '../dotenv.ts';
import { ComposeError } from '../error.ts';
import { substitute } from '../interpolation.ts';
import { checkConsistency } from '../project/consistency.ts';
import type { Project } from '../project/project.ts';
import { readProject, withEnvironmentResolved, withLabelsResolved } from '../project/read.ts';
import { withProfiles } from '../project/select.ts';
import type { Dict } from '../value.ts';
import { nameInFile } from '../yaml/parse.ts';
import { readFile } from './file.ts';
import { absolutePath, type ComposeFiles, folderOf, joinPath, type Loading } from './loading.ts';
import { type ConfigFile, loadModel } from './model.ts';
import { normalize } from './normalize.ts';

const FILE_NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const OVERRIDE_NAMES = [
  ...['compose.override.yml', 'compose.override.yaml'],
  ...['docker-compose.override.yml', 'docker-compose.override.yaml'],
];

/** What the command line says about the project (compose-go, cli.ProjectOptions). */
export interface ProjectOptions {
  readonly files: ComposeFiles;
  /** Folder of the client, absolute. */
  readonly cwd: string;
  /** Variables of the client. */
  readonly variables: Readonly<Record<string, string>>;
  /** `-p`, empty when not given. */
  readonly name: string;
  /** `-f`, in order. */
  readonly configPaths: readonly string[];
  /** `--project-directory`, empty when not given. */
  readonly projectDirectory: string;
  /** `--env-file`, in order. */
  readonly envFiles: readonly string[];
  /** `--profile`. */
  readonly profiles: readonly string[];
  readonly interpolate?: boolean;
  readonly normalize?: boolean;
  readonly resolvePaths?: boolean;
  readonly consistency?: boolean;
  /** Whether variables of `env_file` become those of services. */
  readonly resolveEnvironment?: boolean;
  warn(message: string): void;
}

/** A name as a project may have it: lower case, digits, `-` and `_`, beginning with letter or digit. */
export function normalizeProjectName(text: string): string {
  return (text.toLowerCase().match(/[a-z0-9_-]/g) ?? []).join('').replace(/^[_-]+/, '');
}

function checkName(name: string): void {
  if (normalizeProjectName(name) !== name)
    throw new ComposeError(
      `invalid project name ${JSON.stringify(name)}: must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number`,
    );
}

interface Prepared {
  readonly configs: readonly ConfigFile[];
  readonly loading: Loading;
  readonly projectName: string;
}

/** Finds files, variables and name of a project, without reading the model. */
function prepare(options: ProjectOptions): Prepared {
  const { files, cwd, warn } = options;
  const environment = new Map(Object.entries(options.variables));
  if (!environment.has('PWD')) environment.set('PWD', cwd);
  let configPaths = [...options.configPaths];
  const workingDirectory = () => {
    if (options.projectDirectory !== '') return absolutePath(cwd, options.projectDirectory);
    const first = configPaths.find((path) => path !== '-');
    return first === undefined ? cwd : folderOf(absolutePath(cwd, first));
  };
  const readEnvironment = () => {
    const standard = joinPath(workingDirectory(), '.env');
    const disabled = /^(?:1|t|T|TRUE|true|True)$/.test(options.variables['COMPOSE_DISABLE_ENV_FILE'] ?? '');
    const envFiles =
      options.envFiles.length > 0
        ? options.envFiles.map((file) => absolutePath(cwd, file))
        : !disabled && files.kind(standard) === 'file'
          ? [standard]
          : [];
    const read = new Map<string, string>();
    for (const file of envFiles) readEnvFile(file, read, environment, options);
    for (const [name, value] of read) if (!environment.has(name)) environment.set(name, value);
  };
  readEnvironment();
  const fromVariable = environment.get('COMPOSE_FILE');
  if (configPaths.length === 0 && fromVariable !== undefined) {
    const separator = environment.get('COMPOSE_PATH_SEPARATOR') || ':';
    configPaths = fromVariable.split(separator).map((path) => {
      if (path === '-') return path;
      const absolute = absolutePath(cwd, path);
      if (files.kind(absolute) === undefined) throw new ComposeError(`stat ${absolute}: no such file or directory`);
      return absolute;
    });
  }
  if (configPaths.length === 0) configPaths = defaultFiles(workingDirectory(), files, warn);
  readEnvironment();
  const profiles =
    options.profiles.length > 0
      ? options.profiles
      : (environment.get('COMPOSE_PROFILES') ?? '').split(',').map((profile) => profile.trim());
  checkName(options.name);
  if (configPaths.length === 0) throw new ComposeError('no configuration file provided: not found');
  const loading: Loading = {
    ...{ files, environment, profiles, warn, workingDirectory: workingDirectory() },
    interpolate: options.interpolate ?? true,
    normalize: options.normalize ?? true,
    resolvePaths: options.resolvePaths ?? true,
    consistency: options.consistency ?? true,
  };
  const configs = configPaths.map((path): ConfigFile => {
    if (path === '-') return { path, content: files.stdin() };
    const absolute = absolutePath(cwd, path);
    return { path: absolute, content: readFile(loading, absolute) };
  });
  const projectName = findName(options, configs, loading);
  environment.set('COMPOSE_PROJECT_NAME', projectName);
  return { configs, loading, projectName };
}

function readEnvFile(
  file: string,
  into: Map<string, string>,
  environment: ReadonlyMap<string, string>,
  { files, warn }: ProjectOptions,
): void {
  const kind = files.kind(file);
  if (kind === undefined) throw new ComposeError(`couldn't find env file: ${file}`);
  if (kind === 'directory') throw new ComposeError(`${file} is a directory`);
  const unset = (name: string) =>
    warn(`The ${JSON.stringify(name)} variable is not set. Defaulting to a blank string.`);
  try {
    parseDotenv(files.read(file)!, into, (name) => environment.get(name) ?? into.get(name), unset);
  } catch (error) {
    throw new ComposeError(`failed to read ${file}: ${(error as Error).message}`);
  }
}

function defaultFiles(start: string, files: ComposeFiles, warn: (message: string) => void): string[] {
  const found = (folder: string, names: readonly string[]) =>
    names.map((name) => joinPath(folder, name)).filter((path) => files.kind(path) !== undefined);
  for (let folder = start; ; folder = folderOf(folder)) {
    const candidates = found(folder, FILE_NAMES);
    const [winner] = candidates;
    if (winner !== undefined) {
      if (candidates.length > 1) {
        warn(`Found multiple config files with supported names: ${candidates.join(', ')}`);
        warn(`Using ${winner}`);
      }
      const overrides = found(folder, OVERRIDE_NAMES);
      if (overrides.length > 1) {
        warn(`Found multiple override files with supported names: ${overrides.join(', ')}`);
        warn(`Using ${overrides[0]}`);
      }
      return [winner, ...overrides.slice(0, 1)];
    }
    if (folder === '/') return [];
  }
}

function findName(options: ProjectOptions, configs: readonly ConfigFile[], loading: Loading): string {
  const inFiles = options.name === '' ? configs.map(({ content = '' }) => nameInFile(content)) : [];
  if (options.name !== '') return options.name;
  const fromVariable = loading.environment.get('COMPOSE_PROJECT_NAME');
  if (fromVariable) {
    checkName(fromVariable);
    return fromVariable;
  }
  let name = inFiles.findLast((one) => one !== '') ?? '';
  if (name !== '' && loading.interpolate) {
    const unset = (variable: string) =>
      loading.warn(`The ${JSON.stringify(variable)} variable is not set. Defaulting to a blank string.`);
    try {
      name = substitute(name, (variable) => loading.environment.get(variable), unset);
    } catch (error) {
      throw new ComposeError(`error while interpolating name: ${(error as Error).message}`);
    }
  }
  if (loading.normalize) name = normalizeProjectName(name);
  if (name !== '') return name;
  if (inFiles.some((one) => one !== '')) return '';
  const { workingDirectory } = loading;
  return normalizeProjectName(workingDirectory.slice(workingDirectory.lastIndexOf('/') + 1));
}

function model({ configs, loading, projectName }: Prepared): Dict {
  const loaded = loadModel(configs, loading);
  if (Object.keys(loaded).length === 0) throw new ComposeError('empty compose file');
  if (projectName === '') throw new ComposeError('project name must not be empty');
  return loading.normalize ? normalize({ ...loaded, name: projectName }, loading.environment) : loaded;
}

/** The model of a project in long form, before it is made into a project. Throws {@link ComposeError}. */
export function loadProjectModel(options: ProjectOptions): Dict {
  return model(prepare(options));
}

/** Reads a project from its files (compose-go, cli.ProjectFromOptions). Throws {@link ComposeError}. */
export function loadProject(options: ProjectOptions): { project: Project; loading: Loading } {
  const prepared = prepare(options);
  const { loading, configs, projectName } = prepared;
  const files = configs.map(({ path }) => path);
  let project = readProject(model(prepared), projectName, files, loading);
  project = withProfiles(project, loading.profiles);
  if (loading.consistency) checkConsistency(project);
  if (options.resolveEnvironment ?? true) project = withEnvironmentResolved(project, loading);
  return { project: withLabelsResolved(project, loading), loading };
}
