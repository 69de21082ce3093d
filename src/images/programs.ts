/** Files whose program is not a small tool of GNU's kind, by their name. */
const OWN: Readonly<Record<string, string>> = {
  ...{ bash: 'bash', rbash: 'bash', dash: 'dash', busybox: 'busybox', nginx: 'nginx', 'redis-server': 'redis-server' },
  ...{ 'redis-check-rdb': 'redis-server', 'redis-cli': 'redis-cli', 'python3.13': 'python' },
  ...{ node: 'node', 'npm-cli.js': 'npm', 'npx-cli.js': 'npm', go: 'go', gofmt: 'go', 'docker-registry': 'registry' },
  ...{ gosu: 'gosu', registry: 'registry' },
};
const FOLDERS =
  /^\/(usr\/)?(s?bin|local\/s?bin|lib\/go-[^/]+\/bin|lib\/postgresql\/\d+\/bin|local\/lib\/node_modules\/npm\/bin)\//;
const POSTGRES = /\/postgresql\/\d+\/bin\/(postgres|psql|pg_isready|initdb|pg_ctl|createdb|dropdb|pg_dump|pg_dumpall)$/;

/** What the executables of Debian and Alpine hold: shells, servers, or the tool that has the file's name. */
export function programOf(path: string): string | undefined {
  if (!FOLDERS.test(path)) return undefined;
  return POSTGRES.exec(path)?.[1] ?? OWN[path.slice(path.lastIndexOf('/') + 1)] ?? 'gnu';
}
