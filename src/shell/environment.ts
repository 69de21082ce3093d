import type { Environment, Flavour } from './state.ts';

const NAME = /^[A-Za-z_]\w*$/;
const encoder = new TextEncoder();

/** Where ash and dash keep a variable: the bucket of their table (var.c, hashvar). */
function almquistBucket(name: string): number {
  const bytes = encoder.encode(name);
  return bytes.reduce((sum, byte) => sum + byte, bytes[0]! << 4) % 39;
}

/** Where bash keeps a variable: the bucket of its table, by FNV-1 (hashlib.c). */
function bashBucket(name: string): number {
  let hash = 2_166_136_261;
  for (const byte of encoder.encode(name)) hash = (Math.imul(hash, 16_777_619) ^ byte) >>> 0;
  return hash & 1023;
}

/**
 * What a command finds in its environment, in the order in which each shell's table of variables gives it. Names that no
 * variable can have are handed on by bash, which begins with them, and by ash, which ends with them. `assigned`: what stands
 * before the command.
 */
export function commandEnvironment(
  { vars }: Environment,
  flavour: Flavour,
  assigned: ReadonlyMap<string, string> = new Map(),
): Record<string, string> {
  const bash = flavour === 'bash';
  const bucket = bash ? bashBucket : almquistBucket;
  const names: [name: string, value: string][] = [];
  const foreign: [name: string, value: string][] = [];
  for (const [name, { value, exported }] of Object.entries(vars)) {
    if (!exported || value === undefined || assigned.has(name)) continue;
    if (NAME.test(name)) names.push([name, value]);
    else if (flavour !== 'dash') foreign.push([name, value]);
  }
  if (!bash) names.push(...assigned);
  names.sort(([a], [b]) => bucket(a) - bucket(b));
  return Object.fromEntries(bash ? [...foreign, ...assigned, ...names] : [...names, ...foreign]);
}
