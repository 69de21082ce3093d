import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MdastPluginEntry } from 'satteri';
import { DIAGRAM_FOLDER, diagramKey } from './diagrams.ts';

/** Natural width in px from which a picture is not shrunk to a phone's width but scrolled. */
const WIDE = 480;

/**
 * Places the rendered SVG where a `mermaid` fence stands.
 * @throws when the diagram has not been rendered from exactly this source.
 */
export function mermaidFences(labels: (lang: string) => { enlarge: string; close: string }): MdastPluginEntry {
  return ({ fileURL }) => ({
    name: 'mermaid-fences',
    options: { position: true },
    code(node) {
      if (node.lang !== 'mermaid') return undefined;
      const file = `${DIAGRAM_FOLDER}/${diagramKey(node.value)}.svg`;
      if (!existsSync(file)) {
        const place = `${fileURL ? fileURLToPath(fileURL) : 'page'}:${node.position?.start.line ?? '?'}`;
        throw new Error(
          `${place}: this diagram has not been rendered in its present form. Run "npm run diagrams" and commit ${file}.`,
        );
      }
      const lang = /\/docs\/(\w+)\//.exec(fileURL?.pathname ?? '')?.[1] ?? 'en';
      const svg = readFileSync(file, 'utf8').trim();
      const title = /<title[^>]*>(.*?)<\/title>/.exec(svg)?.[1] ?? '';
      const wide = Number(/width="(\d+)"/.exec(svg)?.[1]) > WIDE;
      const button = wide
        ? `<button type="button" class="diagram-enlarge" data-close="${labels(lang).close}" hidden>${labels(lang).enlarge}</button>`
        : '';
      const focus = wide ? ` tabindex="0" role="group" aria-label="${title.replaceAll('"', '&quot;')}"` : '';
      const html = `<figure class="diagram not-content${wide ? ' diagram-wide' : ''}"><div class="diagram-frame"${focus}>${svg}</div>${button}</figure>`;
      return {
        type: 'mdxJsxFlowElement',
        name: 'Fragment',
        attributes: [{ type: 'mdxJsxAttribute', name: 'set:html', value: html }],
        children: [],
      };
    },
  });
}
