import { expect, it } from 'vitest';
import { rawPage } from '../../src/markdown/raw-page.ts';

it('leaves out imports, components and hidden fences', () => {
  const body = "import A from './a.astro';\n\n<A />\n\nText\n\n```console setup\n$ x\n```\n\n```console\n$ y\n```";
  expect(rawPage('T', 'D', body)).toBe('# T\n\n> D\n\nText\n\n```console\n$ y\n```\n');
});
