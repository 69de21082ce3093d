import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { FileSystem } from '../files/filesystem.ts';
import { linkEnvironment } from '../networks/links.ts';
import { randomHex } from '../random.ts';
import type { Container } from './container.ts';
import { containerEvent } from './event.ts';
import { findContainer } from './find.ts';
import { credentialsFor, launch, lookUp, processEnvironment } from './launch.ts';
import { executableProblem } from './runc-error.ts';

export interface ExecRequest {
  readonly command: readonly string[];
  readonly user?: string;
  readonly environment?: readonly string[];
  readonly workingDirectory?: string;
  readonly privileged?: boolean;
  readonly tty?: boolean;
  readonly openStdin?: boolean;
}

/**
 * Prepares a command in a running container and returns the exec's id. Its streams are the session `exec ID`. Throws 409
 * when the container is not running or paused.
 */
export function createExec(engine: Engine, ref: string, request: ExecRequest): string {
  const container = findContainer(engine, ref);
  const { status } = container.state;
  if (status === 'paused') throw new EngineError(409, `Container ${ref} is paused, unpause the container before exec`);
  if (status === 'restarting')
    throw new EngineError(409, `Container ${container.id} is restarting, wait until the container is running`);
  if (status !== 'running') throw new EngineError(409, `container ${container.id} is not running`);
  const id = randomHex(engine.state, 64);
  engine.state.execs.set(id, {
    id,
    container: container.id,
    request,
    pid: 0,
    running: false,
    exitCode: undefined,
    output: '',
  });
  engine.updateContainer(container.id, { execs: [...container.execs, id] });
  return id;
}

/**
 * Starts an exec, without waiting for its end. Throws what runc says when it can't be executed; the record then has 126 or
 * 127 as exit code.
 */
export async function startExec(engine: Engine, id: string): Promise<void> {
  startExecProcess(engine, id);
}

export function startExecProcess(engine: Engine, id: string): void {
  try {
    begin(engine, id);
  } catch (error) {
    forget(engine, id);
    throw error;
  }
}

function begin(engine: Engine, id: string): void {
  const record = engine.state.execs.get(id);
  if (!record) throw new EngineError(404, `No such exec instance: ${id}`);
  const container = engine.state.containers.get(record.container);
  if (container?.state.status !== 'running') throw new EngineError(409, `container ${record.container} is not running`);
  const { request } = record;
  // The daemon puts a space behind the program, even where no arguments follow.
  const [program = '', ...args] = request.command;
  const command = `${program} ${args.join(' ')}`;
  containerEvent(engine, container, `exec_create: ${command}`, { execID: id });
  containerEvent(engine, container, `exec_start: ${command}`, { execID: id });
  const mounts = engine.state.processes.get(String(container.state.pid))?.mounts ?? [];
  const { credentials, home } = credentialsFor(
    engine,
    container,
    mounts,
    request.user || container.config.User,
    request.privileged,
  );
  const tty = request.tty ?? false;
  const environment = processEnvironment(
    container,
    [...linkEnvironment(engine, container), ...container.config.Env, ...(request.environment ?? [])],
    home,
    tty,
  );
  const cwd = request.workingDirectory || container.config.WorkingDir || '/';
  const [word = ''] = request.command;
  if (!cwd.startsWith('/')) refuse(engine, id, 'Cwd must be an absolute path', 128, '');
  const folder = new FileSystem(engine.treeStore(), mounts, credentials).stat(cwd);
  if (folder?.type !== 'directory')
    refuse(
      engine,
      id,
      `chdir to cwd ("${cwd}") set in config.json failed: ${folder ? 'not a directory' : 'no such file or directory'}`,
      127,
    );
  const found = lookUp(engine, mounts, credentials, word, environment, cwd);
  if ('status' in found) refuse(engine, id, executableProblem(word, found), found.status);
  const { pid } = launch(engine, container, {
    ...{ found, argv: request.command, environment, cwd, credentials, mounts, session: `exec ${id}`, tty },
    openStdin: request.openStdin ?? false,
  });
  engine.state.execs.update(id, { pid, running: true });
}

const STARTING = 'unable to start container process: ';

function refuse(engine: Engine, id: string, reason: string, exitCode: number, stage = STARTING): never {
  engine.state.execs.update(id, { running: false, exitCode });
  forget(engine, id);
  throw new EngineError(400, `OCI runtime exec failed: exec failed: ${stage}${reason}`);
}

function forget(engine: Engine, id: string): void {
  const container = engine.state.containers.get(engine.state.execs.get(id)?.container ?? '');
  if (container) engine.updateContainer(container.id, { execs: container.execs.filter((other) => other !== id) });
}

/** Lets time pass until an exec has ended; its exit status. */
export async function waitExec(engine: Engine, id: string): Promise<number> {
  await engine.scheduler.until(() => engine.state.execs.get(id)?.running !== true);
  return engine.state.execs.get(id)?.exitCode ?? 0;
}

/** The process of an exec has ended. */
export function execEnded(engine: Engine, id: string, exitCode: number): void {
  const record = engine.state.execs.get(id);
  if (!record) return;
  engine.state.execs.update(id, { running: false, exitCode });
  forget(engine, id);
  const container: Container | undefined = engine.state.containers.get(record.container);
  if (container) containerEvent(engine, container, 'exec_die', { execID: id, exitCode: String(exitCode) });
}

/** What an exec without a client has written, for health checks. */
export function execOutput(engine: Engine, id: string): string {
  return engine.state.execs.get(id)?.output ?? '';
}
