import type { Tool } from '../../tool.ts';
import { type Invocation, tool } from '../invocation.ts';
import { parseOptions } from '../options.ts';
import { ALPINE, withNeeds } from './catalogue.ts';
import { online, placeCommands } from './place.ts';

const INSTALLED = '/lib/apk/db/installed';
const MIRROR = 'https://dl-cdn.alpinelinux.org/alpine/v3.22';

/** Packages that apk's data base names. */
function installed(call: Invocation): string[] {
  const { files } = call.kernel;
  if (!files.exists(INSTALLED)) return [];
  return [...files.read(INSTALLED).matchAll(/^P:(.*)$/gm)].map(([, name]) => name!);
}

/** Alpine's package manager, against a small catalogue. */
export const apk: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'vqUuft:X:p:', {
      long: {
        'no-cache': '',
        update: '',
        virtual: 't',
        'no-progress': '',
        quiet: 'q',
        upgrade: 'u',
        repository: 'X',
        available: '',
        verbose: 'v',
      },
    });
    const [command, ...names] = options.operands;
    const { kernel } = call;
    const say = (text: string) => !options.has('q') && call.out(text);
    const fetch = (): boolean => {
      for (const part of ['main', 'community']) {
        const url = `${MIRROR}/${part}/x86_64/APKINDEX.tar.gz`;
        if (online(kernel)) say(`fetch ${url}\n`);
        else {
          say(`fetch ${url}\n`);
          call.err(`WARNING: fetching ${MIRROR}/${part}: temporary error (try again later)\n`);
        }
      }
      return online(kernel);
    };
    switch (command) {
      case 'update':
        if (!fetch()) {
          call.err('2 errors; 16 distinct packages available\n');
          return 2;
        }
        say(`v3.22.2 [${MIRROR}/main]\nv3.22.2 [${MIRROR}/community]\nOK: 26330 distinct packages available\n`);
        return 0;
      case 'add':
        return add(call, names, fetch(), say);
      case 'del': {
        const left = installed(call).filter((name) => !names.includes(name));
        for (const [i, name] of names.entries())
          say(`(${i + 1}/${names.length}) Purging ${name} (${ALPINE.get(name)?.version ?? '0'})\n`);
        save(call, left);
        say(total(left));
        return 0;
      }
      case 'upgrade':
        fetch();
        say(total(installed(call)));
        return 0;
      case 'info':
        for (const name of installed(call)) call.out(`${name}\n`);
        return 0;
      case undefined:
        call.out('apk-tools 2.14.9, compiled for x86_64.\n');
        return 1;
      default:
        return 0;
    }
  },
  { pointer: false },
);

function add(call: Invocation, names: readonly string[], fetched: boolean, say: (text: string) => unknown): number {
  const wanted = names.map((name) => name.replace(/[=<>~].*$/, ''));
  const unknown = wanted.filter((name) => !fetched || !ALPINE.has(name));
  if (unknown.length > 0) {
    call.err('ERROR: unable to select packages:\n');
    for (const name of unknown) call.err(`  ${name} (no such package):\n    required by: world[${name}]\n`);
    return unknown.length;
  }
  const have = installed(call);
  const missing = withNeeds(ALPINE, wanted).filter(({ name }) => !have.includes(name));
  for (const [i, entry] of missing.entries()) {
    say(`(${i + 1}/${missing.length}) Installing ${entry.name} (${entry.version})\n`);
    placeCommands(call.kernel, entry);
  }
  if (missing.length > 0) say('Executing busybox-1.37.0-r19.trigger\n');
  const all = [...have, ...missing.map(({ name }) => name)];
  save(call, all);
  say(total(all));
  return 0;
}

function save(call: Invocation, names: readonly string[]): undefined {
  const { files } = call.kernel;
  files.mkdirs(INSTALLED.slice(0, INSTALLED.lastIndexOf('/')));
  files.write(INSTALLED, names.map((name) => `P:${name}\nV:${ALPINE.get(name)?.version ?? '0'}\n\n`).join(''));
}

/** Alpine itself is sixteen packages and seven mebibytes. */
function total(names: readonly string[]): string {
  const kilobytes = names.reduce((sum, name) => sum + (ALPINE.get(name)?.installed ?? 0), 7168);
  return `OK: ${Math.round(kilobytes / 1024)} MiB in ${16 + names.length} packages\n`;
}
