import { SIGNALS, signalName, signalNumber } from '../../engine/process/signals.ts';
import type { Builtin } from './index.ts';

const kill: Builtin = ({ memory, kernel, out, machine, fds }, [, ...words]) => {
  let signal = 15;
  const first = words[0];
  if (first === '-l') {
    out(
      words[1]
        ? `${signalName(Number(words[1]) & 127)}\n`
        : `${Object.keys(SIGNALS)
            .filter((name) => signalName(SIGNALS[name]!) === name)
            .join(' ')}\n`,
    );
    return 0;
  }
  if (first === '-s' || first === '-n') {
    signal = signalNumber(words[1] ?? '') ?? (words[1] === '0' ? 0 : -1);
    words.splice(0, 2);
  } else if (first?.startsWith('-') && first !== '--') {
    signal = first === '-0' ? 0 : (signalNumber(first.slice(1)) ?? -1);
    words.shift();
  }
  if (words[0] === '--') words.shift();
  const say = (text: string) => machine.write(2, `${memory.name}: ${text}\n`, fds);
  if (signal < 0) {
    say(
      memory.flavour === 'bash'
        ? `line ${memory.line}: kill: ${first?.replace(/^-/, '')}: invalid signal specification`
        : `bad signal name '${first?.replace(/^-/, '')}'`,
    );
    return 1;
  }
  let status = 0;
  for (const word of words) {
    const pid = word.startsWith('%') ? Number(Object.keys(memory.jobs)[Number(word.slice(1)) - 1] ?? -1) : Number(word);
    if (Number.isNaN(pid)) {
      say(
        memory.flavour === 'bash'
          ? `line ${memory.line}: kill: ${word}: arguments must be process or job IDs`
          : `invalid number '${word}'`,
      );
      status = 1;
    } else {
      const result = kernel.kill(pid, signal);
      if (result === true) continue;
      status = 1;
      if (memory.flavour === 'bash') say(`line ${memory.line}: kill: (${pid}) - No such process`);
      else if (memory.flavour === 'dash')
        machine.write(2, `${memory.name}: ${memory.line}: kill: No such process\n\n`, fds);
      else say(`can't kill pid ${pid}: No such process`);
    }
  }
  return status;
};

const trap: Builtin = ({ memory, out }, [, ...words]) => {
  if (words.length === 0 || words[0] === '-p') {
    for (const [name, text] of Object.entries(memory.env.traps))
      out(`trap -- '${text}' ${memory.flavour === 'bash' && name !== 'EXIT' ? `SIG${name}` : name}\n`);
    return 0;
  }
  if (words[0] === '--') words.shift();
  const reset = words.length === 1 || words[0] === '-';
  const text = reset ? undefined : words[0];
  const traps: Record<string, string> = { ...memory.env.traps };
  for (const word of words.length === 1 ? words : words.slice(1)) {
    const number = word === '0' || word === 'EXIT' ? 0 : signalNumber(word);
    if (number === undefined && word !== 'ERR' && word !== 'DEBUG') continue;
    const name = number === undefined ? word : number === 0 ? 'EXIT' : signalName(number);
    if (text === undefined) delete traps[name];
    else traps[name] = text;
  }
  memory.env = { ...memory.env, traps: traps };
  return 0;
};

/** Builtins about processes and signals. */
export const jobs: Readonly<Record<string, Builtin>> = {
  kill,
  trap,
  wait: ({ memory }, [, ...words]) => {
    const pids = words
      .filter((word) => !word.startsWith('-'))
      .map((word) =>
        word.startsWith('%') ? Number(Object.keys(memory.jobs)[Number(word.slice(1)) - 1]) : Number(word),
      );
    const any = words.includes('-n');
    if (pids.length > 0) return { to: 'wait', pids, any };
    // Without names it waits for all, and succeeds.
    const all = Object.keys(memory.jobs).map(Number);
    return { to: 'wait', pids: any ? all : [...all, 0], any };
  },
  jobs: ({ memory, out }) => {
    for (const [index, [, { status, text }]] of Object.entries(memory.jobs).entries())
      out(
        `[${index + 1}]${index === Object.keys(memory.jobs).length - 1 ? '+' : '-'}  ${(status === undefined ? 'Running' : 'Done').padEnd(24)}${text}${status === undefined ? ' &' : ''}\n`,
      );
    return 0;
  },
  fg: () => 0,
  bg: () => 0,
  times: ({ out }) => {
    out('0m0.00s 0m0.00s\n0m0.00s 0m0.00s\n');
    return 0;
  },
};
