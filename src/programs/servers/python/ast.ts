interface Place {
  /** Offsets in the source. */
  readonly start: number;
  readonly end: number;
}

export interface Comprehension {
  readonly target: Expr;
  readonly iter: Expr;
  readonly conditions: readonly Expr[];
}

export interface Argument {
  readonly value: Expr;
  /** Keyword; `*` and `**` for what is unpacked; nothing for a positional one. */
  readonly name?: string;
}

export interface Parameters {
  readonly positional: readonly { readonly name: string; readonly fallback?: Expr }[];
  /** How many of the positional ones can't be named. */
  readonly positionalOnly: number;
  readonly rest?: string;
  readonly keywordOnly: readonly { readonly name: string; readonly fallback?: Expr }[];
  readonly keywords?: string;
}

export type Expr = Place &
  (
    | { readonly kind: 'constant'; readonly value: null | boolean | bigint | number | string }
    | { readonly kind: 'bytes'; readonly value: string }
    | { readonly kind: 'ellipsis' }
    | { readonly kind: 'joined'; readonly parts: readonly (string | FormattedValue)[] }
    | { readonly kind: 'name'; readonly id: string }
    | { readonly kind: 'list' | 'tuple' | 'set'; readonly items: readonly Expr[] }
    | { readonly kind: 'dict'; readonly pairs: readonly (readonly [Expr | undefined, Expr])[] }
    | { readonly kind: 'starred'; readonly value: Expr }
    | { readonly kind: 'attribute'; readonly value: Expr; readonly name: string }
    | { readonly kind: 'index'; readonly value: Expr; readonly index: Expr }
    | { readonly kind: 'slice'; readonly from?: Expr; readonly to?: Expr; readonly step?: Expr }
    | { readonly kind: 'call'; readonly func: Expr; readonly args: readonly Argument[]; readonly open: number }
    | { readonly kind: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr; readonly opAt: number }
    | { readonly kind: 'unary'; readonly op: string; readonly value: Expr }
    | { readonly kind: 'compare'; readonly left: Expr; readonly rest: readonly (readonly [string, Expr])[] }
    | { readonly kind: 'and' | 'or'; readonly items: readonly Expr[] }
    | { readonly kind: 'conditional'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
    | { readonly kind: 'lambda'; readonly params: Parameters; readonly body: Expr }
    | { readonly kind: 'walrus'; readonly target: Expr; readonly value: Expr }
    | {
        readonly kind: 'comprehension';
        readonly of: 'list' | 'set' | 'dict' | 'generator';
        readonly value: Expr;
        readonly key?: Expr;
        readonly loops: readonly Comprehension[];
      }
    | { readonly kind: 'yield'; readonly value?: Expr; readonly from: boolean }
  );

export interface FormattedValue extends Place {
  readonly value: Expr;
  readonly conversion: string;
  readonly spec: readonly (string | FormattedValue)[];
  /** Text of `{value=}`. */
  readonly label: string;
}

export interface Handler {
  readonly type?: Expr;
  readonly name?: string;
  readonly body: readonly Stmt[];
}

export interface Case {
  readonly pattern: Expr;
  readonly guard?: Expr;
  readonly body: readonly Stmt[];
}

export type Stmt = Place &
  (
    | { readonly kind: 'expr'; readonly value: Expr }
    | { readonly kind: 'assign'; readonly targets: readonly Expr[]; readonly value: Expr }
    | { readonly kind: 'augmented'; readonly target: Expr; readonly op: string; readonly value: Expr }
    | { readonly kind: 'annotated'; readonly target: Expr; readonly annotation: Expr; readonly value?: Expr }
    | { readonly kind: 'return' | 'raise'; readonly value?: Expr; readonly cause?: Expr }
    | { readonly kind: 'pass' | 'break' | 'continue' }
    | { readonly kind: 'delete'; readonly targets: readonly Expr[] }
    | { readonly kind: 'global' | 'nonlocal'; readonly names: readonly string[] }
    | { readonly kind: 'assert'; readonly test: Expr; readonly message?: Expr }
    | { readonly kind: 'import'; readonly names: readonly (readonly [string, string | undefined])[] }
    | {
        readonly kind: 'from';
        readonly module: string;
        readonly names: readonly (readonly [string, string | undefined])[];
      }
    | { readonly kind: 'if'; readonly test: Expr; readonly body: readonly Stmt[]; readonly orelse: readonly Stmt[] }
    | { readonly kind: 'while'; readonly test: Expr; readonly body: readonly Stmt[]; readonly orelse: readonly Stmt[] }
    | {
        readonly kind: 'for';
        readonly target: Expr;
        readonly iter: Expr;
        readonly body: readonly Stmt[];
        readonly orelse: readonly Stmt[];
      }
    | {
        readonly kind: 'try';
        readonly body: readonly Stmt[];
        readonly handlers: readonly Handler[];
        readonly orelse: readonly Stmt[];
        readonly finale: readonly Stmt[];
      }
    | {
        readonly kind: 'with';
        readonly items: readonly { readonly context: Expr; readonly target?: Expr }[];
        readonly body: readonly Stmt[];
      }
    | {
        readonly kind: 'def';
        readonly name: string;
        readonly params: Parameters;
        readonly body: readonly Stmt[];
        readonly decorators: readonly Expr[];
      }
    | {
        readonly kind: 'class';
        readonly name: string;
        readonly bases: readonly Argument[];
        readonly body: readonly Stmt[];
        readonly decorators: readonly Expr[];
      }
    | { readonly kind: 'match'; readonly subject: Expr; readonly cases: readonly Case[] }
  );
