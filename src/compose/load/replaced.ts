import { matches, next } from '../path.ts';
import { type Dict, isDict, type Value } from '../value.ts';

/** The model without what `!reset` and `!override` of a later file replace (compose-go, loader/reset.go). */
export function removeReplaced(model: Dict, replaced: readonly string[]): Dict {
  if (replaced.length === 0) return model;
  const walk = (value: Value, path: string): Value => {
    if (Array.isArray(value)) return value.map((one, index) => walk(one, `${path}.[${index}]`));
    if (!isDict(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, one]): [string, Value][] => {
        const inside = next(path, key);
        return replaced.some((pattern) => matches(inside, pattern)) ? [] : [[key, walk(one, inside)]];
      }),
    );
  };
  return walk(model, '') as Dict;
}
