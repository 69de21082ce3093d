import { ComposeError } from './error.ts';

/** A mount of a service in its long form. */
export interface VolumeMount {
  type: string;
  source?: string;
  target: string;
  read_only?: boolean;
  consistency?: string;
  bind?: { selinux?: string; propagation?: string; create_host_path?: boolean; recursive?: string };
  volume?: { labels?: Record<string, string>; nocopy?: boolean; subpath?: string };
  tmpfs?: { size?: number; mode?: number };
  image?: { subpath?: string };
}

const PROPAGATIONS = ['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'];

/** The long form of a short one, `./html:/srv:ro` (compose-go, format/volume.go). Throws {@link ComposeError}. */
export function parseVolume(spec: string): VolumeMount {
  if (spec === '') throw new ComposeError('invalid empty volume spec');
  if (spec.length <= 2) return { type: 'volume', target: spec };
  const fields: string[] = [];
  let field = '';
  let depth = 0;
  for (let i = 0; i < spec.length; i += 1) {
    const char = spec[i]!;
    if (char === '$' && spec[i + 1] === '{') depth += 1;
    else if (char === '}' && depth > 0) depth -= 1;
    else if (char === ':' && depth === 0 && !(field.length === 1 && /\p{L}/u.test(field))) {
      fields.push(field);
      field = '';
      continue;
    }
    field += char;
  }
  fields.push(field);
  const wrong = (reason: string) => new ComposeError(`invalid spec: ${spec}: ${reason}`);
  if (fields.includes('')) throw wrong('empty section between colons');
  if (fields.length > 3) throw wrong('too many colons');
  const [first = '', second, options] = fields;
  const volume: VolumeMount =
    second === undefined ? { type: '', target: first } : { type: '', source: first, target: second };
  for (const option of options?.split(',') ?? []) {
    if (option === 'ro') volume.read_only = true;
    else if (option === 'rw') delete volume.read_only;
    else if (option === 'nocopy') volume.volume = { nocopy: true };
    else if (PROPAGATIONS.includes(option)) volume.bind = { ...volume.bind, propagation: option };
    else if (option === 'z' || option === 'Z') volume.bind = { ...volume.bind, selinux: option };
  }
  if (isPath(volume.source ?? '')) {
    volume.type = 'bind';
    volume.bind = { ...volume.bind, create_host_path: true };
  } else {
    volume.type = 'volume';
    volume.volume ??= {};
  }
  return volume;
}

function isPath(source: string): boolean {
  return /^(?:[./~]|\\\\|\p{L}:)/u.test(source);
}

/** A path without `.`, `..` and double slashes, as Go's path.Clean gives it. */
export function cleanPath(path: string): string {
  const absolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!absolute) parts.push('..');
  }
  const joined = parts.join('/');
  return absolute ? `/${joined}` : joined || '.';
}
