import type { Tool } from '../../tool.ts';
import { Failure, type Invocation, tool } from '../invocation.ts';
import { type Options, parseOptions } from '../options.ts';
import { humanGnu } from '../sizes.ts';
import { DEBIAN, type Package, withNeeds } from './catalogue.ts';
import { installedPackages, STATUS } from './dpkg.ts';
import { online, placeCommands } from './place.ts';

const LISTS = '/var/lib/apt/lists';
const LIST = `${LISTS}/deb.debian.org_debian_dists_trixie_InRelease`;
const SOURCES: readonly (readonly [string, string])[] = [
  ['http://deb.debian.org/debian trixie InRelease', '140 kB'],
  ['http://deb.debian.org/debian trixie-updates InRelease', '47.3 kB'],
  ['http://deb.debian.org/debian-security trixie-security InRelease', '43.4 kB'],
  ['http://deb.debian.org/debian trixie/main amd64 Packages', '9670 kB'],
  ['http://deb.debian.org/debian trixie-updates/main amd64 Packages', '5412 B'],
  ['http://deb.debian.org/debian-security trixie-security/main amd64 Packages', '94.5 kB'],
];

/** Debian's apt-get and apt, against a small catalogue. */
export const aptGet: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'yqo:t:fmdsu', {
      long: {
        yes: 'y',
        'assume-yes': 'y',
        quiet: 'q',
        'no-install-recommends': '',
        'no-install-suggests': '',
        option: 'o',
        purge: '',
        'auto-remove': '',
        autoremove: '',
        'allow-unauthenticated': '',
        installed: '',
        upgradable: '',
        'fix-missing': '',
        'only-upgrade': '',
        reinstall: '',
      },
    });
    const [command, ...names] = options.operands;
    if (/apt$/.test(call.name))
      call.err('\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n');
    switch (command) {
      case 'update':
        return update(call);
      case 'install':
        return install(call, options, names);
      case 'upgrade':
      case 'dist-upgrade':
      case 'full-upgrade':
        call.out(
          'Reading package lists...\nBuilding dependency tree...\nReading state information...\nCalculating upgrade...\n0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n',
        );
        return 0;
      case 'remove':
      case 'purge':
      case 'autoremove':
        writable(call);
        call.out(
          'Reading package lists...\nBuilding dependency tree...\nReading state information...\n0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n',
        );
        return 0;
      case 'clean':
      case 'autoclean':
        writable(call);
        return 0;
      case 'list':
        call.out(
          `Listing...\n${installedPackages(call.kernel)
            .map((entry) => `${entry.name}/now ${entry.version} ${entry.architecture} [installed,local]\n`)
            .join('')}`,
        );
        return 0;
      case undefined:
        call.out('apt 3.0.4 (amd64)\n');
        return 1;
      default:
        call.err(`E: Invalid operation ${command}\n`);
        return 100;
    }
  },
  { pointer: false },
);

/** Only root may change what is installed. */
function writable(call: Invocation): undefined {
  if (call.kernel.credentials.uid === 0) return;
  call.err('E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\n');
  call.err('E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n');
  throw new Failure('', 100);
}

function update(call: Invocation): number {
  const { kernel } = call;
  if (kernel.credentials.uid !== 0) {
    call.out('Reading package lists...\n');
    call.err('E: List directory /var/lib/apt/lists/partial is missing. - Acquire (13: Permission denied)\n');
    return 100;
  }
  if (!online(kernel)) {
    call.out(
      `${'Ign:1 http://deb.debian.org/debian trixie InRelease\n'.repeat(3)}Err:1 http://deb.debian.org/debian trixie InRelease\n  Temporary failure resolving 'deb.debian.org'\nReading package lists...\n`,
    );
    call.err(
      "W: Failed to fetch http://deb.debian.org/debian/dists/trixie/InRelease  Temporary failure resolving 'deb.debian.org'\nW: Some index files failed to download. They have been ignored, or old ones used instead.\n",
    );
    return 0;
  }
  for (const [i, [name, size]] of SOURCES.entries()) call.out(`Get:${i + 1} ${name} [${size}]\n`);
  call.out('Fetched 10.0 MB in 1s (8312 kB/s)\nReading package lists...\n');
  kernel.files.mkdirs(LISTS);
  kernel.files.write(LIST, 'Origin: Debian\nSuite: stable\nCodename: trixie\n');
  return 0;
}

function install(call: Invocation, options: Options, words: readonly string[]): number {
  const { kernel } = call;
  writable(call);
  call.out('Reading package lists...\nBuilding dependency tree...\nReading state information...\n');
  const names = words.map((word) => word.replace(/[=/].*$/, ''));
  const have = new Map(installedPackages(kernel).map((entry) => [entry.name, entry]));
  const known = kernel.files.exists(LIST);
  const unknown = names.filter((name) => !have.has(name) && !(known && DEBIAN.has(name)));
  for (const name of unknown) call.err(`E: Unable to locate package ${name}\n`);
  if (unknown.length > 0) return 100;
  for (const name of names)
    if (have.has(name)) call.out(`${name} is already the newest version (${have.get(name)!.version}).\n`);
  const fresh = withNeeds(DEBIAN, names).filter(({ name }) => !have.has(name));
  const more = fresh.filter(({ name }) => !names.includes(name));
  const wrapped = (list: readonly Package[]) =>
    `  ${list
      .map(({ name }) => name)
      .sort()
      .join(' ')}\n`;
  if (more.length > 0) call.out(`The following additional packages will be installed:\n${wrapped(more)}`);
  if (fresh.length > 0) call.out(`The following NEW packages will be installed:\n${wrapped(fresh)}`);
  call.out(`0 upgraded, ${fresh.length} newly installed, 0 to remove and 0 not upgraded.\n`);
  if (fresh.length === 0) return 0;
  const size = fresh.reduce((sum, entry) => sum + entry.size, 0);
  const disk = fresh.reduce((sum, entry) => sum + entry.installed, 0) * 1024;
  const amount = (bytes: number) => `${humanGnu(bytes, 1000).replace(/([kMGT]?)$/, ' $1')}B`;
  call.out(
    `Need to get ${amount(size)} of archives.\nAfter this operation, ${amount(disk)} of additional disk space will be used.\n`,
  );
  if (!options.has('y') && more.length > 0) {
    call.out('Do you want to continue? [Y/n] Abort.\n');
    return 1;
  }
  for (const [i, entry] of fresh.entries())
    call.out(
      `Get:${i + 1} http://deb.debian.org/debian trixie/main amd64 ${entry.name} amd64 ${entry.version} [${amount(entry.size)}]\n`,
    );
  call.err('debconf: delaying package configuration, since apt-utils is not installed\n');
  call.out(`Fetched ${amount(size)} in 0s (5012 kB/s)\n`);
  for (const entry of fresh) {
    call.out(`Selecting previously unselected package ${entry.name}.\n`);
    if (entry === fresh[0]) call.out('(Reading database ... 4882 files and directories currently installed.)\n');
    call.out(
      `Preparing to unpack .../${entry.name}_${entry.version.replace(/:/g, '%3a')}_amd64.deb ...\nUnpacking ${entry.name} (${entry.version}) ...\n`,
    );
    placeCommands(kernel, entry);
  }
  for (const entry of fresh) call.out(`Setting up ${entry.name} (${entry.version}) ...\n`);
  call.out('Processing triggers for libc-bin (2.41-12+deb13u1) ...\n');
  kernel.files.mkdirs('/var/lib/dpkg');
  kernel.files.write(
    STATUS,
    fresh
      .map(
        (entry) =>
          `Package: ${entry.name}\nStatus: install ok installed\nInstalled-Size: ${entry.installed}\nArchitecture: amd64\nVersion: ${entry.version}\n\n`,
      )
      .join(''),
    { append: true },
  );
  return 0;
}
