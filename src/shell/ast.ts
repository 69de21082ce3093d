/**
 * The syntax tree of the shell command language (POSIX.1-2024, Shell & Utilities, section 2, with bash's most used
 * additions). Plain data: a script that is half done is kept in the state of the engine.
 */

/** A word's parts; `q` marks what was quoted, and so is neither split nor a pattern. */
export type Part =
  | { readonly t: 'text'; readonly s: string; readonly q: boolean }
  | {
      readonly t: 'parameter';
      readonly name: string;
      /** An array's index, `@`, `*` or an arithmetic expression. */
      readonly index?: string;
      /** `length` for `${#x}`, `indirect` for `${!x}`, else the operator as written. */
      readonly op?: string;
      readonly word?: Word;
      readonly replacement?: Word;
      readonly q: boolean;
    }
  | { readonly t: 'command'; readonly list: List; readonly q: boolean }
  /** `<(…)`: the name of a file that holds what a list writes. */
  | { readonly t: 'process'; readonly direction: '<' | '>'; readonly list: List; readonly q: boolean }
  | { readonly t: 'arithmetic'; readonly word: Word; readonly q: boolean };

export type Word = readonly Part[];

export interface Redirection {
  readonly fd: number;
  /** `&>` and `&>>` write both outputs. */
  readonly op: '<' | '>' | '>>' | '>|' | '<>' | '>&' | '<&' | '&>' | '&>>' | '<<' | '<<<';
  /** A file name, a descriptor, or the text of a here-document. */
  readonly word: Word;
}

export interface Assignment {
  readonly name: string;
  readonly index?: Word;
  readonly append: boolean;
  readonly value: Word;
  /** `a=(…)`. */
  readonly values?: readonly Word[];
}

interface Compound {
  readonly redirections: readonly Redirection[];
}

export interface Simple extends Compound {
  readonly k: 'simple';
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly line: number;
}

export interface Pipeline {
  readonly k: 'pipeline';
  readonly commands: readonly Command[];
  readonly negated: boolean;
  /** `time`, and how its answer looks: bash's own, or `time -p`. */
  readonly timed?: 'plain' | 'posix';
  /** For each command whether `|&` follows, which takes its errors along. */
  readonly errors?: readonly boolean[];
}

export interface AndOr {
  readonly k: 'andor';
  readonly first: Pipeline;
  readonly rest: readonly { readonly op: '&&' | '||'; readonly pipeline: Pipeline }[];
}

export interface List {
  readonly k: 'list';
  readonly items: readonly { readonly command: AndOr; readonly background: boolean }[];
}

export interface If extends Compound {
  readonly k: 'if';
  readonly branches: readonly { readonly condition: List; readonly body: List }[];
  readonly otherwise?: List;
}

export interface While extends Compound {
  readonly k: 'while';
  readonly until: boolean;
  readonly condition: List;
  readonly body: List;
}

export interface For extends Compound {
  readonly k: 'for';
  readonly name: string;
  /** Missing: over the positional parameters. */
  readonly words?: readonly Word[];
  readonly body: List;
}

/** `for ((a; b; c))`. */
export interface ArithmeticFor extends Compound {
  readonly k: 'forarithmetic';
  readonly start: Word;
  readonly condition: Word;
  readonly step: Word;
  readonly body: List;
}

export interface Case extends Compound {
  readonly k: 'case';
  readonly word: Word;
  readonly items: readonly {
    readonly patterns: readonly Word[];
    readonly body: List;
    /** `;&`: the next body follows; `;;&`: the next patterns are tried. */
    readonly falls: boolean;
    readonly tests: boolean;
  }[];
}

export interface Group extends Compound {
  readonly k: 'group' | 'subshell';
  readonly body: List;
}

export interface FunctionDefinition {
  readonly k: 'function';
  readonly name: string;
  readonly body: Command;
}

/** `[[ … ]]`: words that are not split; operators are unquoted texts. */
export interface Condition extends Compound {
  readonly k: 'condition';
  readonly words: readonly Word[];
}

/** `(( … ))`. */
export interface ArithmeticCommand extends Compound {
  readonly k: 'arithmeticcommand';
  readonly expression: Word;
}

export type Command =
  | Simple
  | If
  | While
  | For
  | ArithmeticFor
  | Case
  | Group
  | FunctionDefinition
  | Condition
  | ArithmeticCommand;
