/** An IPv4 address as a number, or undefined. */
export function parseAddress(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  const bytes = match.slice(1).map(Number);
  if (bytes.some((byte, index) => byte > 255 || (match[index + 1]!.length > 1 && match[index + 1]!.startsWith('0'))))
    return undefined;
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

export interface Prefix {
  readonly base: number;
  readonly bits: number;
}

/** `10.0.0.0/8`, host bits kept out. Undefined when it is none. */
export function parsePrefix(text: string): Prefix | undefined {
  const [address = '', bits = ''] = text.split('/');
  const base = parseAddress(address);
  if (base === undefined || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) return undefined;
  return { base: base - (base % size({ base, bits: Number(bits) })), bits: Number(bits) };
}

export function size({ bits }: Prefix): number {
  return 2 ** (32 - bits);
}

export function formatPrefix({ base, bits }: Prefix): string {
  return `${formatAddress(base)}/${bits}`;
}

export function contains(prefix: Prefix, address: number): boolean {
  return address >= prefix.base && address < prefix.base + size(prefix);
}

export function overlaps(a: Prefix, b: Prefix): boolean {
  return a.base < b.base + size(b) && b.base < a.base + size(a);
}
