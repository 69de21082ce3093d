import type { Expr, Stmt } from './ast.ts';
import type { Block, Compiler } from './compiler.ts';
import { PythonSyntaxError } from './lexer.ts';

type Of<K extends Stmt['kind']> = Extract<Stmt, { kind: K }>;

/** Compiles a statement. */
export function compileStatement(c: Compiler, node: Stmt): void {
  switch (node.kind) {
    case 'expr':
      c.expression(node.value);
      c.emit(c.interactive && c.kind === 'module' ? 'PRINT' : 'POP', undefined, node);
      return;
    case 'assign':
      c.expression(node.value);
      for (const [index, target] of node.targets.entries()) {
        if (index < node.targets.length - 1) c.emit('DUP', undefined, node);
        c.store(target);
      }
      return;
    case 'augmented':
      augmented(c, node);
      return;
    case 'annotated':
      annotated(c, node);
      return;
    case 'return':
      if (c.kind !== 'function') throw new PythonSyntaxError("'return' outside function", node.start, node.end);
      if (node.value) c.expression(node.value);
      else c.emit('CONST', null, node);
      leave(c, 0, node);
      c.emit('RETURN', undefined, node);
      return;
    case 'raise':
      if (!node.value) {
        c.emit('RERAISE', 'bare', node);
        return;
      }
      c.expression(node.value);
      if (node.cause) c.expression(node.cause);
      c.emit('RAISE', node.cause !== undefined, node);
      return;
    case 'pass':
      return;
    case 'break':
    case 'continue':
      jumpOut(c, node);
      return;
    case 'delete':
      for (const target of node.targets) remove(c, target);
      return;
    case 'global':
      for (const name of node.names) c.declareGlobal(name);
      return;
    case 'nonlocal':
      for (const name of node.names) c.declareNonlocal(name, node);
      return;
    case 'assert': {
      c.expression(node.test);
      const fine = c.emit('JUMP_TRUE', 0, node);
      c.emit('BUILTIN', 'AssertionError', node.test);
      if (node.message) c.expression(node.message);
      c.emit('CALL', { positional: node.message ? 1 : 0, names: [] }, node.test);
      c.emit('RAISE', false, node.test);
      c.land(fine);
      return;
    }
    case 'import':
      for (const [name, as] of node.names) {
        c.emit('IMPORT', { name, whole: as !== undefined }, node);
        c.emit('STORE', c.reference(as ?? name.split('.')[0]!), node);
      }
      return;
    case 'from':
      c.emit('IMPORT', { name: node.module, whole: true }, node);
      for (const [name, as] of node.names) {
        if (name === '*') c.emit('IMPORT_STAR', undefined, node);
        else {
          c.emit('IMPORT_FROM', name, node);
          c.emit('STORE', c.reference(as ?? name), node);
        }
      }
      c.emit('POP', undefined, node);
      return;
    case 'if': {
      c.expression(node.test);
      const no = c.emit('JUMP_FALSE', 0, node);
      body(c, node.body);
      if (node.orelse.length === 0) {
        c.land(no);
        return;
      }
      const end = c.emit('JUMP', 0, node);
      c.land(no);
      body(c, node.orelse);
      c.land(end);
      return;
    }
    case 'while':
      loop(c, node);
      return;
    case 'for':
      forLoop(c, node);
      return;
    case 'try':
      tryStatement(c, node);
      return;
    case 'with':
      withStatement(c, node, 0);
      return;
    case 'def':
      for (const decorator of node.decorators) c.expression(decorator);
      c.function(node.name, node.params, node.body, node);
      decorated(c, node.decorators, node);
      c.emit('STORE', c.reference(node.name), node);
      return;
    case 'class':
      for (const decorator of node.decorators) c.expression(decorator);
      c.class(node);
      decorated(c, node.decorators, node);
      c.emit('STORE', c.reference(node.name), node);
      return;
    case 'match':
      matchStatement(c, node);
      return;
  }
}

function body(c: Compiler, statements: readonly Stmt[]): void {
  for (const statement of statements) compileStatement(c, statement);
}

function decorated(c: Compiler, decorators: readonly Expr[], node: Stmt): void {
  for (const decorator of [...decorators].reverse()) c.emit('CALL', { positional: 1, names: [] }, decorator ?? node);
}

/** Runs what has to be run on the way out of the blocks above number `down`. */
function leave(c: Compiler, down: number, node: Stmt): void {
  const { blocks } = c;
  for (let at = blocks.length - 1; at >= down; at -= 1) {
    const block = blocks[at]!;
    if (block.kind === 'try') c.emit('POP_BLOCK', undefined, node);
    else if (block.kind === 'handler') c.emit('POP_HANDLED', undefined, node);
    else if (block.kind === 'with') {
      c.emit('POP_BLOCK', undefined, node);
      // A value to be returned lies above the context's exit.
      c.emit('WITH_LEAVE', node.kind === 'return', node);
    } else if (block.kind === 'finally') {
      c.emit('POP_BLOCK', undefined, node);
      c.blocks = blocks.slice(0, at);
      body(c, block.body);
      c.blocks = blocks;
    } else if (block.iterator && node.kind === 'return') c.emit('DROP_UNDER', undefined, node);
  }
}

function jumpOut(c: Compiler, node: Of<'pass' | 'break' | 'continue'>): void {
  const at = c.blocks.findLastIndex(({ kind }) => kind === 'loop');
  const found = c.blocks[at];
  if (found?.kind !== 'loop')
    throw new PythonSyntaxError(
      node.kind === 'break' ? "'break' outside loop" : "'continue' not properly in loop",
      node.start,
      node.end,
    );
  leave(c, at + 1, node);
  if (node.kind === 'continue') c.emit('JUMP', found.again, node);
  else {
    if (found.iterator) c.emit('POP', undefined, node);
    found.breaks.push(c.emit('JUMP', 0, node));
  }
}

function loop(c: Compiler, node: Of<'while'>): void {
  const again = c.here;
  c.expression(node.test);
  const end = c.emit('JUMP_FALSE', 0, node);
  const block: Block = { kind: 'loop', breaks: [], again, iterator: false };
  c.blocks.push(block);
  body(c, node.body);
  c.blocks.pop();
  c.emit('JUMP', again, node);
  c.land(end);
  body(c, node.orelse);
  c.land(...block.breaks);
}

function forLoop(c: Compiler, node: Of<'for'>): void {
  c.expression(node.iter);
  c.emit('ITER', undefined, node.iter);
  const again = c.here;
  const end = c.emit('NEXT', 0, node.iter);
  c.store(node.target);
  const block: Block = { kind: 'loop', breaks: [], again, iterator: true };
  c.blocks.push(block);
  body(c, node.body);
  c.blocks.pop();
  c.emit('JUMP', again, node);
  c.land(end);
  body(c, node.orelse);
  c.land(...block.breaks);
}

function tryStatement(c: Compiler, node: Of<'try'>): void {
  const finale = node.finale.length > 0 ? c.emit('TRY', 0, node) : undefined;
  if (finale !== undefined) c.blocks.push({ kind: 'finally', body: node.finale });
  if (node.handlers.length > 0) handled(c, node);
  else {
    body(c, node.body);
    body(c, node.orelse);
  }
  if (finale === undefined) return;
  c.blocks.pop();
  c.emit('POP_BLOCK', undefined, node);
  body(c, node.finale);
  const done = c.emit('JUMP', 0, node);
  c.land(finale);
  c.emit('PUSH_HANDLED', undefined, node);
  c.blocks.push({ kind: 'handler' });
  body(c, node.finale);
  c.blocks.pop();
  c.emit('RERAISE', 'finally', node);
  c.land(done);
}

function handled(c: Compiler, node: Of<'try'>): void {
  const start = c.emit('TRY', 0, node);
  c.blocks.push({ kind: 'try' });
  body(c, node.body);
  c.blocks.pop();
  c.emit('POP_BLOCK', undefined, node);
  body(c, node.orelse);
  const ends = [c.emit('JUMP', 0, node)];
  c.land(start);
  c.emit('PUSH_HANDLED', undefined, node);
  for (const { type, name, body: inner } of node.handlers) {
    let next: number | undefined;
    if (type) {
      c.emit('HANDLED', undefined, type);
      c.expression(type);
      c.emit('MATCHES', undefined, type);
      next = c.emit('JUMP_FALSE', 0, type);
    }
    if (name !== undefined) {
      c.emit('HANDLED', undefined, node);
      c.emit('STORE', c.reference(name), node);
    }
    c.blocks.push({ kind: 'handler' });
    body(c, inner);
    c.blocks.pop();
    if (name !== undefined) c.emit('FORGET', c.reference(name), node);
    c.emit('POP_HANDLED', undefined, node);
    ends.push(c.emit('JUMP', 0, node));
    if (next !== undefined) c.land(next);
  }
  c.emit('RERAISE', 'unhandled', node);
  c.land(...ends);
}

function withStatement(c: Compiler, node: Of<'with'>, at: number): void {
  const item = node.items[at];
  if (!item) {
    body(c, node.body);
    return;
  }
  c.expression(item.context);
  c.emit('WITH_ENTER', undefined, item.context);
  // A block begins below the value that was entered.
  const start = c.emit('TRY', 0, node);
  c.instructions[start]!.arg = 0;
  c.emit('BLOCK_BELOW', undefined, node);
  if (item.target) c.store(item.target);
  else c.emit('POP', undefined, node);
  c.blocks.push({ kind: 'with' });
  withStatement(c, node, at + 1);
  c.blocks.pop();
  c.emit('POP_BLOCK', undefined, node);
  c.emit('WITH_LEAVE', false, node);
  const done = c.emit('JUMP', 0, node);
  c.land(start);
  c.emit('PUSH_HANDLED', undefined, node);
  c.emit('WITH_FAIL', undefined, item.context);
  const suppressed = c.emit('JUMP_TRUE', 0, node);
  c.emit('RERAISE', 'with', node);
  c.land(suppressed);
  c.emit('POP_HANDLED', undefined, node);
  c.emit('POP', undefined, node);
  c.land(done);
}

function augmented(c: Compiler, node: Of<'augmented'>): void {
  const { target } = node;
  const anchor: readonly [number, number] = [target.end + 1, target.end + 2 + node.op.length];
  if (target.kind === 'attribute') {
    c.expression(target.value);
    c.emit('DUP', undefined, target);
    c.emit('ATTR', target.name, target);
    c.expression(node.value);
    c.emit('INPLACE', node.op, node, anchor);
    c.emit('SWAP', undefined, target);
    c.emit('SET_ATTR', target.name, target);
  } else if (target.kind === 'index') {
    c.expression(target.value);
    c.expression(target.index);
    c.emit('DUP_TWO', undefined, target);
    c.emit('INDEX', undefined, target, [target.value.end, target.end]);
    c.expression(node.value);
    c.emit('INPLACE', node.op, node, anchor);
    c.emit('ROTATE', undefined, target);
    c.emit('SET_INDEX', undefined, target, [target.value.end, target.end]);
  } else {
    c.expression(target);
    c.expression(node.value);
    c.emit('INPLACE', node.op, node, anchor);
    c.store(target);
  }
}

/** Annotations of a class are kept, because data classes are made of them. */
function annotated(c: Compiler, node: Of<'annotated'>): void {
  if (node.value) {
    c.expression(node.value);
    c.store(node.target);
  }
  if (c.kind === 'class' && node.target.kind === 'name') c.emit('ANNOTATE', node.target.id, node);
}

function remove(c: Compiler, target: Expr): void {
  if (target.kind === 'name') c.emit('DELETE', c.reference(target.id), target);
  else if (target.kind === 'attribute') {
    c.expression(target.value);
    c.emit('DELETE_ATTR', target.name, target);
  } else if (target.kind === 'index') {
    c.expression(target.value);
    c.expression(target.index);
    c.emit('DELETE_INDEX', undefined, target, [target.value.end, target.end]);
  } else throw new PythonSyntaxError('cannot delete expression', target.start, target.end);
}

function matchStatement(c: Compiler, node: Of<'match'>): void {
  const ends: number[] = [];
  c.expression(node.subject);
  for (const { pattern, guard, body: inner } of node.cases) {
    const fails: number[] = [];
    patternTest(c, pattern, fails);
    if (guard) {
      c.expression(guard);
      fails.push(c.emit('JUMP_FALSE', 0, guard));
    }
    c.emit('POP', undefined, node);
    body(c, inner);
    ends.push(c.emit('JUMP', 0, node));
    c.land(...fails);
  }
  c.emit('POP', undefined, node);
  c.land(...ends);
}

/** Tests the subject on the stack against a pattern; the subject stays. */
function patternTest(c: Compiler, pattern: Expr, fails: number[]): void {
  if (pattern.kind === 'name') {
    if (pattern.id === '_') return;
    c.emit('DUP', undefined, pattern);
    c.store(pattern);
  } else if (pattern.kind === 'binary' && pattern.op === '|') {
    c.emit('DUP', undefined, pattern);
    alternatives(pattern).forEach((option, index) => {
      if (index > 0) c.emit('DUP_UNDER_TOP', undefined, option);
      else c.emit('DUP', undefined, option);
      c.expression(option);
      c.emit('COMPARE', '==', option);
      if (index > 0) c.emit('BINARY', '|', option);
    });
    c.emit('DROP_UNDER', undefined, pattern);
    fails.push(c.emit('JUMP_FALSE', 0, pattern));
  } else if (pattern.kind === 'constant' || pattern.kind === 'attribute' || pattern.kind === 'unary') {
    c.emit('DUP', undefined, pattern);
    c.expression(pattern);
    c.emit(
      'COMPARE',
      pattern.kind === 'constant' &&
        typeof pattern.value !== 'bigint' &&
        typeof pattern.value !== 'string' &&
        typeof pattern.value !== 'number'
        ? 'is'
        : '==',
      pattern,
    );
    fails.push(c.emit('JUMP_FALSE', 0, pattern));
  } else throw new PythonSyntaxError('not modelled in Stapellauf: this pattern', pattern.start, pattern.end);
}

function alternatives(pattern: Expr): Expr[] {
  return pattern.kind === 'binary' && pattern.op === '|'
    ? [...alternatives(pattern.left), ...alternatives(pattern.right)]
    : [pattern];
}
