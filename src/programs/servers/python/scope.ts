import type { Expr, Stmt } from './ast.ts';

/** Names that a function's body makes its own by storing in them. */
export function assignedNames(body: readonly Stmt[]): Set<string> {
  const names = new Set<string>();
  for (const statement of body) visit(statement, names);
  return names;
}

function target(node: Expr, names: Set<string>): void {
  if (node.kind === 'name') names.add(node.id);
  else if (node.kind === 'tuple' || node.kind === 'list') for (const item of node.items) target(item, names);
  else if (node.kind === 'starred') target(node.value, names);
}

/** `:=` anywhere in an expression stores, too. */
function walrus(node: unknown, names: Set<string>): void {
  if (Array.isArray(node)) for (const item of node) walrus(item, names);
  else if (typeof node === 'object' && node !== null) {
    const { kind } = node as { kind?: string };
    if (kind === 'lambda') return;
    if (kind === 'walrus') target((node as unknown as { target: Expr }).target, names);
    for (const value of Object.values(node)) walrus(value, names);
  }
}

function visit(node: Stmt, names: Set<string>): void {
  const block = (body: readonly Stmt[]) => {
    for (const statement of body) visit(statement, names);
  };
  switch (node.kind) {
    case 'assign':
      for (const item of node.targets) target(item, names);
      walrus(node.value, names);
      break;
    case 'augmented':
    case 'annotated':
      target(node.target, names);
      break;
    case 'delete':
      for (const item of node.targets) target(item, names);
      break;
    case 'import':
      for (const [name, as] of node.names) names.add(as ?? name.split('.')[0]!);
      break;
    case 'from':
      for (const [name, as] of node.names) if (name !== '*') names.add(as ?? name);
      break;
    case 'def':
    case 'class':
      names.add(node.name);
      break;
    case 'for':
      target(node.target, names);
      block(node.body);
      block(node.orelse);
      break;
    case 'if':
    case 'while':
      walrus(node.test, names);
      block(node.body);
      block(node.orelse);
      break;
    case 'with':
      for (const item of node.items) if (item.target) target(item.target, names);
      block(node.body);
      break;
    case 'try':
      for (const { name, body } of node.handlers) {
        if (name !== undefined) names.add(name);
        block(body);
      }
      block(node.body);
      block(node.orelse);
      block(node.finale);
      break;
    case 'match':
      for (const { pattern, body } of node.cases) {
        captures(pattern, names);
        block(body);
      }
      break;
    case 'expr':
    case 'return':
      walrus(node.value, names);
      break;
  }
}

/** Names that a pattern of `case` binds. */
export function captures(pattern: Expr, names: Set<string>): void {
  if (pattern.kind === 'name' && pattern.id !== '_') names.add(pattern.id);
  else if (pattern.kind === 'tuple' || pattern.kind === 'list') for (const item of pattern.items) captures(item, names);
  else if (pattern.kind === 'starred') captures(pattern.value, names);
  else if (pattern.kind === 'call') for (const { value } of pattern.args) captures(value, names);
  else if (pattern.kind === 'dict') for (const [, value] of pattern.pairs) captures(value, names);
}
