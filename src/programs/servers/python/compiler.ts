import type { Argument, Comprehension, Expr, FormattedValue, Parameters, Stmt } from './ast.ts';
import type { Code, Instruction, NameRef } from './code.ts';
import { PythonSyntaxError } from './lexer.ts';
import { parseProgram } from './parser.ts';
import { assignedNames } from './scope.ts';
import { compileStatement } from './statements.ts';

/** What `break`, `continue` and `return` have to leave on their way out. */
export type Block =
  | { readonly kind: 'loop'; readonly breaks: number[]; readonly again: number; readonly iterator: boolean }
  | { readonly kind: 'try' }
  | { readonly kind: 'handler'; readonly name?: string }
  | { readonly kind: 'finally'; readonly body: readonly Stmt[] }
  | { readonly kind: 'with' };

/** Turns a program into code: the module first, then what it defines. Throws {@link PythonSyntaxError}. */
export function compileProgram(source: string, interactive = false): Code[] {
  const codes: Code[] = [];
  const body = parseProgram(source);
  const module = new Compiler(codes, undefined, 'module', '<module>', '<module>', new Set());
  codes[module.index] = module.finish(body, undefined, interactive);
  return codes;
}

/** Compiles one module, function or class body. */
export class Compiler {
  readonly codes: Code[];
  readonly index: number;
  readonly kind: Code['kind'];
  readonly instructions: Instruction[] = [];
  readonly outer: Compiler | undefined;
  readonly qualifiedName: string;
  blocks: Block[] = [];
  interactive = false;
  #isGenerator = false;
  #comprehensions = 0;
  readonly #name: string;
  readonly #locals: Set<string>;
  readonly #globals = new Set<string>();
  readonly #renamed: Map<string, string>[] = [];

  constructor(
    codes: Code[],
    outer: Compiler | undefined,
    kind: Code['kind'],
    name: string,
    qualifiedName: string,
    locals: Set<string>,
  ) {
    this.codes = codes;
    this.outer = outer;
    this.kind = kind;
    this.#name = name;
    this.qualifiedName = qualifiedName;
    this.#locals = locals;
    this.index = codes.length;
    codes.push(undefined as unknown as Code);
  }

  finish(body: readonly Stmt[] | Expr, params?: Parameters, interactive = false): Code {
    this.interactive = interactive;
    const place = Array.isArray(body) ? (body.at(-1) ?? { start: 0, end: 0 }) : (body as Expr);
    let doc: string | null = null;
    if (Array.isArray(body)) {
      const [first] = body as Stmt[];
      if (first?.kind === 'expr' && first.value.kind === 'constant' && typeof first.value.value === 'string')
        doc = first.value.value;
      for (const statement of body as Stmt[]) compileStatement(this, statement);
      this.emit('CONST', null, place);
    } else this.expression(body as Expr);
    this.emit('RETURN', undefined, place);
    return {
      name: this.#name,
      qualifiedName: this.qualifiedName,
      kind: this.kind,
      instructions: this.instructions,
      parameters: {
        positional: params?.positional.map(({ name }) => name) ?? [],
        positionalOnly: params?.positionalOnly ?? 0,
        keywordOnly: params?.keywordOnly.map(({ name }) => name) ?? [],
        ...(params?.rest === undefined ? {} : { rest: params.rest }),
        ...(params?.keywords === undefined ? {} : { keywords: params.keywords }),
      },
      locals: this.#locals,
      isGenerator: this.#isGenerator,
      doc,
    };
  }

  /** Adds an instruction and tells its number. */
  emit(op: string, arg: unknown, at: { start: number; end: number }, anchor?: readonly [number, number]): number {
    const { start, end } = at;
    this.instructions.push({ op, arg, start, end, ...(anchor ? { anchor } : {}) });
    return this.instructions.length - 1;
  }

  get here(): number {
    return this.instructions.length;
  }

  /** Lets a jump lead to the next instruction. */
  land(...jumps: readonly number[]): void {
    for (const jump of jumps) this.instructions[jump]!.arg = this.here;
  }

  declareGlobal(name: string): void {
    this.#globals.add(name);
    this.#locals.delete(name);
  }

  declareNonlocal(name: string, at: { start: number; end: number }): void {
    this.#locals.delete(name);
    const outer = this.outer ? this.outer.#place(name) : 'elsewhere';
    if (outer !== 'here') throw new PythonSyntaxError(`no binding for nonlocal '${name}' found`, at.start, at.end);
  }

  /** Whether a name is found in the functions here or around. */
  #place(name: string): 'here' | 'elsewhere' {
    if (this.kind === 'function' && this.#locals.has(name)) return 'here';
    if (this.#renamed.some((map) => map.has(name)) && this.kind === 'function') return 'here';
    return this.outer ? this.outer.#place(name) : 'elsewhere';
  }

  /** The name under which variables of comprehensions are kept, which don't leave them. */
  #inner(name: string): string {
    for (const map of [...this.#renamed].reverse()) {
      const found = map.get(name);
      if (found !== undefined) return found;
    }
    return name;
  }

  reference(name: string): NameRef {
    const own = this.#inner(name);
    if (own !== name) return { name: own, place: this.kind === 'function' ? 'local' : 'name' };
    if (this.kind === 'function' && this.#locals.has(name)) return { name, place: 'local' };
    if (this.#globals.has(name)) return { name, place: 'global' };
    if (this.kind === 'class') return { name, place: 'name' };
    for (let outer = this.outer; outer; outer = outer.outer) {
      const renamed = outer.#inner(name);
      if (renamed !== name) return { name: renamed, place: outer.kind === 'module' ? 'global' : 'free' };
      if (outer.kind === 'function' && outer.#locals.has(name)) return { name, place: 'free' };
    }
    return { name, place: this.kind === 'module' ? 'name' : 'global' };
  }

  expression(node: Expr): void {
    switch (node.kind) {
      case 'constant':
        this.emit('CONST', node.value, node);
        return;
      case 'bytes':
        this.emit('BYTES', node.value, node);
        return;
      case 'ellipsis':
        this.emit('SINGLETON', 'Ellipsis', node);
        return;
      case 'joined':
        this.#joined(node.parts, node);
        return;
      case 'name':
        this.emit('LOAD', this.reference(node.id), node);
        return;
      case 'list':
      case 'tuple':
      case 'set':
        this.#display(node.kind, node.items, node);
        return;
      case 'dict':
        this.emit('BUILD_DICT', undefined, node);
        for (const [key, value] of node.pairs) {
          if (key) this.expression(key);
          this.expression(value);
          this.emit(key ? 'DICT_PUT' : 'DICT_UPDATE', undefined, node);
        }
        return;
      case 'starred':
        throw new PythonSyntaxError("can't use starred expression here", node.start, node.end);
      case 'attribute':
        this.expression(node.value);
        this.emit('ATTR', node.name, node);
        return;
      case 'index':
        this.expression(node.value);
        this.expression(node.index);
        this.emit('INDEX', undefined, node, [node.value.end, node.end]);
        return;
      case 'slice':
        for (const part of [node.from, node.to, node.step])
          if (part) this.expression(part);
          else this.emit('CONST', null, node);
        this.emit('BUILD_SLICE', undefined, node);
        return;
      case 'call':
        this.expression(node.func);
        this.call(node.args, node, [node.open, node.end]);
        return;
      case 'binary':
        this.expression(node.left);
        this.expression(node.right);
        this.emit('BINARY', node.op, node, [node.opAt, node.opAt + node.op.length]);
        return;
      case 'unary':
        this.expression(node.value);
        this.emit('UNARY', node.op, node);
        return;
      case 'compare':
        this.#compare(node);
        return;
      case 'and':
      case 'or': {
        const jumps: number[] = [];
        for (const [index, item] of node.items.entries()) {
          this.expression(item);
          if (index < node.items.length - 1)
            jumps.push(this.emit(node.kind === 'and' ? 'JUMP_FALSE_KEEP' : 'JUMP_TRUE_KEEP', 0, node));
        }
        this.land(...jumps);
        return;
      }
      case 'conditional': {
        this.expression(node.test);
        const no = this.emit('JUMP_FALSE', 0, node);
        this.expression(node.yes);
        const end = this.emit('JUMP', 0, node);
        this.land(no);
        this.expression(node.no);
        this.land(end);
        return;
      }
      case 'lambda':
        this.function('<lambda>', node.params, node.body, node);
        return;
      case 'walrus':
        this.expression(node.value);
        this.emit('DUP', undefined, node);
        this.store(node.target);
        return;
      case 'comprehension':
        this.#comprehension(node);
        return;
      case 'yield':
        this.#isGenerator = true;
        if (this.kind !== 'function') throw new PythonSyntaxError("'yield' outside function", node.start, node.end);
        if (node.value) this.expression(node.value);
        else this.emit('CONST', null, node);
        if (!node.from) {
          this.emit('YIELD', undefined, node);
          return;
        }
        this.emit('ITER', undefined, node);
        this.emit('YIELD_FROM', undefined, node);
        return;
    }
  }

  #compare(node: Extract<Expr, { kind: 'compare' }>): void {
    this.expression(node.left);
    const jumps: number[] = [];
    let left = node.left;
    for (const [index, [op, right]] of node.rest.entries()) {
      const at = { start: left.start, end: right.end };
      this.expression(right);
      if (index === node.rest.length - 1) this.emit('COMPARE', op, at);
      else {
        this.emit('DUP_UNDER', undefined, at);
        this.emit('COMPARE', op, at);
        jumps.push(this.emit('JUMP_FALSE_KEEP', 0, node));
      }
      left = right;
    }
    if (jumps.length === 0) return;
    const end = this.emit('JUMP', 0, node);
    this.land(...jumps);
    this.emit('DROP_UNDER', undefined, node);
    this.land(end);
  }

  #display(kind: 'list' | 'tuple' | 'set', items: readonly Expr[], node: Expr): void {
    if (!items.some((item) => item.kind === 'starred')) {
      for (const item of items) this.expression(item);
      this.emit('BUILD', { kind, count: items.length }, node);
      return;
    }
    this.emit('BUILD', { kind: 'list', count: 0 }, node);
    for (const item of items) {
      this.expression(item.kind === 'starred' ? item.value : item);
      this.emit(item.kind === 'starred' ? 'EXTEND' : 'APPEND', 1, item);
    }
    if (kind !== 'list') this.emit('CONVERT', kind, node);
  }

  #joined(parts: readonly (string | FormattedValue)[], node: { start: number; end: number }): void {
    let count = 0;
    for (const part of parts) {
      if (typeof part === 'string') this.emit('CONST', part, node);
      else {
        if (part.label !== '') {
          this.emit('CONST', part.label, node);
          count += 1;
        }
        this.expression(part.value);
        this.#joined(part.spec, part);
        this.emit('FORMAT', part.conversion, part.value);
      }
      count += 1;
    }
    this.emit('JOIN', count, node);
  }

  call(args: readonly Argument[], node: { start: number; end: number }, anchor?: readonly [number, number]): void {
    if (args.some(({ name }) => name === '*' || name === '**')) {
      this.emit('BUILD', { kind: 'list', count: 0 }, node);
      for (const { value, name } of args) {
        if (name !== undefined && name !== '*') continue;
        this.expression(value);
        this.emit(name === '*' ? 'EXTEND' : 'APPEND', 1, node);
      }
      this.emit('BUILD_DICT', undefined, node);
      for (const { value, name } of args) {
        if (name === undefined || name === '*') continue;
        if (name !== '**') this.emit('CONST', name, node);
        this.expression(value);
        this.emit(name === '**' ? 'DICT_UPDATE' : 'DICT_PUT', undefined, node);
      }
      this.emit('CALL_EX', undefined, node, anchor);
      return;
    }
    for (const { value } of args) this.expression(value);
    const names = args.flatMap(({ name }) => (name === undefined ? [] : [name]));
    this.emit('CALL', { positional: args.length - names.length, names }, node, anchor);
  }

  /** Stores what lies on the stack. */
  store(target: Expr): void {
    switch (target.kind) {
      case 'name':
        this.emit('STORE', this.reference(target.id), target);
        return;
      case 'attribute':
        this.expression(target.value);
        this.emit('SET_ATTR', target.name, target);
        return;
      case 'index':
        this.expression(target.value);
        this.expression(target.index);
        this.emit('SET_INDEX', undefined, target, [target.value.end, target.end]);
        return;
      case 'tuple':
      case 'list': {
        const star = target.items.findIndex(({ kind }) => kind === 'starred');
        this.emit('UNPACK', { count: target.items.length, star }, target);
        for (const item of target.items) this.store(item.kind === 'starred' ? item.value : item);
        return;
      }
      default:
        throw new PythonSyntaxError('cannot assign to expression', target.start, target.end);
    }
  }

  /** Leaves a new function on the stack. */
  function(name: string, params: Parameters, body: readonly Stmt[] | Expr, node: { start: number; end: number }): void {
    const named = [...params.positional, ...params.keywordOnly].map((entry) => entry.name);
    const locals = new Set([...named, ...(Array.isArray(body) ? assignedNames(body as Stmt[]) : [])]);
    for (const extra of [params.rest, params.keywords]) if (extra !== undefined) locals.add(extra);
    const prefix = this.kind === 'module' ? '' : `${this.qualifiedName}${this.kind === 'function' ? '.<locals>' : ''}.`;
    const inner = new Compiler(this.codes, this, 'function', name, prefix + name, locals);
    this.codes[inner.index] = inner.finish(body, params);
    const defaults = params.positional.filter(({ fallback }) => fallback);
    for (const { fallback } of defaults) this.expression(fallback!);
    const keywordDefaults = params.keywordOnly.filter(({ fallback }) => fallback);
    for (const { fallback } of keywordDefaults) this.expression(fallback!);
    this.emit(
      'FUNCTION',
      { code: inner.index, defaults: defaults.length, keywordDefaults: keywordDefaults.map((entry) => entry.name) },
      node,
    );
  }

  /** Leaves a new class on the stack. */
  class(node: Extract<Stmt, { kind: 'class' }>): void {
    const prefix = this.kind === 'module' ? '' : `${this.qualifiedName}${this.kind === 'function' ? '.<locals>' : ''}.`;
    const inner = new Compiler(this.codes, this, 'class', node.name, prefix + node.name, new Set());
    this.codes[inner.index] = inner.finish(node.body);
    for (const { value } of node.bases) this.expression(value);
    const names = node.bases.flatMap(({ name }) => (name === undefined ? [] : [name]));
    this.emit('CLASS', { code: inner.index, name: node.name, bases: node.bases.length - names.length, names }, node);
  }

  #comprehension(node: Extract<Expr, { kind: 'comprehension' }>): void {
    if (node.of === 'generator') {
      this.#generator(node);
      return;
    }
    if (node.of === 'dict') this.emit('BUILD_DICT', undefined, node);
    else this.emit('BUILD', { kind: node.of, count: 0 }, node);
    const [first] = node.loops;
    this.expression(first!.iter);
    this.#comprehensions += 1;
    const names = node.loops.flatMap(({ target }) => targetNames(target));
    const renamed = new Map(names.map((name) => [name, `${name}.${this.#comprehensions}`]));
    if (this.kind === 'function') for (const name of renamed.values()) this.#locals.add(name);
    this.#renamed.push(renamed);
    this.loops(node.loops, 0, node, (depth) => {
      if (node.key) this.expression(node.key);
      this.expression(node.value);
      if (node.of === 'dict') this.emit('MAP_ADD', depth, node);
      else this.emit(node.of === 'set' ? 'SET_ADD' : 'APPEND', depth, node);
    });
    this.#renamed.pop();
  }

  /** The loops of a comprehension; the outermost iterable lies on the stack already. */
  loops(
    loops: readonly Comprehension[],
    at: number,
    node: { start: number; end: number },
    innermost: (depth: number) => void,
  ): void {
    const { target, iter, conditions } = loops[at]!;
    if (at > 0) this.expression(iter);
    this.emit('ITER', undefined, iter);
    const again = this.here;
    const end = this.emit('NEXT', 0, node);
    this.store(target);
    for (const condition of conditions) {
      this.expression(condition);
      this.emit('JUMP_FALSE', again, node);
    }
    if (at + 1 < loops.length) this.loops(loops, at + 1, node, innermost);
    else innermost(loops.length + 1);
    this.emit('JUMP', again, node);
    this.land(end);
  }

  #generator(node: Extract<Expr, { kind: 'comprehension' }>): void {
    const names = node.loops.flatMap(({ target }) => targetNames(target));
    const prefix = this.kind === 'module' ? '' : `${this.qualifiedName}${this.kind === 'function' ? '.<locals>' : ''}.`;
    const inner = new Compiler(
      this.codes,
      this,
      'function',
      '<genexpr>',
      `${prefix}<genexpr>`,
      new Set([...names, '.0']),
    );
    inner.#isGenerator = true;
    inner.emit('LOAD', { name: '.0', place: 'local' }, node);
    inner.loops(node.loops, 0, node, () => {
      inner.expression(node.value);
      inner.emit('YIELD', undefined, node);
      inner.emit('POP', undefined, node);
    });
    const params: Parameters = { positional: [{ name: '.0' }], positionalOnly: 0, keywordOnly: [] };
    this.codes[inner.index] = inner.finish([], params);
    this.emit('FUNCTION', { code: inner.index, defaults: 0, keywordDefaults: [] }, node);
    this.expression(node.loops[0]!.iter);
    this.emit('ITER', undefined, node.loops[0]!.iter);
    this.emit('CALL', { positional: 1, names: [] }, node);
  }
}

function targetNames(target: Expr): string[] {
  if (target.kind === 'name') return [target.id];
  if (target.kind === 'tuple' || target.kind === 'list') return target.items.flatMap(targetNames);
  return target.kind === 'starred' ? targetNames(target.value) : [];
}
