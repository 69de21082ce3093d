import { parseDotenv } from '../dotenv.ts';
import { ComposeError } from '../error.ts';
import { type Dict, equal, isDict, print, type Value } from '../value.ts';
import { type FileOptions, readFile } from './file.ts';
import { absolutePath, folderOf, joinPath, type Loading } from './loading.ts';
import { loadModel } from './model.ts';

const RESOURCES = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'];

interface IncludeEntry {
  readonly paths: readonly string[];
  readonly projectDirectory: string | undefined;
  readonly envFiles: readonly string[];
}

/** The model with what it includes (compose-go, loader/include.go). Throws {@link ComposeError}. */
export function applyInclude(model: Dict, options: FileOptions): Dict {
  if (model['include'] === undefined || model['include'] === null) return model;
  const { loading, folder } = options;
  let result: Dict = { ...model };
  for (const entry of entriesOf(model['include'])) {
    const paths = entry.paths.map((path) => absolutePath(folder, path));
    const [main = ''] = paths;
    if (options.included.includes(main)) {
      const [first, ...rest] = [...options.included, main];
      throw new ComposeError(`include cycle detected:\n${first}\n include ${rest.join('\n include ')}`);
    }
    const directory =
      entry.projectDirectory === undefined ? folderOf(main) : absolutePath(folder, entry.projectDirectory);
    const environment = includedEnvironment(entry, directory, folder, loading);
    const imported = loadModel(
      paths.map((path) => ({ path })),
      { ...loading, workingDirectory: directory, environment },
      options.included,
    );
    for (const kind of RESOURCES) result = importResources(result, imported, kind);
  }
  const { include: _include, ...rest } = result;
  return rest;
}

function entriesOf(value: Value): IncludeEntry[] {
  if (!Array.isArray(value)) throw new ComposeError(`\`include\` must be a list, got ${print(value)}`);
  const list = (one: Value | undefined) => (Array.isArray(one) ? one : one === undefined ? [] : [one]).map(print);
  return value.map((one) =>
    isDict(one)
      ? {
          paths: list(one['path']),
          projectDirectory: typeof one['project_directory'] === 'string' ? one['project_directory'] : undefined,
          envFiles: list(one['env_file']),
        }
      : { paths: [print(one)], projectDirectory: undefined, envFiles: [] },
  );
}

function includedEnvironment(
  entry: IncludeEntry,
  directory: string,
  folder: string,
  loading: Loading,
): ReadonlyMap<string, string> {
  const standard = joinPath(directory, '.env');
  const files =
    entry.envFiles.length > 0
      ? entry.envFiles.map((file) => absolutePath(folder, file))
      : loading.files.kind(standard) === 'file'
        ? [standard]
        : [];
  const result = new Map(loading.environment);
  const read = new Map<string, string>();
  for (const file of files) {
    const kind = loading.files.kind(file);
    if (kind === undefined) throw new ComposeError(`stat ${file}: no such file or directory`);
    if (kind === 'directory') throw new ComposeError(`${file} is not a file`);
    parseDotenv(readFile(loading, file), read, (name) => loading.environment.get(name));
  }
  for (const [name, value] of read) if (!result.has(name)) result.set(name, value);
  return result;
}

function importResources(model: Dict, imported: Dict, kind: string): Dict {
  const from = imported[kind];
  if (!isDict(from)) return model;
  const to: Dict = isDict(model[kind]) ? { ...model[kind] } : {};
  for (const [name, resource] of Object.entries(from)) {
    if (name in to && !equal(to[name], resource))
      throw new ComposeError(`${kind}.${name} conflicts with imported resource`);
    to[name] = resource;
  }
  return { ...model, [kind]: to };
}
