import type { Language } from '../languages.ts';
import type { Lab, LabChange } from '../live/lab.ts';
import { dress } from '../styles/dress.ts';
import css from '../styles/view.css?inline';
import { type Change, changesBetween } from './diff.ts';
import { subjectOf } from './follow.ts';
import { type EngineView, type Subject, viewOf } from './model/view.ts';
import { patch } from './patch.ts';
import { frame, subjectsOf } from './render/frame.ts';

import { words } from './words.ts';

export interface ViewOptions {
  readonly language: Language;
  /** Called with the command that the reader chose; runs it where its output is seen. */
  readonly onCommand: (line: string) => void;
}

/** Milliseconds for which what is gone stays to be seen going. */
const FADE = 600;

let views = 0;

/** Shows the engine of a lab in an element, and goes on showing it as it changes, until it is destroyed. */
export function mountView(root: HTMLElement, lab: Lab, options: ViewOptions): { destroy(): void } {
  return new EngineDrawing(root, lab, options);
}

class EngineDrawing {
  readonly #root: HTMLElement;
  readonly #options: ViewOptions;
  readonly #unsubscribe: () => void;
  readonly #listening = new AbortController();
  readonly #prefix: string;
  #view: EngineView;
  #selected: Subject;
  #changes: readonly Change[] = [];
  #ran = false;
  /** Whether the reader chose the subject that is shown. */
  #chosen = false;

  constructor(root: HTMLElement, lab: Lab, options: ViewOptions) {
    this.#root = root;
    this.#options = options;
    views += 1;
    this.#prefix = `engine-view-${views}`;
    this.#view = viewOf(lab.state);
    this.#selected = this.#view.containers.length > 0 ? 'containers' : 'images';
    dress(root.ownerDocument, css);
    root.classList.add('engine-view', 'not-content');
    root.lang = options.language;
    const { signal } = this.#listening;
    root.addEventListener('click', (event) => this.#click(event), { signal });
    root.addEventListener('keydown', (event) => this.#key(event), { signal });
    this.#unsubscribe = lab.subscribe((change) => this.#update(change));
    this.#draw();
  }

  destroy(): void {
    this.#unsubscribe();
    this.#listening.abort();
    this.#root.replaceChildren();
    this.#root.classList.remove('engine-view', 'not-content');
  }

  #update({ previous, state }: LabChange): void {
    this.#view = viewOf(state);
    this.#changes = changesBetween(viewOf(previous), this.#view);
    this.#ran = true;
    // Highlights begin anew even where the same thing changed twice.
    this.#root.dataset['turn'] = this.#root.dataset['turn'] === '1' ? '0' : '1';
    // The view follows the command, but not away from what the reader chose while there is something new to see there.
    const wanted = this.#chosen && this.#changes.some(({ subject }) => subject === this.#selected);
    const busy = this.#root.contains(document.activeElement);
    if (!wanted && !busy) this.#follow(subjectOf(this.#changes));
    this.#draw();
  }

  #draw(): void {
    const view = this.#view;
    if (!subjectsOf(view).includes(this.#selected)) this.#selected = 'containers';
    for (const gone of this.#root.querySelectorAll('[data-change="gone"]')) gone.remove();
    const focused = this.#root.contains(document.activeElement) ? document.activeElement : null;
    const thing = focused?.closest('[data-thing]');
    const shown = {
      ...{ view, words: words[this.#options.language], changes: this.#changes },
      ...{ selected: this.#selected, ran: this.#ran, prefix: this.#prefix },
    };
    patch(this.#root, frame(shown), leave);
    if (focused && (!focused.isConnected || focused.closest('[inert]'))) this.#focusNear(thing);
  }

  /** What had the focus is gone: the menu that it was in takes it, or the tab. */
  #focusNear(thing: Element | null | undefined): void {
    const near =
      thing?.isConnected && !thing.matches('[inert]') ? thing.querySelector<HTMLElement>('.commands > summary') : null;
    (near ?? this.#tab(this.#selected))?.focus();
  }

  #tab(subject: Subject): HTMLElement | null {
    return this.#root.querySelector(`[data-tab="${subject}"]`);
  }

  #follow(subject: Subject | undefined): void {
    if (subject === undefined || subject === this.#selected) return;
    this.#selected = subject;
    this.#chosen = false;
  }

  #select(subject: Subject): void {
    this.#selected = subject;
    this.#chosen = true;
    this.#draw();
  }

  #click(event: Event): void {
    const button = (event.target as Element).closest('button');
    const { run, goto, tab } = button?.dataset ?? {};
    if (run !== undefined) this.#options.onCommand(run);
    else if (tab !== undefined) this.#select(tab as Subject);
    else if (goto !== undefined) this.#goTo(goto);
  }

  /** Shows a thing and puts the focus on it. */
  #goTo(thing: string): void {
    this.#select(thing.split(' ', 1)[0] as Subject);
    for (const card of this.#root.querySelectorAll<HTMLElement>('[data-thing]')) {
      if (card.dataset['thing'] !== thing) continue;
      card.scrollIntoView({ block: 'nearest' });
      card.querySelector<HTMLElement>('.commands > summary')?.focus({ preventScroll: true });
    }
  }

  /** Arrow keys, Home and End walk through the tabs (ARIA Authoring Practices, "Tabs"). */
  #key(event: KeyboardEvent): void {
    if (!(event.target as Element).matches('[role="tab"]')) return;
    const subjects = subjectsOf(this.#view);
    const at = subjects.indexOf(this.#selected);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#select(subjects.at(to % subjects.length)!);
    this.#tab(this.#selected)?.focus();
  }
}

/** A thing that is gone fades away; where motion is not wanted it stays, marked, until the next change. */
function leave(element: Element): boolean {
  if (!element.matches('[data-thing], .group')) return false;
  for (const gone of [element, ...element.querySelectorAll('[data-thing]')]) gone.setAttribute('data-change', 'gone');
  element.setAttribute('inert', '');
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches) setTimeout(() => element.remove(), FADE);
  return true;
}
