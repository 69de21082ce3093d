import type { MdastPluginEntry } from 'satteri';
import { metaFlag } from './fences.ts';

/** Leaves out fences with `setup` in their meta: they prepare a page's examples and are run, but not shown. */
export function hiddenFences(): MdastPluginEntry {
  return {
    name: 'hidden-fences',
    code(node, context) {
      if (metaFlag(node.meta ?? '', 'setup')) context.removeNode(node);
    },
  };
}
