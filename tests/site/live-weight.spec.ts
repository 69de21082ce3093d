import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { compressed } from './weight.ts';

/** Bytes compressed with Brotli, from pressing Run on a cold page to the first output: of a `docker` command, and with a shell. */
const DOCKER = 250_000;
const SHELL = 560_000;

/** Weighs what a page loads from now on. */
function scales(page: Page): () => number {
  const files = new Set<string>();
  page.on('request', (request) => {
    const file = join('dist', new URL(request.url()).pathname);
    if (existsSync(file)) files.add(file);
  });
  return () => {
    const each = [...files].map((file) => ({ file: file.slice('dist/'.length), bytes: compressed(file) }));
    const total = each.reduce((sum, { bytes }) => sum + bytes, 0);
    console.log(`${total} bytes: ${each.map(({ file, bytes }) => `${file} ${bytes}`).join(', ')}`);
    return total;
  };
}

test('what a reader loads who runs examples', async ({ page }) => {
  // At reading speed the second command, and what it needs, comes well after the first one's answer.
  await page.goto('/de/containers/lifecycle/', { waitUntil: 'networkidle' });
  const weigh = scales(page);
  await page.locator('.live-run').first().click();
  const rows = page.locator('.live .xterm-rows');
  await expect(rows).toContainText(/sleep infinity ?[0-9a-f]{20}/);
  expect(weigh()).toBeLessThanOrEqual(DOCKER);
  await expect(page.locator('.live-word')).toHaveCount(1, { timeout: 30_000 });
  await page.locator('.live-terminal').click();
  await page.keyboard.type('docker run --rm alpine:3.22 echo hi | tr a-z A-Z\n');
  await expect(rows).toContainText('HI');
  expect(weigh()).toBeLessThanOrEqual(SHELL);
});
