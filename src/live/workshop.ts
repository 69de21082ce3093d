import { agrees } from '../markdown/agreement.ts';
import { STARTS_SOMETHING } from '../markdown/examples.ts';
import { type Lab, openLab } from './lab.ts';
import type { LivePage } from './page.ts';
import type { SavedSession } from './share.ts';

/** How long what has been started gets before the next command of an example, in milliseconds. */
const MOMENT = 1000;

/** Something that an example does, as it is told to whoever shows it. */
export interface Step {
  readonly command: string;
  /** What is printed on the page. */
  readonly printed: string;
  readonly unordered: boolean;
}

/** How to show commands; `execute` runs one in the open and returns both outputs as a terminal shows them. */
export interface Stage {
  execute(command: string, waited: number): Promise<string>;
  /** Says that a command from earlier on the page runs now. */
  preparing(command: string): void;
  /** Whether the reader has stopped the example. */
  stopped(): boolean;
}

/** A page's examples and the lab that they share, from top to bottom. */
export class Workshop {
  readonly page: string;
  readonly lab: Lab;
  readonly #parts: LivePage;
  #last: string;

  /** `last` is the page whose examples were run in the lab. */
  constructor(page: string, parts: LivePage, lab: Lab, last = page) {
    this.page = page;
    this.lab = lab;
    this.#parts = parts;
    this.#last = last;
  }

  /** What is to be kept of it. */
  get saved(): SavedSession {
    return { version: 1, page: this.#last, actions: this.lab.actions };
  }

  /** Parts of the page that have been done, in order; undefined when the last was begun and not brought to its end. */
  get #done(): number | undefined {
    const last = this.lab.actions.findLast(({ part }) => part !== undefined);
    if (!last) return 0;
    return last.ends ? last.part! + 1 : undefined;
  }

  /**
   * Runs an example of the page. What it needs is done before, and what came after is undone first, so that it finds the engine as
   * the page left it; another page's examples begin anew. Returns which of its commands, from 0, answered otherwise than printed.
   */
  async play(example: number, stage: Stage): Promise<readonly number[]> {
    const at = this.#parts.findIndex((part) => 'example' in part && part.example === example);
    const part = this.#parts[at];
    if (!part || !('example' in part)) return [];
    const done = this.#done;
    if (done === undefined || at < done || (done > 0 && this.#last !== this.page)) this.lab.reset();
    this.#last = this.page;
    await this.#prepare(at, stage);
    const different: number[] = [];
    let waited = 0;
    for (const [index, { command, output }] of part.steps.entries()) {
      if (stage.stopped()) return different;
      const answered = await stage.execute(command, waited);
      this.lab.attribute(at, index === part.steps.length - 1);
      if (!agrees(output, answered.trimEnd(), part.unordered)) different.push(index);
      waited = STARTS_SOMETHING.test(command) ? MOMENT : 0;
    }
    return different;
  }

  /** Does what comes before a part of the page and has not been done. */
  async #prepare(until: number, stage: Stage): Promise<void> {
    for (let at = this.#done ?? 0; at < until; at += 1) {
      const part = this.#parts[at]!;
      if ('file' in part) {
        this.lab.write(part.file, `${part.content}\n`);
        this.lab.attribute(at, true);
        continue;
      }
      let waited = 0;
      for (const [index, { command }] of part.steps.entries()) {
        if (stage.stopped()) return;
        stage.preparing(command);
        await this.lab.run(command, undefined, waited);
        this.lab.attribute(at, index === part.steps.length - 1);
        waited = STARTS_SOMETHING.test(command) ? MOMENT : 0;
      }
    }
  }
}

/** A lab as it was kept: everything is done again, which gives the same state. */
export async function restoreLab({ actions }: SavedSession): Promise<Lab> {
  const lab = await openLab({ interactive: true });
  for (const action of actions) await lab.perform(action);
  return lab;
}
