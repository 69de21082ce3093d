import { parentPort } from 'node:worker_threads';
import { exploreHtml } from '../explore/html.ts';
import type { Language } from '../languages.ts';

/** What is asked of the worker; the answer carries the same number, and HTML or what went wrong. */
export interface ExploreRequest {
  readonly id: number;
  readonly fence: string;
  readonly language: Language;
}

export interface ExploreAnswer {
  readonly id: number;
  readonly html?: string;
  readonly problem?: string;
}

parentPort?.on('message', async ({ id, fence, language }: ExploreRequest) => {
  const answer: ExploreAnswer = await exploreHtml(fence, language).then(
    (html) => ({ id, html }),
    (error: unknown) => ({ id, problem: error instanceof Error ? error.message : String(error) }),
  );
  parentPort?.postMessage(answer);
});
