import type { Outcome } from '../../engine/process/program.ts';
import type { Tool } from '../tool.ts';
import { type Invocation, tool, waiting } from './invocation.ts';
import { parseOptions } from './options.ts';

/** Goes on as another program, or says why it can't; `gnu` is what GNU's tools say before the name. */
export function replaced(
  call: Invocation,
  argv: readonly string[],
  gnu: string,
  changes: { readonly environment?: Record<string, string>; readonly cwd?: string } = {},
): Outcome {
  const { kernel } = call;
  const environment = changes.environment ?? { ...kernel.environment };
  const cwd = changes.cwd ?? kernel.cwd;
  const [name = ''] = argv;
  // Without PATH the C library looks into the folders of the system.
  const path = environment['PATH'] ?? '/bin:/usr/bin';
  const found = kernel.within({ environment: { ...environment, PATH: path }, cwd }).find(name);
  if ('status' in found) return { exit: call.cannotRun(name, found.status, found.reason, gnu) };
  return { replace: found, argv: [...argv], environment, cwd };
}

export const env: Tool = waiting(
  (call): Outcome => {
    const options = call.busybox
      ? parseOptions(call, 'i0u:', { inOrder: true })
      : parseOptions(call, 'i0u:C:S:v', {
          inOrder: true,
          long: {
            'ignore-environment': 'i',
            null: '0',
            unset: 'u',
            chdir: 'C',
            'split-string': 'S',
            debug: 'v',
            version: '',
          },
        });
    if (options.has('version')) {
      call.out('env (GNU coreutils) 9.7\n');
      return { exit: 0 };
    }
    const split = options.value('S');
    const words = [
      ...(split === undefined ? [] : split.split(/\s+/).filter((word) => word !== '')),
      ...options.operands,
    ];
    let environment: Record<string, string> = { ...call.kernel.environment };
    if (options.has('i')) environment = {};
    if (words[0] === '-') {
      environment = {};
      words.shift();
    }
    for (const name of options.values('u')) delete environment[name];
    while (words[0] !== undefined && /^[^=]+=/s.test(words[0])) {
      const word = words.shift()!;
      const at = word.indexOf('=');
      environment[word.slice(0, at)] = word.slice(at + 1);
    }
    if (words.length > 0) {
      const folder = options.value('C');
      if (folder !== undefined && call.tryStat(folder)?.type !== 'directory')
        throw call.failure('', `cannot change directory to ${call.quote(folder)}: No such file or directory`, 125);
      return replaced(call, words, '', { environment, ...(folder === undefined ? {} : { cwd: call.path(folder) }) });
    }
    const end = options.has('0') ? '\0' : '\n';
    for (const [name, value] of Object.entries(environment)) call.out(`${name}=${value}${end}`);
    return { exit: 0 };
  },
  { usage: 'env [-i0] [-u NAME]... [-] [NAME=VALUE]... [PROG ARGS]', wrongUsage: 125 },
);

export const printenv: Tool = tool(
  (call) => {
    const options = parseOptions(call, '0', { long: { null: '0' } });
    const end = options.has('0') ? '\0' : '\n';
    const { environment } = call.kernel;
    if (options.operands.length === 0)
      for (const [name, value] of Object.entries(environment)) call.out(`${name}=${value}${end}`);
    for (const name of options.operands) {
      const value = environment[name];
      if (value === undefined) call.status = 1;
      else call.out(value + end);
    }
  },
  { usage: 'printenv [VARIABLE]...', wrongUsage: 2 },
);
