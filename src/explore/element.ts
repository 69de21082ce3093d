import type { Move } from './explorable.ts';

/** Milliseconds without a keystroke after which a text that is watched counts as edited. */
const PAUSE = 400;

/**
 * An explorable in the text. It stands there as it begins, and can be read so. Engine and model are loaded when a reader
 * reaches for it (points at it, or brings the focus to it), and whatever is pressed meanwhile is done as soon as they are there.
 */
class ExploreBox extends HTMLElement {
  #live: Promise<(move: Move) => Promise<void>> | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    const wake = () => void this.#wake();
    this.addEventListener('pointerover', wake, { once: true, passive: true });
    this.addEventListener('focusin', wake, { once: true });
    this.addEventListener('click', (event) => this.#press(event.target as Element));
    this.addEventListener('change', ({ target }) => {
      if (!typed(target)) this.#changed(target as HTMLElement, 0);
    });
    this.addEventListener('input', ({ target }) => {
      if (typed(target)) this.#changed(target, PAUSE);
    });
  }

  #wake(): Promise<(move: Move) => Promise<void>> {
    this.#live ??= import('./live.ts')
      .then(({ makeLive }) => makeLive(this))
      .catch((error: unknown) => {
        // What could not be fetched now may be so at the next try.
        this.#live = undefined;
        throw error;
      });
    return this.#live;
  }

  #press(target: Element): void {
    const copy = target.closest<HTMLElement>('[data-copy]');
    if (copy) void this.#copy(copy);
    const button = target.closest<HTMLElement>('button[data-do]');
    if (button) void this.#move(button.dataset['do']!);
  }

  #changed(control: HTMLElement, pause: number): void {
    const what = control.dataset['do'];
    if (what === undefined) return;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#move(what), pause);
  }

  async #move(what: string): Promise<void> {
    const fields = Object.fromEntries(
      [...this.querySelectorAll<HTMLInputElement>('[name]')]
        .filter((control) => control.type !== 'radio' || control.checked)
        .map((control) => [
          control.name,
          control.type === 'checkbox' && !control.checked ? '' : control.value.replaceAll('\r\n', '\n'),
        ]),
    );
    const move = await this.#wake();
    await move({ do: what, fields });
  }

  async #copy(button: HTMLElement): Promise<void> {
    await navigator.clipboard.writeText(this.querySelector('.ex-all pre')?.textContent ?? '');
    const label = button.textContent;
    button.textContent = button.dataset['done'] ?? label;
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  }
}

/** Whether a control takes text, so that one waits for the end of a word rather than for its loss of focus. */
function typed(target: EventTarget | null): target is HTMLTextAreaElement | HTMLInputElement {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text');
}

customElements.define('explore-box', ExploreBox);
