import type { Outcome } from '../engine/process/program.ts';
import type { Redirection, Word } from './ast.ts';
import { noMoreProcesses, startBackground } from './background.ts';
import { evaluateCondition } from './condition.ts';
import type { Expander } from './expand.ts';
import type { Frame } from './frames.ts';
import { newBuffer, newText, RedirectionProblem, redirected } from './io.ts';
import type { Machine } from './machine.ts';
import { traceWord } from './messages.ts';
import { matches } from './pattern.ts';
import { appetite } from './reader.ts';
import { tracePrefix } from './simple.ts';
import type { Descriptor, Descriptors } from './state.ts';

type Of<F extends Frame['f']> = Extract<Frame, { f: F }>;

/** The descriptors after a command's redirections; nothing when one of them failed, which has been said then. */
export function redirections(
  machine: Machine,
  list: readonly Redirection[],
  expander: Expander,
): Descriptors | undefined {
  try {
    return redirected(machine.memory, machine.kernel, machine.memory.env.fds, list, expander);
  } catch (error) {
    if (!(error instanceof RedirectionProblem)) throw error;
    machine.complain(error.message);
    return undefined;
  }
}

/** Begins a compound command: expands its words, makes its redirections, and replaces it by what it does. */
export function compound(machine: Machine, frame: Of<'command'>): void {
  const { memory } = machine;
  const { node, tested } = frame;
  if (node.k === 'function') {
    machine.change({ functions: { ...memory.env.functions, [node.name]: node.body } });
    memory.status = 0;
    memory.stack.pop();
    return;
  }
  if ('line' in node && typeof node.line === 'number') memory.line = node.line;
  const expander = machine.expander(frame.subs);
  const values = node.k === 'for' ? (node.words ? expander.fields(node.words) : [...memory.env.positional]) : [];
  const condition = node.k === 'condition' ? evaluateCondition(node.words, expander, machine.kernel, memory) : 0;
  const arithmetic = node.k === 'arithmeticcommand' ? expander.arithmetic(node.expression) : 0n;
  let at = -1;
  if (node.k === 'case') {
    const text = expander.text(node.word);
    at = node.items.findIndex(({ patterns }) => patterns.some((pattern) => matches(expander.pattern(pattern), text)));
  }
  const fds = redirections(machine, node.redirections, expander);
  machine.change({ vars: expander.vars });
  memory.stack.pop();
  if (!fds) {
    memory.status = memory.flavour === 'dash' ? 2 : 1;
    return;
  }
  if (node.redirections.length > 0) {
    memory.stack.push({ f: 'redirect', fds: memory.env.fds });
    machine.change({ fds });
  }
  const tail = frame.tail && node.redirections.length === 0;
  switch (node.k) {
    case 'group':
      machine.body(node.body, tested, tail && !machine.bash);
      break;
    case 'subshell': {
      memory.stack.push({ f: 'subshell', env: memory.env, jobs: Object.keys(memory.jobs) });
      machine.change({ traps: {} });
      machine.body(node.body, tested);
      break;
    }
    case 'if':
      // bash looks for its last command among those that stand in a list only.
      memory.stack.push({ f: 'if', node, at: 0, phase: 'start', tested, tail: tail && !machine.bash });
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
    case 'case':
      memory.status = 0;
      if (at >= 0) memory.stack.push({ f: 'case', node, at, tested, tail: tail && !machine.bash });
      break;
    case 'condition':
      memory.status = condition;
      break;
    case 'arithmeticcommand':
      memory.status = arithmetic === 0n ? 1 : 0;
  }
}

/** Goes on with a list, a pipeline or a compound command. */
export function stepCompound(machine: Machine, frame: Frame): Outcome | undefined {
  switch (frame.f) {
    case 'list':
      return list(machine, frame);
    case 'andor':
      return andOr(machine, frame);
    case 'pipeline':
      return pipeline(machine, frame);
    case 'if':
      return branch(machine, frame);
    case 'while':
      return loop(machine, frame);
    case 'for':
      return each(machine, frame);
    case 'forarithmetic':
      return count(machine, frame);
    case 'case':
      return choose(machine, frame);
    default:
      throw new Error(`no step for ${frame.f}`);
  }
}

function list(machine: Machine, frame: Of<'list'>): undefined {
  const { memory } = machine;
  const item = frame.list.items[frame.at];
  if (!item) {
    if (frame.list.items.length === 0) memory.status = 0;
    machine.pop();
    return;
  }
  const last = frame.at === frame.list.items.length - 1;
  machine.swap({ ...frame, at: frame.at + 1 });
  if (item.background) {
    startBackground(machine, { k: 'list', items: [{ ...item, background: false }] });
    return;
  }
  const alone = memory.flavour !== 'dash' || frame.list.items.length === 1;
  const { tested } = frame;
  memory.stack.push({ f: 'andor', node: item.command, at: -1, tested, tail: frame.tail && last && alone });
}

function andOr(machine: Machine, frame: Of<'andor'>): undefined {
  const { memory } = machine;
  const total = frame.node.rest.length;
  for (let at = frame.at + 1; at <= total; at += 1) {
    const part = at === 0 ? undefined : frame.node.rest[at - 1]!;
    if (part && (memory.status === 0) !== (part.op === '&&')) continue;
    machine.swap({ ...frame, at });
    memory.stack.push({
      ...{ f: 'pipeline', node: part?.pipeline ?? frame.node.first, at: 0, statuses: [], buffer: 0 },
      ...{ tested: frame.tested || at < total, tail: frame.tail && at === total },
    });
    return;
  }
  machine.pop();
}

/**
 * Commands of a pipeline run one after another, each to its end, with what it wrote as the next one's input. What the
 * next one will not read is not written: the pipe breaks, as it does when a reader ends before its writer.
 */
function pipeline(machine: Machine, frame: Of<'pipeline'>): Outcome | undefined {
  const { memory } = machine;
  const { commands, negated, timed } = frame.node;
  if (frame.at > 0 && frame.buffer !== 0 && machine.feeds(frame.buffer)) return { wait: { child: true } };
  const statuses = frame.at > 0 ? [...frame.statuses, memory.status] : [];
  if (frame.at === commands.length) {
    memory.stack.pop();
    finish(machine, frame, statuses);
    return undefined;
  }
  if (frame.at === 0 && timed) {
    machine.swap({ f: 'time', since: machine.kernel.now, posix: timed === 'posix' });
    const { timed: _, ...node } = frame.node;
    memory.stack.push({ ...frame, node, tail: false });
    return undefined;
  }
  const command = commands[frame.at]!;
  if (commands.length > 1 && !machine.kernel.mayFork) {
    memory.stack.pop();
    noMoreProcesses(machine);
    return undefined;
  }
  if (commands.length === 1) {
    machine.swap({ ...frame, at: 1 });
    machine.push(command, frame.tested || negated, frame.tail && !negated);
    return undefined;
  }
  const last = frame.at === commands.length - 1;
  const input: Descriptor | undefined =
    frame.at === 0 ? memory.env.fds[0] : newText(memory, memory.buffers[frame.buffer] ?? '');
  if (frame.at > 0) delete memory.buffers[frame.buffer];
  const limit = last ? undefined : appetite(commands[frame.at + 1]!);
  const buffer = last ? 0 : newBuffer(memory);
  const output: Descriptor | undefined = last ? undefined : { to: 'buffer', id: buffer, ...(limit ? { limit } : {}) };
  machine.swap({ ...frame, at: frame.at + 1, statuses, buffer });
  memory.stack.push({ f: 'subshell', env: memory.env, jobs: Object.keys(memory.jobs) });
  const both = output && frame.node.errors?.[frame.at] ? { 2: output } : {};
  machine.change({
    traps: {},
    fds: { ...memory.env.fds, ...(input ? { 0: input } : {}), ...(output ? { 1: output } : {}), ...both },
  });
  machine.push(command, true, false);
  return undefined;
}

function finish(machine: Machine, frame: Of<'pipeline'>, statuses: readonly number[]): void {
  const { memory } = machine;
  const { negated } = frame.node;
  const failed = memory.env.options.includes('P')
    ? (statuses.findLast((status) => status !== 0) ?? 0)
    : statuses.at(-1)!;
  memory.status = negated ? Number(failed === 0) : failed;
  if (machine.bash) {
    const values = Object.fromEntries([...statuses.entries()].map(([at, status]) => [at, String(status)]));
    machine.change({ vars: { ...memory.env.vars, PIPESTATUS: { values } } });
  }
  if (memory.status === 0 || negated || frame.tested) return;
  machine.errorTrap();
  if (!memory.env.options.includes('e')) return;
  if (memory.stack.at(-1)?.f === 'script') {
    // The trap comes first; its shell then ends as if by `exit`.
    const below = memory.stack.findLastIndex(({ f }) => f === 'trap');
    memory.stack.splice(below, 0, { f: 'exit', status: memory.status });
  } else machine.unwind({ to: 'exit', status: memory.status });
}

function branch(machine: Machine, frame: Of<'if'>): undefined {
  const { memory } = machine;
  const { node, tested, tail } = frame;
  if (frame.phase === 'condition' && memory.status === 0) {
    machine.swap({ ...frame, phase: 'body' });
    machine.body(node.branches[frame.at]!.body, tested, tail);
    return;
  }
  const next = frame.phase === 'start' ? 0 : frame.at + 1;
  const following = frame.phase === 'body' ? undefined : node.branches[next];
  if (following) {
    machine.swap({ ...frame, at: next, phase: 'condition' });
    machine.body(following.condition, true);
  } else if (frame.phase !== 'body' && node.otherwise) {
    machine.swap({ ...frame, phase: 'body' });
    machine.body(node.otherwise, tested, tail);
  } else {
    if (frame.phase !== 'body') memory.status = 0;
    machine.pop();
  }
}

function loop(machine: Machine, frame: Of<'while'>): undefined {
  const { memory } = machine;
  if (frame.phase !== 'condition') {
    machine.swap({ ...frame, phase: 'condition', last: frame.phase === 'body' ? memory.status : frame.last });
    machine.body(frame.node.condition, true);
  } else if ((memory.status === 0) === frame.node.until) {
    memory.status = frame.last;
    machine.pop();
  } else {
    machine.swap({ ...frame, phase: 'body' });
    machine.body(frame.node.body, frame.tested);
  }
}

function each(machine: Machine, frame: Of<'for'>): undefined {
  const value = frame.values[frame.at];
  if (value === undefined) {
    if (frame.values.length === 0) machine.memory.status = 0;
    machine.pop();
    return;
  }
  if (machine.bash && machine.memory.env.options.includes('x')) {
    const words = frame.values.map((word) => traceWord(word, 'bash')).join(' ');
    machine.write(2, `${tracePrefix(machine)}for ${frame.node.name} in ${words}\n`);
  }
  machine.setVariable(frame.node.name, { value });
  machine.swap({ ...frame, at: frame.at + 1 });
  machine.body(frame.node.body, frame.tested);
}

function count(machine: Machine, frame: Of<'forarithmetic'>): undefined {
  const evaluate = (word: Word, empty: bigint) => {
    const expander = machine.expander();
    const text = expander.text(word, false);
    const value = text.trim() === '' ? empty : expander.evaluate(text);
    machine.change({ vars: expander.vars });
    return value;
  };
  evaluate(frame.started ? frame.node.step : frame.node.start, 0n);
  machine.swap({ ...frame, started: true });
  if (evaluate(frame.node.condition, 1n) === 0n) machine.pop();
  else machine.body(frame.node.body, frame.tested);
}

function choose(machine: Machine, frame: Of<'case'>): undefined {
  const item = frame.node.items[frame.at];
  if (!item) {
    machine.pop();
    return;
  }
  let next = item.falls ? frame.at + 1 : frame.node.items.length;
  if (item.tests) {
    const expander = machine.expander();
    const text = expander.text(frame.node.word);
    const found = frame.node.items.findIndex(
      ({ patterns }, at) => at > frame.at && patterns.some((pattern) => matches(expander.pattern(pattern), text)),
    );
    next = found < 0 ? next : found;
  }
  machine.swap({ ...frame, at: next });
  machine.body(item.body, frame.tested, frame.tail && next >= frame.node.items.length);
}
