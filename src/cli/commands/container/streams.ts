import { decode } from '../../../engine/bytes.ts';
import type { Container } from '../../../engine/containers/container.ts';
import { containerEvent } from '../../../engine/containers/event.ts';
import { sendSignal } from '../../../engine/containers/stop.ts';
import type { Engine } from '../../../engine/engine.ts';
import { Interrupted } from '../../../engine/errors.ts';
import { BrokenPipe, type Kernel } from '../../../engine/process/program.ts';
import type { Listener } from '../../../engine/process/scheduler.ts';
import { SIGNALS } from '../../../engine/process/signals.ts';
import { CliError } from '../../command.ts';
import { proxySignals } from '../../signal-proxy.ts';

/** How often the user may interrupt until the client gives up (docker/cli, forceExitAfter3TerminationSignals). */
const LAST_INTERRUPT = 3;

export interface StreamOptions {
  readonly stdout: boolean;
  readonly stderr: boolean;
}

/** The outputs of a session (`container ID`, `exec ID`) as outputs of the client. */
export class OutputStream {
  readonly #stop: () => void;
  #broken: 'stdout' | 'stderr' | undefined;

  constructor({ engine, kernel }: { engine: Engine; kernel: Kernel }, session: string, wanted: StreamOptions) {
    const listener: Listener = (stream, bytes) => {
      if (!wanted[stream] || this.#broken) return;
      try {
        if (stream === 'stdout') kernel.output(bytes);
        else kernel.error(bytes);
      } catch (error) {
        // It must not fall on the program that wrote.
        if (!(error instanceof BrokenPipe)) throw error;
        this.#broken = stream;
      }
    };
    this.#stop = engine.listen(session, listener);
  }

  /** Whether nobody reads the client's output any more. */
  get broken(): boolean {
    return this.#broken !== undefined;
  }

  /** What the client says when an output is broken; without a word where it has left SIGPIPE as it is. */
  brokenPipe(): CliError {
    return new CliError(`write /dev/${this.#broken}: broken pipe`);
  }

  close(): void {
    this.#stop();
  }
}

export interface Conversation {
  /** Whether it is over. */
  readonly ended: () => boolean;
  /** Process id that gets the client's input; nothing: the input stays unread. */
  readonly inputTo?: () => number | undefined;
  /** Id of the container that gets the signals that reach the client; without it they end the client itself. */
  readonly signalsTo?: string;
  /** Session whose terminal the client's own is connected to: Ctrl-C goes there as a key. */
  readonly terminal?: string;
}

/**
 * Lets time pass until a conversation with a container is over, and takes the client's input to it meanwhile. Throws
 * Interrupted when the user interrupts and nothing else is to be done about it, or for the third time.
 */
export async function converse(
  { engine, kernel, err }: { engine: Engine; kernel: Kernel; err(text: string): void },
  output: OutputStream,
  { ended, inputTo, signalsTo, terminal }: Conversation,
): Promise<void> {
  const forward = (signal: number) => {
    if (signalsTo !== undefined) forwardSignal(engine, signalsTo, signal);
  };
  let interrupts = 0;
  let inputEnded = inputTo === undefined;
  const { pid: client } = kernel.process;
  const stop = signalsTo === undefined ? () => {} : proxySignals(engine, client, forward);
  const self = () => engine.state.processes.get(String(client));
  const hasInput = () => {
    const process = self();
    return !inputEnded && process !== undefined && (process.input !== '' || process.inputEnded);
  };
  try {
    for (;;) {
      if (hasInput()) {
        const { data, end } = kernel.input();
        inputEnded = end;
        const pid = inputTo?.();
        if (pid !== undefined) engine.feed(pid, data, end);
      }
      try {
        await engine.scheduler.until(() => ended() || output.broken || hasInput());
      } catch (error) {
        const killed = (self()?.state ?? 'zombie') === 'zombie';
        if (!(error instanceof Interrupted) || killed) throw error;
        if (terminal !== undefined) {
          interruptForeground(engine, terminal);
          continue;
        }
        if (signalsTo === undefined) throw error;
        interrupts += 1;
        if (interrupts === LAST_INTERRUPT) {
          err('got 3 SIGTERM/SIGINTs, forcefully exiting\n');
          throw new CliError('', 1);
        }
        forwardSignal(engine, signalsTo, SIGNALS['INT']!);
      }
      if (output.broken) throw output.brokenPipe();
      if (ended()) return;
    }
  } finally {
    stop();
  }
}

/**
 * Ctrl-C as a terminal takes it: those in the foreground get SIGINT. As the model has no process groups, these are the
 * processes that have no children, and a session's first process only when it is alone, as a shell is at its prompt.
 */
function interruptForeground(engine: Engine, session: string): void {
  const processes = [...engine.state.processes.values()].filter(
    (process) => process.session === session && process.state !== 'zombie',
  );
  const parents = new Set(processes.map(({ parent }) => parent));
  for (const { pid } of processes) if (!parents.has(pid)) engine.scheduler.signal(pid, SIGNALS['INT']!);
}

/** Takes a signal to a container, as far as it still runs. */
function forwardSignal(engine: Engine, id: string, signal: number): void {
  const container = engine.state.containers.get(id);
  if (container && container.state.pid !== 0) sendSignal(engine, container, signal);
}

/** Attaches the client to the outputs of a container, which the engine notes. */
export function attachTo(
  context: { engine: Engine; kernel: Kernel },
  container: Container,
  wanted: StreamOptions,
): OutputStream {
  const output = new OutputStream(context, `container ${container.id}`, wanted);
  containerEvent(context.engine, container, 'attach');
  return output;
}

/** Throws what the client says when a container's terminal is to be typed into and there is no terminal. */
export function checkTty(kernel: Kernel, attachStdin: boolean, tty: boolean): void {
  if (attachStdin && tty && !kernel.terminal.stdin) throw new CliError('the input device is not a TTY');
}

/** The client's whole environment as text. */
export function textEnvironment(kernel: Kernel): Record<string, string> {
  return Object.fromEntries(Object.entries(kernel.environment).map(([name, value]) => [decode(name), decode(value)]));
}
