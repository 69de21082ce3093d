import { type Dict, isDict, type Value } from '../value.ts';
import { setDefaults, validateModel } from './defaults.ts';
import { loadFile } from './file.ts';
import type { Loading } from './loading.ts';
import { resolvePaths } from './paths.ts';

/** A Compose file: its absolute path, or `-`, and its text when it was read already. */
export interface ConfigFile {
  readonly path: string;
  readonly content?: string;
}

/** Several files, one over the other, as one model in long form (compose-go, loader.loadYamlModel). Throws {@link ComposeError}. */
export function loadModel(files: readonly ConfigFile[], loading: Loading, included: readonly string[] = []): Dict {
  let model: Dict = {};
  for (const { path, content } of files)
    ({ model } = loadFile(model, path, content, {
      ...{ loading, folder: loading.workingDirectory, included },
      ...{ extend: true, include: true, validate: true },
    }));
  model = setDefaults(model);
  validateModel(model);
  if (loading.resolvePaths) model = resolvePaths(model, loading.workingDirectory, loading.environment.get('HOME'));
  return resolveEnvironment(model, loading.environment);
}

/** Values of variables that services, secrets and configs name (compose-go, loader/environment.go). */
function resolveEnvironment(model: Dict, environment: ReadonlyMap<string, string>): Dict {
  const each = (value: Value | undefined, change: (one: Dict) => Dict): Value | undefined =>
    isDict(value)
      ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, isDict(one) ? change(one) : one]))
      : value;
  const result = { ...model };
  const services = each(model['services'], (service) => {
    if (!Array.isArray(service['environment'])) return service;
    const entries = service['environment'].map((one) => {
      const found = typeof one === 'string' ? environment.get(one) : undefined;
      return found === undefined ? one : `${String(one)}=${found}`;
    });
    return { ...service, environment: entries };
  });
  if (services !== undefined) result['services'] = services;
  const configs = each(model['configs'], (config) => {
    const found = typeof config['environment'] === 'string' ? environment.get(config['environment']) : undefined;
    return found === undefined ? config : { ...config, content: found };
  });
  if (configs !== undefined) result['configs'] = configs;
  return result;
}
