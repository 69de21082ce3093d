import type { Drawer } from '../live/drawer.ts';

/** Whether the terminal stood open when this window showed the page before. */
const OPEN = 'stapellauf-terminal';

const opener = document.querySelector<HTMLButtonElement>('.live-open');
if (opener) begin(opener);

/** Makes the terminal's button work and gives each example that runs a button of its own. */
function begin(button: HTMLButtonElement): void {
  const words = button.dataset as Record<'run' | 'runLabel' | 'stop' | 'same' | 'differs' | 'failed', string>;
  let drawer: Promise<Drawer> | undefined;

  /** The terminal, loaded when it is first asked for; again when that failed. */
  const load = async (): Promise<Drawer | undefined> => {
    drawer ??= import('../live/main.ts').then(({ createDrawer }) =>
      createDrawer({
        language: button.dataset['language'] as 'de' | 'en',
        page: button.dataset['page']!,
        base: button.dataset['base']!,
        onOpen: (open) => {
          button.setAttribute('aria-expanded', String(open));
          remember(open);
        },
      }),
    );
    try {
      return await drawer;
    } catch (error) {
      console.error(error);
      drawer = undefined;
      return undefined;
    }
  };

  // In the text it would lie below what is fixed beside it.
  document.querySelector('header')?.append(button);
  button.hidden = false;
  button.addEventListener('click', async () => {
    const loaded = await load();
    if (loaded) loaded.toggle(button);
    else alert(words.failed);
  });
  addEventListener('keydown', (event) => {
    if (event.code !== 'Backquote' || !event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    button.click();
  });

  for (const [index, pre] of document.querySelectorAll('pre[data-language="console"]').entries()) {
    const header = pre.parentElement?.querySelector('.header');
    if (!header || !pre.hasAttribute('data-runs')) continue;
    const run = document.createElement('button');
    run.type = 'button';
    run.className = 'live-run';
    run.textContent = words.run;
    run.setAttribute('aria-label', words.runLabel.replace('{example}', pre.getAttribute('aria-label') ?? ''));
    header.append(run);
    run.addEventListener('click', async () => {
      if (run.dataset['playing'] !== undefined) {
        (await drawer)?.stop();
        return;
      }
      run.dataset['playing'] = '';
      run.textContent = words.stop;
      const loaded = await load();
      const different = await loaded?.play(index, run);
      delete run.dataset['playing'];
      run.textContent = words.run;
      if (!loaded) say(run, words.failed);
      else if (different) compare(pre, different);
    });
  }

  /** Says below an example whether its answers were the printed ones, and marks the commands whose answers were not. */
  function compare(pre: Element, different: readonly number[]): void {
    const prompts = [...pre.querySelectorAll('.prompt')].filter(({ textContent }) => textContent === '$ ');
    const lines = prompts.map((prompt) => prompt.closest('.ec-line')!);
    for (const [step, line] of lines.entries()) line.classList.toggle('differs', different.includes(step));
    const names = different.map((step) => lines[step]?.querySelector('.code')?.textContent?.slice(2) ?? '');
    const text = different.length > 0 ? words.differs.replace('{list}', names.join(', ')) : words.same;
    say(pre, text, different.length > 0 ? 'differs' : 'same');
  }

  // A link that is opened where the page is already is no new page.
  addEventListener('hashchange', () => {
    if (location.hash.startsWith('#live=')) location.reload();
  });
  if (location.hash.startsWith('#live=') || remembered()) void load().then((loaded) => loaded?.open());
}

/** A word below the frame that an element stands in, or after the element. */
function say(place: Element, text: string, kind = 'failed'): void {
  const frame = place.closest('figure') ?? place;
  const known = frame.nextElementSibling;
  const word = known?.classList.contains('live-word') ? known : document.createElement('p');
  word.className = `live-word ${kind}`;
  word.setAttribute('role', 'status');
  if (word !== known) frame.after(word);
  word.textContent = text;
}

function remember(open: boolean): void {
  try {
    if (open) sessionStorage.setItem(OPEN, '1');
    else sessionStorage.removeItem(OPEN);
  } catch {
    // Without a store the terminal stays closed on the next page.
  }
}

function remembered(): boolean {
  try {
    return sessionStorage.getItem(OPEN) !== null;
  } catch {
    return false;
  }
}
