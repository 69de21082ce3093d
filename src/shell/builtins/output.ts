import { echoEscapes, formatPrintf } from '../printf.ts';
import { evaluateTest, TestProblem } from '../test.ts';
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

const printf: Builtin = ({ memory, machine, out, err, fds }, [, ...words]) => {
  let name: string | undefined;
  if (words[0] === '-v' && memory.flavour === 'bash') {
    name = words[1];
    words.splice(0, 2);
  }
  if (words[0] === '--') words.shift();
  const [format, ...args] = words;
  if (format === undefined) {
    machine.write(2, 'printf: usage: printf [-v var] format [arguments]\n', fds);
    return 2;
  }
  const { output, problems } = formatPrintf(format, args);
  if (name) machine.setVariable(name, { value: output });
  else out(output);
  for (const problem of problems) err(`printf: ${problem}`);
  return problems.length > 0 ? 1 : 0;
};

const test: Builtin = ({ memory, kernel, fds, err }, argv) => {
  const words = argv.slice(1);
  if (argv[0] === '[' && words.pop() !== ']') {
    err(memory.flavour === 'bash' ? "[: missing `]'" : '[: missing ]');
    return 2;
  }
  try {
    const terminal = (fd: number) => kernel.tty && ['stdin', 'stdout', 'stderr'].includes(fds[fd]?.to ?? '');
    return evaluateTest(words, { files: kernel.files, cwd: memory.env.cwd, terminal }) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestProblem)) throw error;
    const text =
      memory.flavour === 'bash'
        ? error.message
            .replace('bad number', 'integer expression expected')
            .replace('unknown operand', 'unary operator expected')
        : memory.flavour === 'dash'
          ? error.message.replace(/^(.*): bad number/, 'Illegal number: $1')
          : error.message.replace(/^(.*): bad number/, '$1: bad number');
    err(`${memory.flavour === 'bash' ? `${argv[0]}: ` : memory.flavour === 'ash' ? '' : `${argv[0]}: `}${text}`);
    return 2;
  }
};

/** Builtins that write or test. */
export const output: Readonly<Record<string, Builtin>> = {
  echo,
  printf,
  test,
  '[': test,
  pwd: ({ memory, out }) => {
    out(`${memory.env.cwd}\n`);
    return 0;
  },
};
