/** A value of SQL. */
export type Value = null | boolean | number | string;

export type Expr =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'star' }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[]; readonly distinct: boolean }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'unary'; readonly op: string; readonly value: Expr }
  | { readonly kind: 'in'; readonly value: Expr; readonly items: readonly Expr[]; readonly not: boolean }
  | { readonly kind: 'cast'; readonly value: Expr; readonly type: string };

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly notNull?: boolean;
  readonly primary?: boolean;
  readonly unique?: boolean;
  readonly serial?: boolean;
  readonly fallback?: Expr;
}

export interface Select {
  readonly kind: 'select';
  readonly items: readonly { readonly expr: Expr; readonly name: string | undefined }[];
  readonly from: readonly { readonly table: string; readonly alias: string; readonly on?: Expr }[];
  readonly where?: Expr;
  readonly groupBy: readonly Expr[];
  readonly orderBy: readonly { readonly expr: Expr; readonly descending: boolean }[];
  readonly limit?: number;
  readonly offset?: number;
  readonly distinct: boolean;
}

export type Statement =
  | Select
  | {
      readonly kind: 'create table';
      readonly name: string;
      readonly columns: readonly Column[];
      readonly ifNotExists: boolean;
      readonly as?: Select;
    }
  | { readonly kind: 'drop table'; readonly names: readonly string[]; readonly ifExists: boolean }
  | {
      readonly kind: 'insert';
      readonly table: string;
      readonly columns: readonly string[] | undefined;
      readonly rows: readonly (readonly Expr[])[] | Select;
      readonly returning?: Select['items'];
      readonly ignoreConflicts: boolean;
    }
  | {
      readonly kind: 'update';
      readonly table: string;
      readonly set: readonly (readonly [string, Expr])[];
      readonly where?: Expr;
    }
  | { readonly kind: 'delete'; readonly table: string; readonly where?: Expr }
  | { readonly kind: 'truncate'; readonly table: string }
  | { readonly kind: 'database'; readonly name: string; readonly drop: boolean; readonly ifExists: boolean }
  | {
      readonly kind: 'role';
      readonly name: string;
      readonly password?: string;
      readonly tag: string;
      readonly drop: boolean;
    }
  | { readonly kind: 'show'; readonly name: string }
  /** Understood, and without effect in the model. */
  | { readonly kind: 'nothing'; readonly tag: string };

/** A statement that is refused, as the server says it. */
export class SqlError extends Error {}

const TOKEN =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"[^"]+"|\$\$[\s\S]*?\$\$|[a-zA-Z_][\w$]*|\d+(?:\.\d+)?|::|<>|!=|<=|>=|\|\||[-+*/%=<>(),;.[\]]|./gy;
/** Tokens of statements, spaces and comments left out. */
export function tokenize(text: string): string[] {
  return [...text.matchAll(TOKEN)].map(([token]) => token).filter((token) => !/^(\s|--|\/\*)/.test(token));
}

/** Splits a text at semicolons outside of quotes. */
export function statements(text: string): string[] {
  const parts: string[] = [];
  let current = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === ';') {
      parts.push(current);
      current = '';
    } else if (!/^--/.test(token)) current += token;
  }
  parts.push(current);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

const BINARY: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['=', '<>', '!=', '<', '>', '<=', '>=', 'like', 'ilike', 'is'],
  ['||'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Reads one statement. Throws {@link SqlError}. */
export function parse(text: string): Statement {
  const parser = new Parser(tokenize(text));
  return parser.statement();
}

class Parser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  #peek(offset = 0): string {
    return (this.#tokens[this.#at + offset] ?? '').toLowerCase();
  }

  #accept(...words: string[]): boolean {
    if (!words.every((word, offset) => this.#peek(offset) === word)) return false;
    this.#at += words.length;
    return true;
  }

  #expect(...words: string[]): void {
    if (!this.#accept(...words)) this.#fail();
  }

  #fail(): never {
    const token = this.#tokens[this.#at];
    throw new SqlError(token === undefined ? 'syntax error at end of input' : `syntax error at or near "${token}"`);
  }

  #name(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined || !/^[a-zA-Z_"]/.test(token)) this.#fail();
    this.#at += 1;
    const name = token.startsWith('"') ? token.slice(1, -1) : token.toLowerCase();
    if (
      this.#peek() === '.' &&
      !token.startsWith('"') &&
      (name === 'public' || name === 'pg_catalog' || name === 'information_schema')
    ) {
      this.#at += 1;
      return name === 'public' ? this.#name() : `${name}.${this.#name()}`;
    }
    return name;
  }

  statement(): Statement {
    const [first = '', second] = [this.#peek(), this.#peek(1)];
    switch (first) {
      case 'select':
        return this.#end(this.#select());
      case 'create':
        return this.#create();
      case 'drop':
        return this.#drop();
      case 'insert':
        return this.#insert();
      case 'update':
        return this.#update();
      case 'delete': {
        this.#expect('delete', 'from');
        const table = this.#name();
        return this.#end({ kind: 'delete', table, ...this.#where() });
      }
      case 'truncate':
        this.#expect('truncate');
        this.#accept('table');
        return { kind: 'truncate', table: this.#name() };
      case 'show':
        return { kind: 'show', name: this.#tokens.slice(1).join('') };
      case 'alter':
        return this.#alter();
      case 'begin':
      case 'commit':
      case 'rollback':
      case 'vacuum':
      case 'analyze':
      case 'set':
      case 'grant':
      case 'revoke':
      case 'checkpoint':
      case 'comment':
        return { kind: 'nothing', tag: first.toUpperCase() };
      case 'start':
        return { kind: 'nothing', tag: 'START TRANSACTION' };
    }
    void second;
    return this.#fail();
  }

  #end<T>(made: T): T {
    this.#accept(';');
    if (this.#at < this.#tokens.length) this.#fail();
    return made;
  }

  #where(): { where?: Expr } {
    return this.#accept('where') ? { where: this.expression() } : {};
  }

  #items(): Select['items'] {
    const items: { expr: Expr; name: string | undefined }[] = [];
    do {
      if (this.#accept('*')) items.push({ expr: { kind: 'star' }, name: undefined });
      else {
        const expr = this.expression();
        const named = this.#accept('as') || (/^[a-z_"]/.test(this.#peek()) && !STOPS.has(this.#peek()));
        items.push({ expr, name: named ? this.#name() : undefined });
      }
    } while (this.#accept(','));
    return items;
  }

  #select(): Select {
    this.#expect('select');
    const distinct = this.#accept('distinct');
    const items = this.#peek() === 'from' ? [] : this.#items();
    const from: { table: string; alias: string; on?: Expr }[] = [];
    if (this.#accept('from')) {
      const source = () => {
        const table = this.#name();
        if (this.#peek() === '(') {
          this.#at += 1;
          const args: string[] = [];
          while (!this.#accept(')')) {
            args.push(this.#peek());
            this.#at += 1;
          }
          const alias =
            this.#accept('as') || (/^[a-z_]/.test(this.#peek()) && !STOPS.has(this.#peek())) ? this.#name() : table;
          return { table: `${table}(${args.join('')})`, alias };
        }
        const alias =
          this.#accept('as') || (/^[a-z_"]/.test(this.#peek()) && !STOPS.has(this.#peek())) ? this.#name() : table;
        return { table, alias };
      };
      from.push(source());
      for (;;) {
        if (this.#accept(',') || this.#accept('cross', 'join')) from.push(source());
        else if (this.#accept('join') || this.#accept('inner', 'join')) {
          const joined = source();
          this.#expect('on');
          from.push({ ...joined, on: this.expression() });
        } else break;
      }
    }
    const where = this.#where();
    const groupBy: Expr[] = [];
    if (this.#accept('group', 'by'))
      do groupBy.push(this.expression());
      while (this.#accept(','));
    const orderBy: { expr: Expr; descending: boolean }[] = [];
    if (this.#accept('order', 'by'))
      do {
        const expr = this.expression();
        const descending = this.#accept('desc');
        if (!descending) this.#accept('asc');
        orderBy.push({ expr, descending });
      } while (this.#accept(','));
    const limit = this.#accept('limit') ? Number(this.#tokens[this.#at++]) : undefined;
    const offset = this.#accept('offset') ? Number(this.#tokens[this.#at++]) : undefined;
    return {
      kind: 'select',
      items,
      from,
      ...where,
      groupBy,
      orderBy,
      distinct,
      ...(limit === undefined ? {} : { limit }),
      ...(offset === undefined ? {} : { offset }),
    };
  }

  #create(): Statement {
    this.#expect('create');
    this.#accept('or', 'replace');
    for (const word of ['temp', 'temporary', 'unlogged', 'unique']) this.#accept(word);
    if (this.#accept('database')) return { kind: 'database', name: this.#name(), drop: false, ifExists: false };
    if (this.#peek() === 'user' || this.#peek() === 'role') return this.#role('CREATE ROLE');
    if (!this.#accept('table')) {
      const what = this.#peek().toUpperCase();
      if (['INDEX', 'EXTENSION', 'SCHEMA', 'VIEW', 'FUNCTION', 'SEQUENCE', 'TYPE'].includes(what))
        return { kind: 'nothing', tag: `CREATE ${what}` };
      this.#fail();
    }
    const ifNotExists = this.#accept('if', 'not', 'exists');
    const name = this.#name();
    if (this.#accept('as'))
      return this.#end({ kind: 'create table', name, columns: [], ifNotExists, as: this.#select() });
    this.#expect('(');
    const columns: Column[] = [];
    do {
      if (['primary', 'unique', 'foreign', 'constraint', 'check'].includes(this.#peek())) this.#skipConstraint();
      else columns.push(this.#column());
    } while (this.#accept(','));
    this.#expect(')');
    return this.#end({ kind: 'create table', name, columns, ifNotExists });
  }

  #skipConstraint(): void {
    for (let depth = 0; this.#at < this.#tokens.length; this.#at += 1) {
      if (this.#peek() === '(') depth += 1;
      if (this.#peek() === ')' && depth > 0) depth -= 1;
      else if (depth === 0 && (this.#peek() === ',' || this.#peek() === ')')) return;
    }
  }

  #type(): string {
    let type = this.#name();
    if (this.#accept('precision')) type += ' precision';
    if (this.#accept('varying')) type = 'character varying';
    if (this.#accept('(')) {
      const args: string[] = [];
      while (!this.#accept(')')) {
        args.push(this.#peek());
        this.#at += 1;
      }
      type += `(${args.join('')})`;
    }
    if (this.#accept('with', 'time', 'zone')) type += ' with time zone';
    if (this.#accept('without', 'time', 'zone')) type += ' without time zone';
    if (this.#accept('[', ']')) type += '[]';
    return canonical(type);
  }

  #column(): Column {
    const name = this.#name();
    const type = this.#type();
    let column: Column = SERIALS[type] ? { name, type: SERIALS[type], serial: true, notNull: true } : { name, type };
    for (;;) {
      if (this.#accept('primary', 'key')) column = { ...column, primary: true, notNull: true, unique: true };
      else if (this.#accept('not', 'null')) column = { ...column, notNull: true };
      else if (this.#accept('null')) continue;
      else if (this.#accept('unique')) column = { ...column, unique: true };
      else if (this.#accept('default')) column = { ...column, fallback: this.#binary(3) };
      else if (this.#accept('generated')) {
        while (this.#peek() !== ',' && this.#peek() !== ')' && this.#peek() !== 'primary') this.#at += 1;
        column = { ...column, serial: true, notNull: true };
      } else if (['references', 'check', 'constraint'].includes(this.#peek())) this.#skipConstraint();
      else return column;
    }
  }

  #role(tag: string): Statement {
    this.#at += 1;
    const name = this.#name();
    const at = this.#tokens.findIndex((token) => token.toLowerCase() === 'password');
    const password = at >= 0 ? this.#tokens[at + 1]?.slice(1, -1) : undefined;
    return { kind: 'role', name, tag, drop: false, ...(password === undefined ? {} : { password }) };
  }

  #drop(): Statement {
    this.#expect('drop');
    const what = this.#peek();
    this.#at += 1;
    const ifExists = this.#accept('if', 'exists');
    if (what === 'table') {
      const names = [this.#name()];
      while (this.#accept(',')) names.push(this.#name());
      return { kind: 'drop table', names, ifExists };
    }
    if (what === 'database') return { kind: 'database', name: this.#name(), drop: true, ifExists };
    if (what === 'user' || what === 'role') return { kind: 'role', name: this.#name(), tag: 'DROP ROLE', drop: true };
    return { kind: 'nothing', tag: `DROP ${what.toUpperCase()}` };
  }

  #alter(): Statement {
    this.#expect('alter');
    if (this.#peek() === 'user' || this.#peek() === 'role') return this.#role('ALTER ROLE');
    return { kind: 'nothing', tag: `ALTER ${this.#peek().toUpperCase()}` };
  }

  #insert(): Statement {
    this.#expect('insert', 'into');
    const table = this.#name();
    let columns: string[] | undefined;
    if (this.#accept('(')) {
      columns = [];
      do columns.push(this.#name());
      while (this.#accept(','));
      this.#expect(')');
    }
    let rows: Expr[][] | Select = [];
    if (this.#peek() === 'select') rows = this.#select();
    else {
      this.#expect('values');
      const list: Expr[][] = [];
      do {
        this.#expect('(');
        const row: Expr[] = [];
        do row.push(this.#accept('default') ? { kind: 'column', name: 'default' } : this.expression());
        while (this.#accept(','));
        this.#expect(')');
        list.push(row);
      } while (this.#accept(','));
      rows = list;
    }
    const ignoreConflicts = this.#accept('on', 'conflict');
    if (ignoreConflicts) while (this.#at < this.#tokens.length && this.#peek() !== 'returning') this.#at += 1;
    const returning = this.#accept('returning') ? this.#items() : undefined;
    return this.#end({ kind: 'insert', table, columns, rows, ignoreConflicts, ...(returning ? { returning } : {}) });
  }

  #update(): Statement {
    this.#expect('update');
    const table = this.#name();
    this.#expect('set');
    const set: [string, Expr][] = [];
    do {
      const name = this.#name();
      this.#expect('=');
      set.push([name, this.expression()]);
    } while (this.#accept(','));
    return this.#end({ kind: 'update', table, set, ...this.#where() });
  }

  expression(): Expr {
    return this.#binary(0);
  }

  #binary(level: number): Expr {
    if (level === BINARY.length) return this.#unary();
    if (level === 2 && this.#accept('not')) return { kind: 'unary', op: 'not', value: this.#binary(level) };
    let left = this.#binary(level + 1);
    for (;;) {
      if (level === 2) {
        const not = this.#peek() === 'not' && ['in', 'like', 'ilike', 'between'].includes(this.#peek(1));
        if (not) this.#at += 1;
        if (this.#accept('in')) {
          this.#expect('(');
          const items: Expr[] = [];
          do items.push(this.expression());
          while (this.#accept(','));
          this.#expect(')');
          left = { kind: 'in', value: left, items, not };
          continue;
        }
        if (this.#accept('between')) {
          const low = this.#binary(level + 1);
          this.#expect('and');
          const high = this.#binary(level + 1);
          const inside: Expr = {
            kind: 'binary',
            op: 'and',
            left: { kind: 'binary', op: '>=', left, right: low },
            right: { kind: 'binary', op: '<=', left, right: high },
          };
          left = not ? { kind: 'unary', op: 'not', value: inside } : inside;
          continue;
        }
        if (this.#accept('is')) {
          const negated = this.#accept('not');
          const right = this.#binary(level + 1);
          left = { kind: 'binary', op: negated ? 'is not' : 'is', left, right };
          continue;
        }
        if (not) {
          const op = this.#peek();
          this.#at += 1;
          left = { kind: 'unary', op: 'not', value: { kind: 'binary', op, left, right: this.#binary(level + 1) } };
          continue;
        }
      }
      const op = this.#peek();
      if (!BINARY[level]!.includes(op) || op === 'is') return left;
      this.#at += 1;
      left = { kind: 'binary', op: op === '!=' ? '<>' : op, left, right: this.#binary(level + 1) };
    }
  }

  #unary(): Expr {
    if (this.#accept('-')) return { kind: 'unary', op: '-', value: this.#unary() };
    let value = this.#atom();
    while (this.#accept('::')) value = { kind: 'cast', value, type: this.#type() };
    return value;
  }

  #atom(): Expr {
    const token = this.#tokens[this.#at] ?? '';
    if (this.#accept('(')) {
      const inner = this.expression();
      this.#expect(')');
      return inner;
    }
    if (/^\d/.test(token)) {
      this.#at += 1;
      return { kind: 'value', value: Number(token) };
    }
    if (token.startsWith("'")) {
      this.#at += 1;
      return { kind: 'value', value: token.slice(1, -1).replaceAll("''", "'") };
    }
    if (this.#accept('null')) return { kind: 'value', value: null };
    if (this.#accept('true')) return { kind: 'value', value: true };
    if (this.#accept('false')) return { kind: 'value', value: false };
    const name = this.#name();
    if (this.#accept('(')) {
      const args: Expr[] = [];
      const distinct = this.#accept('distinct');
      if (this.#accept('*')) args.push({ kind: 'star' });
      else if (this.#peek() !== ')')
        do args.push(this.expression());
        while (this.#accept(','));
      this.#expect(')');
      return { kind: 'call', name, args, distinct };
    }
    if (this.#accept('.'))
      return this.#accept('*') ? { kind: 'star' } : { kind: 'column', name: `${name}.${this.#name()}` };
    if (['current_user', 'session_user', 'current_date', 'current_timestamp', 'user'].includes(name))
      return { kind: 'call', name, args: [], distinct: false };
    return { kind: 'column', name };
  }
}

const STOPS = new Set(
  'from where group order limit offset join inner cross on as union having asc desc and or returning set values ; , )'.split(
    ' ',
  ),
);
const SERIALS: Readonly<Record<string, string>> = { serial: 'integer', bigserial: 'bigint', smallserial: 'smallint' };

/** A type's name as PostgreSQL shows it. */
function canonical(type: string): string {
  const [, name = '', rest = ''] = /^([a-z_ ]+)(.*)$/.exec(type) ?? [];
  const known: Record<string, string> = {
    ...{
      int: 'integer',
      int4: 'integer',
      int8: 'bigint',
      int2: 'smallint',
      bool: 'boolean',
      varchar: 'character varying',
    },
    ...{ char: 'character', float8: 'double precision', float: 'double precision', float4: 'real', decimal: 'numeric' },
    ...{ timestamp: 'timestamp without time zone', timestamptz: 'timestamp with time zone' },
  };
  return `${known[name.trim()] ?? name.trim()}${rest}`;
}
