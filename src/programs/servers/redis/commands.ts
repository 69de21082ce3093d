import type { Database, Entry, Reply, Value } from './store.ts';

/** What a command sees, and what it leaves behind. */
export interface Session {
  readonly now: number;
  readonly database: Database;
  readonly config: Readonly<Record<string, string>>;
}

export interface Result {
  readonly reply: Reply;
  readonly database?: Database;
}

const OK: Reply = { status: 'OK' };
const WRONG_TYPE: Reply = { error: 'WRONGTYPE Operation against a key holding the wrong kind of value' };
const NOT_INTEGER: Reply = { error: 'ERR value is not an integer or out of range' };
const SYNTAX: Reply = { error: 'ERR syntax error' };

type Handler = (session: Session, args: readonly string[]) => Result;
interface Command {
  /** Fewest and most words after the name. */
  readonly arity: readonly [number, number];
  readonly run: Handler;
}

const MANY = Number.POSITIVE_INFINITY;

function live({ database, now }: Session, key: string): Entry | undefined {
  const entry = Object.hasOwn(database, key) ? database[key] : undefined;
  return entry?.expires !== undefined && entry.expires <= now ? undefined : entry;
}

function put(session: Session, key: string, value: Value | undefined, expires?: number): Database {
  const { [key]: old, ...rest } = session.database;
  if (!value) return rest;
  const entry = { value, ...(expires === undefined ? {} : { expires }) };
  return old ? { ...session.database, [key]: entry } : { ...rest, [key]: entry };
}

/** The value of a type at a key: `undefined` when there is none, `false` when it is of another type. */
function typed<T extends Value['type']>(
  session: Session,
  key: string,
  type: T,
): Extract<Value, { type: T }> | undefined | false {
  const entry = live(session, key);
  if (!entry) return undefined;
  return entry.value.type === type ? (entry.value as Extract<Value, { type: T }>) : false;
}

function add(session: Session, key: string, by: number): Result {
  const old = typed(session, key, 'string');
  if (old === false) return { reply: WRONG_TYPE };
  const text = old?.value ?? '0';
  if (!/^-?\d+$/.test(text) || Number.isNaN(by)) return { reply: NOT_INTEGER };
  const sum = Number(text) + by;
  return {
    reply: sum,
    database: put(session, key, { type: 'string', value: String(sum) }, live(session, key)?.expires),
  };
}

/** A pattern of KEYS as a regular expression. */
export function glob(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
}

function slice<T>(items: readonly T[], from: string, to: string): readonly T[] {
  const at = (text: string) => (Number(text) < 0 ? items.length + Number(text) : Number(text));
  return items.slice(Math.max(0, at(from)), at(to) + 1);
}

const push =
  (left: boolean): Handler =>
  (session, [key = '', ...values]) => {
    const old = typed(session, key, 'list');
    if (old === false) return { reply: WRONG_TYPE };
    const items = left ? [...values.reverse(), ...(old?.items ?? [])] : [...(old?.items ?? []), ...values];
    return { reply: items.length, database: put(session, key, { type: 'list', items }) };
  };

const pop =
  (left: boolean): Handler =>
  (session, [key = '']) => {
    const old = typed(session, key, 'list');
    if (old === false) return { reply: WRONG_TYPE };
    if (!old) return { reply: null };
    const items = left ? old.items.slice(1) : old.items.slice(0, -1);
    return {
      reply: (left ? old.items[0] : old.items.at(-1)) ?? null,
      database: put(session, key, items.length > 0 ? { type: 'list', items } : undefined),
    };
  };

function set(session: Session, [key = '', value = '', ...options]: readonly string[]): Result {
  let expires: number | undefined;
  for (let at = 0; at < options.length; at += 1) {
    const option = options[at]!.toUpperCase();
    if (option === 'NX' && live(session, key)) return { reply: null };
    if (option === 'XX' && !live(session, key)) return { reply: null };
    if (option === 'EX' || option === 'PX') {
      const amount = Number(options[at + 1]);
      if (!Number.isInteger(amount)) return { reply: NOT_INTEGER };
      expires = session.now + amount * (option === 'EX' ? 1000 : 1);
      at += 1;
    } else if (!['NX', 'XX', 'KEEPTTL'].includes(option)) return { reply: SYNTAX };
  }
  return { reply: OK, database: put(session, key, { type: 'string', value }, expires) };
}

function hset(session: Session, [key = '', ...pairs]: readonly string[]): Result {
  const old = typed(session, key, 'hash');
  if (old === false) return { reply: WRONG_TYPE };
  if (pairs.length % 2 !== 0) return { reply: { error: "ERR wrong number of arguments for 'hset' command" } };
  const fields = new Map(old?.fields ?? []);
  const before = fields.size;
  for (let at = 0; at < pairs.length; at += 2) fields.set(pairs[at]!, pairs[at + 1]!);
  return { reply: fields.size - before, database: put(session, key, { type: 'hash', fields: [...fields] }) };
}

function zadd(session: Session, [key = '', ...pairs]: readonly string[]): Result {
  const old = typed(session, key, 'zset');
  if (old === false) return { reply: WRONG_TYPE };
  const scores = new Map(old?.scores ?? []);
  const before = scores.size;
  for (let at = 0; at + 1 < pairs.length; at += 2) scores.set(pairs[at + 1]!, Number(pairs[at]));
  const sorted = [...scores].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
  return { reply: scores.size - before, database: put(session, key, { type: 'zset', scores: sorted }) };
}

const fieldsOf =
  (pick: (fields: readonly (readonly [string, string])[]) => Reply): Handler =>
  (session, [key = '']) => {
    const hash = typed(session, key, 'hash');
    return { reply: hash === false ? WRONG_TYPE : pick(hash?.fields ?? []) };
  };

const at = (arity: readonly [number, number], run: Handler): Command => ({ arity, run });

/** Commands that read or change the database, by name in lower case. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  ping: at([0, 1], (_session, [text]) => ({ reply: text ?? { status: 'PONG' } })),
  echo: at([1, 1], (_session, [text = '']) => ({ reply: text })),
  select: at([1, 1], () => ({ reply: OK })),
  set: at([2, MANY], set),
  setnx: at([2, 2], (session, [key = '', value = '']) =>
    live(session, key) ? { reply: 0 } : { reply: 1, database: put(session, key, { type: 'string', value }) },
  ),
  setex: at([3, 3], (session, [key = '', seconds = '', value = '']) => set(session, [key, value, 'EX', seconds])),
  mset: at([2, MANY], (session, args) => {
    let { database } = session;
    for (let index = 0; index + 1 < args.length; index += 2)
      database = put({ ...session, database }, args[index]!, { type: 'string', value: args[index + 1]! });
    return { reply: OK, database };
  }),
  get: at([1, 1], (session, [key = '']) => {
    const value = typed(session, key, 'string');
    return { reply: value === false ? WRONG_TYPE : (value?.value ?? null) };
  }),
  mget: at([1, MANY], (session, keys) => ({
    reply: keys.map((key) => (typed(session, key, 'string') || undefined)?.value ?? null),
  })),
  append: at([2, 2], (session, [key = '', text = '']) => {
    const old = typed(session, key, 'string');
    if (old === false) return { reply: WRONG_TYPE };
    const value = (old?.value ?? '') + text;
    return { reply: value.length, database: put(session, key, { type: 'string', value }) };
  }),
  strlen: at([1, 1], (session, [key = '']) => ({
    reply: (typed(session, key, 'string') || undefined)?.value.length ?? 0,
  })),
  getrange: at([3, 3], (session, [key = '', from, to]) => {
    const value = (typed(session, key, 'string') || undefined)?.value ?? '';
    const place = (text: string | undefined) => (Number(text) < 0 ? value.length + Number(text) : Number(text));
    return { reply: value.slice(Math.max(0, place(from)), place(to) + 1) };
  }),
  incr: at([1, 1], (session, [key = '']) => add(session, key, 1)),
  decr: at([1, 1], (session, [key = '']) => add(session, key, -1)),
  incrby: at([2, 2], (session, [key = '', by]) => add(session, key, Number(by))),
  decrby: at([2, 2], (session, [key = '', by]) => add(session, key, -Number(by))),
  del: at([1, MANY], (session, keys) => {
    let { database } = session;
    const found = keys.filter((key) => live(session, key));
    for (const key of found) database = put({ ...session, database }, key, undefined);
    return { reply: found.length, database };
  }),
  exists: at([1, MANY], (session, keys) => ({ reply: keys.filter((key) => live(session, key)).length })),
  keys: at([1, 1], (session, [pattern = '*']) => ({
    reply: Object.keys(session.database).filter((key) => live(session, key) && glob(pattern).test(key)),
  })),
  scan: at([1, MANY], (session) => ({
    reply: ['0', Object.keys(session.database).filter((key) => live(session, key))],
  })),
  dbsize: at([0, 0], (session) => ({
    reply: Object.keys(session.database).filter((key) => live(session, key)).length,
  })),
  type: at([1, 1], (session, [key = '']) => ({ reply: { status: live(session, key)?.value.type ?? 'none' } })),
  expire: at([2, 3], (session, [key = '', seconds = '']) => {
    const entry = live(session, key);
    return entry
      ? { reply: 1, database: put(session, key, entry.value, session.now + Number(seconds) * 1000) }
      : { reply: 0 };
  }),
  persist: at([1, 1], (session, [key = '']) => {
    const entry = live(session, key);
    return entry?.expires === undefined ? { reply: 0 } : { reply: 1, database: put(session, key, entry.value) };
  }),
  ttl: at([1, 1], (session, [key = '']) => {
    const entry = live(session, key);
    return { reply: !entry ? -2 : entry.expires === undefined ? -1 : Math.round((entry.expires - session.now) / 1000) };
  }),
  rename: at([2, 2], (session, [from = '', to = '']) => {
    const entry = live(session, from);
    if (!entry) return { reply: { error: 'ERR no such key' } };
    const without = put(session, from, undefined);
    return { reply: OK, database: put({ ...session, database: without }, to, entry.value, entry.expires) };
  }),
  flushall: at([0, 1], () => ({ reply: OK, database: {} })),
  flushdb: at([0, 1], () => ({ reply: OK, database: {} })),
  lpush: at([2, MANY], push(true)),
  rpush: at([2, MANY], push(false)),
  lpop: at([1, 1], pop(true)),
  rpop: at([1, 1], pop(false)),
  llen: at([1, 1], (session, [key = '']) => ({ reply: (typed(session, key, 'list') || undefined)?.items.length ?? 0 })),
  lrange: at([3, 3], (session, [key = '', from = '', to = '']) => {
    const list = typed(session, key, 'list');
    return { reply: list === false ? WRONG_TYPE : slice(list?.items ?? [], from, to) };
  }),
  sadd: at([2, MANY], (session, [key = '', ...values]) => {
    const old = typed(session, key, 'set');
    if (old === false) return { reply: WRONG_TYPE };
    const members = new Set(old?.members ?? []);
    const before = members.size;
    for (const value of values) members.add(value);
    return { reply: members.size - before, database: put(session, key, { type: 'set', members: [...members] }) };
  }),
  smembers: at([1, 1], (session, [key = '']) => {
    const found = typed(session, key, 'set');
    return { reply: found === false ? WRONG_TYPE : (found?.members ?? []) };
  }),
  sismember: at([2, 2], (session, [key = '', value = '']) => ({
    reply: Number((typed(session, key, 'set') || undefined)?.members.includes(value) ?? false),
  })),
  scard: at([1, 1], (session, [key = '']) => ({
    reply: (typed(session, key, 'set') || undefined)?.members.length ?? 0,
  })),
  hset: at([3, MANY], hset),
  hget: at([2, 2], (session, [key = '', field = '']) => {
    const hash = typed(session, key, 'hash');
    return { reply: hash === false ? WRONG_TYPE : (hash?.fields.find(([name]) => name === field)?.[1] ?? null) };
  }),
  hgetall: at(
    [1, 1],
    fieldsOf((fields) => fields.flat()),
  ),
  hkeys: at(
    [1, 1],
    fieldsOf((fields) => fields.map(([name]) => name)),
  ),
  hvals: at(
    [1, 1],
    fieldsOf((fields) => fields.map(([, value]) => value)),
  ),
  hlen: at(
    [1, 1],
    fieldsOf((fields) => fields.length),
  ),
  zadd: at([3, MANY], zadd),
  zrange: at([3, 4], (session, [key = '', from = '', to = '', scores]) => {
    const found = typed(session, key, 'zset');
    if (found === false) return { reply: WRONG_TYPE };
    const items = slice(found?.scores ?? [], from, to);
    return { reply: items.flatMap(([name, score]) => (scores ? [name, String(score)] : [name])) };
  }),
  publish: at([2, 2], () => ({ reply: 0 })),
  time: at([0, 0], ({ now }) => ({ reply: [String(Math.floor(now / 1000)), String((now % 1000) * 1000)] })),
  client: at([1, MANY], ({ now }, [what = '']) => {
    const name = what.toLowerCase();
    if (name === 'list' || name === 'info')
      return {
        reply: `id=${Math.floor(now / 1000) % 1000} addr=127.0.0.1:40000 laddr=127.0.0.1:6379 fd=10 name= age=0 idle=0 flags=N db=0 sub=0 psub=0 ssub=0 multi=-1 watch=0 qbuf=26 qbuf-free=20448 argv-mem=10 multi-mem=0 rbs=1024 rbp=0 obl=0 oll=0 omem=0 tot-mem=22298 events=r cmd=client|${name} user=default redir=-1 resp=2 lib-name= lib-ver= io-thread=0 tot-net-in=26 tot-net-out=0 tot-cmds=0\n`,
      };
    return { reply: name === 'id' ? 7 : name === 'getname' ? null : OK };
  }),
  object: at([1, MANY], (session, [what = '', key = '']) => {
    const entry = live(session, key);
    if (!entry || what.toLowerCase() !== 'encoding') return { reply: null };
    const { value } = entry;
    if (value.type !== 'string') return { reply: 'listpack' };
    return { reply: /^-?\d{1,18}$/.test(value.value) ? 'int' : value.value.length <= 44 ? 'embstr' : 'raw' };
  }),
  eval: at([2, MANY], (_session, [script = '']) => {
    const returned = /^\s*return\s+(?:(-?\d+)|'([^']*)'|"([^"]*)")\s*;?\s*$/.exec(script);
    if (!returned) return { reply: { error: 'ERR not modelled in Stapellauf: this script' } };
    return { reply: returned[1] === undefined ? (returned[2] ?? returned[3] ?? '') : Number(returned[1]) };
  }),
  debug: at([1, MANY], () => ({
    reply: {
      error:
        'ERR DEBUG command not allowed. If the enable-debug-command option is set to "local", you can run it from a local connection, otherwise you need to set this option in the configuration file, and then restart the server.',
    },
  })),
  subscribe: at([1, MANY], (_session, channels) => ({
    reply: channels.flatMap((channel, index) => ['subscribe', channel, index + 1]),
  })),
  incrbyfloat: at([2, 2], (session, [key = '', by = '']) => {
    const sum = String(Number((typed(session, key, 'string') || undefined)?.value ?? '0') + Number(by));
    return { reply: sum, database: put(session, key, { type: 'string', value: sum }) };
  }),
  getset: at([2, 2], (session, [key = '', value = '']) => ({
    reply: (typed(session, key, 'string') || undefined)?.value ?? null,
    database: put(session, key, { type: 'string', value }),
  })),
  getdel: at([1, 1], (session, [key = '']) => ({
    reply: (typed(session, key, 'string') || undefined)?.value ?? null,
    database: put(session, key, undefined),
  })),
  unlink: at([1, MANY], (session, keys) => COMMANDS['del']!.run(session, keys)),
  pttl: at([1, 1], (session, [key = '']) => {
    const entry = live(session, key);
    return { reply: !entry ? -2 : entry.expires === undefined ? -1 : Math.round(entry.expires - session.now) };
  }),
  randomkey: at([0, 0], (session) => ({ reply: Object.keys(session.database)[0] ?? null })),
  hdel: at([2, MANY], (session, [key = '', ...names]) => {
    const old = typed(session, key, 'hash');
    if (old === false) return { reply: WRONG_TYPE };
    const left = (old?.fields ?? []).filter(([name]) => !names.includes(name));
    const gone = (old?.fields.length ?? 0) - left.length;
    return { reply: gone, database: put(session, key, left.length > 0 ? { type: 'hash', fields: left } : undefined) };
  }),
  hexists: at([2, 2], (session, [key = '', field = '']) => {
    const hash = typed(session, key, 'hash');
    return { reply: hash === false ? WRONG_TYPE : Number(hash?.fields.some(([name]) => name === field) ?? false) };
  }),
  hmget: at([2, MANY], (session, [key = '', ...names]) => {
    const hash = typed(session, key, 'hash') || undefined;
    return { reply: names.map((field) => hash?.fields.find(([name]) => name === field)?.[1] ?? null) };
  }),
  hmset: at([3, MANY], (session, args) => ({ ...hset(session, args), reply: OK })),
  hincrby: at([3, 3], (session, [key = '', field = '', by = '']) => {
    const hash = typed(session, key, 'hash') || undefined;
    const sum = Number(hash?.fields.find(([name]) => name === field)?.[1] ?? 0) + Number(by);
    return { ...hset(session, [key, field, String(sum)]), reply: sum };
  }),
  srem: at([2, MANY], (session, [key = '', ...values]) => {
    const old = typed(session, key, 'set');
    if (old === false) return { reply: WRONG_TYPE };
    const left = (old?.members ?? []).filter((member) => !values.includes(member));
    const gone = (old?.members.length ?? 0) - left.length;
    return { reply: gone, database: put(session, key, left.length > 0 ? { type: 'set', members: left } : undefined) };
  }),
  lindex: at([2, 2], (session, [key = '', index = '']) => {
    const list = typed(session, key, 'list');
    return { reply: list === false ? WRONG_TYPE : (list?.items.at(Number(index)) ?? null) };
  }),
  zcard: at([1, 1], (session, [key = '']) => ({
    reply: (typed(session, key, 'zset') || undefined)?.scores.length ?? 0,
  })),
  zscore: at([2, 2], (session, [key = '', member = '']) => {
    const found = (typed(session, key, 'zset') || undefined)?.scores.find(([name]) => name === member);
    return { reply: found ? String(found[1]) : null };
  }),
  zincrby: at([3, 3], (session, [key = '', by = '', member = '']) => {
    const old = (typed(session, key, 'zset') || undefined)?.scores.find(([name]) => name === member)?.[1] ?? 0;
    const sum = String(old + Number(by));
    return { ...zadd(session, [key, sum, member]), reply: sum };
  }),
  zrevrange: at([3, 4], (session, [key = '', from = '', to = '', scores]) => {
    const found = typed(session, key, 'zset');
    if (found === false) return { reply: WRONG_TYPE };
    const items = slice([...(found?.scores ?? [])].reverse(), from, to);
    return { reply: items.flatMap(([name, score]) => (scores ? [name, String(score)] : [name])) };
  }),
  command: at([0, MANY], () => ({ reply: [] })),
};
