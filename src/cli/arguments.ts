import { CliError } from './command.ts';
import { shownName, useLine } from './surface/lines.ts';
import type { SurfaceCommand } from './surface/surface.ts';

/** Notation of the data files: `1` exactly, `1+` at least, `-1` at most, `0-1` both; `=0` as buildx says it, `c` as cobra does. */
const NOTATION = /^(c|=)?(\d*)(?:(-)(\d+)|(\+))?$/;

/** Throws what the client says when a command has too many or too few arguments (docker/cli, cli/required.go). */
export function checkArguments(command: SurfaceCommand, args: readonly string[]): void {
  if (command.args === undefined) return;
  const [, style, least = '', range, most = '', atLeast] = NOTATION.exec(command.args)!;
  const min = least === '' ? 0 : Number(least);
  const max = atLeast ? Number.POSITIVE_INFINITY : range ? Number(most) : min;
  if (args.length >= min && args.length <= max) return;
  const name = shownName(command);
  if (style === 'c')
    throw new CliError(
      cobraMessage(name, args, { min, max, range: Boolean(range), atLeast: Boolean(atLeast), bounded: least !== '' }),
    );
  const plugin = command.path.startsWith('buildx ') ? 'ERROR: ' : '';
  const wanted = demand({ min, max, least: least !== '', range: Boolean(range), atLeast: Boolean(atLeast) }, style);
  // The two slips are docker/cli's own.
  const pointer = range && least === '' ? 'SRun' : atLeast ? 'See' : 'Run';
  throw new CliError(
    `${plugin}docker: '${name}' ${wanted}\n\nUsage:  ${useLine(command)}\n\n${pointer} '${name} --help' for more information`,
  );
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly range: boolean;
  readonly atLeast: boolean;
}

function demand(
  { min, max, least, range, atLeast }: Bounds & { readonly least: boolean },
  style: string | undefined,
): string {
  const count = (number: number) => `${number} argument${number === 1 ? '' : 's'}`;
  if (atLeast) return `requires at least ${count(min)}`;
  if (range && !least) return `requires at most ${count(max)}`;
  if (range) return `requires at least ${min} and at most ${count(max)}`;
  return min === 0 && style === undefined ? 'accepts no arguments' : `requires ${count(min)}`;
}

function cobraMessage(
  name: string,
  args: readonly string[],
  { min, max, range, atLeast, bounded }: Bounds & { readonly bounded: boolean },
): string {
  if (atLeast) return `requires at least ${min} arg(s), only received ${args.length}`;
  if (range && !bounded) return `accepts at most ${max} arg(s), received ${args.length}`;
  if (range) return `accepts between ${min} and ${max} arg(s), received ${args.length}`;
  if (max === 0) return `unknown command "${args[0]}" for "${name}"`;
  return `accepts ${min} arg(s), received ${args.length}`;
}
