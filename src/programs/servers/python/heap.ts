import { hasType, type } from './types.ts';
import type { ClassObj } from './value.ts';

type Encoded = null | boolean | number | string | readonly Encoded[] | { readonly [key: string]: Encoded };

/**
 * A graph of plain objects, arrays and maps as text, in which every object keeps its identity: what a program that waits is kept
 * as.
 */
export function freeze(root: object): string {
  const numbers = new Map<object, number>();
  const rows: Encoded[] = [];
  const encode = (value: unknown): Encoded => {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number')
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { f: String(value) === '0' ? '-0' : String(value) };
    if (typeof value === 'bigint') return { i: String(value) };
    if (value === undefined) return { u: 1 };
    const known = numbers.get(value as object);
    if (known !== undefined) return { r: known };
    const number = rows.length;
    numbers.set(value as object, number);
    rows.push(null);
    rows[number] = row(value as object);
    return { r: number };
  };
  const row = (value: object): Encoded => {
    if ((value as ClassObj).t === 'class' && (value as ClassObj).builtin) return ['b', (value as ClassObj).name];
    if (Array.isArray(value)) return ['a', ...value.map(encode)];
    if (value instanceof Map) return ['m', ...[...value].flatMap(([key, entry]) => [encode(key), encode(entry)])];
    return ['o', ...Object.entries(value).flatMap(([key, entry]) => [key, encode(entry)])];
  };
  encode(root);
  return JSON.stringify(rows);
}

/** The graph that {@link freeze} wrote. */
export function thaw(text: string): object {
  const rows = JSON.parse(text) as unknown[][];
  const objects = rows.map(([kind, name]) => {
    if (kind === 'b') return hasType(name as string) ? type(name as string) : {};
    return kind === 'a' ? [] : kind === 'm' ? new Map() : {};
  });
  const decode = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const { r, i, f } = value as { r?: number; i?: string; f?: string };
    if (r !== undefined) return objects[r];
    if (i !== undefined) return BigInt(i);
    return f === undefined ? undefined : Number(f);
  };
  for (const [index, [kind, ...parts]] of rows.entries()) {
    const target = objects[index]!;
    if (kind === 'a') (target as unknown[]).push(...parts.map(decode));
    else if (kind === 'm')
      for (let at = 0; at < parts.length; at += 2)
        (target as Map<unknown, unknown>).set(decode(parts[at]), decode(parts[at + 1]));
    else if (kind === 'o')
      for (let at = 0; at < parts.length; at += 2)
        (target as Record<string, unknown>)[parts[at] as string] = decode(parts[at + 1]);
  }
  return objects[0]!;
}
