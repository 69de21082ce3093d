import { EngineError } from '../errors.ts';
import { FileError } from '../files/errors.ts';
import type { FileSystem } from '../files/filesystem.ts';
import { type Credentials, DEFAULT_CAPABILITIES, HOST_CAPABILITIES } from '../process/credentials.ts';
import type { HostConfig } from './container.ts';

const MAXIMUM_ID = 2_147_483_647;

function table(files: FileSystem, path: string): string[][] {
  try {
    return files
      .read(path)
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => line.split(':'));
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

function inRange(id: number): number {
  if (id < 0 || id > MAXIMUM_ID) throw new EngineError(400, 'uids and gids must be in range 0-2147483647');
  return id;
}

/**
 * Who `USER` or `-u name:group` means by /etc/passwd and /etc/group of a file system (moby/sys/user, GetExecUser).
 * Throws 400 `unable to find user X: no matching entries in passwd file`.
 */
export function resolveUser(
  files: FileSystem,
  user: string,
  groupAdd: readonly string[] = [],
): Pick<Credentials, 'uid' | 'gid' | 'groups'> & { readonly home: string } {
  const [name = '', group = ''] = user.split(':');
  const groups = table(files, '/etc/group');
  const entry = table(files, '/etc/passwd').find(([login, , uid]) =>
    name === '' ? uid === '0' : login === name || uid === name,
  );
  const numeric = /^-?\d+$/.test(name);
  if (name !== '' && !entry && !numeric)
    throw new EngineError(400, `unable to find user ${name}: no matching entries in passwd file`);
  const uid = inRange(numeric && !entry ? Number(name) : Number(entry?.[2] ?? 0));
  let gid = Number(entry?.[3] ?? 0);
  let supplementary: number[] = [];
  if (group !== '') {
    const found = groups.find(([label, , id]) => label === group || id === group);
    if (!found && !/^\d+$/.test(group))
      throw new EngineError(400, `unable to find group ${group}: no matching entries in group file`);
    gid = inRange(found ? Number(found[2]) : Number(group));
  } else if (entry) {
    supplementary = groups
      .filter(([, , , members]) => members?.split(',').includes(entry[0]!))
      .map(([, , id]) => Number(id));
  }
  const added = groupAdd.map((wanted) => {
    const found = groups.find(([label]) => label === wanted);
    if (!found && !/^\d+$/.test(wanted))
      throw new EngineError(400, `unable to find group ${wanted}: no matching entries in group file`);
    return inRange(found ? Number(found[2]) : Number(wanted));
  });
  // The kernel keeps the list sorted; the user's own group stands in it as well.
  return { uid, gid, groups: [gid, ...supplementary, ...added].sort((a, b) => a - b), home: entry?.[5] || '/' };
}

/** Capabilities of a container by its configuration (moby, oci/caps/utils.go): those it may have, and those in effect. */
export function capabilitiesOf(
  host: HostConfig,
  uid: number,
): Pick<Credentials, 'capabilities' | 'bounding' | 'noNewPrivileges' | 'refusedCalls'> {
  const noNewPrivileges = (host.SecurityOpt ?? []).some((option) => /^no-new-privileges([=:]true)?$/.test(option));
  const refusedCalls = refusedBy(host.SecurityOpt ?? []);
  if (host.Privileged)
    return {
      bounding: HOST_CAPABILITIES,
      capabilities: uid === 0 ? HOST_CAPABILITIES : [],
      noNewPrivileges,
      ...refusedCalls,
    };
  const short = (name: string) => name.replace(/^CAP_/, '');
  const drops = (host.CapDrop ?? []).map(short);
  const adds = (host.CapAdd ?? []).map(short);
  const base: readonly string[] = adds.includes('ALL')
    ? HOST_CAPABILITIES
    : drops.includes('ALL')
      ? []
      : DEFAULT_CAPABILITIES;
  const bounding = [
    ...new Set([...base.filter((name) => !drops.includes(name)), ...adds.filter((name) => name !== 'ALL')]),
  ];
  return { bounding, capabilities: uid === 0 ? bounding : [], noNewPrivileges, ...refusedCalls };
}

/** System calls that are told apart, each by one of its names. */
const CALLS = [
  'mkdir',
  'chmod',
  'chown',
  'symlink',
  'rename',
  'unlink',
  'rmdir',
  'mknod',
  'mount',
  'unshare',
  'sethostname',
];

/** What a seccomp profile of the user's refuses of those calls that programs here make (seccomp in moby, profiles/seccomp). */
function refusedBy(options: readonly string[]): Pick<Credentials, 'refusedCalls'> {
  const text = options.find((option) => /^seccomp[=:]\{/.test(option))?.slice('seccomp='.length);
  if (text === undefined) return {};
  const { defaultAction, syscalls = [] } = JSON.parse(text) as {
    readonly defaultAction?: string;
    readonly syscalls?: readonly {
      readonly names?: readonly string[];
      readonly name?: string;
      readonly action?: string;
    }[];
  };
  const refuses = (action = 'SCMP_ACT_ALLOW') => !/^SCMP_ACT_(ALLOW|LOG)$/.test(action);
  const actionOf = (call: string) =>
    syscalls.find(({ names, name }) => name === call || names?.includes(call))?.action ?? defaultAction;
  const refused = CALLS.filter((call) => refuses(actionOf(call)));
  return refused.length > 0 ? { refusedCalls: refused } : {};
}
