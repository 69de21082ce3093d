import { parseDotenv } from '../dotenv.ts';
import { ComposeError } from '../error.ts';
import type { Loading } from '../load/loading.ts';
import { type Dict, isDict } from '../value.ts';
import { decode } from './decode.ts';
import type { FileObject, NetworkConfig, Project, Service, VolumeConfig } from './project.ts';
import { mapServices } from './select.ts';
import { FILE_OBJECT, MODEL, NETWORK, SERVICE, type Shape, VOLUME } from './shape.ts';

/** A project of a model (compose-go, loader.ModelToProject), all its services enabled. Throws {@link ComposeError}. */
export function readProject(model: Dict, name: string, files: readonly string[], loading: Loading): Project {
  const section = <T>(key: string, shape: Shape): Record<string, T> => {
    const resources = model[key];
    if (!isDict(resources)) return {};
    return Object.fromEntries(
      Object.keys(resources)
        .sort()
        .map((one) => {
          const value = resources[one];
          const decoded = decode(shape, isDict(value) ? value : {}, `${key}[${one}]`, loading.warn);
          return [one, decoded as T];
        }),
    );
  };
  const services = section<Service>('services', SERVICE);
  return {
    name,
    workingDirectory: loading.workingDirectory,
    files,
    environment: loading.environment,
    profiles: loading.profiles,
    services: Object.fromEntries(Object.entries(services).map(([key, service]) => [key, { ...service, name: key }])),
    disabled: {},
    networks: section<NetworkConfig>('networks', NETWORK),
    volumes: section<VolumeConfig>('volumes', VOLUME),
    secrets: section<FileObject>('secrets', FILE_OBJECT),
    configs: section<FileObject>('configs', FILE_OBJECT),
    models: section<object>('models', MODEL),
    extensions: Object.fromEntries(Object.entries(model).filter(([key]) => key.startsWith('x-'))),
  };
}

/** The project with variables of `env_file` among those of its services, which come first. Throws {@link ComposeError}. */
export function withEnvironmentResolved(project: Project, loading: Loading): Project {
  return mapServices(project, (service) => {
    const own: Record<string, string | null> = {};
    for (const [key, value] of Object.entries(service.environment ?? {}))
      own[key] = value ?? project.environment.get(key) ?? null;
    const found = new Map<string, string>();
    for (const [key, value] of Object.entries(own)) if (value !== null) found.set(key, value);
    for (const { path, required, format } of service.env_file ?? []) {
      if (loading.files.kind(path) === undefined) {
        if (!required) continue;
        throw new ComposeError(`env file ${path} not found: stat ${path}: no such file or directory`);
      }
      readVariables(path, format, found, (key) => project.environment.get(key) ?? own[key] ?? undefined, loading);
    }
    const { env_file: _files, environment: _environment, ...rest } = service;
    const environment = { ...Object.fromEntries(found), ...own };
    return Object.keys(environment).length === 0 ? rest : { ...rest, environment };
  });
}

function readVariables(
  path: string,
  format: string | undefined,
  into: Map<string, string>,
  lookup: (key: string) => string | undefined,
  loading: Loading,
): void {
  const unset = (name: string) =>
    loading.warn(`The ${JSON.stringify(name)} variable is not set. Defaulting to a blank string.`);
  const text = loading.files.read(path);
  if (text === undefined) throw new ComposeError(`read ${path}: is a directory`);
  if (format === 'raw') {
    for (const line of text.split('\n')) {
      if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
      const [key = '', ...value] = line.split('=');
      into.set(key, value.join('='));
    }
    return;
  }
  if (format !== undefined && format !== '')
    throw new ComposeError(`unsupported env_file format ${JSON.stringify(format)}`);
  try {
    parseDotenv(text, into, lookup, unset);
  } catch (error) {
    throw new ComposeError(`failed to read ${path}: ${(error as Error).message}`);
  }
}

/** The project with labels of `label_file` among those of its services. Throws {@link ComposeError}. */
export function withLabelsResolved(project: Project, loading: Loading): Project {
  return mapServices(project, (service) => {
    if (!service.label_file || service.label_file.length === 0) return service;
    const found = new Map<string, string>();
    for (const path of service.label_file) {
      if (loading.files.kind(path) === undefined)
        throw new ComposeError(`label file ${path} not found: stat ${path}: no such file or directory`);
      readVariables(path, undefined, found, () => undefined, loading);
    }
    const { label_file: _files, ...rest } = service;
    return { ...rest, labels: { ...Object.fromEntries(found), ...service.labels } };
  });
}
