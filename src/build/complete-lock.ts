/**
 * Adds to package-lock.json the platform packages that the registry of the machine which made it did not serve. Without
 * them `npm ci` refuses on a machine whose registry has them. Run by `npm run lock` after every change of dependencies.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Package {
  version?: string;
  optionalDependencies?: Record<string, string>;
  optional?: boolean;
  [key: string]: unknown;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Package> };
const systems = ['darwin', 'linux', 'win32', 'freebsd', 'android'];
const processors = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'wasm32'];

const added: string[] = [];
for (const [path, entry] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (path === '' || `node_modules/${name}` in lock.packages || `${path}/node_modules/${name}` in lock.packages)
      continue;
    const words = name.replace('windows', 'win32').split(/[-/]/);
    const os = systems.filter((system) => words.includes(system));
    const cpu = processors.filter((processor) => words.includes(processor));
    // Only an exact version says what would have been installed, and only a platform in the name says where.
    if (!/^\d/.test(version) || os.length + cpu.length === 0) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(entry['dev'] ? { dev: true } : {}),
      optional: true,
      ...(os.length > 0 ? { os } : {}),
      ...(cpu.length > 0 ? { cpu } : {}),
    };
    added.push(`${name}@${version}`);
  }
}
const root = lock.packages['']!;
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
lock.packages[''] = root;
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'package-lock.json is complete' : `added ${added.join(', ')}`);
