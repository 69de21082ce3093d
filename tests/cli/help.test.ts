import { describe, expect, it } from 'vitest';
import { helpText } from '../../src/cli/help.ts';
import { readFlag } from '../../src/cli/surface/flag.ts';
import { flagUsages } from '../../src/cli/surface/flag-usages.ts';
import { findCommand, type SurfaceCommand, subcommands, wholeSurface } from '../../src/cli/surface/surface.ts';
import { ClientHost } from './host.ts';

function below(command: SurfaceCommand): SurfaceCommand[] {
  return [command, ...(command.group ? subcommands(command.path).flatMap(below) : [])];
}

describe('help', () => {
  it('lays flags out as pflag does', () => {
    const flags = ['last,n int=-1', 'format string', '~secret bool', 'quiet,q bool'].map(readFlag);
    const words = Array.from({ length: 14 }, () => 'word').join(' ');
    expect(flagUsages(flags, ({ name }) => (name === 'format' ? words : name)).split('\n')).toEqual([
      '  -n, --last int        last (default -1)',
      '      --format string   word word word word word word word word word word',
      '                        word word word word',
      '  -q, --quiet           quiet',
    ]);
  });

  it('has a text for every command and every flag that it shows, in both languages', async () => {
    const { engine } = new ClientHost();
    await wholeSurface();
    for (const german of [false, true])
      for (const command of [
        findCommand('')!,
        ...subcommands('')
          .filter(({ path }) => path !== '')
          .flatMap(below),
      ]) {
        const text = await helpText(command, engine, german);
        expect(text.split('\n\n')[1], command.path).toMatch(/^\S/);
        const bare = command.flags.filter(({ hidden, deprecated }) => !hidden && deprecated === undefined);
        for (const { name } of bare)
          expect(text, `${command.path} --${name}`).toMatch(new RegExp(`--${name}(?: [\\w-]+)?\\s+\\S`));
      }
  });

  it('names a command as it was typed, and its aliases', async () => {
    const { stdout } = await new ClientHost().docker('volume remove --help');
    expect(stdout).toMatch(/^Usage: {2}docker volume rm \[OPTIONS\] VOLUME \[VOLUME\.\.\.\]\n/);
    expect(stdout).toContain('Aliases:\n  docker volume rm, docker volume remove\n');
  });
});
