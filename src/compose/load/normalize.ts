import { type Dict, isDict, print, type Value } from '../value.ts';
import { cleanPath } from '../volume.ts';

const RESOURCES = ['networks', 'volumes', 'configs', 'secrets'];
const NAMESPACES = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'];

/** Fills in what a project has without saying so: default network, names of resources, implied dependencies (compose-go, loader/normalize.go). */
export function normalize(model: Dict, environment: ReadonlyMap<string, string>): Dict {
  const result = withNetworks(model);
  const { services } = result;
  if (isDict(services))
    result['services'] = Object.fromEntries(
      Object.entries(services).map(([name, service]) => [
        name,
        isDict(service) ? normalizeService(service, environment) : service,
      ]),
    );
  for (const kind of RESOURCES) {
    const resources = result[kind];
    if (!isDict(resources)) continue;
    result[kind] = Object.fromEntries(
      Object.entries(resources).map(([key, given]) => {
        const resource: Dict = isDict(given) ? { ...given } : {};
        const external = resource['external'] === true || print(resource['external'] ?? null) === 'true';
        resource['name'] ??= external ? key : `${print(result['name'] ?? null)}_${key}`;
        return [key, resource];
      }),
    );
  }
  return result;
}

function withNetworks(model: Dict): Dict {
  const networks: Dict = isDict(model['networks']) ? { ...model['networks'] } : {};
  let usesDefault = false;
  const services = isDict(model['services']) ? model['services'] : {};
  const changed: Dict = {};
  for (const [name, service] of Object.entries(services)) {
    changed[name] = service;
    if (!isDict(service) || 'provider' in service || 'network_mode' in service) continue;
    const own = service['networks'];
    if (!isDict(own) || Object.keys(own).length === 0) {
      changed[name] = { ...service, networks: { default: null } };
      usesDefault = true;
    } else if ('default' in own) usesDefault = true;
  }
  if (usesDefault && !('default' in networks)) networks['default'] = null;
  return {
    ...model,
    ...('services' in model ? { services: changed } : {}),
    ...(Object.keys(networks).length > 0 ? { networks } : {}),
  };
}

function normalizeService(given: Dict, environment: ReadonlyMap<string, string>): Dict {
  const service = { ...given };
  if (service['pull_policy'] === 'if_not_present') service['pull_policy'] = 'missing';
  if (isDict(service['build'])) {
    const build = { ...service['build'] };
    build['context'] ??= '.';
    if (build['dockerfile'] == null && build['dockerfile_inline'] == null) build['dockerfile'] = 'Dockerfile';
    if (build['args'] !== undefined) build['args'] = resolve(build['args'], environment, false);
    service['build'] = build;
  }
  if (service['environment'] !== undefined) service['environment'] = resolve(service['environment'], environment, true);
  const dependsOn: Dict = isDict(service['depends_on']) ? { ...service['depends_on'] } : {};
  const depend = (name: string, restart: boolean) => {
    dependsOn[name] ??= { condition: 'service_started', restart, required: true };
  };
  for (const link of list(service['links'])) depend(print(link).split(':')[0]!, true);
  for (const namespace of NAMESPACES) {
    const mode = service[namespace];
    if (typeof mode === 'string' && mode.startsWith('service:')) depend(mode.slice('service:'.length), true);
  }
  for (const from of list(service['volumes_from']))
    if (!print(from).startsWith('container:')) depend(print(from).split(':')[0]!, false);
  if (Array.isArray(service['volumes']))
    service['volumes'] = service['volumes'].map((volume) =>
      isDict(volume) && typeof volume['target'] === 'string'
        ? { ...volume, target: cleanPath(volume['target']) }
        : volume,
    );
  if (Object.keys(dependsOn).length > 0) service['depends_on'] = dependsOn;
  return service;
}

function list(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}

/** Fills in variables that are named without a value. */
function resolve(value: Value, environment: ReadonlyMap<string, string>, keepEmpty: boolean): Value {
  if (Array.isArray(value))
    return value.flatMap((one) => {
      if (typeof one !== 'string' || one.includes('=')) return [one];
      const found = environment.get(one);
      return found !== undefined ? [`${one}=${found}`] : keepEmpty ? [one] : [];
    });
  if (!isDict(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]): [string, Value][] => {
      if (one !== null) return [[key, one]];
      const found = environment.get(key);
      return found !== undefined ? [[key, found]] : keepEmpty ? [[key, null]] : [];
    }),
  );
}
