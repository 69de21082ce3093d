import { SIGNALS, signalName, signalNumber } from '../../engine/process/signals.ts';
import type { ShellMemory } from '../state.ts';
import type { Builtin, BuiltinContext } from './index.ts';

const KILL_USAGE = {
  bash: 'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n',
  dash: 'kill: Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]',
  ash: 'you need to specify whom to kill',
};

/** Process id of `%1`, `%%`, `%+`, `%-` or a number; undefined for what is neither, null for a job that is not there. */
function target(memory: ShellMemory, word: string): number | null | undefined {
  if (!word.startsWith('%')) return /^-?\d+$/.test(word) ? Number(word) : undefined;
  const jobs = Object.entries(memory.jobs).filter(([, { text }]) => text !== '');
  const name = word.slice(1);
  const index = name === '' || name === '%' || name === '+' ? -1 : name === '-' ? -2 : Number(name) - 1;
  if (Number.isNaN(index)) {
    const named = jobs.find(([, { text }]) => text.startsWith(name));
    return named ? Number(named[0]) : null;
  }
  const job = jobs.at(index);
  return job && (index < 0 || index < jobs.length) ? Number(job[0]) : null;
}

const kill: Builtin = (context, [, ...words]) => {
  const { memory, kernel, machine } = context;
  const { flavour } = memory;
  const first = words[0];
  if (first === '-l' || first === '-L') return list(context, words.slice(1));
  let signal = 15;
  if (first === '-s' || first === '-n') {
    signal = signalNumber(words[1] ?? '') ?? (words[1] === '0' ? 0 : -1);
    if (signal < 0) return badSignal(context, words[1] ?? '');
    words.splice(0, 2);
  } else if (first?.startsWith('-') && first !== '--') {
    signal = first === '-0' ? 0 : (signalNumber(first.slice(1)) ?? -1);
    if (signal < 0) return badSignal(context, first.slice(1));
    words.shift();
  }
  if (words[0] === '--') words.shift();
  if (words.length === 0) {
    if (flavour === 'bash') machine.write(2, KILL_USAGE.bash, context.fds);
    else say(context, KILL_USAGE[flavour]);
    return flavour === 'ash' ? 1 : 2;
  }
  let status = 0;
  for (const word of words) {
    const pid = target(memory, word);
    if (pid === undefined) {
      if (flavour === 'bash') context.err(`kill: \`${word}': not a pid or valid job spec`);
      else if (flavour === 'dash') {
        context.err(`kill: Illegal number: ${word}`);
        return 2;
      } else say(context, `invalid number '${word}'`);
      status = 1;
    } else if (pid === null) {
      if (flavour === 'dash') {
        context.err(`kill: No such job: ${word}`);
        return 2;
      }
      if (flavour === 'bash') context.err(`kill: ${word}: no such job`);
      else say(context, `can't kill pid ${word.slice(1)}: No such process`);
      status = 1;
    } else if (kernel.kill(pid, signal)) {
      machine.yields = true;
    } else {
      status = 1;
      if (flavour === 'bash') context.err(`kill: (${pid}) - No such process`);
      else if (flavour === 'dash') context.err('kill: No such process\n');
      else say(context, `can't kill pid ${pid}: No such process`);
    }
  }
  return status;
};

/** BusyBox's kill is an applet in the shell's process: its messages know no line. */
function say({ memory, machine, fds, err }: BuiltinContext, text: string): void {
  if (memory.flavour === 'ash') machine.write(2, `${memory.name}: ${text}\n`, fds);
  else err(text);
}

function badSignal(context: BuiltinContext, word: string) {
  const { flavour } = context.memory;
  if (flavour === 'dash') {
    context.err(`kill: Illegal option -${word.slice(0, 1)}`);
    return 2;
  }
  if (flavour === 'bash') context.err(`kill: ${word}: invalid signal specification`);
  else say(context, `bad signal name '${word}'`);
  return 1;
}

function list(context: BuiltinContext, words: readonly string[]) {
  const { memory, out } = context;
  if (words.length === 0) {
    const names = Object.keys(SIGNALS).filter((name) => signalName(SIGNALS[name]!) === name);
    if (memory.flavour === 'bash') {
      const cells = names.map((name) => `${String(SIGNALS[name]).padStart(2)}) SIG${name}`);
      out(cells.map((cell, at) => cell + (at % 5 === 4 || at === cells.length - 1 ? '\n' : '\t')).join(''));
    } else if (memory.flavour === 'dash') out(`${names.join('\n')}\n`);
    else out(names.map((name) => `${String(SIGNALS[name]).padStart(2)}) ${name}\n`).join(''));
    return 0;
  }
  for (const word of words) {
    if (/^\d+$/.test(word)) out(`${signalName(Number(word) > 128 ? Number(word) - 128 : Number(word))}\n`);
    else if (memory.flavour === 'dash') {
      context.err(`kill: Illegal number: ${word}`);
      return 2;
    } else {
      const number = signalNumber(word);
      if (number === undefined) return badSignal(context, word);
      out(`${number}\n`);
    }
  }
  return 0;
}

const trap: Builtin = (context, [, ...words]) => {
  const { memory, out, machine, fds } = context;
  if (words.length === 0 || words[0] === '-p') {
    const { EXIT, ...others } = memory.env.traps;
    const all = { ...(EXIT === undefined ? {} : { EXIT }), ...others };
    for (const [name, text] of Object.entries(all)) {
      const full = memory.flavour === 'bash' && !/^(EXIT|ERR|DEBUG|RETURN)$/.test(name) ? `SIG${name}` : name;
      out(`trap -- '${text.replaceAll("'", "'\\''")}' ${full}\n`);
    }
    return 0;
  }
  if (words[0] === '-l') return list(context, []);
  if (words[0] === '--') words.shift();
  const reset = words[0] === '-' || words.length === 1 || /^\d+$/.test(words[0] ?? '');
  const text = reset ? undefined : words[0];
  const names = words[0] === '-' || !reset ? words.slice(1) : words;
  const traps: Record<string, string> = { ...memory.env.traps };
  let status = 0;
  for (const word of names) {
    const number = word === '0' || word === 'EXIT' ? 0 : signalNumber(word);
    const extra = memory.flavour === 'bash' && ['ERR', 'DEBUG', 'RETURN'].includes(word);
    if (number === undefined && !extra) {
      status = 1;
      if (memory.flavour === 'dash') machine.write(2, `trap: ${word}: bad trap\n`, fds);
      else context.fail(`${word}: invalid signal specification`);
      continue;
    }
    const name = number === undefined ? word : number === 0 ? 'EXIT' : signalName(number);
    if (text === undefined) delete traps[name];
    else traps[name] = text;
  }
  machine.change({ traps });
  return status;
};

const wait: Builtin = (context, [, ...words]) => {
  const { memory } = context;
  const any = words.includes('-n');
  const named = words.filter((word) => !word.startsWith('-'));
  const all = Object.keys(memory.jobs).map(Number);
  if (any && named.length === 0 && all.length === 0) return 127;
  if (named.length === 0) return { to: 'wait', pids: any ? all : [...all, 0], any };
  const pids: number[] = [];
  for (const word of named) {
    const pid = target(memory, word);
    if (pid === undefined) {
      if (memory.flavour === 'bash') context.err(`wait: \`${word}': not a pid or valid job spec`);
      else context.fail(`Illegal number: ${word}`);
      return memory.flavour === 'bash' ? 1 : 2;
    }
    if (pid === null) {
      if (memory.flavour === 'bash') context.err(`wait: ${word}: no such job`);
      else context.fail(`No such job: ${word}`);
      return memory.flavour === 'bash' ? 127 : 2;
    }
    if (!memory.jobs[pid] && memory.flavour === 'bash') context.err(`wait: pid ${pid} is not a child of this shell`);
    pids.push(pid);
  }
  return { to: 'wait', pids, any };
};

const jobs: Builtin = ({ memory, out }, [, ...words]) => {
  const all = Object.entries(memory.jobs).filter(([, { text }]) => text !== '');
  for (const [index, [pid, { status, text }]] of all.entries()) {
    if (words.includes('-p')) {
      out(`${pid}\n`);
      continue;
    }
    const mark = index === all.length - 1 ? '+' : index === all.length - 2 ? '-' : ' ';
    const running = status === undefined;
    const state = running ? 'Running' : status === 0 ? 'Done' : `Exit ${status}`;
    const number = words.includes('-l') ? `${pid} ` : '';
    if (memory.flavour === 'bash')
      out(`[${index + 1}]${mark}  ${number}${state.padEnd(24)}${text}${running ? ' &' : ''}\n`);
    else out(`[${index + 1}] ${mark} ${number}${state.padEnd(27)}${text}\n`);
  }
  return 0;
};

const noJobControl =
  (name: string): Builtin =>
  (context) => {
    if (context.memory.flavour === 'bash') context.err(`${name}: no job control`);
    else context.fail(`job (null) not created under job control`);
    return context.memory.flavour === 'bash' ? 1 : 2;
  };

/** Builtins about processes and signals. */
export const jobBuiltins: Readonly<Record<string, Builtin>> = {
  kill,
  trap,
  wait,
  jobs,
  fg: noJobControl('fg'),
  bg: noJobControl('bg'),
  disown: ({ memory }) => {
    memory.jobs = {};
    return 0;
  },
  times: ({ memory, out }) => {
    const zero = memory.flavour === 'bash' ? '0m0.000s 0m0.000s\n' : '0m0.00s 0m0.00s\n';
    out(zero + zero);
    return 0;
  },
};
