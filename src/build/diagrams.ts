/**
 * Renders the Mermaid fences of the pages to SVG files, one per diagram, and removes those no page uses any more.
 *
 *   npm run diagrams [-- SECTION ...] [--all] [--png FOLDER]
 *
 * Needs a browser, which neither the install nor the build does: the SVG files are kept in the repository. A SECTION
 * limits the work to pages whose path begins so; `--all` renders anew what is there; `--png` also writes a picture of
 * each diagram in both colour schemes, to be looked at.
 */
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { DIAGRAM_FOLDER, diagramKey, diagramTexts } from '../markdown/diagrams.ts';
import { fences } from '../markdown/fences.ts';
import { browserOptions } from './browser.ts';
import { flatten, type Palette } from './draw-diagram.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean' }, png: { type: 'string' } },
});

interface Diagram {
  key: string;
  source: string;
  place: string;
}

const all: Diagram[] = globSync('content/docs/**/*.mdx').flatMap((file) =>
  fences(readFileSync(file, 'utf8'))
    .filter((fence) => fence.lang === 'mermaid')
    .map((fence) => ({ key: diagramKey(fence.code), source: fence.code, place: `${file}:${fence.line}` })),
);
for (const { source, place } of all) {
  const { title, description } = diagramTexts(source);
  if (!title || !description) throw new Error(`${place}: a diagram needs "accTitle: …" and "accDescr: …"`);
}
const path = (key: string) => `${DIAGRAM_FOLDER}/${key}.svg`;
const keys = new Set(all.map(({ key }) => key));
mkdirSync(DIAGRAM_FOLDER, { recursive: true });
if (positionals.length === 0) {
  for (const file of globSync(`${DIAGRAM_FOLDER}/*.svg`)) {
    if (!keys.has(file.slice(DIAGRAM_FOLDER.length + 1, -'.svg'.length))) rmSync(file);
  }
}
const wanted = all.filter(({ key, place }) => {
  const inScope =
    positionals.length === 0 || positionals.some((p) => place.replace(/^content\/docs\/\w+\//, '').startsWith(p));
  return inScope && (values.all || values.png || !existsSync(path(key)));
});

/** Width in px up to which a diagram's letters stay legible in the text column. */
const WIDEST = 880;

/** Mermaid draws with these; every one is told apart by its value and becomes a class that the page gives a colour. */
const COLOURS = {
  node: '#010203',
  line: '#010204',
  text: '#010205',
  group: '#010206',
  groupline: '#010207',
  paper: '#010208',
  accent: '#010209',
  accentline: '#01020a',
  muted: '#01020b',
  mutedline: '#01020c',
  danger: '#01020d',
  dangerline: '#01020e',
  note: '#01020f',
  noteline: '#010210',
  edge: '#010211',
};
const rgb = (hex: string) => `rgb(${[1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)).join(', ')})`;
const palette: Palette = Object.fromEntries(Object.entries(COLOURS).map(([name, hex]) => [rgb(hex), name]));
const C = COLOURS;
const themeVariables = {
  fontFamily: 'Atkinson',
  fontSize: '15px',
  primaryColor: C.node,
  primaryBorderColor: C.line,
  primaryTextColor: C.text,
  secondaryColor: C.node,
  tertiaryColor: C.group,
  secondaryBorderColor: C.line,
  tertiaryBorderColor: C.groupline,
  secondaryTextColor: C.text,
  tertiaryTextColor: C.text,
  mainBkg: C.node,
  nodeBorder: C.line,
  lineColor: C.edge,
  textColor: C.text,
  titleColor: C.text,
  nodeTextColor: C.text,
  clusterBkg: C.group,
  clusterBorder: C.groupline,
  edgeLabelBackground: C.paper,
  background: C.paper,
  arrowheadColor: C.edge,
  defaultLinkColor: C.edge,
  border1: C.line,
  border2: C.groupline,
  noteBkgColor: C.note,
  noteBorderColor: C.noteline,
  noteTextColor: C.text,
  actorBkg: C.node,
  actorBorder: C.line,
  actorTextColor: C.text,
  actorLineColor: C.groupline,
  signalColor: C.edge,
  signalTextColor: C.text,
  labelBoxBkgColor: C.node,
  labelBoxBorderColor: C.line,
  labelTextColor: C.text,
  loopTextColor: C.text,
  activationBkgColor: C.accent,
  activationBorderColor: C.accentline,
  sequenceNumberColor: C.paper,
  transitionColor: C.edge,
  transitionLabelColor: C.text,
  stateLabelColor: C.text,
  stateBkg: C.node,
  labelBackgroundColor: C.paper,
  compositeBackground: C.group,
  altBackground: C.group,
  compositeTitleBackground: C.node,
  compositeBorder: C.groupline,
  innerEndBackground: C.edge,
  specialStateColor: C.edge,
  labelColor: C.text,
};
const CLASSES = ['accent', 'muted', 'danger'] as const;
const classDefs = CLASSES.map((name) => `classDef ${name} fill:${C[name]},stroke:${C[`${name}line`]},color:${C.text}`);

/** The source with the classes that authors may use defined at its end. */
function withClasses(source: string): string {
  return /^\s*(?:flowchart|graph|stateDiagram)/m.test(source)
    ? `${source}\n${classDefs.map((c) => `  ${c}`).join('\n')}`
    : source;
}

if (wanted.length > 0) await draw(wanted);
console.log(`${wanted.length} diagrams rendered, ${keys.size} in use`);

async function draw(diagrams: Diagram[]): Promise<void> {
  const browser = await chromium.launch(browserOptions());
  let failed = 0;
  try {
    const page = await browser.newPage();
    const font = readFileSync('src/styles/fonts/atkinson.woff2').toString('base64');
    await page.setContent(
      `<style>@font-face{font-family:Atkinson;src:url(data:font/woff2;base64,${font});font-weight:400 700}body{font-family:Atkinson}</style><p>x<b>x</b></p><div id="out"></div>`,
    );
    await page.addScriptTag({ path: 'node_modules/mermaid/dist/mermaid.min.js' });
    await page.addScriptTag({ content: `window.flatten = ${flatten.toString()};` });
    await page.evaluate(async (variables) => {
      await document.fonts.load('16px Atkinson');
      await document.fonts.load('600 16px Atkinson');
      // biome-ignore lint/suspicious/noExplicitAny: Mermaid is a global of this page only
      (window as any).mermaid.initialize({
        startOnLoad: false,
        securityLevel: 'strict',
        theme: 'base',
        look: 'classic',
        layout: 'dagre',
        htmlLabels: false,
        fontFamily: 'Atkinson',
        themeVariables: variables,
        deterministicIds: true,
        flowchart: {
          htmlLabels: false,
          curve: 'basis',
          nodeSpacing: 32,
          rankSpacing: 38,
          padding: 10,
          minNodeWidth: 64,
        },
        sequence: {
          useMaxWidth: false,
          mirrorActors: false,
          height: 44,
          diagramMarginX: 8,
          actorFontFamily: 'Atkinson',
          noteFontFamily: 'Atkinson',
          messageFontFamily: 'Atkinson',
        },
        state: { useMaxWidth: false, nodeSpacing: 32, rankSpacing: 38, minNodeWidth: 64, padding: 8 },
      });
    }, themeVariables);
    for (const diagram of diagrams) {
      try {
        const svg = await page.evaluate(
          async ({ source, colours, key }) => {
            // biome-ignore lint/suspicious/noExplicitAny: Mermaid and flatten are globals of this page only
            const globals = window as any;
            const { svg: drawn } = await globals.mermaid.render(`m${key}`, source);
            const out = document.getElementById('out')!;
            out.innerHTML = drawn;
            return globals.flatten(out.querySelector('svg'), colours, `d${key}`) as string;
          },
          { source: withClasses(diagram.source), colours: palette, key: diagram.key },
        );
        const { title = '', description = '' } = diagramTexts(diagram.source);
        const plain = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
        const texts = `<title id="d${diagram.key}-t">${plain(title)}</title><desc id="d${diagram.key}-d">${plain(description)}</desc>`;
        const width = Number(/width="(\d+)"/.exec(svg)?.[1]);
        if (width > WIDEST)
          console.warn(
            `${diagram.place}: ${width} px wide, hard to read in the text (at most ${WIDEST}): turn it or shorten it`,
          );
        writeFileSync(path(diagram.key), `${svg.replace('>', `>${texts}`)}\n`);
      } catch (error) {
        failed += 1;
        console.error(`${diagram.place}: ${(error as Error).message.split('\n')[0]}`);
      }
    }
    if (values.png) await photograph(browser, diagrams, values.png);
  } finally {
    await browser.close();
  }
  if (failed > 0) process.exit(1);
}

/** Pictures of the diagrams as a page shows them, light above dark. */
async function photograph(
  browser: Awaited<ReturnType<typeof chromium.launch>>,
  diagrams: Diagram[],
  folder: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const css = readFileSync('src/styles/diagram-colours.css', 'utf8');
  const font = readFileSync('src/styles/fonts/atkinson.woff2').toString('base64');
  const page = await browser.newPage({ viewport: { width: 760, height: 400 } });
  for (const { key, place } of diagrams) {
    if (!existsSync(path(key))) continue;
    const svg = readFileSync(path(key), 'utf8');
    const half = (theme: string) =>
      `<div data-theme="${theme}"><div class="diagram">${svg.replaceAll(`d${key}`, `${theme}${key}`)}</div></div>`;
    await page.setContent(
      `<style>@font-face{font-family:Atkinson;src:url(data:font/woff2;base64,${font});font-weight:400 700}${css}body{margin:0}[data-theme]{padding:20px;background:var(--dg-paper)}svg{max-width:100%;height:auto;font-family:Atkinson}</style>${half('light')}${half('dark')}`,
    );
    const name = place
      .replace(/^content\/docs\//, '')
      .replace('.mdx:', '-')
      .replaceAll('/', '_');
    await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  }
}
