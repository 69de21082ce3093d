import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { build, type Plugin } from 'esbuild';

/** The view with an engine, as a file that the site's own policy lets in. */
let script = '';

/** Style sheets as text, as Vite's `?inline` gives them. */
const inlineStyles: Plugin = {
  name: 'inline-styles',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.css\?inline$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace('?inline', '')),
      namespace: 'inline',
    }));
    onLoad({ filter: /./, namespace: 'inline' }, async ({ path }) => ({
      contents: await readFile(path, 'utf8'),
      loader: 'text',
    }));
  },
};

test.beforeAll(async () => {
  const { outputFiles } = await build({
    ...{ entryPoints: ['tests/site/view-page.ts'], bundle: true, format: 'esm', target: 'es2022', write: false },
    ...{ logLevel: 'silent', minify: true, plugins: [inlineStyles] },
  });
  script = outputFiles[0]!.text;
});

async function open(page: Page, language = 'de'): Promise<void> {
  await page.route('**/trial/view.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  await page.goto(`/${language}/volumes/types/`);
  await page.addScriptTag({ url: '/trial/view.js', type: 'module' });
  await page.waitForFunction(() => window.trial !== undefined);
}

const run = (page: Page, ...lines: string[]) => page.evaluate((all) => window.trial.run(...all), lines);

const tab = (page: Page, name: RegExp) => page.getByRole('tab', { name });
const card = (page: Page, name: string) =>
  page.locator('.card:not([inert])', { has: page.getByRole('heading', { name, exact: true }) });

test('shows what a command changes, and follows it', async ({ page }) => {
  await open(page);
  await expect(tab(page, /^Images/)).toHaveAttribute('aria-selected', 'true');
  await run(page, 'docker run -d --name web -p 8080:80 -v daten:/data nginx:1.29');
  await expect(tab(page, /^Container 1 geändert/)).toHaveAttribute('aria-selected', 'true');
  await expect(card(page, 'web')).toContainText('running');
  await expect(card(page, 'web')).toContainText('localhost:8080 → 80/tcp');
  await expect(page.getByRole('status')).toHaveText('neu: web, daten. geändert: bridge');
  await run(page, 'docker volume create leer');
  await expect(card(page, 'leer')).toBeVisible();
  await expect(card(page, 'leer')).toContainText('neu');
  await run(page, 'docker ps');
  await expect(page.getByRole('status')).toHaveText('Der letzte Befehl hat nichts geändert.');
  await page.evaluate(() => window.trial.undo());
  await page.evaluate(() => window.trial.undo());
  await expect(page.getByRole('status')).toHaveText('weg: leer');
});

test('a change leads to the thing', async ({ page }) => {
  await open(page, 'en');
  await run(page, 'docker network create back', 'docker run -d --name db --network back -v data:/data redis:8');
  await page.getByRole('button', { name: 'new: Volumes data' }).click();
  await expect(card(page, 'data')).toContainText('db:/data');
  await expect(page.locator(':focus')).toHaveAccessibleName('Commands for data');
});

test('commands are chosen from a menu that stays open, and the focus stays near', async ({ page }) => {
  await open(page);
  await run(page, 'docker run -d --name web nginx:1.29', 'docker run -d --name db redis:8');
  await card(page, 'web').getByText('Befehle').click();
  await card(page, 'web').getByRole('button', { name: 'docker stop web' }).click();
  await expect(card(page, 'web')).toContainText('exited (0)');
  await expect(page.locator(':focus')).toHaveAccessibleName('Befehle für web');
  await card(page, 'web').getByRole('button', { name: 'docker logs web' }).focus();
  await run(page, 'docker run -d --name mehr alpine sleep 60');
  await expect(card(page, 'mehr')).toBeVisible();
  await expect(page.locator(':focus')).toHaveAccessibleName(/^docker logs web/);
  await card(page, 'web').getByRole('button', { name: 'docker rm web' }).click();
  await expect(card(page, 'web')).toHaveCount(0);
  await expect(page.locator(':focus')).toHaveAttribute('role', 'tab');
  expect(await page.evaluate(() => window.trial.chosen)).toEqual(['docker stop web', 'docker rm web']);
});

test('tabs are walked with the arrow keys', async ({ page }) => {
  await open(page);
  await tab(page, /^Images/).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator(':focus')).toHaveText(/^Volumes/);
  await page.keyboard.press('End');
  await expect(page.locator(':focus')).toHaveText(/^Build/);
  await page.keyboard.press('ArrowRight');
  await expect(page.locator(':focus')).toHaveText(/^Container/);
  await expect(page.getByRole('tabpanel')).toHaveText('Noch kein Container.');
});

test('a broken cache is drawn where it breaks', async ({ page }) => {
  await open(page);
  await run(
    page,
    'echo 1 > a; printf "FROM alpine AS bau\\nRUN echo w > /w\\nCOPY a /a\\nFROM alpine\\nCOPY --from=bau /a /\\n" > Dockerfile',
    'docker build -t app .',
    'echo 2 > a; docker build -t app .',
  );
  await expect(tab(page, /^Build/)).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('[data-break]').first()).toContainText('Dateien geändert (a)');
  await expect(
    page.getByRole('img', { name: /bau: 1\/2 CACHED\. stage-1: 0\/1 CACHED, kopiert aus bau/ }),
  ).toBeVisible();
});

test.describe('motion', () => {
  test('what is gone fades away', async ({ page }) => {
    await open(page);
    await run(page, 'docker volume create daten', 'docker volume rm daten');
    await expect(page.locator('[data-change="gone"]')).toHaveCount(0);
  });

  test('or stays marked where motion is not wanted', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page);
    await run(page, 'docker volume create daten', 'docker volume rm daten');
    await page.waitForTimeout(800);
    await expect(page.locator('.card[data-change="gone"]')).toContainText('daten');
    const moving = () => page.evaluate(() => document.getAnimations().length);
    expect(await moving()).toBe(0);
    await run(page, 'docker volume create daten');
    await expect(page.locator('[data-change="gone"]')).toHaveCount(0);
    await expect(card(page, 'daten')).toHaveCount(1);
  });
});

test('names are text', async ({ page }) => {
  await open(page);
  const evil = '<img src=x onerror=alert(1)>';
  await run(
    page,
    `mkdir -p '${evil}'; docker run -d --name web -v "/root/lab/${evil}:/x" alpine sh -c 'sleep 60 # ${evil}'`,
    `docker exec web sh -c 'touch "/${evil}"'`,
    `printf 'FROM alpine AS bau\\nRUN echo "${evil}"\\nFROM bau\\nRUN true\\n' > Dockerfile; docker build .`,
  );
  await expect(page.locator('.engine-view')).toContainText(evil);
  await expect(page.locator('.engine-view img')).toHaveCount(0);
});

test('leaves nothing behind', async ({ page }) => {
  await open(page);
  await page.evaluate(() => window.trial.destroy());
  await run(page, 'docker volume create daten');
  await expect(page.locator('#trial')).toBeEmpty();
});

for (const [scheme, width] of [
  ['light', 320],
  ['dark', 420],
  ['light', 1024],
] as const)
  test(`is accessible and fits in the ${scheme} scheme at ${width} pixels`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await open(page);
    await run(
      page,
      'docker network create --internal ein-netzwerk-mit-einem-recht-langen-namen',
      'docker run -d --name ein-container-mit-einem-recht-langen-namen -p 8080:80 -v daten:/usr/share/nginx/html/ein/langer/pfad --network ein-netzwerk-mit-einem-recht-langen-namen nginx:1.29',
      'docker run -d --name krank --restart always --health-cmd "exit 1" --health-interval 1s --health-retries 1 --tmpfs /tmp alpine sleep 1000',
      'docker run --name kaputt -v /root/lab:/lab:ro alpine sh -c "echo x > /x; exit 3"; docker pause krank; sleep 3',
      'printf "FROM alpine AS bau\\nRUN echo w > /w\\nFROM alpine AS nie\\nRUN ls\\nFROM alpine\\nCOPY --from=bau /w /\\nRUN false\\n" > Dockerfile; docker build -t app .',
      'docker swarm init; docker service create -d --name dienst --replicas 2 nginx:1.29; sleep 3',
      'docker rm kaputt; docker volume create neu',
    );
    for (const name of [/^Container/, /^Images/, /^Volumes/, /^Netzwerke/, /^Build/, /^Swarm/]) {
      await tab(page, name).click();
      for (const details of await page.locator('.panel:visible details').all())
        await details.evaluate((element: HTMLDetailsElement) => {
          element.open = true;
        });
      const { violations } = await new AxeBuilder({ page }).include('.engine-view').analyze();
      expect(violations.map(({ id, nodes }) => [String(name), id, nodes.map(({ html }) => html)])).toEqual([]);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(beyond, String(name)).toBeLessThanOrEqual(0);
    }
  });
