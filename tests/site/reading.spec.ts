import { expect, test } from '@playwright/test';

test.describe('the way in', () => {
  for (const [locale, path] of [
    ['en-GB', '/en/'],
    ['de-AT', '/de/'],
    ['fr-FR', '/de/'],
  ] as const) {
    test.describe(locale, () => {
      test.use({ locale });
      test(`leads to ${path}`, async ({ page }) => {
        await page.goto('/');
        await expect(page).toHaveURL(path);
      });
    });
  }

  test.describe('without script', () => {
    test.use({ javaScriptEnabled: false });
    test('offers both languages as links', async ({ page }) => {
      await page.goto('/');
      await page.getByRole('link', { name: 'English' }).click();
      await expect(page).toHaveURL('/en/');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Understand Docker by running it');
    });
  });
});

test('a reader who switches language stays on the page and in the section, and is led there next time', async ({
  page,
}) => {
  await page.goto('/de/volumes/types/');
  const heading = page.locator('main h2[id]').nth(2);
  const id = await heading.getAttribute('id');
  await heading.evaluate((element) => element.scrollIntoView());
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL(`/en/volumes/types/#${id}`);
  await expect(page.locator(`main h2[id="${id}"]`)).toBeInViewport();
  await page.goto('/');
  await expect(page).toHaveURL('/en/');
});

test('breadcrumbs, next page and the chapter overview lead on', async ({ page }) => {
  await page.goto('/de/volumes/types/');
  await page.getByRole('navigation', { name: 'Brotkrumen' }).getByRole('link', { name: 'Volumes' }).click();
  await expect(page).toHaveURL('/de/volumes/');
  await page.getByRole('main').getByRole('link', { name: 'Volume, Bind-Mount, tmpfs' }).click();
  await page.getByRole('link', { name: /^Nächste/ }).click();
  await expect(page).toHaveURL('/de/volumes/named-anonymous/');
  await page.getByRole('link', { name: /^Vorherige/ }).click();
  await expect(page).toHaveURL('/de/volumes/types/');
});

test('copying an example takes its commands without prompts and output', async ({ page }) => {
  await page.goto('/de/');
  await page
    .getByRole('button', { name: /kopieren/i })
    .first()
    .click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')[0]).toBe('docker run -d --name web -p 8080:80 nginx:1.29');
  expect(copied).not.toMatch(/^\$|Welcome|[0-9a-f]{64}/m);
});

test('code is coloured, prompts apart, and cannot be selected with the command', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/de/images/dockerfile/');
  const colours = await page
    .locator('.expressive-code .ec-line .code span')
    .evaluateAll((spans) => new Set(spans.map((span) => getComputedStyle(span).color)).size);
  expect(colours).toBeGreaterThan(2);
  expect(
    await page
      .locator('.prompt')
      .first()
      .evaluate((prompt) => getComputedStyle(prompt).userSelect),
  ).toBe('none');
});

test('the colour scheme is chosen and kept', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/de/volumes/types/');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.getByRole('combobox', { name: /Farbschema/ }).selectOption('dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const node = page.locator('.diagram-svg .df-node').first();
  const dark = await node.evaluate((shape) => getComputedStyle(shape).fill);
  await page.getByRole('combobox', { name: /Farbschema/ }).selectOption('light');
  await expect.poll(() => node.evaluate((shape) => getComputedStyle(shape).fill)).not.toBe(dark);
});

test('a wide diagram can be enlarged and closed with the keyboard', async ({ page }) => {
  await page.goto('/de/start/architecture/');
  const button = page.getByRole('button', { name: 'Vergrößern' }).first();
  await button.focus();
  await page.keyboard.press('Enter');
  const dialog = page.locator('dialog.diagram-dialog');
  await expect(dialog.locator('svg')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(button).toBeFocused();
  await expect(page.locator('figure.diagram svg').first()).toBeVisible();
});

test('the landing page plays its example step by step', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/de/');
  const host = page.locator('launch-demo .host');
  await expect(host).toHaveAttribute('data-container', 'false');
  const button = page.locator('launch-demo .run');
  await button.click();
  await expect(host).toHaveAttribute('data-container', 'true');
  await expect(button).toContainText('curl -s localhost:8080');
  for (let i = 0; i < 6; i += 1) await button.click();
  await expect(button).toHaveText('Von vorn');
  await expect(page.locator('launch-demo .ec-line.output').last()).toBeVisible();
  await button.click();
  await expect(host).toHaveAttribute('data-container', 'false');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test('the menu opens, leads on, and holds language and scheme', async ({ page }) => {
    await page.goto('/de/volumes/types/');
    await page.getByRole('button', { name: 'Menü' }).click();
    await expect(page.getByRole('link', { name: 'English' }).last()).toBeVisible();
    await page.locator('#starlight__sidebar').getByRole('link', { name: 'Benannt und anonym' }).click();
    await expect(page).toHaveURL('/de/volumes/named-anonymous/');
  });
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('text, code, recorded output and diagrams are there, and the language can be switched', async ({ page }) => {
    await page.goto('/de/start/architecture/');
    await expect(page.locator('figure.diagram svg').first()).toBeVisible();
    await expect(page.locator('.ec-line.output').first()).toBeVisible();
    await expect(page.locator('.expressive-code .copy').first()).toBeHidden();
    await page.getByRole('link', { name: 'English' }).first().click();
    await expect(page).toHaveURL('/en/start/architecture/');
    await page.goto('/de/');
    await expect(page.locator('launch-demo .ec-line').last()).toBeVisible();
    await expect(page.locator('launch-demo .texts li').last()).toBeVisible();
  });
});

test('with the keyboard alone, the first stop skips to the text', async ({ page }) => {
  await page.goto('/de/volumes/types/');
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveText('Zum Inhalt springen');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#_top$/);
});

test('a printed page shows its text alone', async ({ page }) => {
  await page.goto('/de/volumes/types/');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page.locator('#starlight__sidebar')).toBeHidden();
  await expect(page.locator('.expressive-code .copy').first()).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('every page is there as Markdown, and the machines find their lists', async ({ request }) => {
  const page = await request.get('/de/volumes/types.md');
  expect(page.headers()['content-type']).toContain('text/markdown');
  expect(await page.text()).toMatch(/^# Volume, Bind-Mount, tmpfs\n\n> /);
  expect(await (await request.get('/llms.txt')).text()).toContain('/en/volumes/types.md');
  expect(await (await request.get('/sitemap-0.xml')).text()).toContain('/en/volumes/types/');
});
