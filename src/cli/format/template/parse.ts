import { goQuote } from '../../quote.ts';
import { lex, type Token, type TokenType, tokenText } from './lex.ts';
import type { BranchNode, CommandNode, Node, Operand, PipeNode, Template } from './nodes.ts';
import { unquote } from './unquote.ts';

/** A template that can't be read or executed; the message is Go's, from `template: ` on. */
export class TemplateError extends Error {}

/** Parses a template (Go, text/template/parse). `functions` are the names that it may call. Throws {@link TemplateError}. */
export function parseTemplate(text: string, functions: ReadonlySet<string>, name = ''): Template {
  return new Parser(text, functions, name).parse();
}

type End = { readonly word: 'end' | 'else'; readonly token: Token };
const OPERANDS: readonly TokenType[] = [
  ...(['bool', 'characterConstant', 'dot', 'field', 'identifier', 'number', 'nil', 'rawString', 'string'] as const),
  ...(['variable', 'leftParen'] as const),
];

class Parser {
  readonly #text: string;
  readonly #name: string;
  readonly #functions: ReadonlySet<string>;
  readonly #tokens: readonly Token[];
  readonly #defined = new Map<string, readonly Node[]>();
  #next = 0;
  #variables: string[] = ['$'];
  #ranges = 0;
  #actionLine = 0;

  constructor(text: string, functions: ReadonlySet<string>, name: string) {
    this.#text = text;
    this.#name = name;
    this.#functions = functions;
    this.#tokens = lex(text);
  }

  parse(): Template {
    const body: Node[] = [];
    for (;;) {
      const token = this.#peek();
      if (token.type === 'eof') break;
      if (token.type === 'leftDelim' && this.#keywordAhead() === 'define') {
        this.#definition();
        continue;
      }
      const node = this.#textOrAction();
      if ('word' in node) this.#fail(`unexpected {{${node.word}}}`);
      body.push(node);
    }
    return { name: this.#name, text: this.#text, body, defined: this.#defined };
  }

  #fail(message: string, at = this.#tokens[Math.min(this.#next, this.#tokens.length) - 1]?.at ?? 0): never {
    throw new TemplateError(`template: ${this.#name}:${this.#line(at)}: ${message}`);
  }

  #line(at: number): number {
    return this.#text.slice(0, at).split('\n').length;
  }

  #unexpected(token: Token, context: string): never {
    if (token.type !== 'error') this.#fail(`unexpected ${tokenText(token)} in ${context}`, token.at);
    const line = this.#line(token.at);
    let extra = '';
    if (this.#actionLine !== 0 && this.#actionLine !== line) {
      extra = ` in action started at ${this.#name}:${this.#actionLine}`;
      if (token.text.endsWith(' action')) extra = extra.slice(' in action'.length);
    }
    this.#fail(`${token.text}${extra}`, token.at);
  }

  #take(): Token {
    const token = this.#tokens[this.#next] ?? this.#tokens.at(-1)!;
    this.#next += 1;
    return token;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? this.#tokens.at(-1)!;
  }

  #takeNonSpace(): Token {
    while (this.#peek().type === 'space') this.#next += 1;
    return this.#take();
  }

  #peekNonSpace(): Token {
    while (this.#peek().type === 'space') this.#next += 1;
    return this.#peek();
  }

  #expect(type: TokenType, context: string): Token {
    const token = this.#takeNonSpace();
    if (token.type !== type) this.#unexpected(token, context);
    return token;
  }

  #keywordAhead(): string | undefined {
    let i = this.#next + 1;
    while (this.#tokens[i]?.type === 'space') i += 1;
    const token = this.#tokens[i];
    return token?.type === 'keyword' ? token.text : undefined;
  }

  #definition(): void {
    const context = 'define clause';
    this.#take();
    this.#takeNonSpace();
    const token = this.#takeNonSpace();
    if (token.type !== 'string' && token.type !== 'rawString') this.#unexpected(token, context);
    const name = this.#unquote(token);
    this.#expect('rightDelim', context);
    this.#defined.set(name, this.#separately(context));
  }

  /** A body up to its end, with variables of its own. */
  #separately(context: string): readonly Node[] {
    const outer = this.#variables;
    const ranges = this.#ranges;
    this.#variables = ['$'];
    this.#ranges = 0;
    const { nodes, end } = this.#list();
    if (end.word !== 'end') this.#fail(`unexpected {{else}} in ${context}`);
    this.#variables = outer;
    this.#ranges = ranges;
    return nodes;
  }

  #unquote(token: Token): string {
    const text = unquote(token.text);
    if (text === undefined) this.#fail('invalid syntax', token.at);
    return text;
  }

  #list(): { readonly nodes: readonly Node[]; readonly end: End } {
    const nodes: Node[] = [];
    while (this.#peekNonSpace().type !== 'eof') {
      const node = this.#textOrAction();
      if ('word' in node) return { nodes, end: node };
      nodes.push(node);
    }
    return this.#fail('unexpected EOF');
  }

  #textOrAction(): Node | End {
    const token = this.#takeNonSpace();
    if (token.type === 'text') return { node: 'text', text: token.text, at: token.at };
    if (token.type !== 'leftDelim') this.#unexpected(token, 'input');
    this.#actionLine = this.#line(token.at);
    const node = this.#action();
    this.#actionLine = 0;
    return node;
  }

  #action(): Node | End {
    const token = this.#peekNonSpace();
    if (token.type !== 'keyword')
      return { node: 'action', at: token.at, pipe: this.#pipeline('command', 'rightDelim') };
    this.#take();
    switch (token.text) {
      case 'if':
      case 'with':
      case 'range':
        return this.#branch(token.text);
      case 'end':
        this.#expect('rightDelim', 'end');
        return { word: 'end', token };
      case 'else': {
        const next = this.#peekNonSpace();
        if (next.type !== 'keyword' || (next.text !== 'if' && next.text !== 'with')) this.#expect('rightDelim', 'else');
        return { word: 'else', token: next };
      }
      case 'template': {
        const { at } = this.#peekNonSpace();
        const name = this.#templateName('template clause');
        const pipe =
          this.#peekNonSpace().type === 'rightDelim' ? undefined : this.#pipeline('template clause', 'rightDelim');
        if (!pipe) this.#take();
        return { node: 'template', at, name, pipe };
      }
      case 'block': {
        const { at } = this.#peekNonSpace();
        const name = this.#templateName('block clause');
        const pipe = this.#pipeline('block clause', 'rightDelim');
        this.#defined.set(name, this.#separately('block clause'));
        return { node: 'template', at, name, pipe };
      }
      case 'break':
      case 'continue': {
        const next = this.#takeNonSpace();
        if (next.type !== 'rightDelim') this.#unexpected(next, `{{${token.text}}}`);
        if (this.#ranges === 0) this.#fail(`{{${token.text}}} outside {{range}}`);
        return { node: token.text, at: token.at };
      }
      default:
        return this.#unexpected(token, 'command');
    }
  }

  #templateName(context: string): string {
    const token = this.#takeNonSpace();
    if (token.type !== 'string' && token.type !== 'rawString') this.#unexpected(token, context);
    return this.#unquote(token);
  }

  #branch(word: 'if' | 'with' | 'range'): BranchNode {
    const kept = this.#variables.length;
    const pipe = this.#pipeline(word, 'rightDelim');
    if (word === 'range') this.#ranges += 1;
    const { nodes, end } = this.#list();
    if (word === 'range') this.#ranges -= 1;
    let otherwise: readonly Node[] | undefined;
    if (end.word === 'else') {
      const chained = this.#peek();
      // `else if` and `else with` end with the one `end` of the whole.
      if (chained.type === 'keyword' && chained === end.token && chained.text === word && word !== 'range') {
        this.#take();
        otherwise = [this.#branch(word)];
      } else {
        const rest = this.#list();
        if (rest.end.word !== 'end') this.#fail('expected end; found {{else}}');
        otherwise = rest.nodes;
      }
    }
    this.#variables.length = kept;
    return { node: word, at: pipe.at, pipe, body: nodes, otherwise };
  }

  #pipeline(context: string, end: 'rightDelim' | 'rightParen'): PipeNode {
    const { at } = this.#peekNonSpace();
    const declared: string[] = [];
    let assigns = false;
    while (this.#peekNonSpace().type === 'variable') {
      const back = this.#next;
      const variable = this.#take();
      const next = this.#peekNonSpace();
      if (next.type === 'assign' || next.type === 'declare') {
        assigns = next.type === 'assign';
        this.#takeNonSpace();
        declared.push(variable.text);
        this.#variables.push(variable.text);
        break;
      }
      if (next.type === 'char' && next.text === ',') {
        this.#takeNonSpace();
        declared.push(variable.text);
        this.#variables.push(variable.text);
        if (context === 'range' && declared.length < 2) {
          const { type } = this.#peekNonSpace();
          if (type === 'variable' || type === 'rightDelim' || type === 'rightParen') continue;
          this.#fail('range can only initialize variables');
        }
        this.#fail(`too many declarations in ${context}`);
      }
      this.#next = back;
      break;
    }
    const commands: CommandNode[] = [];
    for (;;) {
      const token = this.#takeNonSpace();
      if (token.type === end) {
        this.#checkPipeline(commands, context);
        return { node: 'pipe', at, declared, assigns, commands };
      }
      if (!OPERANDS.includes(token.type)) this.#unexpected(token, context);
      this.#next -= 1;
      commands.push(this.#command());
    }
  }

  #checkPipeline(commands: readonly CommandNode[], context: string): void {
    if (commands.length === 0) this.#fail(`missing value for ${context}`);
    commands.forEach(({ args }, i) => {
      if (i > 0 && ['bool', 'dot', 'nil', 'number', 'string'].includes(args[0]!.node))
        this.#fail(`non executable command in pipeline stage ${i + 1}`);
    });
  }

  #command(): CommandNode {
    const { at } = this.#peekNonSpace();
    const args: Operand[] = [];
    for (;;) {
      this.#peekNonSpace();
      const operand = this.#operand();
      if (operand) args.push(operand);
      const token = this.#take();
      if (token.type === 'space') continue;
      if (token.type === 'rightDelim' || token.type === 'rightParen') this.#next -= 1;
      else if (token.type !== 'pipe') this.#unexpected(token, 'operand');
      break;
    }
    if (args.length === 0) this.#fail('empty command');
    return { node: 'command', at, args };
  }

  #operand(): Operand | undefined {
    const term = this.#term();
    if (!term || this.#peek().type !== 'field') return term;
    const { at } = this.#peek();
    const names: string[] = [];
    while (this.#peek().type === 'field') names.push(this.#take().text.slice(1));
    if (term.node === 'field' || term.node === 'variable') return { ...term, at, names: [...term.names, ...names] };
    if (
      term.node === 'bool' ||
      term.node === 'dot' ||
      term.node === 'nil' ||
      term.node === 'number' ||
      term.node === 'string'
    )
      this.#fail(`unexpected . after term ${goQuote(term.text)}`);
    return { node: 'chain', at, of: term, names };
  }

  #term(): Operand | undefined {
    const token = this.#takeNonSpace();
    const { type, text, at } = token;
    switch (type) {
      case 'identifier':
        if (!this.#functions.has(text)) this.#fail(`function ${goQuote(text)} not defined`, at);
        return { node: 'identifier', name: text, at };
      case 'dot':
        return { node: 'dot', text: '.', at };
      case 'nil':
        return { node: 'nil', text: 'nil', at };
      case 'variable':
        if (!this.#variables.includes(text)) this.#fail(`undefined variable ${goQuote(text)}`, at);
        return { node: 'variable', names: [text], at };
      case 'field':
        return { node: 'field', names: [text.slice(1)], at };
      case 'bool':
        return { node: 'bool', text, value: text === 'true', at };
      case 'characterConstant':
      case 'number':
        return this.#number(token);
      case 'leftParen': {
        return this.#pipeline('parenthesized pipeline', 'rightParen');
      }
      case 'string':
      case 'rawString':
        return { node: 'string', text, value: this.#unquote(token), at };
      case 'error':
        return this.#unexpected(token, 'operand');
      default:
        this.#next -= 1;
        return undefined;
    }
  }

  #number({ type, text, at }: Token): Operand {
    if (type === 'characterConstant') {
      const char = unquote(`"${text.slice(1, -1).replace(/^\\'$/, "'").replace(/^"$/, '\\"')}"`);
      if (char === undefined || [...char].length !== 1) this.#fail(`malformed character constant: ${text}`, at);
      return { node: 'number', text, value: char.codePointAt(0)!, float: false, at };
    }
    const digits = text.replaceAll('_', '');
    const octal = /^([+-]?)0(\d+)$/.exec(digits);
    const value = octal ? Number(`${octal[1]}1`) * Number(`0o${octal[2]}`) : signedNumber(digits);
    if (Number.isNaN(value) || !/\d/.test(digits)) this.#fail(`illegal number syntax: ${goQuote(text)}`, at);
    return { node: 'number', text, value, float: !/^[+-]?0[xX]/.test(text) && /[.eE]/.test(text), at };
  }
}

function signedNumber(text: string): number {
  return text.startsWith('-') ? -Number(text.slice(1)) : Number(text.replace(/^\+/, ''));
}
