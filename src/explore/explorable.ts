import type { Language } from '../languages.ts';
import type { Lab } from '../live/lab.ts';
import type { Ran } from './record.ts';
import type { Tree } from './tree.ts';

/** What a reader did with a control. */
export interface Move {
  /** `data-do` of the control. */
  readonly do: string;
  /** Values of all controls with a name at that moment; a checkbox says `on` or nothing. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What the state of every explorable has; the rest is its own. Plain data throughout. */
export interface Explored {
  /** Commands run since the start, in order. */
  readonly log: readonly Ran[];
  /** How many of them had been run before the last move. */
  readonly before: number;
}

/** What is shown, the frame around it aside. */
export interface View {
  /** What has come out, or what changed, in a sentence or two: shown, and read aloud after each move. */
  readonly sentence: readonly Tree[];
  /** What the reader can set; useless, hence hidden, where no script runs. */
  readonly controls: readonly Tree[];
  /** What has come of it: a table, a list or a picture that can be read without any script. */
  readonly picture: readonly Tree[];
  /** Where the picture shows the answers itself. */
  readonly quiet?: boolean;
}

/** Something to try in the text of a page, driven by the modelled engine. */
export interface Explorable<State extends Explored = Explored> {
  /** @param input what stands in the fence below the name. */
  start(lab: Lab, input: string): Promise<State>;
  move(lab: Lab, state: State, move: Move): Promise<State>;
  view(state: State, language: Language): View;
}

/** An explorable whose kind of state is its own affair. */
export function explorable<State extends Explored>(parts: Explorable<State>): Explorable {
  return parts as unknown as Explorable;
}
