import { expect, it } from 'vitest';
import { rawPage } from '../../src/markdown/raw-page.ts';

it('leaves out imports, components and hidden fences', () => {
  const body = "import A from './a.astro';\n\n<A />\n\nText\n\n```console setup\n$ x\n```\n\n```console\n$ y\n```";
  expect(rawPage('T', 'D', body, 'en')).toBe('# T\n\n> D\n\nText\n\n```console\n$ y\n```\n');
});

it('says where something can be tried on the page', () => {
  const body = 'Text\n\n```explore\nlifecycle\ndocker create --name web nginx\n```\n\nMore';
  expect(rawPage('T', 'D', body, 'de')).toBe(
    '# T\n\n> D\n\nText\n\n> Auf der Seite zum Ausprobieren: Ein Container, Befehl für Befehl\n\nMore\n',
  );
});
