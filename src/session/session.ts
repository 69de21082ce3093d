import { dockerProgram } from '../cli/docker.ts';
import { encode } from '../engine/bytes.ts';
import { containerHooks } from '../engine/containers/hooks.ts';
import { Engine } from '../engine/engine.ts';
import { EngineError, Interrupted } from '../engine/errors.ts';
import { HOST_ROUTES } from '../engine/networks/ipam.ts';
import { addDefaultNetworks } from '../engine/networks/manage.ts';
import { SIGNALS } from '../engine/process/signals.ts';
import type { Registry } from '../engine/registry/registry.ts';
import type { EngineState } from '../engine/state.ts';
import { swarmHooks } from '../engine/swarm/hooks.ts';
import { addBaseImages } from '../images/base.ts';
import { programsOnDemand } from '../programs/on-demand.ts';
import { END_OF_COMMAND, type ShellMemory } from '../shell/state.ts';
import { dockerWords, startDocker } from './direct.ts';
import { ENVIRONMENT, furnishHost, LAB } from './host.ts';
import { TextStream } from './text-stream.ts';

export interface SessionOptions {
  readonly seed?: number;
  /** Virtual time at the start, milliseconds since 1970. */
  readonly now?: number;
  /** Files of the host's folder /root/lab, by path relative to it. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether somebody sits at a terminal: commands may be typed into, and `docker run -it` works. */
  readonly interactive?: boolean;
  /** Whether `$?` is 0 at the beginning of each line, as in the oracle's recordings, rather than what the line before left. */
  readonly forgetsStatus?: boolean;
  /** Images present at the start: the base images of the oracle unless told otherwise. */
  readonly images?: (engine: Engine) => void;
  /** Registries that can be reached, by the host in front of an image's name; none unless told otherwise. */
  readonly registries?: Readonly<Record<string, Registry>>;
  /** Subnets that the host has routes to besides its own, so that networks don't get them. */
  readonly hostRoutes?: readonly string[];
  /** Where the engine listens, when that is not /var/run/docker.sock; `docker` finds it by DOCKER_HOST. */
  readonly dockerHost?: string;
  /** Name of the host. */
  readonly hostname?: string;
}

export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** A host with a shell, a folder and a Docker. */
export interface Session {
  readonly engine: Engine;
  readonly state: EngineState;
  /** Folder of the host's shell. */
  readonly cwd: string;
  /** Runs a command line (several lines for a here-document) in the host's shell, which keeps its folder and variables. */
  run(line: string, onOutput?: (stream: 'stdout' | 'stderr', text: string) => void): Promise<Answer>;
  /** Types into what runs in the foreground. */
  type(text: string): void;
  /** Ctrl-D: no more input for what runs in the foreground. */
  endInput(): void;
  interrupt(): void;
  snapshot(): EngineState;
  restore(snapshot: EngineState): void;
}

/** Virtual milliseconds that an interrupted command gets to tidy up. */
const GRACE = 30_000;
const SHELL = '/usr/bin/bash';
const SOCKET = '/run/docker.sock';
/** Lines that a shell which has not begun remembers. */
const MISSED = 500;

export function createSession(options: SessionOptions = {}): Session {
  const { files, images = addBaseImages, hostRoutes = [], hostname, dockerHost, registries = {}, ...rest } = options;
  const engine: Engine = new Engine({
    ...rest,
    programs: programsOnDemand({ docker: dockerProgram(() => engine, dockerHost) }),
  });
  for (const [domain, registry] of Object.entries(registries)) engine.registries.set(domain, registry);
  furnishHost(engine, files);
  if (dockerHost !== undefined) moveSocket(engine, dockerHost);
  if (hostname !== undefined) engine.state.hostnames.set('host', hostname);
  if (hostRoutes.length > 0) engine.state.extensions = { ...engine.state.extensions, [HOST_ROUTES]: hostRoutes };
  engine.hooks.push(containerHooks, swarmHooks);
  engine.services.set('docker.sock', async (bytes) => (await import('../api/server.ts')).answerApi(engine, bytes));
  modelled(() => addDefaultNetworks(engine));
  modelled(() => images(engine));
  // What came about before the session began is no news.
  engine.state.events = [];
  return new HostSession(engine, options);
}

/** Lets the engine listen at another place. */
function moveSocket(engine: Engine, host: string): void {
  const files = engine.hostFiles();
  const socket = files.stat(SOCKET)!;
  files.remove(SOCKET);
  files.place(host.replace(/^unix:\/\//, ''), socket);
}

/** Calls a part of the engine that may not be modelled yet. */
function modelled(part: () => void): void {
  try {
    part();
  } catch (error) {
    if (!(error instanceof EngineError && error.status === 501)) throw error;
  }
}

class HostSession implements Session {
  readonly engine: Engine;
  readonly #forgetsStatus: boolean;
  readonly #interactive: boolean;
  /** Tells whoever waits that a key was pressed. */
  #typed: () => void = () => {};

  constructor(engine: Engine, { forgetsStatus = false, interactive = false }: SessionOptions) {
    this.engine = engine;
    this.#forgetsStatus = forgetsStatus;
    this.#interactive = interactive;
    if (interactive)
      engine.scheduler.moreInput = () =>
        new Promise((resolve) => {
          this.#typed = resolve;
        });
  }

  get state(): EngineState {
    return this.engine.state;
  }

  get cwd(): string {
    const shell = this.#shell();
    return this.#memory(shell)?.env.cwd ?? this.state.processes.get(String(shell))?.cwd ?? LAB;
  }

  type(text: string): void {
    const shell = this.#shell();
    this.engine.feed(shell, encode(text));
    this.#typed();
  }

  endInput(): void {
    this.engine.endInput(this.#shell());
    this.#typed();
  }

  async run(line: string, onOutput?: (stream: 'stdout' | 'stderr', text: string) => void): Promise<Answer> {
    const { engine } = this;
    const shell = this.#shell();
    await engine.scheduler.settle();
    const streams = { stdout: new TextStream('stdout', onOutput), stderr: new TextStream('stderr', onOutput) };
    const stop = engine.listen(`host ${shell}`, (stream, bytes) => streams[stream].write(bytes));
    let exitCode: number;
    try {
      const words = dockerWords(line);
      const client = words && startDocker(engine, shell, line, words);
      if (!client) await this.#awaken(shell);
      exitCode = client ? await this.#whole(client) : await this.#whole(shell, line);
      if (client) engine.state.processes.delete(String(client));
      if (client) this.#note(shell, exitCode, line);
      if (this.#forgetsStatus) this.#forget(shell);
    } finally {
      stop();
    }
    return { stdout: streams.stdout.end(), stderr: streams.stderr.end(), exitCode };
  }

  /** Waits for the end of a client, or for the shell's answer to a command line; its exit status. */
  async #whole(pid: number, line?: string): Promise<number> {
    const { scheduler } = this.engine;
    const asked = this.#memory(pid)?.asked ?? 0;
    const status = () => {
      const process = this.state.processes.get(String(pid));
      if (!process || process.state === 'zombie') return process?.status ?? 0;
      const memory = this.#memory(pid);
      return line !== undefined && memory && memory.answered > asked ? memory.status : undefined;
    };
    if (line !== undefined) this.engine.feed(pid, encode(line) + END_OF_COMMAND);
    try {
      await scheduler.until(() => status() !== undefined);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      await this.#stop(pid, () => status() !== undefined);
    }
    return status() ?? 130;
  }

  /** Ctrl-C; what does not end then is ended by force. */
  async #stop(pid: number, ended: () => boolean): Promise<void> {
    const { scheduler } = this.engine;
    const { patience } = scheduler;
    scheduler.signal(pid, SIGNALS['INT']!);
    scheduler.patience = GRACE;
    try {
      await scheduler.until(ended);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      // Whoever sits at a terminal presses Ctrl-C as often as needed.
      if (this.#interactive) return await this.#stop(pid, ended);
      for (const process of [...this.state.processes.values()])
        if (process.session.startsWith('host ')) scheduler.end(process.pid, 128 + 9);
    } finally {
      scheduler.patience = patience;
    }
  }

  /**
   * Lets the host's shell begin, with what it has missed: lines that were nothing but a call of docker needed no shell, and so not
   * the code of one.
   */
  async #awaken(shell: number): Promise<void> {
    if (this.#memory(shell)) return;
    const { lines, status } = this.#missed();
    await this.#whole(shell, ':');
    const memory = this.#memory(shell);
    if (!memory) return;
    const seen = { nextLine: memory.nextLine - 1 + lines.length, status, history: lines.map(encode) };
    this.state.processes.update(String(shell), { memory: { ...memory, ...seen, line: memory.line + lines.length } });
  }

  #missed(): { readonly lines: readonly string[]; readonly status: number } {
    return (
      (this.state.extensions['missed'] as { lines: string[]; status: number } | undefined) ?? { lines: [], status: 0 }
    );
  }

  interrupt(): void {
    this.engine.scheduler.interrupt();
    this.#typed();
  }

  snapshot(): EngineState {
    return this.engine.snapshot();
  }

  restore(snapshot: EngineState): void {
    this.engine.restore(snapshot);
  }

  /** Process id of the host's shell, which is started when there is none: at first, and after `exit`. */
  #shell(): number {
    const { state } = this.engine;
    const known = state.extensions['session'] as number | undefined;
    const process = known === undefined ? undefined : state.processes.get(String(known));
    if (process && process.state !== 'zombie') return known!;
    if (process) state.processes.delete(String(known));
    const cwd = this.engine.hostFiles().exists(LAB) ? LAB : '/';
    const pid = this.engine.startOnHost(
      SHELL,
      ['--session'],
      cwd,
      { ...ENVIRONMENT, PWD: cwd },
      {
        ...{ tty: this.#interactive, inputEnded: false, wait: { input: true } },
      },
    );
    state.processes.update(String(pid), { argv: ['bash', '--session'] });
    state.extensions = { ...state.extensions, session: pid, missed: undefined };
    return pid;
  }

  #memory(pid: number): ShellMemory | undefined {
    return this.state.processes.get(String(pid))?.memory as ShellMemory | undefined;
  }

  #forget(shell: number): void {
    const memory = this.#memory(shell);
    if (memory) this.state.processes.update(String(shell), { memory: { ...memory, status: 0 } });
    else this.state.extensions = { ...this.state.extensions, missed: { ...this.#missed(), status: 0 } };
  }

  /** Tells the shell how a command ended that it has not run itself. */
  #note(shell: number, status: number, line: string): void {
    const memory = this.#memory(shell);
    if (!memory) {
      const { lines } = this.#missed();
      this.state.extensions = { ...this.state.extensions, missed: { lines: [...lines, line].slice(-MISSED), status } };
      return;
    }
    const counted = { asked: memory.asked + 1, answered: memory.answered + 1, nextLine: memory.nextLine + 1 };
    this.state.processes.update(String(shell), { memory: { ...memory, ...counted, status, line: memory.nextLine } });
  }
}
