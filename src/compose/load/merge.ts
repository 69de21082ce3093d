import { ComposeError } from '../error.ts';
import { lookup, next, show } from '../path.ts';
import { type Dict, equal, goType, isDict, print, type Value } from '../value.ts';

type Merger = (base: Value, override: Value, path: string) => Value;

/** How values of a file override those of the one before, where it is not simply one by one (compose-go, override/merge.go). */
const SPECIAL: Readonly<Record<string, Merger>> = {
  'networks.*.ipam.config': mergeIpam,
  'networks.*.labels': toSequence,
  'volumes.*.labels': toSequence,
  'services.*.annotations': toSequence,
  'services.*.build': mergeBuild,
  'services.*.build.args': toSequence,
  'services.*.build.additional_contexts': toSequence,
  'services.*.build.extra_hosts': mergeExtraHosts,
  'services.*.build.labels': toSequence,
  'services.*.command': replace,
  'services.*.depends_on': mergeDependsOn,
  'services.*.deploy.labels': toSequence,
  'services.*.dns': toSequence,
  'services.*.dns_opt': toSequence,
  'services.*.dns_search': toSequence,
  'services.*.entrypoint': replace,
  'services.*.env_file': toSequence,
  'services.*.label_file': toSequence,
  'services.*.environment': toSequence,
  'services.*.extra_hosts': mergeExtraHosts,
  'services.*.healthcheck.test': replace,
  'services.*.labels': toSequence,
  'services.*.volumes.*.volume.labels': toSequence,
  'services.*.logging': mergeLogging,
  'services.*.models': mergeNames,
  'services.*.networks': mergeNames,
  'services.*.sysctls': toSequence,
  'services.*.tmpfs': toSequence,
  'services.*.ulimits.*': replace,
};

/** The model of a file over that of the files before. Throws {@link ComposeError}. */
export function merge(base: Dict, override: Dict): Dict {
  return mergeValues(base, override, '') as Dict;
}

/** A service over the one that it extends. */
export function extendService(base: Dict, override: Dict): Dict {
  return mergeValues(base, override, 'services.x') as Dict;
}

function mergeValues(base: Value, override: Value, path: string): Value {
  const special = lookup(SPECIAL, path);
  if (special) return special(base, override, path);
  if (override === null) return base;
  if (isDict(base)) {
    if (!isDict(override)) throw new ComposeError(`cannot override ${show(path)}`);
    return mergeMappings(base, override, path);
  }
  if (Array.isArray(base)) {
    if (!Array.isArray(override)) throw new ComposeError(`cannot override ${show(path)}`);
    return [...base, ...override];
  }
  return override;
}

function mergeMappings(base: Dict, override: Dict, path: string): Dict {
  const result: Dict = { ...base };
  for (const [key, value] of Object.entries(override))
    result[key] = key in result ? mergeValues(result[key]!, value, next(path, key)) : value;
  return result;
}

function replace(_base: Value, override: Value): Value {
  return override;
}

function mergeLogging(base: Value, override: Value, path: string): Value {
  if (!isDict(base) || !isDict(override)) return override;
  const same = base['driver'] === override['driver'] || !('driver' in base) || !('driver' in override);
  return same ? mergeMappings(base, override, path) : override;
}

function mergeBuild(base: Value, override: Value, path: string): Value {
  const long = (value: Value): Dict => (typeof value === 'string' ? { context: value } : isDict(value) ? value : {});
  return mergeMappings(long(base), long(override), path);
}

function toMapping(value: Value, entry: () => Value): Dict {
  if (isDict(value)) return value;
  return Object.fromEntries((Array.isArray(value) ? value : []).map((name) => [String(name), entry()]));
}

function mergeDependsOn(base: Value, override: Value, path: string): Value {
  const entry = () => ({ condition: 'service_started', required: true });
  return mergeMappings(toMapping(base, entry), toMapping(override, entry), path);
}

function mergeNames(base: Value, override: Value, path: string): Value {
  return mergeMappings(
    toMapping(base, () => null),
    toMapping(override, () => null),
    path,
  );
}

function sequence(value: Value): Value[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return [value];
  if (!isDict(value)) return [];
  return Object.entries(value)
    .flatMap(([key, one]) =>
      one === null
        ? [key]
        : Array.isArray(one)
          ? one.map((inner) => `${key}=${print(inner)}`)
          : [`${key}=${print(one)}`],
    )
    .sort();
}

function toSequence(base: Value, override: Value): Value {
  return [...sequence(base), ...sequence(override)];
}

function mergeExtraHosts(base: Value, override: Value): Value {
  const before = sequence(base);
  return [...before, ...sequence(override).filter((one) => !before.some((other) => equal(one, other)))];
}

function mergeIpam(base: Value, override: Value, path: string): Value {
  if (!Array.isArray(base)) throw new ComposeError(`${show(path)}: unexpected type ${goType(base)}`);
  if (!Array.isArray(override)) throw new ComposeError(`${show(path)}: unexpected type ${goType(base)}`);
  const result: Dict[] = [];
  for (const original of base)
    for (const one of override) {
      const right = isDict(original) ? original : {};
      const left = isDict(one) ? one : {};
      const found = result.findIndex((entry) => entry['subnet'] === left['subnet']);
      if (left['subnet'] !== right['subnet']) {
        if (found < 0) {
          result.push(left);
          continue;
        }
      }
      const merged = mergeMappings(right, left, path);
      const index = result.findIndex((entry) => entry['subnet'] === merged['subnet']);
      if (index >= 0) result[index] = merged;
      else result.push(merged);
    }
  return result;
}
