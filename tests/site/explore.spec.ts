import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const box = (page: Page) => page.locator('explore-box').first();
const status = (page: Page) => box(page).getByRole('status');

test('nothing of an explorable loads before a reader reaches for it, and waking it changes nothing', async ({
  page,
}) => {
  const loaded: string[] = [];
  page.on('response', (response) => loaded.push(new URL(response.url()).pathname));
  await page.goto('/de/containers/lifecycle/', { waitUntil: 'networkidle' });
  await box(page).scrollIntoViewIfNeeded();
  const before = await box(page).innerHTML();
  expect(loaded.filter((path) => /\/(?:live|session|lifecycle)\./.test(path))).toEqual([]);
  await box(page).hover();
  await page.waitForLoadState('networkidle');
  await expect.poll(() => loaded.some((path) => path.includes('/session.'))).toBe(true);
  await box(page).locator('.ex-title').click();
  expect(await box(page).innerHTML()).toBe(before);
});

for (const path of [
  'images/build-cache',
  'networks/dns',
  'volumes/types',
  'security/capabilities',
  'compose/services',
]) {
  test(`the explorable on ${path} begins live as it stands in the page`, async ({ page }) => {
    await page.goto(`/en/${path}/`);
    const before = await box(page).innerHTML();
    await box(page).getByRole('button', { name: 'Start over' }).click();
    await expect(box(page)).toHaveAttribute('aria-busy', 'true');
    await expect(box(page)).not.toHaveAttribute('aria-busy');
    expect(await box(page).innerHTML()).toBe(before);
  });
}

test('a part that fails to arrive is asked for again', async ({ page }) => {
  let refused = 0;
  await page.route('**/_astro/session.*.js', (route) => {
    refused += 1;
    return refused === 1 ? route.abort() : route.continue();
  });
  await page.goto('/en/containers/lifecycle/');
  await box(page).getByRole('button', { name: 'docker start web', exact: true }).click();
  await expect(status(page)).toHaveText('docker start web leads from created to running.');
  expect(refused).toBe(2);
});

test('the life of a container is driven with the keyboard, each move by its command', async ({ page }) => {
  await page.goto('/en/containers/lifecycle/');
  const button = (name: string) => box(page).getByRole('button', { name, exact: true });
  await button('docker start web').focus();
  await page.keyboard.press('Enter');
  await expect(status(page)).toHaveText('docker start web leads from created to running.');
  await expect(button('docker start web')).toBeFocused();
  await button('docker rm web').press('Enter');
  await expect(box(page).locator('.ex-console')).toContainText(
    'Error response from daemon: cannot remove container "web"',
  );
  await button('docker stop web').press('Space');
  await expect(status(page)).toContainText('exit code 0');
  await button('Start over').press('Enter');
  await expect(status(page)).toContainText('creates the container');
});

test('a Dockerfile is edited and built again, without losing what was typed', async ({ page }) => {
  await page.goto('/en/images/build-cache/');
  const script = box(page).getByLabel('File app.sh');
  await script.fill('echo "version 3"');
  await box(page).getByRole('button', { name: 'docker build -t demo .', exact: true }).click();
  await expect(status(page)).toHaveText(
    'From the cache: 1 of 3 steps. COPY app.sh /app.sh broke it, and everything after it is new.',
  );
  await expect(script).toHaveValue('echo "version 3"');
  await box(page).getByLabel('File Dockerfile').fill('FROM alpine:3.22\nRUN exit 7');
  await box(page).getByRole('button', { name: 'docker build -t demo .', exact: true }).click();
  await expect(box(page).locator('.ex-console')).toContainText('did not complete successfully: exit code: 7');
});

test('networks are joined and left with a tick, and the matrix follows', async ({ page }) => {
  await page.goto('/de/networks/dns/');
  await box(page).getByLabel('web im Netzwerk back').check();
  await expect(status(page)).toHaveText('Von 6 Wegen gehen 6 mit dem Namen, 0 gar nicht.');
  await expect(box(page).locator('.ex-console').last()).toContainText('docker network connect back web');
  await box(page).getByLabel('web im Netzwerk front').uncheck();
  await box(page).getByLabel('web im Netzwerk back').uncheck();
  await expect(status(page)).toHaveText('Von 6 Wegen gehen 2 mit dem Namen, 4 gar nicht.');
});

test('text is text: whatever is typed becomes no markup and runs no script', async ({ page }) => {
  const hostile = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
  await page.goto('/en/compose/services/');
  const file = box(page).getByLabel('File compose.yaml');
  await file.fill(
    `services:\n  web:\n    image: nginx:1.29\n    command: '${hostile}'\n    volumes: ["data:/data", "./${hostile.replaceAll('"', '')}:/x"]\nvolumes:\n  data:\n    name: '${hostile}'`,
  );
  await expect(box(page).locator('details').first()).toContainText('<img src=x');
  await file.fill(`services:\n  '${hostile}':\n    image: nginx:1.29`);
  await expect(box(page).locator('.ex-console')).toContainText('<img src=x');
  expect(await box(page).locator('img, script').count()).toBe(0);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('the commands so far are copied', async ({ page }) => {
  await page.goto('/en/volumes/types/');
  await box(page).getByText('All commands so far').click();
  await box(page).getByRole('button', { name: 'Copy commands' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')[0]).toBe(
    'docker run -d --name box -v data:/volume -v ./src:/bind --tmpfs /tmpfs alpine:3.22 sleep infinity',
  );
});

test('a live explorable is accessible in both schemes and fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  for (const path of ['containers/lifecycle', 'images/entrypoint-cmd', 'compose/startup-order', 'images/multi-stage']) {
    await page.goto(`/de/${path}/`);
    await box(page).getByRole('button', { name: 'Von vorn' }).click();
    await expect(box(page)).not.toHaveAttribute('aria-busy');
    for (const scheme of ['dark', 'light']) {
      await page.evaluate((theme) => {
        document.documentElement.dataset['theme'] = theme;
      }, scheme);
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('explore-box').analyze();
      expect(violations.map(({ id, nodes }) => [path, scheme, id, nodes.map(({ html }) => html)])).toEqual([]);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
  }
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('the beginning can be read, and nothing pretends to be live', async ({ page }) => {
    await page.goto('/de/images/build-cache/');
    await expect(status(page)).toContainText('hat ihn gebrochen');
    await expect(box(page).getByRole('row')).toHaveCount(7);
    await expect(box(page).locator('.ex-still').first()).toBeVisible();
    await expect(box(page).getByRole('button')).toHaveCount(0);
    await expect(box(page).getByRole('textbox')).toHaveCount(0);
  });
});
