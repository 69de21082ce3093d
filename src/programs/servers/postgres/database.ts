import { type Column, type Expr, parse, type Select, SqlError, type Statement, statements, type Value } from './sql.ts';

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Value[])[];
  /** Last number that a serial column gave out. */
  readonly serial: number;
}

export interface Cluster {
  readonly roles: Readonly<Record<string, { readonly password?: string }>>;
  readonly databases: Readonly<Record<string, Readonly<Record<string, Table>>>>;
}

export interface Result {
  /** What the command says of itself: `INSERT 0 1`. */
  readonly tag: string;
  readonly columns?: readonly { readonly name: string; readonly right: boolean }[];
  readonly rows?: readonly (readonly (string | null)[])[];
  readonly notice?: string;
}

export interface Context {
  readonly user: string;
  readonly database: string;
  readonly now: number;
  readonly version: string;
}

export type Answer = { readonly results: readonly Result[]; readonly cluster: Cluster; readonly error?: string };

/** Carries out the statements of a text, up to the first that is refused. */
export function execute(cluster: Cluster, text: string, context: Context): Answer {
  const results: Result[] = [];
  let current = cluster;
  for (const source of statements(text)) {
    try {
      const run = new Run(current, context);
      results.push(run.statement(parse(source)));
      current = run.cluster;
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      return { results, cluster: current, error: `${error.message}${place(source, error.message)}` };
    }
  }
  return { results, cluster: current };
}

/** The line and the mark below it that psql shows for an error that has a place. */
function place(source: string, message: string): string {
  const word = /^syntax error at or near "(.+)"$|^relation "(.+)" does not exist$|^column "(.+)" does not exist$/.exec(
    message,
  );
  const wanted = word?.[1] ?? word?.[2] ?? word?.[3];
  const whole =
    message === 'syntax error at end of input'
      ? source.length
      : wanted === undefined
        ? -1
        : source.toLowerCase().indexOf(wanted.toLowerCase());
  if (whole < 0 || (word?.[2] !== undefined && /^\s*drop/i.test(source))) return '';
  const before = source.slice(0, whole);
  const number = before.split('\n').length;
  const start = before.lastIndexOf('\n') + 1;
  const line = source.slice(start).split('\n')[0]!;
  const head = `LINE ${number}: `;
  const semicolon = message.endsWith('end of input') ? ';' : ';';
  return `\n${head}${line}${source.endsWith(line) ? semicolon : ''}\n${' '.repeat(head.length + whole - start)}^`;
}

type Row = ReadonlyMap<string, Value>;
const NUMERIC = /^(integer|bigint|smallint|numeric|real|double)/;

class Run {
  cluster: Cluster;
  readonly #context: Context;

  constructor(cluster: Cluster, context: Context) {
    this.cluster = cluster;
    this.#context = context;
  }

  get #tables(): Readonly<Record<string, Table>> {
    return this.cluster.databases[this.#context.database] ?? {};
  }

  #put(name: string, table: Table | undefined): void {
    const { [name]: _old, ...rest } = this.#tables;
    const tables = table ? { ...rest, [name]: table } : rest;
    this.cluster = { ...this.cluster, databases: { ...this.cluster.databases, [this.#context.database]: tables } };
  }

  #table(name: string): Table {
    const found = Object.hasOwn(this.#tables, name) ? this.#tables[name] : undefined;
    if (!found) throw new SqlError(`relation "${name}" does not exist`);
    return found;
  }

  statement(statement: Statement): Result {
    switch (statement.kind) {
      case 'select': {
        const made = this.#select(statement);
        return { ...made, tag: `SELECT ${made.rows!.length}` };
      }
      case 'create table':
        return this.#create(statement);
      case 'drop table':
        return this.#drop(statement);
      case 'insert':
        return this.#insert(statement);
      case 'update':
        return this.#update(statement);
      case 'delete': {
        const table = this.#table(statement.table);
        const kept = table.rows.filter(
          (row) => !this.#holds(statement.where, this.#row(statement.table, statement.table, table, row)),
        );
        this.#put(statement.table, { ...table, rows: kept });
        return { tag: `DELETE ${table.rows.length - kept.length}` };
      }
      case 'truncate':
        this.#put(statement.table, { ...this.#table(statement.table), rows: [] });
        return { tag: 'TRUNCATE TABLE' };
      case 'database':
        return this.#database(statement);
      case 'role': {
        const { name, password, tag, drop } = statement;
        const known = this.cluster.roles[name];
        if (tag === 'CREATE ROLE' && known) throw new SqlError(`role "${name}" already exists`);
        if (tag !== 'CREATE ROLE' && !known) throw new SqlError(`role "${name}" does not exist`);
        const { [name]: old, ...others } = this.cluster.roles;
        const role = { ...old, ...(password === undefined ? {} : { password }) };
        this.cluster = { ...this.cluster, roles: drop ? others : { ...others, [name]: role } };
        return { tag };
      }
      case 'show':
        return {
          tag: 'SHOW',
          columns: [{ name: statement.name, right: false }],
          rows: [[SETTINGS[statement.name] ?? '']],
        };
      case 'nothing':
        return { tag: statement.tag };
    }
  }

  #database({ name, drop, ifExists }: Extract<Statement, { kind: 'database' }>): Result {
    const known = Object.hasOwn(this.cluster.databases, name);
    if (!drop && known) throw new SqlError(`database "${name}" already exists`);
    if (drop && !known) {
      if (ifExists) return { tag: 'DROP DATABASE', notice: `NOTICE:  database "${name}" does not exist, skipping` };
      throw new SqlError(`database "${name}" does not exist`);
    }
    const { [name]: _old, ...others } = this.cluster.databases;
    this.cluster = { ...this.cluster, databases: drop ? others : { ...others, [name]: {} } };
    return { tag: drop ? 'DROP DATABASE' : 'CREATE DATABASE' };
  }

  #create({ name, columns, ifNotExists, as }: Extract<Statement, { kind: 'create table' }>): Result {
    if (Object.hasOwn(this.#tables, name)) {
      if (ifNotExists) return { tag: 'CREATE TABLE', notice: `NOTICE:  relation "${name}" already exists, skipping` };
      throw new SqlError(`relation "${name}" already exists`);
    }
    if (!as) {
      this.#put(name, { columns, rows: [], serial: 0 });
      return { tag: 'CREATE TABLE' };
    }
    const { columns: made, values } = this.#rows(as);
    const typed = made.map((column, index) => ({
      name: column.name,
      type: column.right ? (Number.isInteger(values[0]?.[index]) ? 'integer' : 'numeric') : 'text',
    }));
    this.#put(name, { columns: typed, rows: values, serial: 0 });
    return { tag: `SELECT ${values.length}` };
  }

  #drop({ names, ifExists }: Extract<Statement, { kind: 'drop table' }>): Result {
    let notice: string | undefined;
    for (const name of names) {
      if (Object.hasOwn(this.#tables, name)) this.#put(name, undefined);
      else if (ifExists) notice = `NOTICE:  table "${name}" does not exist, skipping`;
      else throw new SqlError(`table "${name}" does not exist`);
    }
    return { tag: 'DROP TABLE', ...(notice ? { notice } : {}) };
  }

  #insert({ table: name, columns, rows, returning, ignoreConflicts }: Extract<Statement, { kind: 'insert' }>): Result {
    let table = this.#table(name);
    const order = columns ?? table.columns.map((column) => column.name);
    for (const column of order)
      if (!table.columns.some((entry) => entry.name === column))
        throw new SqlError(`column "${column}" of relation "${name}" does not exist`);
    const given =
      'kind' in rows
        ? this.#rows(rows).values.map((row) => row.map((value): Expr => ({ kind: 'value', value })))
        : rows;
    const added: Value[][] = [];
    for (const row of given) {
      if (row.length > order.length) throw new SqlError('INSERT has more expressions than target columns');
      const values = table.columns.map((column): Value => {
        const expr = row[order.indexOf(column.name)];
        if (expr && !(expr.kind === 'column' && expr.name === 'default'))
          return convert(this.#value(expr, new Map()), column);
        if (column.serial) {
          table = { ...table, serial: table.serial + 1 };
          return table.serial;
        }
        return column.fallback ? this.#value(column.fallback, new Map()) : null;
      });
      const clash = this.#check(name, table, values, [...table.rows, ...added], ignoreConflicts);
      if (!clash) added.push(values);
    }
    this.#put(name, { ...table, rows: [...table.rows, ...added] });
    const tag = `INSERT 0 ${added.length}`;
    if (!returning) return { tag };
    const shown = this.#project(
      returning,
      added.map((row) => this.#row(name, name, table, row)),
      [{ table: name, alias: name }],
    );
    return { ...this.#shown(shown), tag };
  }

  /** Refuses a row that breaks a rule of its table; true when it is to be left out. */
  #check(
    name: string,
    table: Table,
    values: readonly Value[],
    rows: readonly (readonly Value[])[],
    ignore: boolean,
  ): boolean {
    for (const [index, column] of table.columns.entries()) {
      const value = values[index]!;
      if (value === null && column.notNull) {
        const row = values.map((item) => (item === null ? 'null' : textOf(item))).join(', ');
        throw new SqlError(
          `null value in column "${column.name}" of relation "${name}" violates not-null constraint\nDETAIL:  Failing row contains (${row}).`,
        );
      }
      if (!column.unique || value === null || !rows.some((row) => row[index] === value)) continue;
      if (ignore) return true;
      const constraint = column.primary ? `${name}_pkey` : `${name}_${column.name}_key`;
      throw new SqlError(
        `duplicate key value violates unique constraint "${constraint}"\nDETAIL:  Key (${column.name})=(${textOf(value)}) already exists.`,
      );
    }
    return false;
  }

  #update({ table: name, set, where }: Extract<Statement, { kind: 'update' }>): Result {
    const table = this.#table(name);
    let count = 0;
    const rows = table.rows.map((row) => {
      const seen = this.#row(name, name, table, row);
      if (!this.#holds(where, seen)) return row;
      count += 1;
      return table.columns.map((column, index) => {
        const change = set.find(([target]) => target === column.name);
        return change ? convert(this.#value(change[1], seen), column) : row[index]!;
      });
    });
    this.#put(name, { ...table, rows });
    return { tag: `UPDATE ${count}` };
  }

  #row(name: string, alias: string, table: Table, values: readonly Value[]): Row {
    void name;
    return new Map(
      table.columns.flatMap(
        (column, index) =>
          [
            [column.name, values[index] ?? null],
            [`${alias}.${column.name}`, values[index] ?? null],
          ] as const,
      ),
    );
  }

  #holds(where: Expr | undefined, row: Row): boolean {
    return where === undefined || this.#value(where, row) === true;
  }

  #source(name: string): Table {
    const series = /^generate_series\((-?\d+),(-?\d+)\)$/.exec(name);
    if (series) {
      const [low, high] = [Number(series[1]), Number(series[2])];
      const rows = Array.from({ length: Math.max(0, high - low + 1) }, (_, index) => [low + index]);
      return { columns: [{ name: 'generate_series', type: 'integer' }], rows, serial: 0 };
    }
    if (name === 'pg_database' || name === 'pg_catalog.pg_database')
      return {
        columns: [{ name: 'datname', type: 'name' }],
        rows: Object.keys(this.cluster.databases).map((entry) => [entry]),
        serial: 0,
      };
    if (name === 'pg_tables' || name === 'information_schema.tables')
      return {
        columns: [
          { name: 'tablename', type: 'name' },
          { name: 'table_name', type: 'name' },
        ],
        rows: Object.keys(this.#tables).map((entry) => [entry, entry]),
        serial: 0,
      };
    return this.#table(name);
  }

  #rows(select: Select): { columns: { name: string; right: boolean }[]; values: Value[][] } {
    let rows: Row[] = [new Map()];
    for (const { table: name, alias, on } of select.from) {
      const table = this.#source(name);
      const here = table.rows.map((values) => this.#row(name, alias, table, values));
      rows = rows
        .flatMap((left) => here.map((right): Row => new Map([...left, ...right])))
        .filter((row) => this.#holds(on, row));
    }
    rows = rows.filter((row) => this.#holds(select.where, row));
    const aggregates = select.items.some(({ expr }) => hasAggregate(expr)) || select.groupBy.length > 0;
    const groups = aggregates ? this.#group(rows, select.groupBy) : rows.map((row) => [row]);
    const ordered = [...groups];
    if (select.orderBy.length > 0)
      ordered.sort((a, b) => {
        for (const { expr, descending } of select.orderBy) {
          const target = this.#orderTarget(expr, select);
          const order = compare(this.#aggregate(target, a), this.#aggregate(target, b));
          if (order !== 0) return descending ? -order : order;
        }
        return 0;
      });
    const { columns, values } = this.#project(
      select.items,
      ordered.map(([first]) => first ?? new Map()),
      select.from,
      ordered,
    );
    const unique = select.distinct
      ? values.filter(
          (row, index) => values.findIndex((other) => JSON.stringify(other) === JSON.stringify(row)) === index,
        )
      : values;
    const from = select.offset ?? 0;
    return { columns, values: unique.slice(from, select.limit === undefined ? undefined : from + select.limit) };
  }

  /** `ORDER BY 2` and `ORDER BY name` mean what is selected. */
  #orderTarget(expr: Expr, { items }: Select): Expr {
    if (expr.kind === 'value' && typeof expr.value === 'number') return items[expr.value - 1]?.expr ?? expr;
    if (expr.kind === 'column') return items.find(({ name }) => name === expr.name)?.expr ?? expr;
    return expr;
  }

  #group(rows: readonly Row[], by: readonly Expr[]): Row[][] {
    if (by.length === 0) return [[...rows]];
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const key = JSON.stringify(by.map((expr) => this.#value(expr, row)));
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    return [...groups.values()];
  }

  #project(
    items: Select['items'],
    rows: readonly Row[],
    from: Select['from'],
    groups: readonly (readonly Row[])[] = rows.map((row) => [row]),
  ) {
    const columns: { name: string; right: boolean }[] = [];
    const takes: ((group: readonly Row[]) => Value)[] = [];
    for (const { expr, name } of items) {
      if (expr.kind === 'star') {
        for (const { table, alias } of from)
          for (const column of this.#source(table).columns) {
            columns.push({ name: column.name, right: NUMERIC.test(column.type) });
            takes.push((group) => group[0]?.get(`${alias}.${column.name}`) ?? null);
          }
      } else {
        columns.push({ name: name ?? nameOf(expr), right: false });
        takes.push((group) => this.#aggregate(expr, group));
      }
    }
    const values = groups.map((group) => takes.map((take) => take(group)));
    for (const [index, column] of columns.entries())
      if (!column.right)
        column.right =
          values.length > 0 &&
          values.some((row) => typeof row[index] === 'number') &&
          values.every((row) => row[index] === null || typeof row[index] === 'number');
    // Without rows, an unknown column would have to be looked up: its name is checked all the same.
    if (rows.length === 0) for (const { expr } of items) this.#checkNames(expr, from);
    return { columns, values };
  }

  #checkNames(expr: Expr, from: Select['from']): void {
    if (expr.kind !== 'column') return;
    const known = from.some(({ table, alias }) =>
      this.#source(table).columns.some(({ name }) => name === expr.name || `${alias}.${name}` === expr.name),
    );
    if (!known) throw new SqlError(`column "${expr.name}" does not exist`);
  }

  #shown({ columns, values }: { columns: { name: string; right: boolean }[]; values: Value[][] }) {
    return { columns, rows: values.map((row) => row.map((value) => (value === null ? null : textOf(value)))) };
  }

  #select(select: Select) {
    return this.#shown(this.#rows(select));
  }

  #aggregate(expr: Expr, group: readonly Row[]): Value {
    if (expr.kind === 'call' && AGGREGATES.has(expr.name)) {
      const [arg] = expr.args;
      let values =
        arg === undefined || arg.kind === 'star'
          ? group.map((): Value => 1)
          : group.map((row) => this.#value(arg, row)).filter((value) => value !== null);
      if (expr.distinct) values = [...new Set(values)];
      switch (expr.name) {
        case 'count':
          return values.length;
        case 'sum':
          return values.length === 0 ? null : values.reduce<number>((sum, value) => sum + Number(value), 0);
        case 'avg':
          return values.length === 0
            ? null
            : Number((values.reduce<number>((sum, value) => sum + Number(value), 0) / values.length).toFixed(16));
        case 'string_agg':
          return values.map(textOf).join(',');
        default:
          return values.length === 0
            ? null
            : values.reduce((best, value) => (compare(value, best) < 0 === (expr.name === 'min') ? value : best));
      }
    }
    if (expr.kind === 'binary')
      return this.#operate(expr.op, this.#aggregate(expr.left, group), this.#aggregate(expr.right, group));
    if (expr.kind === 'call' && expr.args.some(hasAggregate))
      return this.#call(
        expr.name,
        expr.args.map((arg) => this.#aggregate(arg, group)),
      );
    return this.#value(expr, group[0] ?? new Map());
  }

  #value(expr: Expr, row: Row): Value {
    switch (expr.kind) {
      case 'value':
        return expr.value;
      case 'column': {
        const found = row.get(expr.name);
        if (found === undefined) throw new SqlError(`column "${expr.name}" does not exist`);
        return found;
      }
      case 'binary': {
        const left = this.#value(expr.left, row);
        if (expr.op === 'and' && left === false) return false;
        if (expr.op === 'or' && left === true) return true;
        return this.#operate(expr.op, left, this.#value(expr.right, row));
      }
      case 'unary': {
        const value = this.#value(expr.value, row);
        if (value === null) return null;
        return expr.op === 'not' ? value !== true : -Number(value);
      }
      case 'in': {
        const value = this.#value(expr.value, row);
        return expr.items.some((item) => this.#value(item, row) === value) !== expr.not;
      }
      case 'cast':
        return convert(this.#value(expr.value, row), { name: '', type: expr.type });
      case 'call':
        return this.#call(
          expr.name,
          expr.args.map((arg) => this.#value(arg, row)),
        );
      default:
        return null;
    }
  }

  #operate(op: string, a: Value, b: Value): Value {
    if (op === 'is') return a === b;
    if (op === 'is not') return a !== b;
    if (a === null || b === null) return null;
    switch (op) {
      case 'and':
        return a === true && b === true;
      case 'or':
        return a === true || b === true;
      case '=':
        return compare(a, b) === 0;
      case '<>':
        return compare(a, b) !== 0;
      case '<':
        return compare(a, b) < 0;
      case '>':
        return compare(a, b) > 0;
      case '<=':
        return compare(a, b) <= 0;
      case '>=':
        return compare(a, b) >= 0;
      case '||':
        return textOf(a) + textOf(b);
      case '+':
        return Number(a) + Number(b);
      case '-':
        return Number(a) - Number(b);
      case '*':
        return Number(a) * Number(b);
      case '/':
        if (Number(b) === 0) throw new SqlError('division by zero');
        return Number.isInteger(a) && Number.isInteger(b) ? Math.trunc(Number(a) / Number(b)) : Number(a) / Number(b);
      case '%':
        if (Number(b) === 0) throw new SqlError('division by zero');
        return Number(a) % Number(b);
      default: {
        const pattern = textOf(b)
          .replace(/[.+^${}()|[\]\\*?]/g, '\\$&')
          .replaceAll('%', '.*')
          .replaceAll('_', '.');
        return new RegExp(`^${pattern}$`, op === 'ilike' ? 'is' : 's').test(textOf(a));
      }
    }
  }

  #call(name: string, args: readonly Value[]): Value {
    const [first = null] = args;
    const { now, user, database, version } = this.#context;
    const stamp = new Date(now).toISOString().replace('T', ' ').replace('Z', '000+00');
    const known: Record<string, () => Value> = {
      now: () => stamp,
      current_timestamp: () => stamp,
      current_date: () => stamp.slice(0, 10),
      version: () => version,
      current_user: () => user,
      session_user: () => user,
      user: () => user,
      current_database: () => database,
      pg_is_in_recovery: () => false,
      pg_sleep: () => '',
      upper: () => (first === null ? null : textOf(first).toUpperCase()),
      lower: () => (first === null ? null : textOf(first).toLowerCase()),
      length: () => (first === null ? null : textOf(first).length),
      abs: () => (first === null ? null : Math.abs(Number(first))),
      round: () => (first === null ? null : Number(Number(first).toFixed(Number(args[1] ?? 0)))),
      coalesce: () => args.find((arg) => arg !== null) ?? null,
      concat: () => args.map((arg) => (arg === null ? '' : textOf(arg))).join(''),
      pg_database_size: () => 7_500_000,
      pg_postmaster_start_time: () => stamp,
    };
    const found = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!found)
      throw new SqlError(
        `function ${name}(${args.map((arg) => (typeof arg === 'number' ? 'integer' : 'unknown')).join(', ')}) does not exist`,
      );
    return found();
  }
}

const SETTINGS: Readonly<Record<string, string>> = {
  ...{ server_version: '17.6', data_directory: '/var/lib/postgresql/data', max_connections: '100', port: '5432' },
  ...{ shared_buffers: '128MB', listen_addresses: '*', timezone: 'Etc/UTC', server_encoding: 'UTF8' },
};
const AGGREGATES = new Set(['count', 'sum', 'avg', 'min', 'max', 'string_agg']);

function hasAggregate(expr: Expr): boolean {
  if (expr.kind === 'call') return AGGREGATES.has(expr.name) || expr.args.some(hasAggregate);
  return expr.kind === 'binary' && (hasAggregate(expr.left) || hasAggregate(expr.right));
}

function nameOf(expr: Expr): string {
  if (expr.kind === 'column') return expr.name.replace(/^.*\./, '');
  if (expr.kind === 'call') return expr.name;
  return expr.kind === 'cast'
    ? expr.value.kind === 'value'
      ? expr.type.split(/[ (]/)[0]!
      : nameOf(expr.value)
    : '?column?';
}

export function textOf(value: Value): string {
  if (typeof value === 'boolean') return value ? 't' : 'f';
  return value === null ? '' : String(value);
}

function compare(a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  if (typeof a === 'boolean' || typeof b === 'boolean')
    return Number(textOf(a) === 't' || a === 'true') - Number(textOf(b) === 't' || b === 'true');
  return a < b ? -1 : a > b ? 1 : 0;
}

function convert(value: Value, { type }: Pick<Column, 'name' | 'type'>): Value {
  if (value === null) return null;
  if (NUMERIC.test(type)) {
    if (typeof value === 'string' && !/^\s*-?\d+(\.\d+)?\s*$/.test(value))
      throw new SqlError(`invalid input syntax for type ${type.replace(/\(.*/, '')}: "${value}"`);
    return /^(integer|bigint|smallint)/.test(type) ? Math.round(Number(value)) : Number(value);
  }
  if (type === 'boolean') return typeof value === 'boolean' ? value : /^(t|true|yes|on|1)$/i.test(textOf(value));
  const length = /^character(?: varying)?\((\d+)\)$/.exec(type)?.[1];
  if (length !== undefined && textOf(value).length > Number(length))
    throw new SqlError(`value too long for type ${type}`);
  return textOf(value);
}
