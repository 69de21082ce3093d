/** A value of Redis with its type; times are milliseconds since 1970. Plain data. */
export type Value =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'set'; readonly members: readonly string[] }
  | { readonly type: 'hash'; readonly fields: readonly (readonly [string, string])[] }
  | { readonly type: 'zset'; readonly scores: readonly (readonly [string, number])[] };

export interface Entry {
  readonly value: Value;
  readonly expires?: number;
}

/** All keys of a database, in the order in which they were set. */
export type Database = Readonly<Record<string, Entry>>;

/** The databases that hold something, by their number. */
export type Databases = Readonly<Record<string, Database>>;

/** An answer as redis-cli prints it: text, number, nothing, an error, or a list of these. */
export type Reply =
  | { readonly status: string }
  | { readonly error: string }
  | string
  | number
  | null
  | readonly Reply[];

/** A reply in RESP, the protocol between client and server. */
export function encodeReply(reply: Reply): string {
  if (reply === null) return '$-1\r\n';
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (typeof reply === 'string') return `$${reply.length}\r\n${reply}\r\n`;
  if ('status' in reply) return `+${reply.status}\r\n`;
  if ('error' in reply) return `-${reply.error}\r\n`;
  return `*${reply.length}\r\n${reply.map(encodeReply).join('')}`;
}

/** Reads one reply and returns what follows it. */
export function decodeReply(bytes: string): { readonly reply: Reply; readonly rest: string } {
  const end = bytes.indexOf('\r\n');
  const line = bytes.slice(1, end);
  let rest = bytes.slice(end + 2);
  switch (bytes[0]) {
    case ':':
      return { reply: Number(line), rest };
    case '+':
      return { reply: { status: line }, rest };
    case '-':
      return { reply: { error: line }, rest };
    case '$':
      return line === '-1'
        ? { reply: null, rest }
        : { reply: rest.slice(0, Number(line)), rest: rest.slice(Number(line) + 2) };
    default: {
      const items: Reply[] = [];
      for (let count = Number(line); count > 0; count -= 1) {
        const item = decodeReply(rest);
        items.push(item.reply);
        rest = item.rest;
      }
      return { reply: items, rest };
    }
  }
}

/** A command's words in RESP. */
export function encodeCommand(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
}
