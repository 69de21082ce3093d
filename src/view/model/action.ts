/** What can be done with a thing; named after what it does, words for it are in words.ts. */
export type Verb =
  | 'start'
  | 'stop'
  | 'restart'
  | 'pause'
  | 'unpause'
  | 'logs'
  | 'inspect'
  | 'diff'
  | 'top'
  | 'enter'
  | 'remove'
  | 'run'
  | 'history'
  | 'list'
  | 'connect'
  | 'disconnect'
  | 'build'
  | 'usage'
  | 'prune'
  | 'scale'
  | 'force'
  | 'tasks'
  | 'drain'
  | 'activate'
  | 'leave';

/** A command line that does something with a thing. */
export interface Action {
  readonly verb: Verb;
  /** As it is typed in the host's shell. */
  readonly line: string;
  /** Something is lost by it. */
  readonly destroys?: boolean;
}

/** A word as a shell takes it literally; quoted only where it must be. */
export function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** An action whose words are quoted where they must be. */
export function action(verb: Verb, ...words: readonly string[]): Action {
  return { verb, line: words.map(shellWord).join(' ') };
}

/** The same for one by which something is lost. */
export function destroying(...words: readonly string[]): Action {
  return { ...action('remove', ...words), destroys: true };
}
