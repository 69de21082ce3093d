/**
 * How far the model agrees with what the pages print, which is what a real engine answered.
 *
 *   npm run pages -- [SLUG...] [--show N]
 *
 * A SLUG is a page ("volumes/types") or what pages begin with ("volumes"). Prints the first N differences (10).
 */
import { parseArgs } from 'node:util';
import { comparePage, pageSlugs } from './pages.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { show: { type: 'string', default: '10' } },
});
const slugs = pageSlugs().filter(
  (slug) => positionals.length === 0 || positionals.some((name) => slug.startsWith(name)),
);
let total = 0;
let agreed = 0;
let shown = 0;
for (const slug of slugs) {
  const page = await comparePage('en', slug);
  total += page.total;
  agreed += page.total - page.differences.length;
  for (const { line, command, printed, answered } of page.differences) {
    if (shown >= Number(values.show)) break;
    shown += 1;
    console.log(
      `--- content/docs/en/${slug}.mdx:${line}\n$ ${command}\nprinted: ${JSON.stringify(printed)}\nmodel:   ${JSON.stringify(answered)}`,
    );
  }
  if (page.total > 0) console.log(`${slug.padEnd(40)} ${page.total - page.differences.length}/${page.total}`);
}
console.log(`agree: ${agreed}/${total} = ${((100 * agreed) / Math.max(1, total)).toFixed(1)} %`);
process.exitCode = agreed === total ? 0 : 1;
