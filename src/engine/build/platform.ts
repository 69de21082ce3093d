import { DockerfileError } from './dockerfile-error.ts';

/** An operating system and a processor architecture (OCI image specification, "platform"). */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string;
}

/** What the modelled host is. */
export const HOST_PLATFORM: Platform = { os: 'linux', architecture: 'amd64', variant: '' };

const SYSTEMS = new Set(['linux', 'windows', 'darwin', 'freebsd', 'wasip1']);
const ALIASES: Readonly<Record<string, readonly [string, string]>> = {
  ...{ x86_64: ['amd64', ''], 'x86-64': ['amd64', ''], aarch64: ['arm64', ''], arm64: ['arm64', ''] },
  ...{ armhf: ['arm', 'v7'], armel: ['arm', 'v6'], i386: ['386', ''], i486: ['386', ''], i686: ['386', ''] },
};

/** Reads `linux/arm64/v8`, `arm64`, `linux`. Throws {@link DockerfileError} with containerd's messages. */
export function parsePlatform(text: string): Platform {
  const parts = text.split('/');
  const refused = (reason: string) => new DockerfileError(`${JSON.stringify(text)}: ${reason}: invalid argument`);
  if (parts.length > 3) throw refused('cannot parse platform specifier');
  if (parts.some((part) => !/^[A-Za-z0-9_.-]+$/.test(part)))
    throw new DockerfileError(
      `${JSON.stringify(parts.find((part) => !/^[A-Za-z0-9_.-]+$/.test(part)))} is an invalid component of ${JSON.stringify(text)}: platform specifier component must match "^[A-Za-z0-9_.-]+$": invalid argument`,
    );
  const [first = '', second, third = ''] = parts.map((part) => part.toLowerCase());
  const known = ALIASES[first]?.[0] ?? first;
  if (second === undefined) {
    if (SYSTEMS.has(first)) return { ...HOST_PLATFORM, os: first };
    if (['amd64', 'arm64', 'arm', '386', 'ppc64le', 's390x', 'riscv64', 'mips64le'].includes(known))
      return { os: 'linux', architecture: known, variant: ALIASES[first]?.[1] ?? (known === 'arm' ? 'v7' : '') };
    throw refused('unknown operating system or architecture');
  }
  const [architecture, variant] = ALIASES[second] ?? [second, ''];
  const own = third || variant || (architecture === 'arm' ? 'v7' : '');
  return { os: first, architecture, variant: architecture === 'arm64' && own === 'v8' ? '' : own };
}

/** `linux/arm64`, `linux/arm/v7`. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== '').join('/');
}
