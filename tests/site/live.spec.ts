import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const PAGE = '/de/containers/lifecycle/';

const drawer = (page: Page) => page.getByRole('region', { name: /nachgebauten Docker-Hosts|modelled Docker host/ });
const rows = (page: Page) => page.locator('.live .xterm-rows');
const runButton = (page: Page, number: number) =>
  page.getByRole('button', { name: new RegExp(`(?:Beispiel|Example) ${number}(?!\\d).*(?:ausführen|terminal)`) });

/** What the browser complains about while a test runs. */
function complaints(page: Page): string[] {
  const all: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') all.push(message.text());
  });
  page.on('pageerror', (error) => all.push(error.message));
  return all;
}

async function openTerminal(page: Page, path = PAGE): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: 'Terminal', exact: true }).click();
  await expect(rows(page)).toContainText('~/lab $');
}

/** Types a command line; its answer has come when a prompt stands below. */
async function type(page: Page, line: string): Promise<void> {
  await page.keyboard.type(line);
  await expect(rows(page)).toContainText(line.slice(-8));
  await page.keyboard.press('Enter');
  await expect(rows(page)).toContainText(/\$\s*$/, { timeout: 20_000 });
}

/** Plays examples without waiting for a reader. */
const atOnce = (page: Page) =>
  page.addInitScript(() => localStorage.setItem('stapellauf-terminal-preferences', JSON.stringify({ speed: 'once' })));

test('nothing of the terminal loads before it is asked for', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await page.goto(PAGE, { waitUntil: 'networkidle' });
  expect(loaded.filter((url) => /main\.|session\.|examples\//.test(url))).toEqual([]);
});

test('an example runs beside the text and is compared with what is printed', async ({ page }) => {
  const errors = complaints(page);
  await page.goto(PAGE);
  await runButton(page, 1).click();
  await expect(page.locator('.live-word')).toHaveText('Die Antworten stimmen mit den gedruckten überein.', {
    timeout: 30_000,
  });
  await expect(rows(page)).toContainText('docker rm box');
  await expect(drawer(page)).toBeVisible();
  expect(errors).toEqual([]);
});

test('a later example has what it needs run before, and an earlier one begins anew', async ({ page }) => {
  await atOnce(page);
  await page.goto(PAGE);
  await runButton(page, 3).click();
  await expect(page.locator('.live-word')).toHaveCount(1);
  await expect(rows(page)).toContainText('Vorher auf dieser Seite');
  await runButton(page, 1).click();
  await expect(page.locator('.live-word.same')).toHaveCount(2);
});

test('typed commands answer, complete, and come back from the history', async ({ page }) => {
  await openTerminal(page);
  await type(page, 'docker create --name quay alpine:3.22 true');
  await page.keyboard.type('docker rm qu\t');
  await expect(rows(page)).toContainText('docker rm quay');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+r');
  await page.keyboard.type('create');
  await expect(rows(page)).toContainText("(reverse-i-search)`create': docker create --name quay");
  await page.keyboard.press('Enter');
  await type(page, 'docker ps -a --format "{{.Names}}" | tr a-z A-Z');
  await expect(rows(page)).toContainText('QUAY');
});

test('interactive programs take what is typed, and Ctrl-C ends what runs', async ({ page }) => {
  await openTerminal(page);
  await page.keyboard.type('docker run -it --rm --hostname quay alpine:3.22 sh\n');
  await expect(rows(page)).toContainText('/ #');
  await page.keyboard.type('hostname\n');
  await expect(rows(page)).toContainText('quay/ #');
  await page.keyboard.press('Control+d');
  await expect(rows(page)).toContainText(/~\/lab \$ *$/);
  await page.keyboard.type('docker run --rm alpine:3.22 sleep 600\n');
  await page.keyboard.press('Control+c');
  await type(page, 'echo "back"');
  // Both were recorded with their keys: a reload does them again.
  await page.reload();
  await expect(rows(page)).toContainText('Deine letzte Sitzung ist wieder da.');
});

test('several pasted lines run one after another', async ({ page }) => {
  await openTerminal(page);
  await page.evaluate(() => navigator.clipboard.writeText('echo one\necho two\necho three\n'));
  await page.keyboard.press('Control+Shift+v');
  await page.locator('.xterm-helper-textarea').evaluate((area) => {
    const data = new DataTransfer();
    data.setData('text/plain', 'echo one\necho two\necho three\n');
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(rows(page)).toContainText(/one.*two.*three/);
});

test('what was done is undone, done again, and begun anew', async ({ page }) => {
  await openTerminal(page);
  await type(page, 'docker volume create daten');
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await expect(rows(page)).toContainText('Rückgängig gemacht: docker volume create daten');
  await page.locator('.live-terminal').click();
  await type(page, 'docker volume ls -q | wc -l');
  await expect(rows(page)).toContainText('wc -l0');
  await page.getByRole('button', { name: 'Neu beginnen' }).click();
  await expect(rows(page)).toContainText('Alles auf Anfang.');
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await expect(page.getByRole('button', { name: 'Wiederholen' })).toHaveAttribute('aria-disabled', 'false');
});

test('a session lasts over reload, another page and the other language', async ({ page }) => {
  await openTerminal(page);
  await type(page, 'docker volume create daten');
  await page.goto('/en/volumes/types/');
  await expect(rows(page)).toContainText('Your last session is back. Steps: 1.');
  await page.locator('.live-terminal').click();
  await type(page, 'docker volume ls -q');
  await expect(rows(page)).toContainText('daten');
});

test('a link carries a session to somebody else', async ({ page, browser }) => {
  await openTerminal(page);
  await type(page, 'docker network create hafen');
  await page.getByRole('button', { name: 'Link kopieren' }).click();
  await expect(rows(page)).toContainText('Link zu dieser Sitzung kopiert.');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const colleague = await (await browser.newContext()).newPage();
  await colleague.goto(link);
  await expect(rows(colleague)).toContainText('Geteilte Sitzung geladen. Schritte: 1.');
  expect(new URL(colleague.url()).hash).toBe('');
  await colleague.locator('.live-terminal').click();
  await type(colleague, 'docker network ls --format "{{.Name}}"');
  await expect(rows(colleague)).toContainText('hafen');
  await colleague.goto(`${PAGE}#live=nonsense`);
  await expect(rows(colleague)).toContainText('Der Link enthält keine lesbare Sitzung.');
});

test('a damaged session is set aside with a word', async ({ page }) => {
  await openTerminal(page);
  await type(page, 'true');
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const request = indexedDB.open('keyval-store');
        request.onsuccess = () => {
          const store = request.result.transaction('keyval', 'readwrite');
          store.objectStore('keyval').put({ version: 99, actions: 'none' }, 'session');
          store.oncomplete = () => resolve();
        };
      }),
  );
  await page.reload();
  await expect(rows(page)).toContainText('war nicht lesbar und wurde beiseitegelegt');
});

test('names and output of anybody stay text', async ({ page }) => {
  const errors = complaints(page);
  page.on('dialog', () => errors.push('dialog'));
  await openTerminal(page);
  const markup = '<img src=x onerror=alert(1)>';
  await type(page, `docker run --name box --label "${markup}" -e "A=${markup}" alpine:3.22 echo "${markup}"`);
  await type(page, `printf '\\033]0;${markup}\\007\\033]8;;javascript:alert(1)\\007link\\033]8;;\\007\\n'`);
  await type(page, `echo hi > "${markup}"; docker tag alpine:3.22 "x/${markup}"`);
  await page.getByRole('button', { name: 'Dateien' }).click();
  await expect(page.getByRole('combobox', { name: 'Dateien' })).toContainText(markup);
  await page.getByRole('button', { name: 'Engine', exact: true }).click();
  expect(await page.locator('.live img').count()).toBe(0);
  expect(errors).toEqual([]);
});

test('a file can be written and used', async ({ page }) => {
  const errors = complaints(page);
  await openTerminal(page);
  await page.getByRole('button', { name: 'Dateien' }).click();
  await page.getByRole('textbox', { name: 'Name der Datei' }).fill('Dockerfile');
  await page.getByRole('textbox', { name: 'Inhalt von' }).click();
  await page.keyboard.type('FROM alpine:3.22\nCMD ["echo", "vom Stapel"]\n');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await expect(page.locator('.live-files .live-status')).toHaveText('Gespeichert: Dockerfile');
  await page.locator('.live-terminal').click();
  await type(page, 'docker build -q -t schiff . && docker run --rm schiff');
  await expect(rows(page)).toContainText('vom Stapel');
  expect(errors).toEqual([]);
});

test('a command of the drawing runs in the terminal', async ({ page }) => {
  await openTerminal(page);
  await type(page, 'docker run -d --name web nginx:1.29');
  const card = page.locator('.live-engine .card', { has: page.getByRole('heading', { name: 'web', exact: true }) });
  await card.locator('.commands > summary').first().click();
  await card.getByText('docker stop web').click();
  await expect(rows(page)).toContainText('docker stop web');
});

test('the keyboard opens, leaves and closes the terminal', async ({ page }) => {
  await page.goto(PAGE);
  await page.keyboard.press('Control+Backquote');
  await expect(drawer(page)).toBeVisible();
  await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
  await page.keyboard.press('F6');
  await expect(page.getByRole('button', { name: 'Terminal schließen' })).toBeFocused();
  await page.keyboard.press('F6');
  await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.locator('.xterm-helper-textarea')).not.toBeFocused();
  await page.keyboard.press('Control+Backquote');
  await expect(drawer(page)).toBeHidden();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the open terminal is accessible, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openTerminal(page);
    await type(page, 'docker run -d --name web -p 8080:80 nginx:1.29');
    for (const panel of ['Engine', 'Dateien']) {
      const button = page.getByRole('button', { name: panel, exact: true });
      if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode()
        .include('.live')
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });
}

test('on a phone the terminal takes the window', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await atOnce(page);
  await page.goto(PAGE);
  await runButton(page, 1).click();
  await expect(page.locator('.live-word.same')).toHaveCount(1);
  expect(await drawer(page).boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.getByRole('button', { name: 'Engine', exact: true }).click();
  await expect(page.locator('.live-engine')).toBeVisible();
  await page.getByRole('button', { name: 'Terminal schließen' }).click();
  await expect(drawer(page)).toBeHidden();
});

test('docks at the side, and stays there', async ({ page }) => {
  await openTerminal(page);
  await page.getByRole('button', { name: 'Rechts andocken' }).click();
  await expect(page.getByRole('button', { name: 'Unten andocken' })).toBeVisible();
  await page.reload();
  await expect(drawer(page)).toHaveAttribute('data-dock', 'right');
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('a page is as it was', async ({ page }) => {
    await page.goto(PAGE);
    await expect(page.locator('.live-open')).toBeHidden();
    await expect(page.locator('.live-run')).toHaveCount(0);
    await expect(page.getByText('docker create --name box')).toBeVisible();
  });
});
