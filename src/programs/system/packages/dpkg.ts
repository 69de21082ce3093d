import type { Kernel } from '../../../engine/process/program.ts';
import { matches } from '../../../shell/pattern.ts';
import type { Tool } from '../../tool.ts';
import { type Invocation, tool } from '../invocation.ts';
import { parseOptions } from '../options.ts';
import { DEBIAN_PACKAGES } from './debian-packages.ts';

/** A package of dpkg's data base. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** KiB. */
  readonly size: number;
}

export const STATUS = '/var/lib/dpkg/status';

/** What is installed: the base system, and what the status file names beyond it. */
export function installedPackages(kernel: Kernel): Installed[] {
  const list = new Map<string, Installed>();
  for (const line of DEBIAN_PACKAGES.trim().split('\n')) {
    const [name = '', version = '', architecture = '', size = '0'] = line.split(' ');
    list.set(name, { name, version, architecture, size: Number(size) });
  }
  const text = kernel.files.exists(STATUS) ? kernel.files.read(STATUS) : '';
  for (const block of text.split(/\n\n+/)) {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const name = field('Package');
    if (name === undefined || name === '') continue;
    list.set(name, {
      name,
      version: field('Version') ?? '',
      architecture: field('Architecture') ?? 'amd64',
      size: Number(field('Installed-Size') ?? 0),
    });
  }
  return [...list.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function formatted(format: string, entry: Installed): string {
  const values: Readonly<Record<string, string>> = {
    ...{
      Package: entry.name,
      Version: entry.version,
      Architecture: entry.architecture,
      'Installed-Size': String(entry.size),
    },
    ...{
      'binary:Package': entry.name,
      Status: 'install ok installed',
      'db:Status-Abbrev': 'ii ',
      Maintainer: '',
      Section: '',
    },
  };
  return format
    .replace(/\$\{([^};]+)(?:;(-?\d+))?\}/g, (_, name: string, width?: string) => {
      const text = values[name] ?? '';
      const count = Number(width ?? 0);
      return count < 0 ? text.padEnd(-count) : text.padStart(count);
    })
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t');
}

function selected(call: Invocation, patterns: readonly string[]): Installed[] {
  const all = installedPackages(call.kernel);
  if (patterns.length === 0) return all;
  const found = new Map<string, Installed>();
  for (const pattern of patterns) {
    const fits = all.filter(({ name }) => matches(pattern.replace(/:(?:amd64|all|any)$/, ''), name));
    if (fits.length === 0) {
      call.err(`dpkg-query: no packages found matching ${pattern}\n`);
      call.status = 1;
    }
    for (const entry of fits) found.set(entry.name, entry);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function table(list: readonly Installed[]): string {
  const width = (title: string, pick: (entry: Installed) => string) =>
    Math.max(title.length, ...list.map((entry) => pick(entry).length));
  const [name, version] = [width('Name', (e) => e.name), width('Version', (e) => e.version)];
  const head =
    'Desired=Unknown/Install/Remove/Purge/Hold\n| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend\n|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)\n';
  const title = `||/ ${'Name'.padEnd(name)} ${'Version'.padEnd(version)} Architecture Description\n+++-${'='.repeat(name)}-${'='.repeat(version)}-============-===========\n`;
  return (
    head +
    title +
    list.map((e) => `ii  ${e.name.padEnd(name)} ${e.version.padEnd(version)} ${e.architecture.padEnd(12)} \n`).join('')
  );
}

function details(call: Invocation, name: string): undefined {
  const entry = installedPackages(call.kernel).find((other) => other.name === name);
  if (entry)
    return call.out(
      `Package: ${entry.name}\nStatus: install ok installed\nInstalled-Size: ${entry.size}\nArchitecture: ${entry.architecture}\nVersion: ${entry.version}\n`,
    );
  call.err(
    `dpkg-query: package '${name}' is not installed and no information is available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.\n`,
  );
  call.status = 1;
}

/** Asks dpkg's data base. */
export const dpkgQuery: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'Wlsf:LS', {
      long: { show: 'W', list: 'l', status: 's', showformat: 'f', listfiles: 'L', search: 'S' },
    });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the form is dpkg's
    const format = options.value('f') ?? '${binary:Package}\t${Version}\n';
    if (options.has('W')) {
      const list = selected(call, options.operands);
      return call.out(list.map((entry) => formatted(format, entry)).join(''));
    }
    if (options.has('l')) {
      const list = selected(call, options.operands);
      return list.length > 0 ? call.out(table(list)) : undefined;
    }
    for (const name of options.operands) details(call, name);
  },
  { pointer: false },
);

export const dpkg: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'lsLSiPr', {
      long: {
        list: 'l',
        status: 's',
        install: 'i',
        'print-architecture': '',
        listfiles: 'L',
        version: '',
        purge: 'P',
        remove: 'r',
        configure: '',
        'get-selections': '',
      },
    });
    if (options.has('print-architecture')) return call.out('amd64\n');
    if (options.has('version')) return call.out("Debian 'dpkg' package management program version 1.22.21 (amd64).\n");
    if (options.has('get-selections'))
      return call.out(
        installedPackages(call.kernel)
          .map(({ name }) => `${name}\t\t\t\t\tinstall\n`)
          .join(''),
      );
    if (options.has('l')) {
      const list = selected(call, options.operands);
      return list.length > 0 ? call.out(table(list)) : undefined;
    }
    if (options.has('s')) {
      for (const name of options.operands) details(call, name);
      return;
    }
    call.err(
      'dpkg: error: need an action option\n\nType dpkg --help for help about installing and deinstalling packages [*];\n',
    );
    call.status = 2;
  },
  { pointer: false },
);
