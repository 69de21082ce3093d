import { BrokenPipe, type Outcome } from '../engine/process/program.ts';
import type { Simple } from './ast.ts';
import { BUILTINS, type Control, isBuiltin } from './builtins/index.ts';
import { redirections } from './compound.ts';
import { type Expander, ExpansionProblem } from './expand.ts';
import { runExternal } from './external.ts';
import type { Frame, Saved } from './frames.ts';
import { LARGE, type Machine } from './machine.ts';
import { prefix, traceWord } from './messages.ts';
import { type Descriptors, forgiving, own } from './state.ts';

/** Builtins whose assignments stay and whose errors end a script (POSIX, Shell & Utilities 2.14). */
const SPECIAL = new Set(
  '. : break continue eval exec exit export readonly return set shift times trap unset'.split(' '),
);

/** Runs a simple command: expansion, assignments, redirections, then function, builtin or program. */
export async function simple(machine: Machine, frame: Frame & { f: 'simple' }): Promise<Outcome | undefined> {
  const { memory } = machine;
  const { node } = frame;
  memory.line = node.line;
  const expander = machine.expander(frame.subs);
  const argv = expander.fields(node.words);
  const before = expander.vars;
  let assigned: ReturnType<typeof assign>;
  try {
    assigned = assign(node, expander);
  } catch (error) {
    // Before a command, bash only leaves that command out.
    if (!(error instanceof ExpansionProblem && machine.bash && argv.length > 0)) throw error;
    machine.complain(error.message);
    memory.status = 1;
    memory.stack.pop();
    return undefined;
  }
  for (const value of assigned.values()) if (value.length > LARGE) machine.kernel.allocate(value.length);
  const [name] = argv;
  if (memory.env.options.includes('x')) trace(machine, assigned, argv);
  const fds = redirections(machine, node.redirections, expander);
  if (!fds) {
    memory.stack.pop();
    const special = name !== undefined && SPECIAL.has(name) && memory.flavour !== 'bash';
    memory.status = memory.flavour === 'dash' ? 2 : 1;
    if (special && !forgiving(memory)) machine.unwind({ to: 'exit', status: memory.status });
    return undefined;
  }
  if (name === undefined) {
    machine.change({ vars: expander.vars });
    memory.status = frame.subs.length > 0 ? memory.substituted : 0;
    memory.stack.pop();
    return undefined;
  }
  machine.change({ vars: node.assignments.some(({ values }) => values) ? expander.vars : before });
  return await dispatch(machine, argv, assigned, fds, frame.tail && node.redirections.length === 0, true);
}

/** What the lines of `set -x` begin with: bash repeats its first character in command substitutions. */
export function tracePrefix(machine: Machine): string {
  const ps4 = machine.memory.env.vars['PS4']?.value ?? '+ ';
  return machine.bash ? ps4.slice(0, 1).repeat(machine.depth) + ps4 : ps4;
}

function trace(machine: Machine, assigned: ReadonlyMap<string, string>, argv: readonly string[]): void {
  const ps4 = tracePrefix(machine);
  const quote = (word: string) => traceWord(word, machine.memory.flavour);
  const values = [...assigned].map(([name, value]) => `${name}=${value === '' ? '' : quote(value)}`);
  if (!machine.bash) {
    const words = [...values, ...argv.map(quote)];
    machine.write(2, `${ps4}${words.join(' ')}\n`);
    return;
  }
  for (const value of values) machine.write(2, `${ps4}${value}\n`);
  if (argv.length > 0) machine.write(2, `${ps4}${argv.map(quote).join(' ')}\n`);
}

/** Runs a command whose words are known: function, builtin or program. The simple frame is on top. */
export async function dispatch(
  machine: Machine,
  argv: readonly string[],
  assigned: ReadonlyMap<string, string>,
  fds: Descriptors,
  tail: boolean,
  functions: boolean,
): Promise<Outcome | undefined> {
  const { memory } = machine;
  const name = argv[0]!;
  const body = functions ? own(memory.env.functions, name) : undefined;
  const old: Saved = Object.fromEntries([...assigned.keys()].map((key) => [key, own(memory.env.vars, key) ?? null]));
  const put = (out: boolean) => {
    for (const [key, value] of assigned) machine.setVariable(key, { value, ...(out ? { exported: true } : {}) });
  };
  if (body) {
    memory.stack.pop();
    if (machine.functionNames().length > 500)
      throw new ExpansionProblem(`${name}: maximum function nesting level exceeded (500)`, 'discard');
    put(true);
    const { positional, fds: outer } = memory.env;
    memory.stack.push({ f: 'function', name, positional, locals: {}, fds: outer, assigned: old, line: memory.line });
    machine.change({ positional: argv.slice(1), fds });
    machine.push(
      body,
      memory.stack.some((frame) => 'tested' in frame && frame.tested),
      false,
    );
    return undefined;
  }
  if (!isBuiltin(name, memory.flavour)) return await runExternal(machine, argv, assigned, fds, tail);
  try {
    put(false);
  } catch (error) {
    if (!(error instanceof ExpansionProblem && machine.bash)) throw error;
    machine.complain(error.message);
    memory.status = 1;
    memory.stack.pop();
    return undefined;
  }
  const result = await BUILTINS[name]!(context(machine, argv, fds), argv);
  if (!SPECIAL.has(name) || memory.flavour === 'bash') machine.restore(old);
  if (typeof result === 'number') {
    // A builtin may have put a frame of its own above.
    memory.stack.pop();
    memory.status = result;
    return undefined;
  }
  return await control(machine, argv, result, fds, tail);
}

async function control(
  machine: Machine,
  argv: readonly string[],
  wanted: Control,
  fds: Descriptors,
  tail: boolean,
): Promise<Outcome | undefined> {
  const { memory } = machine;
  switch (wanted.to) {
    case 'run': {
      const frame = memory.stack.pop();
      const tested = frame !== undefined && 'tested' in frame && frame.tested;
      if (fds !== memory.env.fds) {
        memory.stack.push({ f: 'redirect', fds: memory.env.fds });
        machine.change({ fds });
      }
      if (wanted.source !== undefined || !machine.bash) {
        const positional = wanted.positional ? memory.env.positional : null;
        const { source, command } = memory;
        memory.stack.push({ f: 'source', positional, source, command });
        if (wanted.positional) machine.change({ positional: wanted.positional });
        memory.source = wanted.source ?? source;
        memory.command = wanted.source ?? 'eval';
      }
      machine.script(wanted.text, wanted.source === undefined ? 'eval' : 'file', { tested });
      return undefined;
    }
    case 'wait':
      memory.stack.pop();
      memory.stack.push({ f: 'wait', pids: wanted.pids, any: wanted.any, fds });
      return undefined;
    case 'exec':
      if (wanted.argv.length > 0) return await runExternal(machine, wanted.argv, new Map(), fds, true, true);
      machine.change({ fds });
      memory.status = 0;
      memory.stack.pop();
      return undefined;
    case 'discard':
      machine.discard(wanted.status);
      return undefined;
    case 'command':
      return await dispatch(machine, wanted.argv, new Map(), fds, tail, false);
    default: {
      memory.stack.pop();
      if ('message' in wanted && wanted.message !== undefined) {
        if (wanted.builtin === undefined) machine.complain(wanted.message, fds);
        else context(machine, argv, fds).fail(wanted.builtin);
        if (forgiving(memory)) {
          machine.discard(wanted.status);
          return undefined;
        }
      }
      machine.unwind(wanted);
      return undefined;
    }
  }
}

function context(machine: Machine, argv: readonly string[], fds: Descriptors) {
  const { memory } = machine;
  return {
    machine,
    memory,
    kernel: machine.kernel,
    fds,
    out: (text: string) => machine.write(1, text, fds),
    err: (text: string) => machine.complain(text, fds),
    fail: (text: string) => {
      if (memory.flavour === 'ash') {
        try {
          machine.write(2, `${prefix(memory, memory.line, argv[0])}${text}\n`, fds);
        } catch (error) {
          if (!(error instanceof BrokenPipe)) throw error;
        }
      } else machine.complain(`${argv[0]}: ${text}`, fds);
      return memory.flavour === 'bash' ? 1 : 2;
    },
  };
}

/** The values that a simple command assigns, in order; the expander keeps them for words that follow. */
function assign(node: Simple, expander: Expander): Map<string, string> {
  const assigned = new Map<string, string>();
  for (const assignment of node.assignments) {
    if (assignment.values) expander.assignArray(assignment.name, assignment.values, assignment.append);
    else {
      const { name, index, append, value } = assignment;
      assigned.set(name, expander.assignText(name, index, expander.text(value), append));
    }
  }
  return assigned;
}
