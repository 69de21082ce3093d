import { expect, test } from '@playwright/test';

for (const [lang, query, page1] of [
  ['de', 'Bind-Mount', /bind/i],
  ['en', 'bind mount', /bind/i],
] as const) {
  test(`search in ${lang} opens with / and Ctrl-K and is walked with the arrow keys`, async ({ page }) => {
    await page.goto(`/${lang}/start/architecture/`);
    await page.keyboard.press('/');
    const dialog = page.locator('site-search dialog');
    await expect(dialog).toBeVisible();
    await page.keyboard.type(query);
    await expect(dialog.getByRole('status')).toHaveText(
      lang === 'de' ? /^\d+ Seiten? gefunden$/ : /^\d+ pages? found$/,
    );
    await expect(dialog.locator('ol a').first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('dialog a:focus')).toHaveCount(1);
    const href = await page.locator('dialog a:focus').getAttribute('href');
    expect(href).toMatch(new RegExp(`^/${lang}/`));
    await expect(dialog.locator('ol')).toContainText(page1);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`${href!.split('#')[0]}`));
    // A key pressed before the script of the new page runs would belong to nobody.
    await page.waitForLoadState('load');
    await page.keyboard.press('Control+k');
    await expect(page.locator('site-search dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.locator('site-search dialog')).toBeHidden();
  });
}

test('search says so when there is nothing', async ({ page }) => {
  await page.goto('/de/');
  await page.getByRole('button', { name: 'Suchen' }).click();
  await page.keyboard.type('ωωωω');
  await expect(page.locator('site-search [role="status"]')).toContainText('Nichts gefunden für „ωωωω“');
});

test('search takes markup for text', async ({ page }) => {
  await page.goto('/de/');
  await page.getByRole('button', { name: 'Suchen' }).click();
  await page.keyboard.type('<img src=x onerror=alert(1)>');
  await expect(page.locator('site-search [role="status"]')).not.toHaveText('Suche …');
  await expect(page.locator('site-search dialog img')).toHaveCount(0);
});

test('an address that does not exist answers in its language and with pages that fit', async ({ page }) => {
  const response = await page.goto('/en/volumes/bind-mounts/');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'This page does not exist' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Diese Seite gibt es nicht' })).toBeHidden();
  await expect(page.locator('[data-not-found="en"] .results a').first()).toHaveAttribute('href', /^\/en\//);
  await expect(page.locator('header a.language').first()).toHaveAttribute('href', '/en/');
  await page.goto('/de/gibt-es-nicht-volumes/');
  await expect(page.getByRole('heading', { name: 'Diese Seite gibt es nicht' })).toBeVisible();
  await expect(page.locator('[data-not-found="de"] .results a').first()).toHaveAttribute('href', /^\/de\//);
});
