import { defineConfig } from '@playwright/test';
import { browserOptions } from './src/build/browser.ts';

const port = 4329;

/** Tests of the built site in a real browser. `npm run build` comes first. */
export default defineConfig({
  testDir: 'tests/site',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  reporter: [['list', { printSteps: false }]],
  use: {
    baseURL: `http://localhost:${port}`,
    locale: 'de-DE',
    launchOptions: browserOptions(),
    permissions: ['clipboard-read', 'clipboard-write'],
  },
  webServer: {
    command: `PORT=${port} node tests/site/server.ts`,
    url: `http://localhost:${port}/de/`,
    reuseExistingServer: false,
  },
});
