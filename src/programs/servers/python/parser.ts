import type { Case, Expr, Handler, Stmt } from './ast.ts';
import { ExpressionParser, KEYWORDS } from './expressions.ts';
import { PythonSyntaxError, tokenize } from './lexer.ts';

const AUGMENTED = new Set(['+=', '-=', '*=', '/=', '//=', '%=', '**=', '&=', '|=', '^=', '<<=', '>>=', '@=']);

/** Reads a program (Python reference, "Simple" and "Compound statements"). Throws {@link PythonSyntaxError}. */
export function parseProgram(source: string): Stmt[] {
  return new Parser(source, tokenize(source)).program();
}

class Parser extends ExpressionParser {
  program(): Stmt[] {
    const body: Stmt[] = [];
    while (this.token.kind !== 'end') {
      if (this.token.kind === 'indent')
        throw new PythonSyntaxError('unexpected indent', this.token.start, this.token.start, 'IndentationError');
      if (this.token.kind === 'newline') this.at += 1;
      else body.push(...this.statement());
    }
    return body;
  }

  private statement(): Stmt[] {
    const { text, kind } = this.token;
    if (kind === 'op' && text === '@') return [this.decorated()];
    if (kind === 'name')
      switch (text) {
        case 'if':
          return [this.if('if')];
        case 'while':
          return [this.while()];
        case 'for':
          return [this.for()];
        case 'try':
          return [this.try()];
        case 'with':
          return [this.with()];
        case 'def':
          return [this.def([])];
        case 'class':
          return [this.class([])];
        case 'async':
          return this.fail('not modelled in Stapellauf: async');
        case 'match':
          if (this.isMatch()) return [this.match()];
      }
    return this.simpleLine();
  }

  private simpleLine(): Stmt[] {
    const body = [this.simple()];
    while (this.accept(';')) {
      if (this.token.kind === 'newline') break;
      body.push(this.simple());
    }
    if (this.token.kind !== 'newline') this.unexpected(body.at(-1)!);
    this.at += 1;
    return body;
  }

  private unexpected(before: Stmt): never {
    const name = before.kind === 'expr' && before.value.kind === 'name' ? before.value.id : undefined;
    if ((name === 'print' || name === 'exec') && this.startsExpression()) {
      const end = this.lineEnd();
      throw new PythonSyntaxError(
        `Missing parentheses in call to '${name}'. Did you mean ${name}(...)?`,
        before.start,
        end,
      );
    }
    return this.fail();
  }

  private lineEnd(): number {
    const rest = this.tokens.slice(this.at);
    const newline = rest.findIndex(({ kind }) => kind === 'newline');
    return rest[newline - 1]?.end ?? this.token.end;
  }

  /** The statements after a colon. `what`: the statement, as a complaint names it. */
  private block(what: string, line: number): Stmt[] {
    if (!this.accept(':')) this.fail("expected ':'", this.token);
    if (this.kind() !== 'newline') return this.simpleLine();
    this.at += 1;
    if (this.kind() !== 'indent') {
      const number = this.source.slice(0, line).split('\n').length;
      throw new PythonSyntaxError(
        `expected an indented block after ${what} on line ${number}`,
        this.token.start,
        this.token.end,
        'IndentationError',
      );
    }
    this.at += 1;
    const body: Stmt[] = [];
    while (this.kind() !== 'dedent' && this.kind() !== 'end') {
      if (this.kind() === 'indent')
        throw new PythonSyntaxError('unexpected indent', this.token.start, this.token.start, 'IndentationError');
      body.push(...this.statement());
    }
    if (this.kind() === 'dedent') this.at += 1;
    return body;
  }

  private if(word: 'if' | 'elif'): Stmt {
    const { start } = this.token;
    this.expect(word);
    const test = this.named();
    this.notAssigned(test);
    // `if True print(1)`: the word after the condition is wrong, not the missing colon.
    if (!this.is(':') && this.token.kind !== 'newline') this.fail();
    const body = this.block(`'${word}' statement`, start);
    const at = this.token.start;
    const orelse = this.is('elif') ? [this.if('elif')] : this.accept('else') ? this.block("'else' statement", at) : [];
    return { kind: 'if', test, body, orelse, start, end: this.last };
  }

  private notAssigned(test: Expr): void {
    if (this.is('='))
      throw new PythonSyntaxError(
        "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
        test.start,
        this.lineEnd() - (this.source[this.lineEnd() - 1] === ':' ? 1 : 0),
      );
  }

  private else(): Stmt[] {
    const { start } = this.token;
    return this.accept('else') ? this.block("'else' statement", start) : [];
  }

  private while(): Stmt {
    const { start } = this.token;
    this.expect('while');
    const test = this.named();
    this.notAssigned(test);
    const body = this.block("'while' statement", start);
    return { kind: 'while', test, body, orelse: this.else(), start, end: this.last };
  }

  private for(): Stmt {
    const { start } = this.token;
    this.expect('for');
    const target = this.targets();
    this.expect('in');
    const iter = this.expressions();
    const body = this.block("'for' statement", start);
    return { kind: 'for', target, iter, body, orelse: this.else(), start, end: this.last };
  }

  private try(): Stmt {
    const { start } = this.token;
    this.expect('try');
    const body = this.block("'try' statement", start);
    const handlers: Handler[] = [];
    for (let at = this.token.start; this.accept('except'); at = this.token.start) {
      const type = this.is(':') ? undefined : this.expressions();
      const name = this.accept('as') ? this.identifier() : undefined;
      const inner = this.block("'except' statement", at);
      handlers.push({ body: inner, ...(type ? { type } : {}), ...(name === undefined ? {} : { name }) });
    }
    const orelse = this.else();
    const at = this.token.start;
    const finale = this.accept('finally') ? this.block("'finally' statement", at) : [];
    if (handlers.length === 0 && finale.length === 0) this.fail("expected 'except' or 'finally' block");
    return { kind: 'try', body, handlers, orelse, finale, start, end: this.last };
  }

  private with(): Stmt {
    const { start } = this.token;
    this.expect('with');
    const items: { context: Expr; target?: Expr }[] = [];
    const parenthesised = this.is('(') && this.closesBeforeColon();
    if (parenthesised) this.at += 1;
    do {
      if (parenthesised && this.is(')')) break;
      const context = this.expression();
      items.push(this.accept('as') ? { context, target: this.binary(0) } : { context });
    } while (this.accept(','));
    if (parenthesised) this.expect(')');
    const body = this.block("'with' statement", start);
    return { kind: 'with', items, body, start, end: this.last };
  }

  /** Whether the parenthesis here is closed right before the colon, and holds an `as` or a comma. */
  private closesBeforeColon(): boolean {
    let depth = 0;
    let several = false;
    for (let at = this.at; at < this.tokens.length; at += 1) {
      const { text, kind } = this.tokens[at]!;
      if (kind === 'newline') return false;
      if (depth === 1 && (text === 'as' || text === ',')) several = true;
      if ('([{'.includes(text) && kind === 'op') depth += 1;
      else if (')]}'.includes(text) && kind === 'op') depth -= 1;
      if (depth === 0) return several && this.tokens[at + 1]?.text === ':';
    }
    return false;
  }

  private def(decorators: readonly Expr[]): Stmt {
    const { start } = this.token;
    this.expect('def');
    const name = this.identifier();
    if (!this.accept('(')) this.fail("expected '('");
    const params = this.parameters(')');
    this.expect(')');
    if (this.accept('->')) this.expression();
    const body = this.block('function definition', start);
    return { kind: 'def', name, params, body, decorators, start, end: this.last };
  }

  private class(decorators: readonly Expr[]): Stmt {
    const { start } = this.token;
    this.expect('class');
    const name = this.identifier();
    const bases = this.accept('(') ? this.arguments() : [];
    const body = this.block('class definition', start);
    return { kind: 'class', name, bases, body, decorators, start, end: this.last };
  }

  private decorated(): Stmt {
    const decorators: Expr[] = [];
    while (this.accept('@')) {
      decorators.push(this.named());
      if (this.token.kind !== 'newline') this.fail();
      this.at += 1;
    }
    return this.is('class') ? this.class(decorators) : this.def(decorators);
  }

  /** `match` is a word of its own only at the head of a block. */
  private isMatch(): boolean {
    const line = this.tokens.slice(this.at + 1);
    const end = line.findIndex(({ kind }) => kind === 'newline');
    return end > 0 && line[end - 1]?.text === ':' && line[end + 1]?.kind === 'indent' && line[end + 2]?.text === 'case';
  }

  private match(): Stmt {
    const { start } = this.token;
    this.at += 1;
    const subject = this.expressions();
    this.expect(':');
    this.at += 2;
    const cases: Case[] = [];
    while (this.token.kind === 'name' && this.token.text === 'case') {
      const at = this.token.start;
      this.at += 1;
      const pattern = this.expressions();
      const guard = this.accept('if') ? this.named() : undefined;
      const body = this.block("'case' statement", at);
      cases.push({ pattern, body, ...(guard ? { guard } : {}) });
    }
    if (this.token.kind === 'dedent') this.at += 1;
    return { kind: 'match', subject, cases, start, end: this.last };
  }

  private simple(): Stmt {
    const { start, text, kind } = this.token;
    const end = () => this.last;
    if (kind === 'name' && KEYWORDS.has(text)) {
      const more = () => !['newline', 'end'].includes(this.token.kind) && !this.is(';');
      switch (text) {
        case 'pass':
        case 'break':
        case 'continue':
          this.at += 1;
          return { kind: text, start, end: end() };
        case 'return':
          this.at += 1;
          return { kind: 'return', ...(more() ? { value: this.expressions() } : {}), start, end: end() };
        case 'raise': {
          this.at += 1;
          if (!more()) return { kind: 'raise', start, end: end() };
          const value = this.expression();
          return {
            kind: 'raise',
            value,
            ...(this.accept('from') ? { cause: this.expression() } : {}),
            start,
            end: end(),
          };
        }
        case 'del': {
          this.at += 1;
          const value = this.expressions();
          return { kind: 'delete', targets: value.kind === 'tuple' ? value.items : [value], start, end: end() };
        }
        case 'global':
        case 'nonlocal': {
          this.at += 1;
          const names = [this.identifier()];
          while (this.accept(',')) names.push(this.identifier());
          return { kind: text, names, start, end: end() };
        }
        case 'assert': {
          this.at += 1;
          const test = this.expression();
          return {
            kind: 'assert',
            test,
            ...(this.accept(',') ? { message: this.expression() } : {}),
            start,
            end: end(),
          };
        }
        case 'import': {
          this.at += 1;
          const names = [this.importName(true)];
          while (this.accept(',')) names.push(this.importName(true));
          return { kind: 'import', names, start, end: end() };
        }
        case 'from':
          return this.from();
      }
    }
    return this.assignment();
  }

  private importName(dotted: boolean): readonly [string, string | undefined] {
    let name = this.identifier();
    while (dotted && this.accept('.')) name += `.${this.identifier()}`;
    return [name, this.accept('as') ? this.identifier() : undefined];
  }

  private from(): Stmt {
    const { start } = this.token;
    this.expect('from');
    let module = '';
    while (this.is('.') || this.is('...')) {
      module += this.token.text;
      this.at += 1;
    }
    if (!this.is('import')) {
      module += this.identifier();
      while (this.accept('.')) module += `.${this.identifier()}`;
    }
    this.expect('import');
    if (this.accept('*')) return { kind: 'from', module, names: [['*', undefined]], start, end: this.last };
    const parenthesised = this.accept('(');
    const names = [this.importName(false)];
    while (this.accept(',')) {
      if (parenthesised && this.is(')')) break;
      names.push(this.importName(false));
    }
    if (parenthesised) this.expect(')');
    return { kind: 'from', module, names, start, end: this.last };
  }

  private assignment(): Stmt {
    const { start } = this.token;
    const first = this.is('yield') ? this.yielding() : this.expressions();
    if (this.accept(':')) {
      const annotation = this.expression();
      const value = this.accept('=') ? this.expressions() : undefined;
      return { kind: 'annotated', target: first, annotation, ...(value ? { value } : {}), start, end: this.last };
    }
    if (this.token.kind === 'op' && AUGMENTED.has(this.token.text)) {
      const op = this.token.text.slice(0, -1);
      this.at += 1;
      const value = this.is('yield') ? this.yielding() : this.expressions();
      return { kind: 'augmented', target: first, op, value, start, end: this.last };
    }
    if (!this.is('=')) return { kind: 'expr', value: first, start, end: this.last };
    const targets = [first];
    let value = first;
    while (this.accept('=')) {
      value = this.is('yield') ? this.yielding() : this.expressions();
      targets.push(value);
    }
    targets.pop();
    for (const target of targets) assignable(target);
    return { kind: 'assign', targets, value, start, end: this.last };
  }
}

const NAMES: Readonly<Record<string, string>> = {
  ...{ call: 'function call', binary: 'expression', compare: 'comparison', and: 'expression', or: 'expression' },
  ...{
    unary: 'expression',
    constant: 'literal',
    lambda: 'lambda',
    conditional: 'conditional expression',
    joined: 'f-string expression',
  },
  ...{ dict: 'dict literal', set: 'set display', bytes: 'literal' },
};

function assignable(target: Expr): void {
  if (target.kind === 'tuple' || target.kind === 'list') for (const item of target.items) assignable(item);
  else if (target.kind === 'starred') assignable(target.value);
  else if (!['name', 'attribute', 'index'].includes(target.kind)) {
    const literal =
      target.kind === 'constant' && (typeof target.value === 'boolean' || target.value === null)
        ? target.value === null
          ? 'None'
          : target.value
            ? 'True'
            : 'False'
        : undefined;
    const what = literal ?? NAMES[target.kind] ?? 'expression';
    const maybe = literal ? '' : " here. Maybe you meant '==' instead of '='?";
    throw new PythonSyntaxError(`cannot assign to ${what}${maybe}`, target.start, target.end);
  }
}
