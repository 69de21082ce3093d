const UNITS = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/** A count with a unit, as `head -c 1K` takes it: b (512), K (1024), KB (1000), M …. Undefined when it is none. */
export function countOf(text: string, busybox = false): number | undefined {
  // BusyBox knows three units, all of them small letters.
  const small = busybox ? /^(\d+)([bkm]?)$/.exec(text) : undefined;
  if (busybox) return small ? Number(small[1]) * ({ b: 512, k: 1024, m: 1_048_576 }[small[2]!] ?? 1) : undefined;
  const match = /^(\d+)(?:(b)|([kKMGTPE])(iB|B)?)?$/.exec(text);
  if (!match) return undefined;
  const [, digits, block, unit, suffix] = match;
  if (block) return Number(digits) * 512;
  const power = UNITS.indexOf((unit ?? '').toUpperCase());
  return Number(digits) * (suffix === 'B' ? 1000 : 1024) ** power;
}
