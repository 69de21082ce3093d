import { existsSync } from 'node:fs';
import { chromium, type LaunchOptions } from 'playwright';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** The browser to start: the one Playwright installed, else the system's Chromium, else `undefined`. */
export function browserPath(): string | undefined {
  return [chromium.executablePath(), ...SYSTEM].find((path) => path !== '' && existsSync(path));
}

/** How Chromium is started here: without a sandbox as root, and without its own calls to other hosts. */
export function browserOptions(): LaunchOptions {
  const executablePath = browserPath();
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
  ];
  return {
    ...(executablePath ? { executablePath } : {}),
    args: process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet,
  };
}
