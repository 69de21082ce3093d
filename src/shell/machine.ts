import type { Kernel, Outcome } from '../engine/process/program.ts';
import type { Command, List, Redirection, Simple, Word } from './ast.ts';
import { BUILTINS, type Control } from './builtins/index.ts';
import { evaluateCondition } from './condition.ts';
import { Expander, type ExpansionContext, ExpansionProblem, Need } from './expand.ts';
import { runExternal } from './external.ts';
import type { Frame, Limit } from './frames.ts';
import {
  BrokenPipe,
  NeedInput,
  newBuffer,
  newText,
  RedirectionProblem,
  readAll,
  readLine,
  redirected,
  writeTo,
} from './io.ts';
import { prefix } from './messages.ts';
import { parseScript } from './parser.ts';
import { matches } from './pattern.ts';
import type { Descriptor, ShellMemory, Variable } from './state.ts';

/** Steps in one go before a loop that does nothing lets time pass. */
const BUDGET = 4000;
/** Virtual milliseconds that so many steps take. */
const BUDGET_TIME = 20;
const SPECIAL = new Set([
  '.',
  ':',
  'break',
  'continue',
  'eval',
  'exec',
  'exit',
  'export',
  'readonly',
  'return',
  'set',
  'shift',
  'times',
  'trap',
  'unset',
]);

/** Runs what lies on a shell's stack, one step after another; all that it knows is in its memory. */
export class Machine {
  readonly kernel: Kernel;
  readonly memory: ShellMemory;
  readonly limits = new Map<number, Limit>();

  constructor(kernel: Kernel, memory: ShellMemory) {
    this.kernel = kernel;
    this.memory = memory;
    for (const frame of memory.stack)
      if (frame.f === 'pipeline' && frame.limit) this.limits.set(frame.buffer, frame.limit);
  }

  /** Pushes a list to be run. */
  start(list: List, tail = false): void {
    this.memory.stack.push({ f: 'list', list, at: 0, tested: false, tail });
  }

  /** Runs until the stack is empty (undefined) or something must be waited for. */
  async run(): Promise<Outcome | undefined> {
    const { stack } = this.memory;
    for (let steps = 0; stack.length > 0; steps += 1) {
      if (steps > BUDGET) return { wait: { until: this.kernel.now + BUDGET_TIME } };
      this.#trapped();
      const frame = stack.at(-1)!;
      try {
        const outcome = await this.#step(frame);
        if (outcome) return outcome;
      } catch (error) {
        if (error instanceof NeedInput) return { wait: { input: true } };
        if (error instanceof Need) this.#capture(error.list);
        else if (error instanceof ExpansionProblem) this.#fatal(error.message);
        else throw error;
      }
    }
    return undefined;
  }

  write(fd: number, bytes: string, fds = this.memory.env.fds): void {
    writeTo(this.memory, this.kernel, fds[fd], bytes, this.limits);
  }

  complain(message: string, fds = this.memory.env.fds): void {
    try {
      this.write(2, `${prefix(this.memory, this.memory.line)}${message}\n`, fds);
    } catch (error) {
      if (!(error instanceof BrokenPipe)) throw error;
    }
  }

  readAll(fds = this.memory.env.fds): string {
    return readAll(this.memory, this.kernel, fds[0]);
  }

  readLine(fds: Readonly<Record<number, Descriptor>>, fd = 0, delimiter?: string): string | undefined {
    return readLine(this.memory, this.kernel, fds[fd], delimiter);
  }

  expander(subs: readonly string[] = []): Expander {
    const { memory, kernel } = this;
    const { env, flavour, name, pid, status, lastBackground, line } = memory;
    const context: ExpansionContext = {
      env,
      flavour,
      name,
      pid,
      status,
      lastBackground,
      line,
      files: kernel.files,
      substituted: subs,
      random: () => kernel.random(),
    };
    return new Expander(context);
  }

  setVariable(name: string, change: Partial<Variable>): void {
    const { env } = this.memory;
    const old = env.vars[name];
    if (old?.readOnly && (change.value !== undefined || change.values !== undefined))
      throw new ExpansionProblem(
        this.memory.flavour === 'bash' ? `${name}: readonly variable` : `${name}: is read only`,
      );
    const auto = env.options.includes('a') ? { exported: true } : {};
    env.vars = { ...env.vars, [name]: { ...old, ...auto, ...change } };
  }

  /** Ends what runs: the current function, loop, subshell, or the shell. */
  unwind(control: Control & { to: 'break' | 'continue' | 'return' | 'exit' }): void {
    const { stack } = this.memory;
    let count = 'count' in control ? control.count : 1;
    if ('status' in control) this.memory.status = control.status;
    while (stack.length > 0) {
      const frame = stack.at(-1)!;
      if (frame.f === 'subshell' || frame.f === 'capture') {
        // Control does not leave a subshell: it ends there.
        return;
      }
      const loop = frame.f === 'while' || frame.f === 'for' || frame.f === 'forarithmetic';
      if (loop && (control.to === 'break' || control.to === 'continue')) {
        count -= 1;
        if (count === 0 && control.to === 'continue') {
          if (frame.f === 'while') stack[stack.length - 1] = { ...frame, phase: 'start', last: 0 };
          this.memory.status = 0;
          return;
        }
        stack.pop();
        if (count === 0) {
          this.memory.status = 0;
          return;
        }
        continue;
      }
      if (control.to === 'return' && (frame.f === 'function' || frame.f === 'source')) return;
      if (frame.f === 'trap' && control.to === 'return') return;
      stack.pop();
      this.#leave(frame);
    }
  }

  #fatal(message: string): void {
    const { memory } = this;
    this.complain(message);
    const status = memory.flavour === 'bash' ? (message.endsWith('readonly variable') ? 1 : 127) : 2;
    if (memory.interactive) {
      while (memory.stack.length > 0) this.#leave(memory.stack.pop()!);
      memory.status = memory.flavour === 'bash' ? 1 : 2;
    } else this.unwind({ to: 'exit', status });
  }

  #trapped(): void {
    const { memory } = this;
    const [name, ...rest] = memory.pendingTraps;
    const top = memory.stack.at(-1);
    if (name === undefined || top?.f === 'child') return;
    memory.pendingTraps = rest;
    const text = memory.env.traps[name];
    if (!text) return;
    memory.stack.push({ f: 'trap', status: memory.status });
    this.start(parse(text, memory));
  }

  #capture(list: List): void {
    const { memory } = this;
    const buffer = newBuffer(memory);
    memory.stack.push({ f: 'capture', env: memory.env, buffer });
    memory.env = { ...memory.env, traps: {}, fds: { ...memory.env.fds, 1: { to: 'buffer', id: buffer } } };
    memory.stack.push({ f: 'list', list, at: 0, tested: false, tail: false });
  }

  #leave(frame: Frame): void {
    const { memory } = this;
    if (frame.f === 'redirect') memory.env.fds = frame.fds;
    else if (frame.f === 'function') {
      memory.env.positional = frame.positional;
      memory.env.fds = frame.fds;
      const vars = { ...memory.env.vars };
      for (const [name, old] of Object.entries({ ...frame.env, ...frame.locals })) {
        if (old) vars[name] = old;
        else delete vars[name];
      }
      memory.env.vars = vars;
    } else if (frame.f === 'source' && frame.positional) memory.env.positional = frame.positional;
    else if (frame.f === 'subshell') memory.env = frame.env;
    else if (frame.f === 'capture') {
      memory.env = frame.env;
      const below = memory.stack.at(-1);
      const output = memory.buffers[frame.buffer] ?? '';
      delete memory.buffers[frame.buffer];
      memory.substituted = memory.status;
      if (below && 'subs' in below) memory.stack[memory.stack.length - 1] = { ...below, subs: [...below.subs, output] };
    }
  }

  #pop(): void {
    const frame = this.memory.stack.pop()!;
    this.#leave(frame);
  }

  #push(command: Command, tested: boolean, tail: boolean): void {
    this.memory.stack.push(
      command.k === 'simple'
        ? { f: 'simple', node: command, subs: [], tested, tail }
        : { f: 'command', node: command, subs: [], tested, tail },
    );
  }

  #swap(frame: Frame): void {
    this.memory.stack[this.memory.stack.length - 1] = frame;
  }

  #body(list: List, tested: boolean, tail = false): void {
    this.memory.stack.push({ f: 'list', list, at: 0, tested, tail });
  }

  async #step(frame: Frame): Promise<Outcome | undefined> {
    const { memory } = this;
    switch (frame.f) {
      case 'list': {
        const item = frame.list.items[frame.at];
        if (!item) {
          if (frame.list.items.length === 0) memory.status = 0;
          this.#pop();
          return undefined;
        }
        const last = frame.at === frame.list.items.length - 1;
        this.#swap({ ...frame, at: frame.at + 1 });
        const alone = memory.flavour !== 'dash' || frame.list.items.length === 1;
        if (item.background) this.#background({ k: 'list', items: [{ ...item, background: false }] });
        else
          memory.stack.push({
            f: 'andor',
            node: item.command,
            at: -1,
            running: false,
            tested: frame.tested,
            tail: frame.tail && last && alone,
          });
        return undefined;
      }
      case 'andor':
        return this.#andOr(frame);
      case 'pipeline':
        return this.#pipeline(frame);
      case 'simple':
        return await this.#simple(frame);
      case 'command':
        return this.#compound(frame);
      case 'if': {
        if (frame.phase === 'condition' && memory.status === 0) {
          this.#swap({ ...frame, phase: 'body' });
          this.#body(frame.node.branches[frame.at]!.body, frame.tested, frame.tail);
          return undefined;
        }
        const next = frame.phase === 'start' ? 0 : frame.at + 1;
        const branch = frame.phase === 'body' ? undefined : frame.node.branches[next];
        if (branch) {
          this.#swap({ ...frame, at: next, phase: 'condition' });
          this.#body(branch.condition, true);
        } else if (frame.phase !== 'body' && frame.node.otherwise) {
          this.#swap({ ...frame, phase: 'body' });
          this.#body(frame.node.otherwise, frame.tested, frame.tail);
        } else {
          if (frame.phase !== 'body') memory.status = 0;
          this.#pop();
        }
        return undefined;
      }
      case 'while': {
        if (frame.phase === 'condition') {
          if ((memory.status === 0) === frame.node.until) {
            memory.status = frame.last;
            this.#pop();
          } else {
            this.#swap({ ...frame, phase: 'body' });
            this.#body(frame.node.body, frame.tested);
          }
        } else {
          this.#swap({ ...frame, phase: 'condition', last: frame.phase === 'body' ? memory.status : frame.last });
          this.#body(frame.node.condition, true);
        }
        return undefined;
      }
      case 'for': {
        const value = frame.values[frame.at];
        if (value === undefined) {
          if (frame.values.length === 0) memory.status = 0;
          this.#pop();
        } else {
          this.setVariable(frame.node.name, { value });
          this.#swap({ ...frame, at: frame.at + 1 });
          this.#body(frame.node.body, frame.tested);
        }
        return undefined;
      }
      case 'forarithmetic': {
        const evaluate = (word: Word, empty: bigint) => {
          const expander = this.expander();
          const text = expander.text(word, false);
          const value = text.trim() === '' ? empty : expander.evaluate(text);
          memory.env.vars = expander.vars;
          return value;
        };
        if (!frame.started) evaluate(frame.node.start, 0n);
        else evaluate(frame.node.step, 0n);
        this.#swap({ ...frame, started: true });
        if (evaluate(frame.node.condition, 1n) === 0n) this.#pop();
        else this.#body(frame.node.body, frame.tested);
        return undefined;
      }
      case 'case':
        this.#case(frame);
        return undefined;
      case 'trap':
        memory.status = frame.status;
        this.#pop();
        return undefined;
      case 'child': {
        if (!(frame.pid in memory.jobs) || memory.jobs[frame.pid] === undefined) return { wait: { child: true } };
        memory.status = memory.jobs[frame.pid]!;
        const { [frame.pid]: _ended, ...jobs } = memory.jobs;
        memory.jobs = jobs;
        this.#pop();
        return undefined;
      }
      case 'wait': {
        const running = frame.pids.filter((pid) => pid in memory.jobs && memory.jobs[pid] === undefined);
        if (running.length > 0 && memory.pendingTraps.length === 0) return { wait: { child: true } };
        const last = frame.pids.at(-1);
        memory.status = last === undefined ? 0 : (memory.jobs[last] ?? 127);
        this.#pop();
        return undefined;
      }
      case 'read': {
        const status = await BUILTINS['read']!(this.#context(frame.argv, frame.fds), frame.argv);
        this.#pop();
        memory.status = status as number;
        return undefined;
      }
      case 'subshell':
      case 'capture': {
        const { EXIT, ...rest } = memory.env.traps;
        if (EXIT) {
          memory.env.traps = rest;
          memory.stack.push({ f: 'trap', status: memory.status });
          this.start(parse(EXIT, memory));
        } else this.#pop();
        return undefined;
      }
      default:
        this.#pop();
        return undefined;
    }
  }

  #andOr(frame: Frame & { f: 'andor' }): undefined {
    const { memory } = this;
    const total = frame.node.rest.length;
    for (let at = frame.at + 1; ; at += 1) {
      if (at > total) {
        this.#pop();
        return undefined;
      }
      const part = at === 0 ? undefined : frame.node.rest[at - 1]!;
      if (part && (memory.status === 0) !== (part.op === '&&')) continue;
      this.#swap({ ...frame, at });
      memory.stack.push({
        ...{
          f: 'pipeline',
          node: part?.pipeline ?? frame.node.first,
          at: 0,
          statuses: [],
          buffer: 0,
          limit: undefined,
        },
        ...{ tested: frame.tested || at < total, tail: frame.tail && at === total },
      });
      return undefined;
    }
  }

  #pipeline(frame: Frame & { f: 'pipeline' }): undefined {
    const { memory } = this;
    const { commands, negated } = frame.node;
    const statuses = frame.at > 0 ? [...frame.statuses, memory.status] : [];
    if (frame.at === commands.length) {
      memory.stack.pop();
      const failed = memory.env.options.includes('P')
        ? (statuses.findLast((status) => status !== 0) ?? 0)
        : statuses.at(-1)!;
      memory.status = negated ? Number(failed === 0) : failed;
      if (commands.length > 1)
        memory.env.vars = {
          ...memory.env.vars,
          PIPESTATUS: { values: Object.fromEntries(statuses.entries().map(([at, status]) => [at, String(status)])) },
        };
      if (memory.status !== 0 && !negated && !frame.tested && memory.env.options.includes('e'))
        this.unwind({ to: 'exit', status: memory.status });
      return undefined;
    }
    const command = commands[frame.at]!;
    if (commands.length === 1) {
      this.#swap({ ...frame, at: 1 });
      this.#push(command, frame.tested || negated, frame.tail && !negated);
      return undefined;
    }
    const last = frame.at === commands.length - 1;
    const input: Descriptor | undefined =
      frame.at === 0 ? memory.env.fds[0] : newText(memory, memory.buffers[frame.buffer] ?? '');
    if (frame.at > 0) delete memory.buffers[frame.buffer];
    const buffer = last ? 0 : newBuffer(memory);
    const limit = last ? undefined : appetite(commands[frame.at + 1]!);
    if (limit) this.limits.set(buffer, limit);
    this.#swap({ ...frame, at: frame.at + 1, statuses, buffer, limit });
    memory.stack.push({ f: 'subshell', env: memory.env });
    memory.env = {
      ...memory.env,
      traps: {},
      fds: {
        ...memory.env.fds,
        ...(input ? { 0: input } : {}),
        ...(last ? {} : { 1: { to: 'buffer' as const, id: buffer } }),
      },
    };
    this.#push(command, true, false);
    return undefined;
  }

  #background(list: List): void {
    const { memory, kernel } = this;
    const child: ShellMemory = {
      ...memory,
      env: { ...memory.env, traps: {}, fds: { ...memory.env.fds, 0: { to: 'nowhere' } } },
      ...{
        jobs: {},
        stack: [{ f: 'list', list, at: 0, tested: false, tail: true }],
        interactive: false,
        pendingTraps: [],
        texts: { ...memory.texts },
        buffers: {},
      },
    };
    const pid = kernel.fork(child);
    if (pid < 0) {
      this.complain(
        memory.flavour === 'bash'
          ? 'fork: retry: Resource temporarily unavailable'
          : "can't fork: Resource temporarily unavailable",
      );
      this.unwind({ to: 'exit', status: memory.flavour === 'bash' ? 254 : 2 });
      return;
    }
    memory.jobs = { ...memory.jobs, [pid]: undefined };
    memory.lastBackground = pid;
    memory.status = 0;
  }

  #compound(frame: Frame & { f: 'command' }): undefined {
    const { memory } = this;
    const { node, tested } = frame;
    if (node.k === 'function') {
      memory.env.functions = { ...memory.env.functions, [node.name]: node.body };
      memory.status = 0;
      memory.stack.pop();
      return undefined;
    }
    const expander = this.expander(frame.subs);
    const values = node.k === 'for' ? (node.words ? expander.fields(node.words) : [...memory.env.positional]) : [];
    const condition = node.k === 'condition' ? evaluateCondition(node.words, expander, this.kernel, memory) : 0;
    const arithmetic = node.k === 'arithmeticcommand' ? expander.arithmetic(node.expression) : 0n;
    const fds = this.#redirections(node.redirections, expander);
    memory.env.vars = expander.vars;
    memory.stack.pop();
    if (!fds) {
      memory.status = 1;
      return undefined;
    }
    if (node.redirections.length > 0) {
      memory.stack.push({ f: 'redirect', fds: memory.env.fds });
      memory.env.fds = fds;
    }
    const tail = frame.tail && node.redirections.length === 0;
    switch (node.k) {
      case 'group':
        this.#body(node.body, tested, tail);
        break;
      case 'subshell':
        memory.stack.push({ f: 'subshell', env: memory.env });
        memory.env = { ...memory.env, traps: {} };
        this.#body(node.body, tested);
        break;
      case 'if':
        memory.stack.push({ f: 'if', node, at: 0, phase: 'start', tested, tail });
        break;
      case 'while':
        memory.stack.push({ f: 'while', node, phase: 'start', last: 0, tested, tail: false });
        break;
      case 'for':
        memory.stack.push({ f: 'for', node, values, at: 0, tested, tail: false });
        break;
      case 'forarithmetic':
        memory.stack.push({ f: 'forarithmetic', node, started: false, tested, tail: false });
        break;
      case 'case': {
        const text = this.expander(frame.subs).text(node.word);
        const at = node.items.findIndex(({ patterns }) =>
          patterns.some((pattern) => matches(expander.pattern(pattern), text)),
        );
        if (at < 0) memory.status = 0;
        else memory.stack.push({ f: 'case', node, at, tested, tail });
        break;
      }
      case 'condition':
        memory.status = condition;
        break;
      case 'arithmeticcommand':
        memory.status = arithmetic === 0n ? 1 : 0;
    }
    return undefined;
  }

  #case(frame: Frame & { f: 'case' }): void {
    const item = frame.node.items[frame.at];
    if (!item) {
      this.#pop();
      return;
    }
    this.#swap({ ...frame, at: item.falls ? frame.at + 1 : frame.node.items.length });
    this.#body(item.body, frame.tested, frame.tail && !item.falls);
  }

  #redirections(
    redirections: readonly Redirection[],
    expander: Expander,
  ): Readonly<Record<number, Descriptor>> | undefined {
    try {
      return redirected(this.memory, this.kernel, this.memory.env.fds, redirections, expander);
    } catch (error) {
      if (!(error instanceof RedirectionProblem)) throw error;
      this.complain(error.message);
      return undefined;
    }
  }

  async #simple(frame: Frame & { f: 'simple' }): Promise<Outcome | undefined> {
    const { memory } = this;
    const { node } = frame;
    memory.line = node.line;
    const expander = this.expander(frame.subs);
    const argv = expander.fields(node.words);
    const before = expander.vars;
    const assigned = assign(node, expander);
    const fds = this.#redirections(node.redirections, expander);
    if (memory.env.options.includes('x')) this.#trace(assigned, argv);
    if (!fds) {
      memory.stack.pop();
      memory.status = memory.flavour === 'bash' ? 1 : argv[0] !== undefined && SPECIAL.has(argv[0]) ? 2 : 1;
      if (argv[0] !== undefined && SPECIAL.has(argv[0]) && memory.flavour !== 'bash' && !memory.interactive)
        this.unwind({ to: 'exit', status: memory.status });

      return undefined;
    }
    const [name] = argv;
    if (name === undefined) {
      memory.env.vars = expander.vars;
      memory.status = frame.subs.length > 0 ? memory.substituted : 0;
      memory.stack.pop();
      return undefined;
    }
    memory.env.vars = before;
    return await this.dispatch(argv, assigned, fds, frame.tail && node.redirections.length === 0, true);
  }

  #trace(assigned: ReadonlyMap<string, string>, argv: readonly string[]): void {
    const words = [...[...assigned].map(([name, value]) => `${name}=${value}`), ...argv].map((word) =>
      /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`,
    );
    this.write(2, `+ ${words.join(' ')}\n`);
  }

  /** Runs a command whose words are known: function, builtin or program. The simple frame is on top. */
  async dispatch(
    argv: readonly string[],
    assigned: ReadonlyMap<string, string>,
    fds: Readonly<Record<number, Descriptor>>,
    tail: boolean,
    functions: boolean,
  ): Promise<Outcome | undefined> {
    const { memory } = this;
    const name = argv[0]!;
    const body = functions ? memory.env.functions[name] : undefined;
    const old = Object.fromEntries([...assigned.keys()].map((key) => [key, memory.env.vars[key]]));
    const put = (out: boolean) => {
      for (const [key, value] of assigned) this.setVariable(key, { value, ...(out ? { exported: true } : {}) });
    };
    if (body) {
      memory.stack.pop();
      put(true);
      memory.stack.push({
        f: 'function',
        positional: memory.env.positional,
        locals: {},
        fds: memory.env.fds,
        env: old,
      });
      memory.env.positional = argv.slice(1);
      memory.env.fds = fds;
      this.#push(body, false, false);
      return undefined;
    }
    const builtin = BUILTINS[name];
    if (builtin && !(name in BASH_ONLY && memory.flavour !== 'bash')) {
      put(false);
      let result: Awaited<ReturnType<typeof builtin>>;
      try {
        result = await builtin(this.#context(argv, fds), argv);
      } catch (error) {
        if (!(error instanceof BrokenPipe)) throw error;
        result = 141;
      }
      if (!SPECIAL.has(name)) this.#restore(old);
      if (typeof result === 'number') {
        memory.stack.pop();
        memory.status = result;
        return undefined;
      }
      return await this.#control(result, fds, tail);
    }
    return await runExternal(this, argv, assigned, fds, tail);
  }

  #restore(old: Readonly<Record<string, Variable | undefined>>): void {
    const vars = { ...this.memory.env.vars };
    for (const [key, value] of Object.entries(old)) {
      if (value) vars[key] = value;
      else delete vars[key];
    }
    if (Object.keys(old).length > 0) this.memory.env.vars = vars;
  }

  async #control(
    control: Control,
    fds: Readonly<Record<number, Descriptor>>,
    tail: boolean,
  ): Promise<Outcome | undefined> {
    const { memory } = this;
    switch (control.to) {
      case 'run':
        memory.stack.pop();
        if (fds !== memory.env.fds) {
          memory.stack.push({ f: 'redirect', fds: memory.env.fds });
          memory.env.fds = fds;
        }
        if (control.source) {
          memory.stack.push({ f: 'source', positional: control.positional ? memory.env.positional : undefined });
          if (control.positional) memory.env.positional = control.positional;
        }
        this.start(control.list);
        return undefined;
      case 'wait':
        memory.stack.pop();
        memory.stack.push({ f: 'wait', pids: control.pids });
        return undefined;
      case 'exec':
        if (control.argv.length === 0) {
          memory.env.fds = fds;
          memory.status = 0;
          memory.stack.pop();
          return undefined;
        }
        return await runExternal(this, control.argv, new Map(), fds, true, true);
      case 'command':
        return await this.dispatch(control.argv, new Map(), fds, tail, false);
      default:
        memory.stack.pop();
        this.unwind(control);
        return undefined;
    }
  }

  #context(argv: readonly string[], fds: Readonly<Record<number, Descriptor>>) {
    return {
      machine: this,
      memory: this.memory,
      kernel: this.kernel,
      fds,
      out: (text: string) => this.write(1, text, fds),
      err: (text: string) =>
        this.complain(this.memory.flavour === 'ash' && !this.memory.interactive ? text : text, fds),
      /** `cd: …` where a shell puts the builtin's name before the place. */
      fail: (text: string) => {
        const { memory } = this;
        if (memory.flavour === 'ash')
          this.write(
            2,
            memory.interactive
              ? `${memory.name}: ${argv[0]}: line ${memory.line}: ${text}\n`
              : `${memory.name}: ${argv[0]}: line ${memory.line}: ${text}\n`,
            fds,
          );
        else this.complain(`${argv[0]}: ${text}`, fds);
        return memory.flavour === 'bash' ? 1 : 2;
      },
    };
  }
}

export const BASH_ONLY: Readonly<Record<string, true>> = {
  declare: true,
  typeset: true,
  shopt: true,
  mapfile: true,
  readarray: true,
  pushd: true,
  popd: true,
  dirs: true,
  enable: true,
};

/** The values that a simple command assigns, in order; the expander keeps them for words that follow. */
function assign(node: Simple, expander: Expander): Map<string, string> {
  const assigned = new Map<string, string>();
  for (const { name, index, append, value, values } of node.assignments) {
    if (values) {
      const old = append ? Object.values(expander.vars[name]?.values ?? {}) : [];
      const all = [...old, ...expander.fields(values)];
      expander.vars = { ...expander.vars, [name]: { values: { ...all } } };
      continue;
    }
    const text = (append ? (expander.lookup(name) ?? '') : '') + expander.text(value);
    expander.assign(name, text, index ? Number(expander.evaluate(expander.text(index))) : undefined);
    assigned.set(name, text);
  }
  return assigned;
}

/** How much `head` will read, so that what never ends ends before it. */
function appetite(command: Command): Limit | undefined {
  if (command.k !== 'simple') return undefined;
  const words = command.words.map((word) => word.map((part) => (part.t === 'text' ? part.s : '')).join(''));
  if (words[0] !== 'head') return undefined;
  const rest = words.slice(1);
  const bytes = /^-c(\d+)$/.exec(rest.join(''))?.[1];
  if (bytes) return { bytes: Number(bytes) };
  const lines = /^-(?:n)?(\d+)$/.exec(rest.join(''))?.[1];
  return rest.length === 0 ? { lines: 10 } : lines ? { lines: Number(lines) } : undefined;
}

function parse(text: string, memory: ShellMemory): List {
  return parseScript(text, memory.flavour === 'bash');
}
