import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import GithubSlugger from 'github-slugger';
import type { MdastPluginEntry } from 'satteri';
import { headings } from './headings.ts';

/**
 * Gives a page's headings the ids of the English page, by order. An address with a section is then the same in every
 * language, and a reader who switches stays where they are.
 * @throws when the pages do not have the same headings' levels.
 */
export function sharedHeadingIds(): MdastPluginEntry {
  return ({ fileURL }) => {
    const file = fileURL ? fileURLToPath(fileURL) : '';
    const english = file.replace(/\/docs\/\w+\//, '/docs/en/');
    if (english === file || !existsSync(english)) return undefined;
    const slugger = new GithubSlugger();
    const theirs = headings(readFileSync(english, 'utf8'));
    const ids = theirs.map(({ text }) => slugger.slug(text));
    let index = 0;
    return {
      name: 'shared-heading-ids',
      heading(node, context) {
        const counterpart = theirs[index];
        if (counterpart?.depth !== node.depth) {
          throw new Error(
            `${file}: heading ${index + 1} ("${context.textContent(node)}") has no counterpart of its level in ${english}`,
          );
        }
        context.setProperty(node, 'data', { hProperties: { id: ids[index] } });
        index += 1;
      },
    };
  };
}
