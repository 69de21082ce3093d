import { encode } from '../bytes.ts';
import { lookUp } from '../containers/launch.ts';
import { deviceTree } from '../containers/root.ts';
import { resolveUser } from '../containers/user.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { FileSystem, type Mount } from '../files/filesystem.ts';
import { type Directory, directory, regularFile } from '../files/node.ts';
import { basename, segments } from '../files/path.ts';
import { lookup } from '../files/tree.ts';
import { CAPABILITIES, type Credentials, DEFAULT_CAPABILITIES, HOST_ROOT } from '../process/credentials.ts';
import { keep } from './cache.ts';
import { quoted } from './quote.ts';
import type { Operation } from './vertex.ts';

type Exec = Extract<Operation, { kind: 'exec' }>;

export interface ExecuteOptions {
  readonly id: string;
  readonly root: Directory;
  /** Files of the inputs, by position. */
  readonly inputs: readonly (Directory | undefined)[];
  readonly secrets: ReadonlyMap<string, string>;
  /** Cache mounts begin empty, as with `--no-cache`. */
  readonly ignoreCache: boolean;
  readonly output: (bytes: string) => void;
}

const HOSTNAME = 'buildkitsandbox';
const TMPFS = { readOnly: false, type: 'tmpfs' as const };

/** The error of a process that did not end well, as the solver words it. */
function failed(operation: Exec, reason: string): EngineError {
  return new EngineError(500, `process ${quoted(operation.args.join(' '))} did not complete successfully: ${reason}`);
}

/**
 * Runs a command of RUN on a copy of its input (BuildKit, executor/runcexecutor) and returns the files afterwards. Throws
 * EngineError when the command can't be run or ends with another status than 0.
 */
export async function execute(engine: Engine, operation: Exec, options: ExecuteOptions): Promise<Directory> {
  const { state } = engine;
  const { id } = options;
  const root = `build:${id}`;
  const own = [root, `build:${id}:dev`, `build:${id}:shm`, `build:${id}:files`];
  state.trees.set(root, options.root);
  const mounts: Mount[] = [
    { target: '/', tree: root, source: '/', readOnly: false, type: 'overlay' },
    { target: '/proc', tree: `proc:${id}`, source: '/', readOnly: false, type: 'proc' },
    { target: '/dev', tree: `build:${id}:dev`, source: '/', ...TMPFS },
    { target: '/sys', tree: `sys:${id}`, source: '/', readOnly: true, type: 'sysfs' },
    { target: '/dev/shm', tree: `build:${id}:shm`, source: '/', ...TMPFS },
    ...(['hosts', 'resolv.conf'] as const).map(
      (name): Mount => ({
        target: `/etc/${name}`,
        tree: `build:${id}:files`,
        source: `/${name}`,
        readOnly: true,
        type: 'ext4',
      }),
    ),
  ];
  const environment: Record<string, string> = {};
  for (const [name, value] of [...operation.environment, ...operation.proxy]) environment[encode(name)] = encode(value);
  state.trees.set(`build:${id}:dev`, deviceTree(state.now, { tty: false, shm: true }));
  state.trees.set(`build:${id}:shm`, directory({ mode: 0o1777, mtime: state.now }));
  state.trees.set(`build:${id}:files`, networkFiles(engine, operation));
  try {
    own.push(...userMounts(engine, operation, options, mounts, environment));
    const credentials = identity(engine, operation, mounts, environment);
    const status = await run(engine, operation, options, mounts, environment, credentials);
    if (status !== 0) throw failed(operation, `exit code: ${status}`);
    return state.trees.get(root)!;
  } finally {
    for (const key of own) state.trees.delete(key);
    state.hostnames.delete(id);
    state.pids.delete(id);
  }
}

function identity(
  engine: Engine,
  operation: Exec,
  mounts: readonly Mount[],
  environment: Record<string, string>,
): Credentials {
  const files = new FileSystem(engine.treeStore(), mounts, HOST_ROOT);
  try {
    const { home, ...who } = resolveUser(files, operation.user);
    if (environment['HOME'] === undefined) environment['HOME'] = home;
    const capabilities = who.uid === 0 ? DEFAULT_CAPABILITIES : [];
    return {
      ...who,
      groups: [...new Set(who.groups)],
      capabilities,
      bounding: DEFAULT_CAPABILITIES.filter((name) => CAPABILITIES.includes(name as never)),
      noNewPrivileges: false,
    };
  } catch (error) {
    throw error instanceof EngineError ? failed(operation, error.message) : error;
  }
}

async function run(
  engine: Engine,
  operation: Exec,
  { id, output }: ExecuteOptions,
  mounts: readonly Mount[],
  environment: Record<string, string>,
  credentials: Credentials,
): Promise<number> {
  const { state } = engine;
  const [command = ''] = operation.args;
  const cwd = encode(operation.folder);
  const found = lookUp(engine, mounts, credentials, command, environment, cwd);
  if ('status' in found) {
    const reason = {
      ENOENT: command.includes('/')
        ? `stat ${command}: no such file or directory`
        : 'executable file not found in $PATH',
      EACCES: 'permission denied',
      EISDIR: 'is a directory',
      ENOEXEC: 'exec format error',
      ENOTDIR: 'not a directory',
    }[found.reason];
    output(
      `runc run failed: unable to start container process: error during container init: exec: ${quoted(command)}: ${reason}\n`,
    );
    return 1;
  }
  state.hostnames.set(id, HOSTNAME);
  const pid = state.nextPid;
  const stop = engine.listen(`host ${pid}`, (_stream, bytes) => output(bytes));
  const argv = operation.args.map(encode);
  engine.scheduler.start({
    ...{ container: `build ${id}`, argv: [...found.prefix, ...argv.slice(found.prefix.length > 0 ? 1 : 0)] },
    ...{ executable: found.path, program: found.programName, environment, cwd, credentials, mounts, tty: false },
    ...{ session: `host ${pid}`, pidns: id, uts: id, netns: operation.network === 'none' ? id : 'host' },
  });
  try {
    await engine.scheduler.until(() => (state.processes.get(String(pid))?.state ?? 'zombie') === 'zombie');
    return state.processes.get(String(pid))?.status ?? 0;
  } finally {
    engine.scheduler.end(pid, 137);
    for (const process of [...state.processes.values()])
      if (process.pidns === id) state.processes.delete(String(process.pid));
    stop();
  }
}

function networkFiles(engine: Engine, { hosts }: Exec): Directory {
  const lines = [`127.0.0.1\tlocalhost ${HOSTNAME}`, '::1\tlocalhost ip6-localhost ip6-loopback'];
  for (const entry of hosts) {
    const [name = '', address = ''] = /^([^:=]*)[:=](.*)$/.exec(entry)?.slice(1) ?? [];
    lines.push(`${address}\t${name}`);
  }
  const resolver = engine.hostFiles().stat('/etc/resolv.conf');
  return directory(
    {},
    new Map([
      ['hosts', regularFile(encode(`${lines.join('\n')}\n`), { mtime: engine.state.now })],
      ['resolv.conf', regularFile(resolver?.type === 'file' ? resolver.data : '', { mtime: engine.state.now })],
    ]),
  );
}

/** The mounts of `RUN --mount`; the keys of the trees that end with the command. Secrets for `env=` go into the environment. */
function userMounts(
  engine: Engine,
  operation: Exec,
  { id, inputs, secrets, ignoreCache }: ExecuteOptions,
  mounts: Mount[],
  environment: Record<string, string>,
): string[] {
  const { trees, now } = engine.state;
  const temporary: string[] = [];
  for (const [index, { mount, target, input }] of operation.mounts.entries()) {
    const key = `build:${id}:mount${index}`;
    const { readOnly } = mount;
    const add = (tree: string, source: string, type: Mount['type'] = 'ext4') =>
      mounts.push({ target, tree, source, readOnly, type });
    if (mount.type === 'tmpfs') {
      trees.set(key, directory({ mode: 0o1777, mtime: now }));
      temporary.push(key);
      mounts.push({ target, tree: key, source: '/', ...TMPFS, ...(mount.size > 0 ? { limit: mount.size } : {}) });
    } else if (mount.type === 'secret') {
      const secret = secrets.get(mount.id);
      if (secret === undefined) {
        if (mount.required) throw new EngineError(404, `secret ${mount.id}: not found`);
        continue;
      }
      if (mount.env !== undefined) environment[encode(mount.env)] = secret;
      if (target === '') continue;
      const file = regularFile(secret, {
        ...{ mode: mount.mode ?? 0o400, uid: mount.uid ?? 0, gid: mount.gid ?? 0, mtime: now },
      });
      trees.set(key, directory({}, new Map([[basename(target), file]])));
      temporary.push(key);
      mounts.push({ target, tree: key, source: `/${basename(target)}`, readOnly: true, type: 'tmpfs' });
    } else if (mount.type === 'ssh') {
      if (mount.required) throw new EngineError(400, `unset ssh forward key ${mount.id || 'default'}`);
    } else if (mount.type === 'cache') {
      add(cacheMount(engine, operation, index, ignoreCache), '/');
    } else {
      const tree = (input === undefined ? undefined : inputs[input]) ?? directory({ mtime: now });
      trees.set(key, tree);
      temporary.push(key);
      const source = `/${segments(mount.source).join('/')}`;
      if (!lookup(tree, segments(source)))
        throw new EngineError(404, `failed to compute cache key: ${quoted(source)}: not found`);
      add(key, source);
    }
  }
  return temporary;
}

/** The tree of a cache mount, which outlives the build. Another owner or mode makes another cache. */
function cacheMount(engine: Engine, { mounts }: Exec, index: number, fresh: boolean): string {
  const { mount } = mounts[index]!;
  const { uid = 0, gid = 0, mode = 0o755 } = mount;
  const name = `${mount.id}${uid === 0 && gid === 0 && mode === 0o755 ? '' : ` ${uid}:${gid} ${mode}`}`;
  const tree = `build:cache:${name}`;
  const { trees, now } = engine.state;
  if (fresh || !trees.has(tree)) trees.set(tree, directory({ uid, gid, mode, mtime: now }));
  keep(engine, {
    ...{ key: `cachemount ${name}`, tree, size: 0, parents: [], type: 'exec.cachemount' },
    description: `cached mount ${mount.target} from exec`,
  });
  return tree;
}
