import type { AwkProgram, Expression, Reference, Rule, Statement, UserFunction } from './ast.ts';
import { Lexer, SyntaxProblem, type Token } from './lexer.ts';

/** Parses a program. Throws {@link SyntaxProblem}. */
export function parseAwk(source: string, busybox: boolean): AwkProgram {
  return new Parser(source, busybox).program();
}

const COMPARISONS = new Set(['<', '<=', '==', '!=', '>', '>=']);
const ASSIGNMENTS = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=']);

class Parser {
  readonly #lexer: Lexer;
  #token: Token;
  /** Inside `print …` a bare `>` directs the output; inside `for (…` a bare `in` belongs to it. */
  #noGreater = false;
  #noIn = false;
  #depth = 0;

  constructor(source: string, busybox: boolean) {
    this.#lexer = new Lexer(source, busybox);
    this.#token = this.#lexer.next();
  }

  program(): AwkProgram {
    const rules: Rule[] = [];
    const functions = new Map<string, UserFunction>();
    for (;;) {
      this.#terminators();
      if (this.#token.kind === 'end') break;
      if (this.#keyword('function')) {
        this.#advance();
        const name = this.#token.text;
        if (this.#token.kind !== 'name' && this.#token.kind !== 'call') throw this.#problem();
        this.#advance();
        this.#expect('(');
        const parameters: string[] = [];
        while (!this.#symbol(')')) {
          if (this.#token.kind !== 'name') throw this.#problem();
          parameters.push(this.#token.text);
          this.#advance();
          if (!this.#symbol(')')) this.#expect(',');
          this.#newlines();
        }
        this.#expect(')');
        this.#newlines();
        functions.set(name, { parameters, body: this.#block() });
      } else rules.push(this.#rule());
    }
    return { rules, functions, lines: this.#lexer.line };
  }

  #rule(): Rule {
    if (this.#keyword('BEGIN') || this.#keyword('END')) {
      const when = this.#token.text as 'BEGIN' | 'END';
      this.#advance();
      if (!this.#symbol('{')) throw this.#problem();
      return { when, body: this.#block() };
    }
    if (this.#symbol('{')) return { when: 'main', body: this.#block() };
    const from = this.#expression();
    let to: Expression | undefined;
    if (this.#symbol(',')) {
      this.#advance();
      this.#newlines();
      to = this.#expression();
    }
    const pattern = { when: 'main' as const, from, ...(to ? { to } : {}) };
    return this.#symbol('{') ? { ...pattern, body: this.#block() } : pattern;
  }

  #problem(): SyntaxProblem {
    const { kind, text, line } = this.#token;
    if (kind === 'end') return new SyntaxProblem('end of file', line);
    return new SyntaxProblem(kind === 'newline' ? 'end of line' : kind === 'string' ? `"${text}"` : text, line);
  }

  #advance(): Token {
    const taken = this.#token;
    this.#token = this.#lexer.next();
    return taken;
  }

  #symbol(...texts: string[]): boolean {
    return this.#token.kind === 'symbol' && texts.includes(this.#token.text);
  }

  #keyword(...texts: string[]): boolean {
    return this.#token.kind === 'keyword' && texts.includes(this.#token.text);
  }

  #expect(text: string): void {
    if (!this.#symbol(text)) throw this.#problem();
    this.#advance();
  }

  #newlines(): void {
    while (this.#token.kind === 'newline') this.#advance();
  }

  #terminators(): void {
    while (this.#token.kind === 'newline' || this.#symbol(';')) this.#advance();
  }

  #block(): Statement {
    this.#expect('{');
    const body: Statement[] = [];
    for (;;) {
      this.#terminators();
      if (this.#symbol('}')) break;
      body.push(this.#statement());
    }
    this.#advance();
    return { s: 'block', body };
  }

  /** The body of a loop or an `if`; an empty one is `;`. */
  #body(): Statement {
    this.#newlines();
    if (this.#symbol(';')) {
      this.#advance();
      return { s: 'block', body: [] };
    }
    return this.#statement();
  }

  #statement(): Statement {
    this.#depth += 1;
    if (this.#depth > 500) throw this.#problem();
    try {
      return this.#anyStatement();
    } finally {
      this.#depth -= 1;
    }
  }

  #anyStatement(): Statement {
    if (this.#symbol('{')) return this.#block();
    if (this.#token.kind === 'keyword') {
      switch (this.#token.text) {
        case 'if':
          return this.#if();
        case 'while': {
          this.#advance();
          const condition = this.#condition();
          return { s: 'while', condition, body: this.#body() };
        }
        case 'do': {
          this.#advance();
          const body = this.#body();
          this.#terminators();
          if (!this.#keyword('while')) throw this.#problem();
          this.#advance();
          const condition = this.#condition();
          this.#end();
          return { s: 'do', condition, body };
        }
        case 'for':
          return this.#for();
      }
    }
    const simple = this.#simple();
    this.#end();
    return simple;
  }

  #ended(): boolean {
    return this.#token.kind === 'newline' || this.#token.kind === 'end' || this.#symbol(';', '}');
  }

  #end(): void {
    if (this.#token.kind === 'newline' || this.#symbol(';')) this.#advance();
    else if (!this.#symbol('}') && this.#token.kind !== 'end') throw this.#problem();
  }

  #condition(): Expression {
    this.#expect('(');
    const condition = this.#open(() => this.#expression());
    this.#expect(')');
    return condition;
  }

  /** Parses inside parentheses, where `>` and `in` mean what they always do. */
  #open<T>(parse: () => T): T {
    const [greater, isIn] = [this.#noGreater, this.#noIn];
    this.#noGreater = false;
    this.#noIn = false;
    const result = parse();
    this.#noGreater = greater;
    this.#noIn = isIn;
    return result;
  }

  #if(): Statement {
    this.#advance();
    const condition = this.#condition();
    const yes = this.#body();
    // An `else` may come after line ends and one semicolon; else they end the statement.
    const [lexerAt, line, token] = [this.#lexer.at, this.#lexer.line, this.#token];
    this.#terminators();
    if (this.#keyword('else')) {
      this.#advance();
      return { s: 'if', condition, yes, no: this.#body() };
    }
    this.#lexer.at = lexerAt;
    this.#lexer.line = line;
    this.#token = token;
    return { s: 'if', condition, yes };
  }

  #for(): Statement {
    this.#advance();
    this.#expect('(');
    let first: Statement | undefined;
    if (!this.#symbol(';')) {
      if (this.#token.kind === 'name') {
        const [lexerAt, line, token] = [this.#lexer.at, this.#lexer.line, this.#token];
        const name = this.#advance().text;
        if (this.#keyword('in')) {
          this.#advance();
          const array = this.#advance();
          if (array.kind === 'name' && this.#symbol(')')) {
            this.#advance();
            return { s: 'each', name, array: array.text, body: this.#body() };
          }
        }
        this.#lexer.at = lexerAt;
        this.#lexer.line = line;
        this.#token = token;
      }
      first = this.#simple();
    }
    this.#expect(';');
    this.#newlines();
    const condition = this.#symbol(';') ? undefined : this.#expression();
    this.#expect(';');
    this.#newlines();
    const step = this.#symbol(')') ? undefined : this.#simple();
    this.#expect(')');
    const body = this.#body();
    return {
      s: 'for',
      ...(first ? { first } : {}),
      ...(condition ? { condition } : {}),
      ...(step ? { step } : {}),
      body,
    };
  }

  #simple(): Statement {
    if (this.#token.kind === 'keyword') {
      const { text } = this.#token;
      switch (text) {
        case 'print':
        case 'printf':
          this.#advance();
          return this.#print(text);
        case 'next':
        case 'nextfile':
        case 'break':
        case 'continue':
          this.#advance();
          return { s: text };
        case 'exit':
        case 'return': {
          this.#advance();
          return this.#ended() ? { s: text } : { s: text, value: this.#expression() };
        }
        case 'delete': {
          this.#advance();
          const paren = this.#symbol('(');
          if (paren) this.#advance();
          const array = this.#advance();
          if (array.kind !== 'name') throw this.#problem();
          const keys = this.#symbol('[') ? this.#keys() : undefined;
          if (paren) this.#expect(')');
          return { s: 'delete', array: array.text, ...(keys ? { keys } : {}) };
        }
      }
    }
    return { s: 'expression', value: this.#expression() };
  }

  #print(s: 'print' | 'printf'): Statement {
    this.#noGreater = true;
    let args: readonly Expression[] = [];
    const ended = () =>
      this.#token.kind === 'newline' || this.#token.kind === 'end' || this.#symbol(';', '}', '>', '>>', '|');
    if (!ended()) args = this.#list();
    this.#noGreater = false;
    // `print (a, b) > file`: the parentheses hold the arguments.
    const [only] = args;
    if (args.length === 1 && only?.e === 'group' && only.items.length > 1) args = only.items;
    if (this.#symbol('>', '>>', '|')) {
      const op = this.#advance().text;
      this.#noGreater = true;
      const target = this.#concatenation();
      this.#noGreater = false;
      return { s, args, to: { op, target } };
    }
    return { s, args };
  }

  #list(): Expression[] {
    const items = [this.#expression()];
    while (this.#symbol(',')) {
      this.#advance();
      this.#newlines();
      items.push(this.#expression());
    }
    return items;
  }

  #keys(): Expression[] {
    this.#expect('[');
    const keys = this.#open(() => this.#list());
    this.#expect(']');
    return keys;
  }

  #expression(): Expression {
    this.#depth += 1;
    if (this.#depth > 500) throw this.#problem();
    try {
      return this.#ternary();
    } finally {
      this.#depth -= 1;
    }
  }

  #ternary(): Expression {
    const condition = this.#or();
    if (this.#symbol('?')) {
      this.#advance();
      this.#newlines();
      const yes = this.#expression();
      this.#newlines();
      this.#expect(':');
      this.#newlines();
      return { e: 'if', condition, yes, no: this.#expression() };
    }
    if (this.#token.kind === 'symbol' && ASSIGNMENTS.has(this.#token.text) && isReference(condition)) {
      const op = this.#advance().text;
      this.#newlines();
      return { e: 'assign', to: condition, op, value: this.#expression() };
    }
    return condition;
  }

  #or(): Expression {
    let left = this.#and();
    while (this.#symbol('||')) {
      this.#advance();
      this.#newlines();
      left = { e: 'or', left, right: this.#assignable(this.#and()) };
    }
    return left;
  }

  #and(): Expression {
    let left = this.#membership();
    while (this.#symbol('&&')) {
      this.#advance();
      this.#newlines();
      left = { e: 'and', left, right: this.#assignable(this.#membership()) };
    }
    return left;
  }

  /** `a && b = 1` assigns, though the grammar's levels would not let it. */
  #assignable(operand: Expression): Expression {
    if (this.#token.kind !== 'symbol' || !ASSIGNMENTS.has(this.#token.text) || !isReference(operand)) return operand;
    const op = this.#advance().text;
    this.#newlines();
    return { e: 'assign', to: operand, op, value: this.#expression() };
  }

  #membership(): Expression {
    let left = this.#matching();
    while (this.#keyword('in') && !this.#noIn) {
      this.#advance();
      const array = this.#advance();
      if (array.kind !== 'name') throw this.#problem();
      left = { e: 'in', keys: left.e === 'group' ? left.items : [left], array: array.text };
    }
    return left;
  }

  #matching(): Expression {
    let left = this.#comparison();
    while (this.#symbol('~', '!~')) {
      const negated = this.#advance().text === '!~';
      left = { e: 'match', negated, left, right: this.#assignable(this.#comparison()) };
    }
    return left;
  }

  #comparison(): Expression {
    let left = this.#piped(this.#concatenation());
    while (
      this.#token.kind === 'symbol' &&
      COMPARISONS.has(this.#token.text) &&
      !(this.#noGreater && this.#token.text === '>')
    ) {
      const op = this.#advance().text;
      left = { e: 'binary', op, left, right: this.#assignable(this.#concatenation()) };
      left = this.#piped(left);
    }
    return left;
  }

  /** `command | getline`. */
  #piped(source: Expression): Expression {
    let left = source;
    while (this.#symbol('|')) {
      const [lexerAt, line, token] = [this.#lexer.at, this.#lexer.line, this.#token];
      this.#advance();
      if (!this.#keyword('getline')) {
        this.#lexer.at = lexerAt;
        this.#lexer.line = line;
        this.#token = token;
        break;
      }
      this.#advance();
      const to = this.#optionalReference();
      left = { e: 'getline', from: 'command', source: left, ...(to ? { to } : {}) };
    }
    return left;
  }

  #startsOperand(): boolean {
    const { kind, text } = this.#token;
    if (kind === 'keyword') return false;
    if (kind !== 'symbol') return kind !== 'newline' && kind !== 'end';
    return (
      text === '$' || text === '!' || text === '(' || text === '-' || text === '+' || text === '++' || text === '--'
    );
  }

  #concatenation(): Expression {
    let left = this.#additive();
    while (this.#startsOperand() && !this.#symbol('!') && !this.#keyword('in')) {
      if (this.#symbol('+', '-')) break;
      left = { e: 'concat', left, right: this.#additive() };
    }
    return left;
  }

  #additive(): Expression {
    let left = this.#multiplicative();
    while (this.#symbol('+', '-')) {
      const op = this.#advance().text;
      left = { e: 'binary', op, left, right: this.#multiplicative() };
    }
    return left;
  }

  #multiplicative(): Expression {
    let left = this.#unary();
    while (this.#symbol('*', '/', '%')) {
      const op = this.#advance().text;
      left = { e: 'binary', op, left, right: this.#unary() };
    }
    return left;
  }

  #unary(): Expression {
    if (this.#symbol('!', '-', '+')) {
      const op = this.#advance().text as '!' | '-' | '+';
      this.#depth += 1;
      if (this.#depth > 500) throw this.#problem();
      const operand = this.#unary();
      this.#depth -= 1;
      // `! x ~ y` negates the match.
      if (op === '!' && this.#symbol('~', '!~')) {
        const negated = this.#advance().text === '!~';
        return { e: 'unary', op, operand: { e: 'match', negated, left: operand, right: this.#comparison() } };
      }
      return { e: 'unary', op, operand };
    }
    return this.#power();
  }

  #power(): Expression {
    const base = this.#postfix();
    if (!this.#symbol('^')) return base;
    this.#advance();
    const exponent = this.#symbol('-', '+', '!') ? this.#unary() : this.#power();
    return { e: 'binary', op: '^', left: base, right: exponent };
  }

  #postfix(): Expression {
    if (this.#symbol('++', '--')) {
      const by = this.#advance().text === '++' ? 1 : -1;
      const to = this.#primary();
      if (!isReference(to)) throw this.#problem();
      return { e: 'step', to, by, before: true };
    }
    const operand = this.#primary();
    if (this.#symbol('++', '--') && isReference(operand)) {
      const by = this.#advance().text === '++' ? 1 : -1;
      return { e: 'step', to: operand, by, before: false };
    }
    return operand;
  }

  #optionalReference(): Reference | undefined {
    if (this.#token.kind !== 'name' && !this.#symbol('$')) return undefined;
    const operand = this.#primary();
    if (!isReference(operand)) throw this.#problem();
    return operand;
  }

  #primary(): Expression {
    const { kind, text } = this.#token;
    switch (kind) {
      case 'number':
        this.#advance();
        return { e: 'number', value: Number(text) };
      case 'string':
        this.#advance();
        return { e: 'string', value: text };
      case 'name': {
        this.#advance();
        if (this.#symbol('[')) return { e: 'element', array: text, keys: this.#keys() };
        return { e: 'variable', name: text };
      }
      case 'call': {
        this.#advance();
        return { e: 'call', name: text, args: this.#arguments() };
      }
      case 'builtin': {
        this.#advance();
        if (this.#symbol('(')) return { e: 'builtin', name: text, args: this.#arguments() };
        if (text !== 'length') throw this.#problem();
        return { e: 'builtin', name: text, args: [] };
      }
      case 'keyword':
        if (text === 'getline') {
          this.#advance();
          const to = this.#optionalReference();
          if (!this.#symbol('<')) return { e: 'getline', from: 'main', ...(to ? { to } : {}) };
          this.#advance();
          const source = this.#postfix();
          return { e: 'getline', from: 'file', source, ...(to ? { to } : {}) };
        }
        throw this.#problem();
      case 'symbol':
        if (text === '/' || text === '/=') {
          const { text: source } = this.#lexer.regex(text);
          this.#token = this.#lexer.next();
          return { e: 'regex', source };
        }
        if (text === '$') {
          this.#advance();
          const index = this.#symbol('-', '+', '!')
            ? this.#unary()
            : this.#symbol('++', '--')
              ? this.#postfix()
              : this.#primary();
          return { e: 'field', index };
        }
        if (text === '(') {
          this.#advance();
          this.#newlines();
          const items = this.#open(() => this.#list());
          this.#newlines();
          this.#expect(')');
          return items.length === 1 ? { e: 'group', items } : { e: 'group', items };
        }
        throw this.#problem();
      default:
        throw this.#problem();
    }
  }

  #arguments(): Expression[] {
    this.#expect('(');
    this.#newlines();
    const args = this.#symbol(')') ? [] : this.#open(() => this.#list());
    this.#newlines();
    this.#expect(')');
    return args;
  }
}

function isReference(expression: Expression): expression is Reference {
  return expression.e === 'variable' || expression.e === 'element' || expression.e === 'field';
}
