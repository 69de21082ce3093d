/** Files whose program is not a small tool of GNU's kind, by their name. */
const OWN: Readonly<Record<string, string>> = {
  ...{ bash: 'bash', rbash: 'bash', dash: 'dash', busybox: 'busybox', nginx: 'nginx', 'redis-server': 'redis-server' },
  ...{ 'redis-check-rdb': 'redis-server', 'redis-cli': 'redis-cli', 'python3.13': 'python' },
};
const FOLDERS = /^\/(usr\/)?(s?bin|local\/s?bin)\//;

/** What the executables of Debian and Alpine hold: shells, servers, or the tool that has the file's name. */
export function programOf(path: string): string | undefined {
  if (!FOLDERS.test(path)) return undefined;
  return OWN[path.slice(path.lastIndexOf('/') + 1)] ?? 'gnu';
}
