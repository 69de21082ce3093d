import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { builtPages } from './dist.ts';

/** Whatever a page asks of the browser that the handbook forbids itself. */
function watch(page: Page, origin: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith('blob:'))
      complaints.push(`asked ${url}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !response.url().includes('/nirgends/'))
      complaints.push(`${response.status()} ${response.url()}`);
  });
  return complaints;
}

for (const path of [...builtPages(), '/de/nirgends/']) {
  test(`${path} is accessible in both schemes, keeps its policy and fits a phone`, async ({ page, baseURL }) => {
    const complaints = watch(page, baseURL!);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(path);
    // Code that can be scrolled becomes a stop for the keyboard as soon as the browser is idle, not before.
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.expressive-code pre')].every(
        (code) => code.scrollWidth <= code.clientWidth || code.hasAttribute('tabindex'),
      ),
    );
    const light = await new AxeBuilder({ page })
      .setLegacyMode()
      .options({ resultTypes: ['violations'] })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    expect(light.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

    await page.evaluate(() => {
      document.documentElement.dataset['theme'] = 'dark';
    });
    const dark = await new AxeBuilder({ page })
      .setLegacyMode()
      .options({ resultTypes: ['violations'] })
      .withRules(['color-contrast', 'link-in-text-block'])
      .analyze();
    expect(dark.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

    await page.setViewportSize({ width: 360, height: 740 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    expect(complaints.filter((text) => !text.includes('404 (Not Found)') || !path.includes('nirgends'))).toEqual([]);
  });
}
