/**
 * Writes what lies in an image's files as a listing that src/images reads: `node src/build/image-listings.ts ROOT [BASE]`.
 * ROOT is a folder with an image's unpacked files (`docker export`); with BASE, another such folder, only what differs from it.
 * A line is `MODE UID:GID SIZE PATH`, a folder's path ends in `/`, a link has ` -> TARGET`. Text of small files that matter
 * follows, each line after a tab.
 */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

const [root = '', base] = process.argv.slice(2);
/** Folders whose content no example looks at; they stay, empty. */
const HOLLOW = new RegExp(
  `^/(${[
    'usr/(share|lib)/(?!nginx|os-release|go-|postgresql/)[^/]+|var/(lib/(dpkg|apt|systemd)|cache/[^/]+)',
    'usr/share/(go-[^/]+|postgresql)|usr/lib/go-[^/]+/pkg|usr/lib/postgresql/\\d+/lib',
    'usr/include|usr/local/lib/node_modules/npm/(?!bin/)[^/]+|usr/local/lib/node_modules/npm/bin/[^/]+',
    'etc/(pam\\.d|rc.\\.d|security|systemd|ssl/(?!certs(?:$|/ca-certificates))|perl|init\\.d|terminfo|selinux|update-motd\\.d)|proc|sys|dev',
  ].join('|')})/`,
);
const TEXT = new RegExp(
  `^/(${[
    'etc/(passwd|group|shadow|gshadow|alpine-release|debian_version|issue|issue\\.net|host\\.conf|shells|motd|profile|fstab)',
    'etc/(bash\\.bashrc|nsswitch\\.conf|ld\\.so\\.conf|networks|skel/.*|apt/sources\\.list|alternatives/README|nginx/.*)',
    'usr/share/nginx/(html|modules-available)/.*|usr/lib/os-release|etc/os-release|docker-entrypoint\\.sh',
    'bin/add(user|group)|root/\\..*|usr/bin/which\\.debianutils',
    'etc/docker/registry/config\\.yml|usr/local/bin/docker-entrypoint\\.sh|usr/lib/go-[^/]+/(VERSION|go\\.env)',
  ].join('|')})$`,
);
/** Manual pages' alternatives: a slim Debian has no manual. */
const MANUAL = /^\/etc\/alternatives\/.*\.\d\.gz$/;
/** What the engine lays over every container: not the image's. */
const ENGINE_FILES = new Set(['/.dockerenv', '/etc/hostname', '/etc/hosts', '/etc/resolv.conf', '/etc/mtab']);
const LONGEST_TEXT = 6000;

function describeFile(path: string, folder: string): string {
  const stat = lstatSync(join(folder, path));
  const mode = (stat.mode & 0o7777).toString(8);
  const head = `${mode} ${stat.uid}:${stat.gid}`;
  if (stat.isDirectory()) return `${head} 0 ${path}/`;
  if (stat.isSymbolicLink()) return `${head} 0 ${path} -> ${readlinkSync(join(folder, path))}`;
  return `${head} ${stat.size} ${path}`;
}

function* walk(path: string): Generator<string> {
  for (const name of readdirSync(join(root, path)).sort()) {
    const inner = `${path}/${name}`;
    if (HOLLOW.test(inner) || MANUAL.test(inner) || ENGINE_FILES.has(inner)) continue;
    const stat = lstatSync(join(root, inner));
    if (!stat.isDirectory() && !stat.isSymbolicLink() && !stat.isFile()) continue;
    const line = describeFile(inner, root);
    const old = base === undefined ? undefined : lookUp(inner);
    if (line !== old) {
      yield line;
      if (stat.isFile() && TEXT.test(inner) && stat.size > 0 && stat.size <= LONGEST_TEXT) {
        const text = readFileSync(join(root, inner), 'utf8');
        yield text
          .split('\n')
          .map((part) => `\t${part}`)
          .join('\n');
      }
    }
    if (stat.isDirectory()) yield* walk(inner);
  }
}

function lookUp(path: string): string | undefined {
  try {
    return describeFile(path, base!);
  } catch {
    return undefined;
  }
}

const text = [...walk('')].join('\n').replace(/[\\`]|\$\{/g, '\\$&');
console.log(`/** Written by src/build/image-listings.ts. */\nexport default \`${text}\`;`);
