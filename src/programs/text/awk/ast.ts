/** Something with a value. */
export type Expression =
  | { readonly e: 'number'; readonly value: number }
  | { readonly e: 'string'; readonly value: string }
  | { readonly e: 'regex'; readonly source: string }
  | Reference
  | { readonly e: 'assign'; readonly to: Reference; readonly op: string; readonly value: Expression }
  | { readonly e: 'binary'; readonly op: string; readonly left: Expression; readonly right: Expression }
  | { readonly e: 'and' | 'or' | 'concat'; readonly left: Expression; readonly right: Expression }
  | { readonly e: 'match'; readonly negated: boolean; readonly left: Expression; readonly right: Expression }
  | { readonly e: 'unary'; readonly op: '!' | '-' | '+'; readonly operand: Expression }
  | { readonly e: 'step'; readonly to: Reference; readonly by: 1 | -1; readonly before: boolean }
  | { readonly e: 'in'; readonly keys: readonly Expression[]; readonly array: string }
  | { readonly e: 'if'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly e: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly e: 'builtin'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly e: 'getline';
      readonly from: 'main' | 'file' | 'command';
      readonly source?: Expression;
      readonly to?: Reference;
    }
  | { readonly e: 'group'; readonly items: readonly Expression[] };

/** Something that can be assigned to. */
export type Reference =
  | { readonly e: 'variable'; readonly name: string }
  | { readonly e: 'element'; readonly array: string; readonly keys: readonly Expression[] }
  | { readonly e: 'field'; readonly index: Expression };

export type Statement =
  | { readonly s: 'expression'; readonly value: Expression }
  | {
      readonly s: 'print' | 'printf';
      readonly args: readonly Expression[];
      readonly to?: { readonly op: string; readonly target: Expression };
    }
  | { readonly s: 'if'; readonly condition: Expression; readonly yes: Statement; readonly no?: Statement }
  | { readonly s: 'while'; readonly condition: Expression; readonly body: Statement }
  | { readonly s: 'do'; readonly condition: Expression; readonly body: Statement }
  | {
      readonly s: 'for';
      readonly first?: Statement;
      readonly condition?: Expression;
      readonly step?: Statement;
      readonly body: Statement;
    }
  | { readonly s: 'each'; readonly name: string; readonly array: string; readonly body: Statement }
  | { readonly s: 'block'; readonly body: readonly Statement[] }
  | { readonly s: 'delete'; readonly array: string; readonly keys?: readonly Expression[] }
  | { readonly s: 'exit' | 'return'; readonly value?: Expression }
  | { readonly s: 'next' | 'nextfile' | 'break' | 'continue' };

export interface Rule {
  readonly when: 'BEGIN' | 'END' | 'main';
  readonly from?: Expression;
  readonly to?: Expression;
  /** None: the record is printed. */
  readonly body?: Statement;
}

export interface UserFunction {
  readonly parameters: readonly string[];
  readonly body: Statement;
}

export interface AwkProgram {
  readonly rules: readonly Rule[];
  readonly functions: ReadonlyMap<string, UserFunction>;
  /** How many lines of text it has. */
  readonly lines: number;
}
