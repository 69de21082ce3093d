import { encode } from '../../../engine/bytes.ts';
import type { Kernel, Outcome } from '../../../engine/process/program.ts';
import { osError, readAll, readLine, standardFile, takeInput } from './files.ts';
import { type Machine, NotModelled, type Thread } from './machine.ts';
import { str } from './text.ts';
import { tracebackText } from './traceback.ts';
import { bytes, type InstanceObj, list, PyError, type Value } from './value.ts';
import type { Waiting } from './waiting.ts';

/** Exit status of a program that an interrupt ended. */
const INTERRUPTED = 130;
const FAILURES = {
  refused: [111, 'Connection refused'],
  timeout: [110, 'Connection timed out'],
  noroute: [113, 'No route to host'],
  unreachable: [101, 'Network is unreachable'],
  reset: [104, 'Connection reset by peer'],
} as const;
const LOCAL_FAILURES = {
  ENOENT: [2, 'No such file or directory'],
  EACCES: [13, 'Permission denied'],
  ECONNREFUSED: [111, 'Connection refused'],
} as const;

/** Lets all threads go on as far as they can. What the process does then. */
export async function drive(vm: Machine): Promise<Outcome> {
  const { state } = vm;
  for (let progress = true; progress; ) {
    progress = false;
    for (const thread of [...state.threads]) {
      if (thread.frames.length === 0) continue;
      if (thread.waiting && !(await settled(vm, thread, thread.waiting))) continue;
      progress = true;
      const status = runThread(vm, thread);
      if (status !== undefined) return { exit: status };
    }
    state.threads = state.threads.filter(({ id, frames }) => id === 1 || frames.length > 0);
    if (state.threads.every(({ frames, daemon }) => daemon || frames.length === 0)) {
      vm.flush();
      return { exit: 0 };
    }
  }
  return { wait: waitOf(state.threads) };
}

/** Runs a thread until it waits or ends; the exit status when the program is over. */
export function runThread(vm: Machine, thread: Thread): number | undefined {
  try {
    vm.run(thread);
    return undefined;
  } catch (error) {
    if (error instanceof PyError) return uncaught(vm, thread, error.value);
    if (!(error instanceof NotModelled)) throw error;
    vm.flush();
    vm.kernel.error(encode(`python: not modelled in Stapellauf: ${error.message}\n`));
    return 1;
  }
}

function uncaught(vm: Machine, thread: Thread, exception: InstanceObj): number | undefined {
  thread.frames = [];
  const { name } = exception.cls;
  if (name === 'SystemExit') {
    const code = exception.args?.[0] ?? null;
    if (thread.id !== 1) return undefined;
    vm.flush();
    if (code === null) return 0;
    if (typeof code === 'bigint' || typeof code === 'boolean') return Number(BigInt(code) & 0xffn);
    vm.kernel.error(encode(`${str(vm, code)}\n`));
    return 1;
  }
  const text = encode(tracebackText(vm, exception));
  if (thread.id !== 1) {
    vm.kernel.error(`Exception in thread Thread-${thread.id}:\n${text}`);
    return undefined;
  }
  vm.kernel.error(text);
  vm.flush();
  return name === 'KeyboardInterrupt' ? INTERRUPTED : 1;
}

function waitOf(threads: readonly Thread[]): { until?: number; input?: boolean; child?: boolean } {
  const times: number[] = [];
  let input = false;
  let child = false;
  for (const { waiting, frames } of threads) {
    if (!waiting || frames.length === 0) continue;
    if ('until' in waiting && waiting.until !== undefined) times.push(waiting.until);
    if (waiting.for === 'input') input = true;
    if (waiting.for === 'child') child = true;
  }
  return {
    ...(times.length > 0 ? { until: Math.min(...times) } : {}),
    ...(input ? { input } : {}),
    ...(child ? { child } : {}),
  };
}

/** Whether what a thread waits for has happened; then it goes on. `handler`: a request is being answered, time does not count. */
export async function settled(vm: Machine, thread: Thread, waiting: Waiting, handler = false): Promise<boolean> {
  const { kernel } = vm;
  const done = (value?: Value) => {
    thread.waiting = null;
    if (value !== undefined) thread.frames.at(-1)?.stack.push(value);
    return true;
  };
  const failed = (error: PyError) => {
    thread.waiting = null;
    vm.thread = thread;
    try {
      vm.unwind(error.value, 0);
    } catch (again) {
      // Nobody takes it: the thread ends with it when it is run.
      if (!(again instanceof PyError)) throw again;
      thread.frames = [];
      pending.set(thread, again);
    }
    return true;
  };
  vm.thread = thread;
  switch (waiting.for) {
    case 'time':
      return handler || kernel.now >= waiting.until ? done(null) : false;
    case 'slice':
      return kernel.now >= waiting.until ? done() : false;
    case 'input': {
      if (waiting.what === 'lines') return takeInput(vm) || vm.state.input.includes('\n') ? done() : false;
      const file = standardFile('stdin', waiting.binary);
      const text = waiting.what === 'line' ? readLine(vm, file) : readAll(vm, file);
      if (text === undefined) return false;
      if (!waiting.ask) return done(waiting.binary ? bytes(text) : text);
      if (text === '') return failed(vm.error('EOFError', 'EOF when reading a line'));
      return done(text.replace(/\n$/, ''));
    }
    case 'request': {
      if (waiting.host.startsWith('/')) {
        const local = await kernel.network.local(waiting.host, waiting.bytes);
        vm.thread = thread;
        if ('answer' in local) return done(bytes(local.answer));
        const [number, message] = LOCAL_FAILURES[local.failure];
        return failed(osError(vm, number, message));
      }
      const result = await kernel.network.request(waiting.host, waiting.port, waiting.bytes);
      vm.thread = thread;
      if ('answer' in result) return done(bytes(result.answer));
      if (result.failure === 'timeout' && waiting.timeout !== undefined)
        return failed(vm.error('TimeoutError', 'timed out'));
      const [number, message] = FAILURES[result.failure];
      return failed(osError(vm, number, message));
    }
    case 'child': {
      for (const ended of kernel.reap()) {
        const collected = (name: string) =>
          bytes(
            ended.collected
              .filter(({ stream }) => stream === name)
              .map((part) => part.bytes)
              .join(''),
          );
        const code = ended.status > 128 && ended.status < 160 ? 128 - ended.status : ended.status;
        vm.state.ended.set(String(ended.pid), list([BigInt(code), collected('stdout'), collected('stderr')]));
      }
      const found = vm.state.ended.get(String(waiting.pid));
      if (found) {
        vm.state.ended.delete(String(waiting.pid));
        return done(found);
      }
      if (waiting.until === undefined || kernel.now < waiting.until) return false;
      kernel.kill(waiting.pid, 9);
      return done(null);
    }
    case 'thread': {
      const other = vm.state.threads.find(({ id }) => id === waiting.thread);
      if (!other || other.frames.length === 0) return done(null);
      return waiting.until !== undefined && kernel.now >= waiting.until ? done(null) : false;
    }
    default:
      return false;
  }
}

const pending = new WeakMap<Thread, PyError>();

/** An exception that ended a thread while it waited. */
export function takePending(thread: Thread): PyError | undefined {
  const found = pending.get(thread);
  pending.delete(thread);
  return found;
}

/** Answers a request by the server that serves a port. */
export async function answerRequest(vm: Machine, kernel: Kernel, request: string, port: number): Promise<string> {
  vm.kernel = kernel;
  const server = vm.state.servers.get(String(port));
  if (server === undefined) return '';
  const thread: Thread = { id: vm.id(), frames: [], waiting: null, daemon: true };
  vm.thread = thread;
  const method = vm.attribute(server, '_answer');
  try {
    vm.invoke(method, [bytes(request), kernel.network.client ?? '127.0.0.1'], new Map(), { after: 'stop' });
    while (thread.frames.length > 0) {
      if (thread.waiting && !(await settled(vm, thread, thread.waiting, true))) return '';
      const failure = takePending(thread);
      if (failure) throw failure;
      vm.run(thread);
    }
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    const client = kernel.network.client ?? '127.0.0.1';
    const line = '-'.repeat(40);
    kernel.error(
      encode(
        `${line}\nException occurred during processing of request from ('${client}', 40000)\n${tracebackText(vm, error.value)}${line}\n`,
      ),
    );
    return '';
  }
  const { result } = vm;
  vm.result = null;
  return typeof result === 'object' && result !== null && 'v' in result && typeof result.v === 'string' ? result.v : '';
}
