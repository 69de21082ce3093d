import type { Program, ProgramTable } from '../engine/process/program.ts';

/**
 * All programs of images and host, loaded when the first of them runs. Until then every file that holds a program has one that
 * loads the rest and goes on as it. `extra`: programs that are there at once, the host's docker.
 */
export function programsOnDemand(extra: Readonly<Record<string, Program>> = {}): ProgramTable {
  let table: ProgramTable | undefined;
  const loaded = async () => {
    table ??= (await import('./index.ts')).programTable(extra);
    return table;
  };
  const standIn = (program: string, name: string): Program => {
    const real = async () => {
      const found = (await loaded())(program, name);
      if (!found) throw new Error(`no program ${program} ${name}`);
      return found;
    };
    return {
      run: async (kernel) => {
        const found = (await loaded())(program, name);
        if (found) return found.run(kernel);
        kernel.error(`${name}: not modelled in Stapellauf\n`);
        return { exit: 126 };
      },
      signal: async (kernel, signal) => (await real()).signal?.(kernel, signal),
      answer: async (kernel, request, port) => (await real()).answer?.(kernel, request, port) ?? '',
    };
  };
  return (program, name) => {
    if (Object.hasOwn(extra, program)) return extra[program];
    return table ? table(program, name) : standIn(program, name);
  };
}
