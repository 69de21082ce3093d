import { inspectContainer } from '../../engine/containers/inspect.ts';
import { EngineError } from '../../engine/errors.ts';
import { CliError, type CommandContext } from '../command.ts';
import { type Inspected, inspect, inspected } from '../format/inspect.ts';
import { goQuote } from '../quote.ts';
import { failureText, printInspection } from './failures.ts';
import { inspectedImage } from './image/index.ts';
import { inspectedNetwork } from './network/index.ts';
import { inspectedSwarmObject, prepareSwarmObjects, SWARM_TYPES } from './swarm-objects.ts';
import { unreachable } from './system/version.ts';
import { inspectedVolume } from './volume/index.ts';

type Find = (context: CommandContext, ref: string) => Inspected;

const notAPlugin: Find = (_, ref) => {
  throw new EngineError(404, `plugin ${goQuote(ref)} not found`);
};

/** Types of objects in the order in which they are looked for (docker/cli, cli/command/system/inspect.go). */
const TYPES: readonly (readonly [type: string, find: Find])[] = [
  ['container', ({ engine, flags }, ref) => inspected(inspectContainer(engine, ref, flags.boolean('size')))],
  ['image', inspectedImage],
  ['network', inspectedNetwork],
  ['volume', inspectedVolume],
  ...SWARM_TYPES.slice(0, 3).map((type) => [type, swarmFind(type)] as const),
  ['plugin', notAPlugin],
  ...SWARM_TYPES.slice(3).map((type) => [type, swarmFind(type)] as const),
];

function swarmFind(type: (typeof SWARM_TYPES)[number]): Find {
  return ({ engine }, ref) => inspectedSwarmObject(engine, type, ref);
}

/** An object that nothing was found of; the daemon's own words are for when its type was told. */
class NoSuchObject extends Error {}

/** `docker inspect`. */
export async function inspectObjects(context: CommandContext): Promise<number> {
  const { args, flags } = context;
  const wanted = flags.string('type');
  const known = TYPES.map(([type]) => type).sort();
  if (flags.changed('type') && wanted === '')
    throw new CliError(`type is empty: must be one of "${known.join('", "')}"`);
  if (wanted !== '' && !known.includes(wanted))
    throw new CliError(`unknown type: ${goQuote(wanted)}: must be one of "${known.join('", "')}"`);
  if (!unreachable(context)) await prepareSwarmObjects(context.engine);
  const find = (ref: string) => findObject(context, wanted, ref);
  const explain = (error: unknown) =>
    error instanceof NoSuchObject ? `Error: No such object: ${error.message}` : failureText(error);
  return printInspection(context, inspect(args, flags.string('format'), find, explain));
}

function findObject(context: CommandContext, wanted: string, ref: string): Inspected {
  for (const [type, find] of TYPES) {
    if (wanted !== '' && wanted !== type) continue;
    try {
      const found = find(context, ref);
      if (context.flags.boolean('size') && type !== 'container') context.err(`WARNING: --size ignored for ${type}\n`);
      return found;
    } catch (error) {
      const goesOn =
        error instanceof EngineError && (error.status === 404 || error.status === 503 || error.status === 400);
      if (wanted !== '' || !goesOn) throw error;
    }
  }
  throw new NoSuchObject(ref);
}
