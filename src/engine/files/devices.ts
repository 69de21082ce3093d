/** Devices that can be read without end: what they give depends on the name alone (null(4), random(4), full(4)). */
const ENDLESS = new Set(['zero', 'full', 'random', 'urandom']);

/** Whether reading a device never comes to an end. */
export function isEndless(node: { readonly type: string; readonly device?: string } | undefined): boolean {
  return node?.type === 'character' && ENDLESS.has(node.device ?? '');
}

/** So many bytes of a device; none of those that have an end. `random`: 0 ≤ n < 1. */
export function deviceBytes(device: string, length: number, random: () => number): string {
  if (device === 'zero' || device === 'full') return '\0'.repeat(length);
  if (!ENDLESS.has(device)) return '';
  return Array.from({ length }, () => String.fromCharCode(Math.floor(random() * 256))).join('');
}
