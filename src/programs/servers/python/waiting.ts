import type { Value } from './value.ts';

/** What a thread of the program waits for. */
export type Waiting =
  | { readonly for: 'time'; readonly until: number }
  /** Computes on after this time. */
  | { readonly for: 'slice'; readonly until: number }
  /** A line, so many bytes, or all of standard input; `ask`: an `input()`, which complains at the end. */
  | { readonly for: 'input'; readonly what: 'line' | 'all' | 'lines'; readonly ask: boolean; readonly binary: boolean }
  | {
      readonly for: 'request';
      readonly host: string;
      readonly port: number;
      readonly bytes: string;
      readonly timeout: number | undefined;
    }
  | { readonly for: 'child'; readonly pid: number; readonly capture: boolean; readonly until: number | undefined }
  /** Requests to a port that is being served. */
  | { readonly for: 'requests'; readonly port: number; readonly server: Value }
  | { readonly for: 'signal' }
  | { readonly for: 'thread'; readonly thread: number; readonly until: number | undefined };

/** A function that can't be answered at once: the thread is set aside. */
export interface Suspension {
  readonly suspend: Waiting;
}

/** A function that ends in the call of another one. */
export interface TailCall {
  readonly tail: Value;
  readonly args: Value[];
}
