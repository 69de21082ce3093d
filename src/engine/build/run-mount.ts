import { ramInBytes } from '../units.ts';
import { DockerfileError } from './dockerfile-error.ts';
import { didYouMean } from './suggest.ts';

const TYPES = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'] as const;
const SHARING = ['shared', 'private', 'locked'] as const;
const KEYS = [
  ...['type', 'from', 'source', 'target', 'readonly', 'id', 'sharing', 'required', 'size', 'mode', 'uid', 'gid'],
  ...['src', 'dst', 'destination', 'ro', 'rw', 'readwrite', 'env'],
];

/** `RUN --mount=…` (Dockerfile reference, "RUN --mount"). */
export interface RunMount {
  readonly type: (typeof TYPES)[number];
  readonly from: string;
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly id: string;
  readonly sharing: string;
  readonly required: boolean;
  readonly size: number;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Environment variable that a secret is put into. */
  readonly env?: string;
}

/** Reads a mount; `expand` replaces variables in its values. Throws {@link DockerfileError} with BuildKit's messages. */
export function parseRunMount(text: string, expand: (word: string) => string): RunMount {
  const mount: { -readonly [Key in keyof RunMount]: RunMount[Key] } = {
    ...{
      type: 'bind',
      from: '',
      source: '',
      target: '',
      readOnly: false,
      id: '',
      sharing: '',
      required: false,
      size: 0,
    },
  };
  let readOnlyGiven = false;
  for (const field of csvFields(text)) {
    const equals = field.indexOf('=');
    const key = (equals < 0 ? field : field.slice(0, equals)).toLowerCase();
    const given = equals < 0 ? undefined : field.slice(equals + 1);
    if (given === undefined && !['readonly', 'ro', 'readwrite', 'rw', 'required'].includes(key))
      throw new DockerfileError(`invalid field '${field}' must be a key=value pair`);
    const value = given === undefined ? 'true' : expand(given);
    const bool = () => {
      if (!/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value))
        throw new DockerfileError(`invalid value for ${key}: ${value}`);
      return /^[1tT]/.test(value);
    };
    const unexpected = () => new DockerfileError(`unexpected key '${key}' for mount type '${mount.type}'`);
    const number = (base: 8 | 10) => {
      if (!(base === 8 ? /^[0-7]+$/ : /^\d+$/).test(value))
        throw new DockerfileError(`invalid value ${value} for ${key}`);
      return Number.parseInt(value, base);
    };
    switch (key) {
      case 'type': {
        const type = TYPES.find((one) => one === value.toLowerCase());
        if (!type)
          throw new DockerfileError(`unsupported mount type ${JSON.stringify(value)}${didYouMean(value, TYPES)}`);
        mount.type = type;
        break;
      }
      case 'from':
        mount.from = value;
        break;
      case 'source':
      case 'src':
        mount.source = value;
        break;
      case 'target':
      case 'dst':
      case 'destination':
        mount.target = value;
        break;
      case 'readonly':
      case 'ro':
        mount.readOnly = bool();
        readOnlyGiven = true;
        break;
      case 'readwrite':
      case 'rw':
        mount.readOnly = !bool();
        readOnlyGiven = true;
        break;
      case 'required':
        if (mount.type !== 'secret' && mount.type !== 'ssh') throw unexpected();
        mount.required = bool();
        break;
      case 'size':
        if (mount.type !== 'tmpfs') throw unexpected();
        try {
          mount.size = ramInBytes(value);
        } catch {
          throw new DockerfileError(`invalid value for ${key}: ${value}`);
        }
        break;
      case 'id':
        mount.id = value;
        break;
      case 'sharing':
        if (!SHARING.some((one) => one === value.toLowerCase()))
          throw new DockerfileError(`unsupported sharing value ${JSON.stringify(value)}${didYouMean(value, SHARING)}`);
        mount.sharing = value.toLowerCase();
        break;
      case 'mode':
        mount.mode = number(8);
        break;
      case 'uid':
        mount.uid = number(10);
        break;
      case 'gid':
        mount.gid = number(10);
        break;
      case 'env':
        mount.env = value;
        break;
      default:
        throw new DockerfileError(`unexpected key '${key}' in '${field}'${didYouMean(key, KEYS)}`);
    }
  }
  if (!readOnlyGiven) mount.readOnly = mount.type !== 'cache' && mount.type !== 'tmpfs';
  check(mount);
  return mount;
}

function check(mount: RunMount): void {
  const { type } = mount;
  if (type === 'bind' || type === 'tmpfs')
    for (const key of ['mode', 'uid', 'gid'] as const)
      if (mount[key] !== undefined) throw new DockerfileError(`${key} not allowed for "${type}" type mounts`);
  if (type === 'secret') {
    if (mount.from !== '') throw new DockerfileError('secret mount should not have a from');
    if (mount.sharing !== '') throw new DockerfileError('secret mount should not define sharing');
    if (mount.source === '' && mount.target === '' && mount.id === '')
      throw new DockerfileError('invalid secret mount. one of source, target required');
    if (mount.source !== '' && mount.id !== '') throw new DockerfileError("both source and id can't be set");
  }
  if (mount.sharing !== '' && type !== 'cache')
    throw new DockerfileError(`invalid cache sharing set for ${type} mount`);
}

/** The fields of a line of comma-separated values, quotes as in RFC 4180. */
function csvFields(line: string): string[] {
  return Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain]) =>
    quoted === undefined ? plain! : quoted.replaceAll('""', '"'),
  );
}
