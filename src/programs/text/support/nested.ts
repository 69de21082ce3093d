import type { Executable, Kernel, KernelChanges, Outcome, Program } from '../../../engine/process/program.ts';
import type { Context } from './tool.ts';

/**
 * Runs a command line of a tool (awk's `system`, a pipe of its own) with the system's shell, inside the tool's own process.
 * Commands that would have to wait end at once.
 */
export async function runCommand(
  context: Context,
  command: string,
  input: string,
): Promise<{ output: string; status: number }> {
  const { kernel } = context;
  let output = '';
  const changes: KernelChanges = {
    argv: ['sh', '-c', command],
    input,
    output: (bytes) => {
      output += bytes;
    },
    error: (bytes) => kernel.error(bytes),
    terminal: { stdin: false, stdout: false },
  };
  const shell = kernel.find('sh');
  if ('status' in shell) {
    kernel.error(`${context.name}: sh: not found\n`);
    return { output, status: 127 };
  }
  const status = await runToEnd(shell, kernel.within(changes));
  return { output, status };
}

/** Outcomes that lead to another program in the same process, at most. */
const MAX_REPLACED = 20;

async function runToEnd(first: Executable, kernel: Kernel): Promise<number> {
  let program: Program = first.program;
  let own = separate(
    first.prefix.length > 0 ? kernel.within({ argv: [...first.prefix, ...kernel.argv.slice(1)] }) : kernel,
  );
  for (let count = 0; count < MAX_REPLACED; count += 1) {
    const outcome: Outcome = await program.run(own);
    if ('exit' in outcome) return outcome.exit & 0xff;
    if ('wait' in outcome) return 0;
    const { replace, argv, environment, cwd } = outcome;
    program = replace.program;
    const words = replace.prefix.length > 0 ? [...replace.prefix, ...argv.slice(1)] : argv;
    own = separate(kernel.within({ argv: words, environment, ...(cwd === undefined ? {} : { cwd }) }));
  }
  return 126;
}

/** The kernel with a memory of its own, so that a shell inside does not overwrite the process's. */
function separate(kernel: Kernel): Kernel {
  let memory: unknown;
  return new Proxy(kernel, {
    get: (target, key) => {
      if (key === 'memory') return memory;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, key, value) => {
      if (key === 'memory') memory = value;
      else Reflect.set(target, key, value, target);
      return true;
    },
  });
}
