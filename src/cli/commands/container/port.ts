import { findContainer } from '../../../engine/containers/find.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { parsePortRange } from '../../options/port-publish.ts';
import { checkRef } from './errors.ts';

/** `docker port`. */
export function port({ engine, args, out }: CommandContext): number {
  const [ref = '', wanted] = args;
  checkRef(ref);
  const { ports } = findContainer(engine, ref);
  const shown = ({ HostIp, HostPort }: { HostIp: string; HostPort: string }) =>
    `${HostIp.includes(':') ? `[${HostIp}]` : HostIp}:${HostPort}`;
  if (wanted === undefined) {
    const lines = Object.entries(ports).flatMap(([name, bindings]) =>
      (bindings ?? []).map((binding) => `${name} -> ${shown(binding)}`),
    );
    for (const line of lines.sort(naturally)) out(`${line}\n`);
    return 0;
  }
  const [number = '', protocol = 'tcp'] = wanted.split('/');
  checkPort(number);
  const bindings = ports[`${number}/${protocol}`];
  if (!bindings || bindings.length === 0) throw new CliError(`Error: No public port '${wanted}' published for ${ref}`);
  for (const line of bindings.map(shown).sort(naturally)) out(`${line}\n`);
  return 0;
}

function checkPort(number: string): void {
  try {
    parsePortRange(number);
  } catch (error) {
    throw new CliError(`Error: invalid port (${number}): ${(error as Error).message}`);
  }
}

/** Numbers inside texts by their value (fvbommel/sortorder, NaturalLess). */
function naturally(a: string, b: string): number {
  const parts = (text: string) => text.match(/\d+|\D/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const [x, y] = [left[at]!, right[at]!];
    if (x === y) continue;
    const numbers = /^\d/.test(x) && /^\d/.test(y);
    return numbers ? Number(x) - Number(y) || x.length - y.length : x < y ? -1 : 1;
  }
  return left.length - right.length;
}
