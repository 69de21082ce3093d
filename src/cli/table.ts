import type { Command, CommandTable } from './command.ts';
import { commands } from './commands/index.ts';

const occasional = async () => (await import('./commands/occasional.ts')).occasionalCommands;

/** Groups of commands that are loaded when the first of them is called: a plain `docker ps` needs neither Compose nor BuildKit. */
const GROUPS: readonly { readonly name: RegExp; readonly load: () => Promise<CommandTable> }[] = [
  { name: /^(?:context|login|logout|plugin|search|system)\b/, load: occasional },
  { name: /^container (?:attach|commit|cp|diff|export|port|prune|stats|top|update)$/, load: occasional },
  { name: /^image (?:history|import|load|save)$/, load: occasional },
  { name: /^compose\b/, load: async () => (await import('./compose/index.ts')).composeCommands },
  { name: /^(?:buildx|builder|build)\b/, load: async () => (await import('./build/index.ts')).buildCommands },
  {
    name: /^(?:swarm|node|service|stack|secret|config)\b/,
    load: async () => (await import('./swarm/index.ts')).swarmCommands,
  },
];

/** The command of a canonical path, as the command table names it; nothing when it is not modelled. */
export async function commandAt(path: string): Promise<Command | undefined> {
  const group = GROUPS.find(({ name }) => name.test(path));
  return (group ? await group.load() : commands)[path];
}
