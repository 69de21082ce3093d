import { definePlugin, type ExpressiveCodePlugin } from '@astrojs/starlight/expressive-code';
import { addClassName, h, selectAll } from '@astrojs/starlight/expressive-code/hast';
import { classifyLines, parseConsole } from './console.ts';

const EXAMPLE = { de: 'Beispiel', en: 'Example' };

/**
 * Expressive Code plugin that gives each block a name of its own. Expressive Code makes blocks that scroll a region,
 * and regions without names cannot be told apart by those who hear the page.
 */
export function namedBlocks(): ExpressiveCodePlugin {
  return definePlugin({
    name: 'Named blocks',
    hooks: {
      postprocessRenderedBlock: ({ codeBlock, renderData, locale }) => {
        const number = (codeBlock.parentDocument?.positionInDocument?.groupIndex ?? 0) + 1;
        const word = locale?.startsWith('de') ? EXAMPLE.de : EXAMPLE.en;
        const { title } = codeBlock.props;
        for (const pre of selectAll('pre', renderData.blockAst)) {
          pre.properties['role'] = 'group';
          pre.properties['ariaLabel'] = `${word} ${number}${title ? `: ${title}` : ''}`;
        }
      },
    },
  });
}

/**
 * Expressive Code plugin for `console` fences: prompts cannot be selected, output stands back from commands, and the
 * copy button takes the commands alone.
 */
export function consoleFrame(): ExpressiveCodePlugin {
  return definePlugin({
    name: 'Console frame',
    hooks: {
      postprocessRenderedLine: ({ codeBlock, lineIndex, renderData }) => {
        if (codeBlock.language !== 'console') return;
        const kind = classifyLines(codeBlock.getLines().map((line) => line.text))[lineIndex]!;
        addClassName(renderData.lineAst, kind === 'output' ? 'output' : 'command');
        if (kind === 'output') return;
        const code = selectAll('.code', renderData.lineAst)[0];
        if (!code) return;
        removeStart(code.children, 2);
        code.children.unshift(h('span', { className: 'prompt' }, kind === 'command' ? '$ ' : '> '));
      },
      postprocessRenderedBlock: ({ codeBlock, renderData }) => {
        if (codeBlock.language !== 'console') return;
        const commands = parseConsole(codeBlock.code)
          .map(({ command }) => command)
          .join('\n');
        // The page's script offers to run what has no reason not to be run.
        if (codeBlock.metaOptions.getString('norun') === undefined) {
          for (const pre of selectAll('pre', renderData.blockAst)) pre.properties['dataRuns'] = '';
        }
        for (const button of selectAll('.copy button', renderData.blockAst)) {
          button.properties['dataCode'] = commands.replaceAll('\n', '\u007f');
        }
      },
    },
  });
}

type Nodes = ReturnType<typeof h>['children'];

/** Takes the first `count` characters of text out of a tree. */
function removeStart(nodes: Nodes, count: number): number {
  let left = count;
  for (const node of nodes) {
    if (left === 0) break;
    if (node.type === 'text') {
      const cut = Math.min(left, node.value.length);
      node.value = node.value.slice(cut);
      left -= cut;
    } else if (node.type === 'element') left = removeStart(node.children, left);
  }
  return left;
}
