/** The part of Pagefind's interface that the search uses. Source: https://pagefind.app/docs/api/ */
interface Pagefind {
  init(): Promise<void>;
  debouncedSearch(
    query: string,
    options?: object,
    delay?: number,
  ): Promise<{ results: { data(): Promise<Found> }[] } | null>;
  search(query: string): Promise<{ results: { data(): Promise<Found> }[] }>;
}

/** A page that was found, as Pagefind describes it. `excerpt` is escaped HTML with `<mark>`. */
export interface Found {
  url: string;
  excerpt: string;
  meta: { title?: string };
  sub_results: { title: string; url: string; excerpt: string }[];
}

/** Pages that match, best first; their contents are fetched when asked for. */
export interface Matches {
  count: number;
  fetch(from: number, to: number): Promise<Found[]>;
}

let loading: Promise<Pagefind> | undefined;

/**
 * Loads the index of the page's language, once.
 * @throws when the index is not there, as in a development server.
 */
function pagefind(): Promise<Pagefind> {
  const address = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/pagefind/pagefind.js`;
  loading ??= (import(/* @vite-ignore */ address) as Promise<Pagefind>).then(async (module) => {
    await module.init();
    return module;
  });
  return loading;
}

/** Searches the handbook in the page's language. `null` when a newer question has overtaken this one. */
export async function search(query: string, { debounce = 0 } = {}): Promise<Matches | null> {
  const index = await pagefind();
  const answer = debounce > 0 ? await index.debouncedSearch(query, {}, debounce) : await index.search(query);
  if (!answer) return null;
  return {
    count: answer.results.length,
    fetch: (from, to) => Promise.all(answer.results.slice(from, to).map((result) => result.data())),
  };
}
