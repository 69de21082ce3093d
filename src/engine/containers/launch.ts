import { encode } from '../bytes.ts';
import type { Engine } from '../engine.ts';
import { FileSystem, type Mount } from '../files/filesystem.ts';
import { resolve } from '../files/path.ts';
import type { Credentials } from '../process/credentials.ts';
import { elevated, HOST_ROOT } from '../process/credentials.ts';
import { findCommand } from '../process/exec.ts';
import type { Limits } from '../process/limits.ts';
import { type Process, scriptName } from '../process/process.ts';
import type { Executable, Found, NotFound, ProgramTable } from '../process/program.ts';
import type { Container } from './container.ts';
import { INIT_PATH, pidNamespace } from './mounts/table.ts';
import { capabilitiesOf, resolveUser } from './user.ts';

/** Threads that runc has begun in a container when its exec'd command starts. */
const RUNC_THREADS = 5;

export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Variables `NAME=value` as a record of byte strings; a later one wins, one without `=` is dropped. */
export function environmentRecord(variables: readonly string[]): Record<string, string> {
  const record: Record<string, string> = {};
  for (const variable of variables) {
    const at = variable.indexOf('=');
    if (at > 0) record[encode(variable.slice(0, at))] = encode(variable.slice(at + 1));
  }
  return record;
}

/** Who a process of a container is, by what the image or the user says. Throws 400 for users that are not known. */
export function credentialsFor(
  engine: Engine,
  container: Container,
  mounts: readonly Mount[],
  user: string,
  privileged = false,
): { readonly credentials: Credentials; readonly home: string } {
  const files = new FileSystem(engine.treeStore(), mounts, HOST_ROOT);
  const { home, ...who } = resolveUser(files, user, container.hostConfig.GroupAdd ?? []);
  const host = privileged ? { ...container.hostConfig, Privileged: true } : container.hostConfig;
  return { credentials: { ...who, ...capabilitiesOf(host, who.uid) }, home };
}

/** What a process of a container sees in its environment, HOME last unless it is given. */
export function processEnvironment(
  container: Container,
  variables: readonly string[],
  home: string,
  tty: boolean,
): Record<string, string> {
  const hostname = container.config.Hostname;
  const base = [`PATH=${DEFAULT_PATH}`, `HOSTNAME=${hostname}`, ...(tty ? ['TERM=xterm'] : [])];
  const record = environmentRecord([...base, ...variables]);
  return 'HOME' in record ? record : { ...record, HOME: encode(home) };
}

/**
 * What runs where runc finds a file that may be executed and the kernel then refuses it: runc's own process, which says so and
 * ends with 255.
 */
export function refusedByKernel(programs: ProgramTable, word: string, { reason, file = '' }: NotFound): Found {
  const why = { ENOEXEC: 'exec format error', ENOENT: 'no such file or directory' }[reason as string];
  const problem = `exec ${word.includes('/') ? word : file}: ${why ?? 'permission denied'}`;
  const program = programs('runc', 'runc')!;
  return { path: '/proc/self/exe', program, programName: 'runc', name: 'runc', prefix: ['runc', 'init', problem] };
}

/** Finds what a container's command executes. The file, or why runc can't execute it. */
export function lookUp(
  engine: Engine,
  mounts: readonly Mount[],
  credentials: Credentials,
  word: string,
  environment: Record<string, string>,
  cwd: string,
): Found {
  const files = new FileSystem(engine.treeStore(), mounts, credentials);
  const found = findCommand(files, encode(word), environment['PATH'], engine.programs, cwd);
  return 'file' in found ? refusedByKernel(engine.programs, encode(word), found) : found;
}

/** Network and host name namespaces that a container's processes live in. */
export function namespacesOf(engine: Engine, container: Container): Pick<Process, 'netns' | 'uts' | 'pidns'> {
  const { id, hostConfig } = container;
  const mode = hostConfig.NetworkMode;
  const joined = mode.startsWith('container:') ? mode.slice('container:'.length) : '';
  const owner =
    joined === ''
      ? undefined
      : (engine.state.containers.get(joined) ??
        engine.state.containers.get(engine.state.containerNames.get(joined) ?? ''));
  const netns = mode === 'host' ? 'host' : owner ? owner.id : id;
  return { netns, uts: hostConfig.UTSMode === 'host' ? 'host' : id, pidns: pidNamespace(engine, container) };
}

/** Resource limits by `--ulimit`. */
function limitsFor({ hostConfig: { Ulimits } }: Container): { limits?: Limits } {
  if (!Ulimits || Ulimits.length === 0) return {};
  return { limits: Object.fromEntries(Ulimits.map(({ Name, Soft, Hard }) => [Name, { soft: Soft, hard: Hard }])) };
}

export interface LaunchOptions {
  readonly found: Executable;
  readonly argv: readonly string[];
  readonly environment: Record<string, string>;
  readonly cwd: string;
  readonly credentials: Credentials;
  readonly mounts: readonly Mount[];
  readonly session: string;
  readonly tty: boolean;
  readonly openStdin: boolean;
  readonly init?: boolean;
}

/** Starts a process of a container. */
export function launch(engine: Engine, container: Container, options: LaunchOptions): Process {
  const { found, argv, session, tty, openStdin, environment, credentials, mounts, init } = options;
  const words = [...found.prefix, ...argv.map(encode).slice(found.prefix.length > 0 ? 1 : 0)];
  const command = init
    ? { argv: [INIT_PATH, '--', ...argv.map(encode)], executable: INIT_PATH, program: 'docker-init' }
    : { argv: words, executable: found.path, program: found.programName, ...scriptName(found.prefix) };
  const process = engine.scheduler.start({
    ...{
      ...command,
      container: container.id,
      environment,
      credentials: elevated(credentials, found.elevation),
      mounts,
      session,
      tty,
      cwd: resolve('/', options.cwd),
    },
    ...namespacesOf(engine, container),
    ...limitsFor(container),
    inputEnded: !openStdin,
  });
  // Threads of runc take process ids of the namespace that it enters.
  if (session.startsWith('exec ') && process.pidns !== 'host')
    engine.state.pids.set(process.pidns, process.nsPid + RUNC_THREADS);
  return process;
}
