/**
 * Makes sure that there is a browser for the tests: Playwright's own, else the system's Chromium, else Playwright's is
 * downloaded, else Debian's package is installed, where that is possible.
 */
import { spawnSync } from 'node:child_process';
import { browserPath } from './browser.ts';

const run = (command: string, ...args: string[]) =>
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status ===
  0;
const attempts: [string, () => boolean][] = [
  [
    'Debian’s package chromium',
    () =>
      process.getuid?.() === 0 &&
      run('apt-get', 'update', '-qq') &&
      run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'),
  ],
  ['Playwright’s Chromium', () => run('npx', 'playwright', 'install', 'chromium')],
];

for (const [what, attempt] of process.platform === 'linux' ? attempts : attempts.slice(1)) {
  if (browserPath()) break;
  console.log(`No browser for the tests yet. Installing ${what} …`);
  attempt();
}
const found = browserPath();
if (!found) {
  console.error(
    'The tests in a browser need Chromium, and none could be installed here. Install Chromium and run the tests again.',
  );
  process.exit(1);
}
console.log(`Browser for the tests: ${found}`);
