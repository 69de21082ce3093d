/** Milliseconds between two typed characters, unless the reader wants less motion. */
const TYPING = 18;

/** Plays the recorded console of the landing page, one command at a press. */
class LaunchDemo extends HTMLElement {
  #steps: HTMLElement[][] = [];
  #done = 0;

  connectedCallback(): void {
    const lines = [...this.querySelectorAll<HTMLElement>('.ec-line')];
    for (const line of lines) {
      const starts = line.querySelector('.prompt')?.textContent?.startsWith('$');
      if (starts) this.#steps.push([]);
      this.#steps.at(-1)?.push(line);
    }
    this.querySelector<HTMLElement>('.controls')!.hidden = false;
    this.querySelector('.run')!.addEventListener('click', () => this.#press());
    this.querySelector('.texts')!.classList.add('playing');
    this.#rewind();
  }

  #rewind(): void {
    this.#done = 0;
    for (const line of this.#steps.flat()) line.hidden = true;
    this.#show();
  }

  #press(): void {
    const step = this.#steps[this.#done];
    if (!step) {
      this.#rewind();
      return;
    }
    this.#done += 1;
    void this.#type(step);
    this.#show();
  }

  /** Shows a step's command as if typed, then its output. */
  async #type(step: HTMLElement[]): Promise<void> {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const [command, ...rest] = step as [HTMLElement, ...HTMLElement[]];
    const texts = still ? [] : textNodes(command).filter((node) => !node.parentElement?.closest('.prompt'));
    const full = texts.map((node) => node.data);
    for (const node of texts) node.data = '';
    command.hidden = false;
    for (const [i, node] of texts.entries()) {
      for (const character of full[i]!) {
        node.data += character;
        await new Promise((resolve) => setTimeout(resolve, TYPING));
      }
    }
    if (command.hidden) return;
    for (const line of rest) line.hidden = false;
  }

  /** Brings picture, explanation and button to the present step. */
  #show(): void {
    const texts = [...this.querySelectorAll<HTMLElement>('.texts li')];
    for (const [i, text] of texts.entries()) text.hidden = i !== this.#done;
    Object.assign(this.querySelector<HTMLElement>('.host')!.dataset, texts[this.#done]?.dataset);
    const button = this.querySelector('.run')!;
    const next = this.#steps[this.#done];
    button.replaceChildren(next ? `${this.dataset['next']} ▸` : this.dataset['again']!);
    if (next) {
      const code = document.createElement('code');
      code.textContent = next[0]!.textContent!.replace(/^\$ /, '').trim();
      button.append(code);
    }
  }
}

function textNodes(root: Node): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  return nodes;
}

customElements.define('launch-demo', LaunchDemo);
