/** An image reference in parts, as it was written (distribution/reference, grammar in reference.go). */
export interface Reference {
  readonly domain: string;
  readonly path: string;
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest?: string;
}

/** A reference that cannot be read; the message is distribution/reference's. */
export class InvalidReference extends Error {}

const DOMAIN_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const PATH_PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const NAME = `(?:(${DOMAIN})/)?(${PATH_PART}(?:/${PATH_PART})*)`;
const TAG = '\\w[\\w.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const REFERENCE = new RegExp(`^${NAME}(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const FULL_ID = /^[a-f0-9]{64}$/;
const MAX_PATH = 255;
const HUB = 'docker.io';

/** Reads a reference without filling in what is not said. Throws {@link InvalidReference}. */
export function parseReference(text: string): Reference {
  const match = REFERENCE.exec(text);
  if (!match) {
    if (text === '') throw new InvalidReference('repository name must have at least one component');
    if (REFERENCE.test(text.toLowerCase())) throw new InvalidReference('repository name must be lowercase');
    throw new InvalidReference('invalid reference format');
  }
  const [, domain = '', path = '', tag, digest] = match;
  if (path.length > MAX_PATH) throw new InvalidReference('repository name must not be more than 255 characters');
  if (digest !== undefined) checkDigest(digest);
  return { domain, path, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

function checkDigest(digest: string): void {
  const [algorithm, hex = ''] = digest.split(':');
  if (algorithm !== 'sha256') throw new InvalidReference('unsupported digest algorithm');
  if (hex.length !== 64) throw new InvalidReference('invalid checksum digest length');
  if (hex !== hex.toLowerCase()) throw new InvalidReference('invalid checksum digest format');
}

/** Splits off the registry as Docker does: `docker.io` unless the first part looks like a host. */
function splitDomain(text: string): [domain: string, rest: string] {
  const slash = text.indexOf('/');
  const first = slash < 0 ? '' : text.slice(0, slash);
  const isHost = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
  const domain = !isHost || first === 'index.docker.io' ? HUB : first;
  const rest = isHost ? text.slice(slash + 1) : text;
  return [domain, domain === HUB && !rest.includes('/') ? `library/${rest}` : rest];
}

/** Reads a reference as people write it: `alpine` is `docker.io/library/alpine`. Throws {@link InvalidReference}. */
export function parseNormalized(text: string): Reference {
  if (FULL_ID.test(text))
    throw new InvalidReference(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  const [domain, rest] = splitDomain(text);
  const name = /^[^:@]*/.exec(rest)![0];
  if (name !== name.toLowerCase())
    throw new InvalidReference(`invalid reference format: repository name (${name}) must be lowercase`);
  return parseReference(`${domain}/${rest}`);
}

/** Reads what may be a reference, a digest or a full id, and gives its one long form. Throws {@link InvalidReference}. */
export function normalizeAny(text: string): string {
  if (FULL_ID.test(text)) return `sha256:${text}`;
  if (/^sha256:[a-f0-9]{64}$/.test(text)) return text;
  return referenceText(parseNormalized(text));
}

/** Name with the registry: `docker.io/library/alpine`. */
export function repository({ domain, path }: Reference): string {
  return domain === '' ? path : `${domain}/${path}`;
}

export function referenceText(reference: Reference): string {
  const { tag, digest } = reference;
  return `${repository(reference)}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** Name as Docker shows it: without `docker.io/` and `library/`. */
export function familiarName({ domain, path }: Reference): string {
  if (domain !== HUB) return repository({ domain, path });
  return path.startsWith('library/') && path.split('/').length === 2 ? path.slice('library/'.length) : path;
}

/** The first 12 digits of an id, its algorithm left out. */
export function truncateId(id: string): string {
  return id.slice(id.indexOf(':') + 1).slice(0, 12);
}
