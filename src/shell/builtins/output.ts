import { echoEscapes, formatPrintf, printfMessage } from '../printf.ts';
import { evaluateTest, TestProblem, testMessage } from '../test.ts';
import type { Builtin } from './index.ts';

const echo: Builtin = ({ memory, out }, [, ...words]) => {
  let newline = true;
  // dash knows -n only and always interprets backslashes; the others ask for -e.
  let escapes = memory.flavour === 'dash';
  const options = memory.flavour === 'dash' ? /^-n$/ : /^-[neE]+$/;
  while (words[0] !== undefined && options.test(words[0])) {
    const option = words.shift()!;
    if (option.includes('n')) newline = false;
    if (option.includes('e')) escapes = true;
    if (option.includes('E')) escapes = false;
  }
  const text = words.join(' ');
  const { bytes, stop } = escapes ? echoEscapes(text) : { bytes: text, stop: false };
  out(bytes + (newline && !stop ? '\n' : ''));
  return 0;
};

const printf: Builtin = ({ memory, machine, kernel, out, fds, err }, [, ...words]) => {
  const { flavour } = memory;
  let name: string | undefined;
  if (words[0] === '-v' && flavour === 'bash') {
    name = words[1];
    words.splice(0, 2);
  }
  if (words[0] === '--') words.shift();
  else if (flavour !== 'ash' && words[0]?.startsWith('-') && words[0] !== '-') {
    const letter = words[0].slice(1, 2);
    if (flavour === 'dash') return { to: 'exit', status: 2, message: `printf: Illegal option -${letter}` };
    err(`printf: -${letter}: invalid option`);
    machine.write(2, 'printf: usage: printf [-v var] format [arguments]\n', fds);
    return 2;
  }
  const [format, ...args] = words;
  if (format === undefined) {
    if (flavour === 'bash') machine.write(2, 'printf: usage: printf [-v var] format [arguments]\n', fds);
    else if (flavour === 'dash') err('printf: usage: printf format [arg ...]');
    else machine.write(2, `${memory.name}: usage: printf FORMAT [ARGUMENT...]\n`, fds);
    return 2;
  }
  const { output, problems } = formatPrintf(format, args, kernel.now);
  if (name) machine.setVariable(name, { value: output });
  else out(output);
  for (const problem of problems) {
    const text = printfMessage(problem, flavour);
    if (flavour === 'ash') machine.write(2, `${memory.name}: ${text}\n`, fds);
    else err(`printf: ${text}`);
  }
  const invalid = problems.some(({ kind }) => kind === 'directive');
  return problems.length === 0 ? 0 : invalid && flavour === 'dash' ? 2 : 1;
};

const test: Builtin = ({ machine, memory, kernel, fds, err }, argv) => {
  const words = argv.slice(1);
  // BusyBox runs its own applet, which knows no line.
  const complain = (text: string) => {
    if (memory.flavour === 'ash') machine.write(2, `${memory.name}: ${text}\n`, fds);
    else err(`${argv[0]}: ${text}`);
    return 2;
  };
  if (argv[0] === '[' && words.pop() !== ']') return complain(memory.flavour === 'bash' ? "missing `]'" : 'missing ]');
  try {
    const terminal = (fd: number) => kernel.tty && ['stdin', 'stdout', 'stderr'].includes(fds[fd]?.to ?? '');
    const isSet = (name: string) => machine.expander().lookup(name) !== undefined;
    if (memory.flavour === 'bash' && words[0] === '-v' && words.length === 2) return isSet(words[1]!) ? 0 : 1;
    const writesAll = memory.flavour === 'ash' && kernel.credentials.uid === 0;
    return evaluateTest(words, { files: kernel.files, cwd: memory.env.cwd, terminal, writesAll }) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestProblem)) throw error;
    return complain(testMessage(error, memory.flavour));
  }
};

/** Builtins that write or test. */
export const output: Readonly<Record<string, Builtin>> = {
  echo,
  printf,
  test,
  '[': test,
  pwd: ({ memory, kernel, out }, argv) => {
    out(`${argv.includes('-P') ? kernel.files.realpath(memory.env.cwd) : memory.env.cwd}\n`);
    return 0;
  },
};
