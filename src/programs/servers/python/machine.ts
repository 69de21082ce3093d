import type { Kernel } from '../../../engine/process/program.ts';
import { bindArguments } from './bind.ts';
import type { Code, Instruction } from './code.ts';
import { compileProgram } from './compiler.ts';
import { execute } from './instructions.ts';
import { NATIVES } from './natives.ts';
import { construct, finishClass, getAttribute, lookUp } from './objects.ts';
import { classOf, isException, type } from './types.ts';
import {
  type Attributes,
  type ClassObj,
  type Frame,
  type FunctionObj,
  type GeneratorObj,
  type InstanceObj,
  is,
  isObject,
  type ModuleObj,
  PyError,
  type Resumption,
  type Value,
} from './value.ts';
import type { Suspension, TailCall, Waiting } from './waiting.ts';

/** A source that was read: its file as tracebacks name it, and whether they may show its lines. */
export interface Unit {
  readonly file: string;
  readonly source: string;
  readonly shown: boolean;
}

export interface Thread {
  readonly id: number;
  frames: Frame[];
  waiting: Waiting | null;
  daemon: boolean;
}

/** Everything that a running program is. Plain data. */
export interface MachineState {
  units: Unit[];
  threads: Thread[];
  modules: Map<string, ModuleObj>;
  /** What a signal calls, by its number. */
  handlers: Map<string, Value>;
  /** How children ended, by process id: status and what they wrote. */
  ended: Map<string, Value>;
  /** Standard output that is not written yet. */
  out: string;
  unbuffered: boolean;
  argv: string[];
  nextId: number;
  /** Standard input that was taken and not read yet. */
  input: string;
  /** What serves a port, by its number. */
  servers: Map<string, Value>;
  /** How often it has computed for a whole slice of time. */
  busy: number;
  /** `sys.executable`, and the first entry of `sys.path`. */
  executable: string;
  folder: string;
}

/** Why a program may not go on. */
export class NotModelled extends Error {}

/** Instructions that take as long as a tenth of a second. */
const SLICE = 400_000;
const SLICE_TIME = 100;
/** A program that computes on and on moves the clock ever faster, milliseconds: whoever waits for it need not wait as long. */
const LONGEST_SLICE = 60_000;
const DEEPEST = 1000;
/** Bytes that Python gathers before it writes to a pipe. */
const BUFFER = 8192;

const compiled = new Map<string, Code[]>();

/** Runs programs of Python: a stack machine whose whole state is data, so that a program may wait in the middle. */
export class Machine {
  readonly state: MachineState;
  kernel!: Kernel;
  thread!: Thread;
  /** Bytes of large values made so far; what becomes of them later is not looked at. */
  #grown = 0;
  /** What a nested call returned. */
  result: Value = null;
  #spent = 0;
  #nested = 0;
  /** How many frames lie below the innermost run. */
  #base = 0;

  /** Takes memory for a large value. Throws what ends the process when there is not so much. */
  grow(bytes: number): void {
    this.#grown += bytes;
    this.kernel.allocate(this.#grown);
  }

  constructor(state: MachineState) {
    this.state = state;
  }

  get frames(): Frame[] {
    return this.thread.frames;
  }

  get frame(): Frame {
    return this.frames.at(-1)!;
  }

  id(): number {
    this.state.nextId += 1;
    return this.state.nextId;
  }

  code(key: string): Code {
    const [unit, index] = key.split(':');
    const { source } = this.state.units[Number(unit)]!;
    return this.compile(source)[Number(index)]!;
  }

  /** Compiles a source, or remembers it. Throws PythonSyntaxError. */
  compile(source: string): Code[] {
    let codes = compiled.get(source);
    if (!codes) {
      codes = compileProgram(source.replace(/^\0/, ''), source.startsWith('\0'));
      compiled.set(source, codes);
    }
    return codes;
  }

  /** Takes up a source and returns the key of its module's code. */
  unit(unit: Unit): string {
    const known = this.state.units.findIndex(({ file, source }) => file === unit.file && source === unit.source);
    if (known >= 0) return `${known}:0`;
    this.compile(unit.source);
    this.state.units.push(unit);
    return `${this.state.units.length - 1}:0`;
  }

  /** Starts the body of a module on a thread. */
  enter(code: string, globals: Attributes, change: Partial<Frame> = {}): void {
    this.frames.push({
      ...{ code, ip: 0, stack: [], scope: { vars: globals, up: null }, globals, blocks: [], handled: [], func: null },
      ...change,
    });
  }

  /** Runs a thread until it ends or waits; throws {@link PyError} for an exception that nobody takes. */
  run(thread: Thread): void {
    this.thread = thread;
    this.#spent = 0;
    this.#loop(0);
  }

  #loop(base: number): void {
    const { thread } = this;
    const outer = this.#base;
    this.#base = base;
    try {
      this.#go(thread, base);
    } finally {
      this.#base = outer;
    }
  }

  #go(thread: Thread, base: number): void {
    while (thread.frames.length > base) {
      if (thread.waiting) {
        if (base === 0) return;
        const { waiting } = thread;
        thread.waiting = null;
        // Inside a call from Python's own functions, sleeping takes no time.
        if (waiting.for === 'time') {
          this.frame.stack.push(null);
          continue;
        }
        throw new NotModelled('waiting inside a function that Python itself calls');
      }
      if (base === 0 && this.#spent > SLICE) {
        this.#spent = 0;
        thread.waiting = {
          for: 'slice',
          until: this.kernel.now + Math.min(SLICE_TIME * 2 ** this.state.busy, LONGEST_SLICE),
        };
        this.state.busy += 1;
        return;
      }
      this.#step(base);
    }
  }

  #step(base: number): void {
    const { frame } = this;
    const instruction = this.code(frame.code).instructions[frame.ip]!;
    frame.ip += 1;
    this.#spent += 1;
    try {
      execute(this, frame, instruction);
    } catch (error) {
      if (!(error instanceof PyError)) throw error;
      this.unwind(error.value, base);
    }
  }

  /** Looks for whoever handles an exception, from the current frame outwards. */
  unwind(exception: InstanceObj, base: number, again = false): void {
    let noted = again;
    const handledNow = this.handling();
    if (handledNow && handledNow !== exception && exception.context === undefined) exception.context = handledNow;
    while (this.frames.length > base) {
      const { frame } = this;
      if (!noted) this.#note(exception, frame);
      noted = false;
      const block = frame.blocks.pop();
      if (block) {
        frame.stack.length = block.depth;
        frame.handled.length = block.handled;
        frame.stack.push(exception);
        frame.ip = block.target;
        return;
      }
      this.frames.pop();
      if (frame.generator) {
        frame.generator.frame = null;
        frame.generator.running = false;
      }
    }
    throw new PyError(exception);
  }

  /** Raises an exception once more that has come through this frame before. */
  reraise(exception: InstanceObj): void {
    this.unwind(exception, this.#base, true);
  }

  #note(exception: InstanceObj, frame: Frame): void {
    const { start, end, anchor } = this.code(frame.code).instructions[Math.max(0, frame.ip - 1)] as Instruction;
    exception.trace = [{ code: frame.code, start, end, ...(anchor ? { anchor } : {}) }, ...(exception.trace ?? [])];
  }

  /** The exception that is being handled. */
  handling(): InstanceObj | undefined {
    for (let at = this.frames.length - 1; at >= 0; at -= 1) {
      const found = this.frames[at]!.handled.at(-1);
      if (found) return found;
    }
    return undefined;
  }

  /** Calls something and leaves what it returns on the caller's stack, at once or later. */
  invoke(callee: Value, args: Value[], keywords: Attributes = new Map(), change: Partial<Frame> = {}): void {
    if (is(callee, 'function')) {
      this.#enter(callee, args, keywords, change);
      return;
    }
    if (is(callee, 'method')) {
      this.invoke(callee.func, [callee.self, ...args], keywords, change);
      return;
    }
    if (is(callee, 'class')) {
      construct(this, callee, args, keywords, change);
      return;
    }
    if (is(callee, 'builtin')) {
      this.give(this.native(callee.name, callee.self === undefined ? args : [callee.self, ...args], keywords), change);
      return;
    }
    const own = isObject(callee) ? lookUp(classOf(callee), '__call__') : undefined;
    if (own === undefined) throw this.error('TypeError', `'${classOf(callee).name}' object is not callable`);
    this.invoke(own, [callee, ...args], keywords, change);
  }

  native(name: string, args: Value[], keywords: Attributes): Value | Suspension | TailCall {
    const found = NATIVES[name];
    if (!found) throw new NotModelled(name);
    return found(this, args, keywords);
  }

  /** Hands what a function returned to the current frame. */
  give(value: Value | Suspension | TailCall, change: Partial<Frame> = {}): void {
    if (typeof value === 'object' && value !== null && 'suspend' in value) this.thread.waiting = value.suspend;
    else if (typeof value === 'object' && value !== null && 'tail' in value)
      this.invoke(value.tail, value.args, new Map(), change);
    else if (change.after === 'stop') this.result = change.made ?? value;
    else if (change.made !== undefined) this.frame.stack.push(change.made);
    else if (change.after !== 'drop') this.frame.stack.push(value);
  }

  #enter(func: FunctionObj, args: Value[], keywords: Attributes, change: Partial<Frame>): void {
    if (this.frames.length >= DEEPEST) throw this.error('RecursionError', 'maximum recursion depth exceeded');
    const code = this.code(func.code);
    const vars = bindArguments(this, func, code, args, keywords);
    const frame: Frame = {
      ...{ code: func.code, ip: 0, stack: [], scope: { vars, up: func.scope }, globals: func.globals },
      ...{ blocks: [], handled: [], func },
      ...change,
    };
    if (!code.isGenerator) {
      this.frames.push(frame);
      return;
    }
    const generator: GeneratorObj = { t: 'generator', frame, name: func.name, running: false, id: this.id() };
    delete frame.after;
    frame.generator = generator;
    this.give(generator, change);
  }

  /** Calls something and waits for what it returns; it may not wait itself. */
  call(callee: Value, args: Value[] = [], keywords: Attributes = new Map()): Value {
    const base = this.frames.length;
    if (base === 0 && this.#nested > DEEPEST) throw this.error('RecursionError', 'maximum recursion depth exceeded');
    this.#nested += 1;
    try {
      this.invoke(callee, args, keywords, { after: 'stop' });
      if (this.thread.waiting) {
        this.thread.waiting = null;
        throw new NotModelled('waiting inside a function that Python itself calls');
      }
      this.#loop(base);
    } finally {
      this.#nested -= 1;
    }
    const { result } = this;
    this.result = null;
    return result;
  }

  /** Runs until only so many frames are left. */
  runTo(base: number): void {
    this.#loop(base);
  }

  /** What a generator yields next; nothing at its end. */
  resume(generator: GeneratorObj, sent: Value = null): { value: Value } | undefined {
    const base = this.frames.length;
    this.wake(generator, 'stop', sent);
    this.#yielded = undefined;
    this.#loop(base);
    return this.#yielded;
  }

  #yielded: { value: Value } | undefined;

  /** Lets a generator go on in the current thread. `how`: what becomes of what it yields. */
  wake(generator: GeneratorObj, how: Resumption, sent: Value = null): void {
    if (generator.running) throw this.error('ValueError', 'generator already executing');
    const { frame } = generator;
    if (!frame) {
      this.finished(how, null);
      return;
    }
    generator.running = true;
    const waits = this.code(frame.code).instructions[frame.ip]?.op === 'YIELD_FROM';
    if (waits) frame.sent = sent;
    else if (frame.ip > 0) frame.stack.push(sent);
    frame.resumption = how;
    this.frames.push(frame);
  }

  /** A generator yields: its frame leaves the stack. */
  yield(frame: Frame, value: Value): void {
    this.frames.pop();
    frame.generator!.running = false;
    const how = frame.resumption!;
    if (how === 'stop') this.#yielded = { value };
    else if (how === 'from') this.yield(this.frame, value);
    else this.frame.stack.push(value);
  }

  /** A generator has ended with a value. */
  finished(how: Resumption, value: Value): void {
    if (how === 'stop') {
      this.#yielded = undefined;
      return;
    }
    const { frame } = this;
    if (how === 'call') throw new PyError(this.exception(type('StopIteration'), value === null ? [] : [value]));
    if (how === 'from') {
      frame.stack.pop();
      frame.stack.push(value);
      frame.ip += 1;
      return;
    }
    frame.stack.pop();
    frame.ip = this.code(frame.code).instructions[frame.ip - 1]!.arg as number;
  }

  /** A function returns. */
  return(value: Value): void {
    const frame = this.frames.pop()!;
    if (frame.generator) {
      frame.generator.frame = null;
      frame.generator.running = false;
      this.finished(frame.resumption!, value);
      return;
    }
    if (frame.interrupted) {
      this.thread.waiting = frame.interrupted;
      return;
    }
    if (frame.building) {
      this.give(finishClass(this, frame));
      return;
    }
    if (frame.after === 'stop') this.result = frame.made ?? value;
    else if (frame.made !== undefined) this.frame.stack.push(frame.made);
    else if (frame.after !== 'drop') this.frames.at(-1)?.stack.push(value);
  }

  /** Starts a thread that calls something; its number. */
  startThread(run: Value, daemon: boolean): number {
    const { thread } = this;
    const made: Thread = { id: this.id(), frames: [], waiting: null, daemon };
    this.state.threads.push(made);
    this.thread = made;
    this.invoke(run, [], new Map(), { after: 'drop' });
    this.thread = thread;
    return made.id;
  }

  exception(cls: ClassObj, args: Value[]): InstanceObj {
    const exception: InstanceObj = { t: 'object', cls, attrs: new Map(), id: this.id(), args };
    if (isException(exception) && cls.mro.includes(type('OSError')) && args.length >= 2) {
      exception.attrs.set('errno', args[0]!);
      exception.attrs.set('strerror', args[1]!);
      exception.attrs.set('filename', args[2] ?? null);
    }
    return exception;
  }

  /** An exception to be thrown. */
  error(name: string, ...args: Value[]): PyError {
    return new PyError(this.exception(type(name), args));
  }

  attribute(value: Value, name: string): Value {
    return getAttribute(this, value, name);
  }

  /** Calls a method of a value. */
  method(value: Value, name: string, ...args: Value[]): Value {
    return this.call(this.attribute(value, name), args);
  }

  /** Writes to standard output as Python does: at once to a terminal or when told so, else in large pieces. */
  write(text: string): void {
    const { state, kernel } = this;
    state.out += text;
    const lines = kernel.terminal.stdout && state.out.includes('\n');
    if (state.unbuffered || lines || state.out.length > BUFFER) this.flush();
  }

  flush(): void {
    const { out } = this.state;
    this.state.out = '';
    this.kernel.output(out);
  }
}
