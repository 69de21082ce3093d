const UNITS = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/** A count with a unit, as `head -c 1K` takes it: b (512), K (1024), KB (1000), M …. Undefined when it is none. */
export function countOf(text: string): number | undefined {
  const match = /^(\d+)(?:(b)|([kKMGTPE])(iB|B)?)?$/.exec(text);
  if (!match) return undefined;
  const [, digits, block, unit, suffix] = match;
  if (block) return Number(digits) * 512;
  const power = UNITS.indexOf((unit ?? '').toUpperCase());
  return Number(digits) * (suffix === 'B' ? 1000 : 1024) ** power;
}
