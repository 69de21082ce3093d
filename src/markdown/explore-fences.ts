import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { MdastPluginEntry } from 'satteri';
import type { Language } from '../languages.ts';
import type { ExploreAnswer, ExploreRequest } from './explore-worker.ts';

/**
 * Places an explorable where an `explore` fence stands: its name in the first line, what it begins with below.
 * @throws when there is no explorable of that name, or it cannot begin with this.
 */
export function exploreFences(): MdastPluginEntry {
  const render = renderer();
  return ({ fileURL }) => ({
    name: 'explore-fences',
    options: { position: true },
    async code(node) {
      if (node.lang !== 'explore') return undefined;
      const language = (/\/docs\/(\w+)\//.exec(fileURL?.pathname ?? '')?.[1] ?? 'en') as Language;
      const { html, problem } = await render(node.value, language);
      if (html === undefined) {
        const place = `${fileURL ? fileURLToPath(fileURL) : 'page'}:${node.position?.start.line ?? '?'}`;
        throw new Error(`${place}: ${problem}`);
      }
      return {
        type: 'mdxJsxFlowElement',
        name: 'Fragment',
        attributes: [{ type: 'mdxJsxAttribute', name: 'set:html', value: html }],
        children: [],
      };
    },
  });
}

/**
 * Asks a worker, which is started for the first fence. The engine loads its parts when they are needed, and Vite, by which
 * Astro reads its configuration and hence this plugin, loads nothing any more once that is done.
 */
function renderer(): (fence: string, language: Language) => Promise<ExploreAnswer> {
  const waiting = new Map<number, (answer: ExploreAnswer) => void>();
  let worker: Worker | undefined;
  let asked = 0;
  const start = () => {
    const started = new Worker(`${process.cwd()}/src/markdown/explore-worker.ts`);
    started.on('message', (answer: ExploreAnswer) => {
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
      if (waiting.size === 0) started.unref();
    });
    started.on('error', ({ message }) => {
      for (const [id, answer] of waiting) answer({ id, problem: message });
      waiting.clear();
      worker = undefined;
    });
    return started;
  };
  return (fence, language) => {
    worker ??= start();
    worker.ref();
    asked += 1;
    const request: ExploreRequest = { id: asked, fence, language };
    return new Promise((resolve) => {
      waiting.set(request.id, resolve);
      worker?.postMessage(request);
    });
  };
}
