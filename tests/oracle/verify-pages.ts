/**
 * Runs every console fence of the pages on a real Docker Engine and holds the printed output against its answers.
 *
 *   npm run verify:engine -- --root DIR [--netns NAME] [--update] [--trace] [SLUG ...]
 *
 * DIR is the folder of an engine made by setup-engine.sh, which is emptied before each page: never name an engine
 * whose containers you want to keep. `--update` writes the answers into the pages of both languages where they differ.
 * A SLUG is a page ("volumes/types") or a folder ("volumes"); without one, every page runs.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { agrees } from '../../src/markdown/agreement.ts';
import { formatConsole } from '../../src/markdown/console.ts';
import { pageParts } from '../../src/markdown/examples.ts';
import { fences } from '../../src/markdown/fences.ts';
import { Host } from './host.ts';

const LANGUAGES = ['de', 'en'];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    root: { type: 'string' },
    netns: { type: 'string' },
    update: { type: 'boolean' },
    trace: { type: 'boolean' },
  },
});
if (!values.root || !existsSync(`${values.root}/images/base.tar`)) {
  console.error('verify:engine needs --root DIR, an engine made by setup-engine.sh that may be emptied.');
  process.exit(2);
}

const path = (lang: string, slug: string) => `content/docs/${lang}/${slug}.mdx`;
const slugs = globSync('content/docs/en/**/*.mdx')
  .map((file) => file.slice('content/docs/en/'.length, -'.mdx'.length))
  .filter((slug) => positionals.length === 0 || positionals.some((p) => slug === p || slug.startsWith(`${p}/`)))
  .sort();

let total = 0;
let wrong = 0;

async function runPage(host: Host, slug: string): Promise<void> {
  await host.reset();
  const answers = new Map<number, string>();
  for (const part of pageParts(readFileSync(path('en', slug), 'utf8'))) {
    if ('file' in part) {
      host.writeFile(part.file, part.content);
      continue;
    }
    const { fence, index, steps, unordered } = part;
    let changed = false;
    for (const step of steps) {
      const answer = (await host.run(step.command)).trimEnd();
      total += 1;
      if (values.trace) console.log(`$ ${step.command}\n${answer}`);
      if (agrees(step.output, answer, unordered)) continue;
      wrong += 1;
      changed = true;
      console.log(
        `--- ${path('en', slug)}:${fence.line}\n$ ${step.command}\nprinted: ${JSON.stringify(step.output)}\nengine:  ${JSON.stringify(answer)}`,
      );
      step.output = answer;
    }
    if (changed) answers.set(index, formatConsole(steps));
  }
  if (values.update && answers.size > 0) for (const lang of LANGUAGES) writeAnswers(path(lang, slug), answers);
  console.log(`${slug}: done`);
}

/** Replaces the content of the fences with the given indexes. */
function writeAnswers(file: string, answers: Map<number, string>): void {
  if (!existsSync(file)) return;
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  const list = fences(text);
  for (const [index, code] of [...answers].reverse()) {
    const fence = list[index];
    if (fence?.lang !== 'console')
      throw new Error(`${file}: fence ${index + 1} is not the console fence that the other language has there`);
    const indented = code.split('\n').map((l) => (l === '' ? l : ' '.repeat(fence.indent) + l));
    lines.splice(fence.line, fence.endLine - fence.line - 1, ...indented);
  }
  writeFileSync(file, lines.join('\n'));
}

const host = new Host(values.root, values.netns);
try {
  for (const slug of slugs) await runPage(host, slug);
} finally {
  host.close();
}
console.log(`${total - wrong} of ${total} commands agree on ${slugs.length} pages`);
process.exitCode = wrong === 0 ? 0 : 1;
