/** An instruction of the stack machine, with the part of the source that it comes from. */
export interface Instruction {
  readonly op: string;
  arg?: unknown;
  readonly start: number;
  readonly end: number;
  /** What Python underlines with `^` when the rest is underlined with `~`. */
  readonly anchor?: readonly [number, number];
}

/** A compiled module, function or class body. */
export interface Code {
  readonly name: string;
  readonly qualifiedName: string;
  readonly kind: 'module' | 'function' | 'class';
  readonly instructions: readonly Instruction[];
  readonly parameters: {
    readonly positional: readonly string[];
    readonly positionalOnly: number;
    readonly keywordOnly: readonly string[];
    readonly rest?: string;
    readonly keywords?: string;
  };
  readonly locals: ReadonlySet<string>;
  readonly isGenerator: boolean;
  readonly doc: string | null;
}

/** Where a name is looked up. */
export type Place = 'local' | 'free' | 'global' | 'name';

export interface NameRef {
  readonly name: string;
  readonly place: Place;
}

export interface CallShape {
  readonly positional: number;
  readonly names: readonly string[];
}

export interface FunctionShape {
  readonly code: number;
  readonly defaults: number;
  readonly keywordDefaults: readonly string[];
}
