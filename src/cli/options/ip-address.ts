import { OptionError } from './option-error.ts';

/** An address in its one form, `::1` for `0:0:0:0:0:0:0:1`, or undefined when it is none (Go, net.ParseIP and IP.String). */
export function normalizeAddress(text: string): string | undefined {
  if (!text.includes(':')) return isIpv4(text) ? text : undefined;
  const groups = ipv6Groups(text);
  if (!groups) return undefined;
  // An IPv4 address inside IPv6 prints as the one it is.
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const [high = 0, low = 0] = groups.slice(6);
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  return ipv6Text(groups);
}

function isIpv4(text: string): boolean {
  return /^(?:(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])(?:\.(?!$)|$)){4}$/.test(text);
}

function ipv6Groups(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const read = halves.map((half) => (half === '' ? [] : groupsOf(half)));
  const [head, tail] = read;
  if (!head || (halves.length === 2 && !tail)) return undefined;
  if (!tail) return head.length === 8 ? head : undefined;
  const missing = 8 - head.length - tail.length;
  return missing < 1 ? undefined : [...head, ...Array<number>(missing).fill(0), ...tail];
}

function groupsOf(text: string): number[] | undefined {
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part.includes('.')) {
      if (!isIpv4(part)) return undefined;
      const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number);
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function ipv6Text(groups: readonly number[]): string {
  let start = -1;
  let length = 1;
  for (let at = 0; at < 8; at += 1) {
    let end = at;
    while (groups[end] === 0) end += 1;
    if (end - at > length) [start, length] = [at, end - at];
    at = Math.max(at, end);
  }
  const hex = groups.map((group) => group.toString(16));
  if (start < 0) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** The value of `--dns` and the like (docker/cli, opts.ValidateIPAddress). Throws {@link OptionError}. */
export function parseIpAddress(value: string): string {
  const address = normalizeAddress(value.trim());
  if (address === undefined) throw new OptionError(`IP address is not correctly formatted: ${value}`);
  return address;
}
