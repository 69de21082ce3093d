import type { Tool } from '../tool.ts';
import { type Invocation, tool } from './invocation.ts';

/** A login shell for accounts that are none. */
export const nologin: Tool = tool((call) => {
  call.out(call.busybox ? 'This account is not available\n' : 'This account is currently not available.\n');
  return 1;
});

/** In a container there is no init that would listen. */
export const halt: Tool = tool((call) => {
  if (call.kernel.credentials.uid !== 0) throw call.failure('Operation not permitted', 'must be superuser.');
});

export const dnsdomainname: Tool = tool((call) => {
  const { files, hostname } = call.kernel;
  if (call.kernel.network.resolve(hostname).length === 0)
    throw call.failure(`${hostname}: Host name lookup failure`, 'Temporary failure in name resolution');
  const line = call.tryStat('/etc/hosts')
    ? files
        .read('/etc/hosts')
        .split('\n')
        .find((row) => row.split(/\s+/).includes(hostname))
    : undefined;
  const full = line?.trim().split(/\s+/)[1] ?? hostname;
  const at = full.indexOf('.');
  if (at >= 0) call.out(`${full.slice(at + 1)}\n`);
});

/** The system's log is not kept. */
export const logger: Tool = tool(() => 0);

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function randomBytes(call: Invocation, count: number): number[] {
  return Array.from({ length: count }, () => Math.floor(call.kernel.random() * 256));
}

/** Of openssl's many commands: `rand`, for passwords and keys, and `version`. */
export const openssl: Tool = tool(
  (call) => {
    const [command, ...rest] = call.args;
    if (command === 'version') return call.out('OpenSSL 3.5.4 30 Sep 2025 (Library: OpenSSL 3.5.4 30 Sep 2025)\n');
    const count = Number(rest.find((word) => /^\d+$/.test(word)) ?? Number.NaN);
    if (command !== 'rand' || !(count > 0 && count < 65_536)) {
      call.err(`openssl: ${command ?? ''} is not modelled here, only rand and version are\n`);
      call.status = 1;
      return;
    }
    const bytes = randomBytes(call, count);
    if (rest.includes('-hex')) return call.out(`${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}\n`);
    if (!rest.includes('-base64')) return call.out(String.fromCharCode(...bytes));
    const text = base64(bytes);
    call.out(`${text.replace(/(.{64})(?=.)/g, '$1\n')}\n`);
  },
  { pointer: false },
);

function base64(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const bits = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const group = [18, 12, 6, 0].map((shift) => ALPHABET[(bits >> shift) & 63]!);
    text +=
      left === 1 ? `${group[0]}${group[1]}==` : left === 2 ? `${group[0]}${group[1]}${group[2]}=` : group.join('');
  }
  return text;
}
