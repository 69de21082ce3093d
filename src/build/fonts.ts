/**
 * Makes the handbook's font: the weights 400 to 700 of Atkinson Hyperlegible Next, cut to the characters that German
 * and English text needs, so that it weighs 14 KB. Run by `npm run fonts` when the font or the characters change.
 */
import { readFile, writeFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

const SOURCE =
  'node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2';
const TARGET = 'src/styles/fonts/atkinson.woff2';
const ascii = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i));
const beyond = 'ÄÖÜäöüßéèáàçñ„“”‚‘’–—…·×→←↔≥≤≠±°§©®€µ•«»✓½\u00a0\u202f\u00ad';

const font = await subsetFont(await readFile(SOURCE), ascii + beyond, {
  targetFormat: 'woff2',
  variationAxes: { wght: { min: 400, max: 700 } },
});
await writeFile(TARGET, font);
console.log(`${TARGET}: ${font.length} bytes`);
