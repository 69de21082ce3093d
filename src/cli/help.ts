import type { Engine } from '../engine/engine.ts';
import { flagUsages } from './surface/flag-usages.ts';
import { shownName, useLine } from './surface/lines.ts';
import { findCommand, type SurfaceCommand, subcommands, wholeSurface } from './surface/surface.ts';

/** Texts for people, by command and flag; `run --name` is for one command, `--name` for all others. */
interface Descriptions {
  readonly commands: Readonly<Record<string, string>>;
  readonly flags: Readonly<Record<string, string>>;
}

/** The commands that `docker --help` shows first, in its order. */
const COMMON = [
  ...['run', 'exec', 'ps', 'build', 'bake', 'pull', 'push', 'images', 'login', 'logout', 'search', 'version', 'info'],
];
const NAME_WIDTH = 12;
const BUILD_ALIASES = 'docker build, docker builder build, docker image build, docker buildx b';

/** What `--help` prints, in German when that is the language of the host. */
export async function helpText(command: SurfaceCommand, engine: Engine, german = false): Promise<string> {
  await wholeSurface();
  const { default: texts } = (
    german
      ? await import('./surface/descriptions.de.json', { with: { type: 'json' } })
      : await import('./surface/descriptions.en.json', { with: { type: 'json' } })
  ) as { readonly default: Descriptions };
  const visible = command.flags.filter(({ hidden }) => !hidden);
  const sections = [`Usage:  ${usage(command, visible.length > 0)}`, text(texts, command)];
  const aliases = aliasLine(command);
  if (aliases !== '') sections.push(`Aliases:\n  ${aliases}`);
  const options = flagUsages(visible, ({ name }) => {
    return texts.flags[`${command.canonical} --${name}`] ?? texts.flags[`--${name}`] ?? '';
  });
  if (visible.length > 0 && command.path !== '') sections.push(`Options:\n${options}`);
  if (command.group) sections.push(...commandLists(command, engine, texts));
  if (command.path === '') sections.push(`Global Options:\n${options}`);
  if (command.group) sections.push(`Run '${shownName(command)} COMMAND --help' for more information on a command.`);
  if (command.path === '')
    sections.push('For more help on how to use Docker, head to https://docs.docker.com/go/guides/');
  if (command.path === 'buildx')
    sections.push('Experimental commands and flags are hidden. Set BUILDX_EXPERIMENTAL=1 to show them.');
  return `${sections.join('\n\n')}\n`;
}

function text(texts: Descriptions, { canonical }: SurfaceCommand): string {
  return texts.commands[canonical] ?? '';
}

function usage(command: SurfaceCommand, hasFlags: boolean): string {
  return command.group ? `${shownName(command)}${hasFlags ? ' [OPTIONS]' : ''} COMMAND` : useLine(command);
}

function aliasLine({ canonical, aliases, same }: SurfaceCommand): string {
  if (canonical === 'buildx build') return BUILD_ALIASES;
  if (aliases.length === 0 && same.length === 0) return '';
  const parent = canonical.slice(0, canonical.lastIndexOf(' ') + 1);
  return [canonical, ...aliases.map((alias) => parent + alias), ...same].map((path) => `docker ${path}`).join(', ');
}

function commandLists(command: SurfaceCommand, engine: Engine, texts: Descriptions): string[] {
  const root = command.path === '';
  const all = (root ? rootCommands() : subcommands(command.path)).filter((one) => isShown(one, engine));
  const line = (name: string, one: SurfaceCommand, mark = ' ') =>
    `  ${`${name}${mark}`.padEnd(NAME_WIDTH)}${text(texts, one)}`;
  const lastWord = ({ path }: SurfaceCommand) => path.slice(path.lastIndexOf(' ') + 1);
  const lines = (list: readonly SurfaceCommand[]) =>
    list.map((one) => line(lastWord(one), one, root && /^(?:buildx|compose)$/.test(one.path) ? '*' : ' ')).join('\n');
  const sections: string[] = [];
  const add = (title: string, body: string) => {
    if (body !== '') sections.push(`${title}:\n${body}`);
  };
  if (root) {
    add('Common Commands', COMMON.map((name) => line(name, findCommand(name)!)).join('\n'));
    const management = all.filter(({ group }) => group === 'management');
    const builder = line('builder', { ...findCommand('buildx')!, canonical: 'builder' });
    add('Management Commands', `${builder}\n${lines(management)}`);
  } else add('Management Commands', lines(all.filter(({ group }) => group === 'management')));
  add('Swarm Commands', lines(all.filter(({ group }) => root && group === 'swarm')));
  const plain = lines(all.filter(({ group, path }) => !group && !(root && COMMON.includes(path))));
  // The builder's command stands here as well.
  add('Commands', command.path === 'image' ? `${line('build', findCommand('buildx build')!)}\n${plain}` : plain);
  return sections;
}

/** Commands at the top: groups, and what stands there beside its place in a group. */
function rootCommands(): readonly SurfaceCommand[] {
  return subcommands('').filter(({ path }) => path !== '');
}

/** Commands of a swarm are shown where there is one. */
function isShown({ needs }: SurfaceCommand, { state }: Engine): boolean {
  const swarm = state.extensions['swarm'];
  return needs === undefined || (swarm !== undefined && swarm !== null);
}
