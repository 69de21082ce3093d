import type { Reply } from './store.ts';

/** How an answer is written: for programs, for people, as values between commas, or as JSON. */
export type Format = 'raw' | 'pretty' | 'csv' | 'json';

/** Commands whose answer is text for people, which is never quoted. */
const PLAIN = /^(?:info|lolwut|latency|client|memory|cluster|debug)$/i;
/** Commands whose flat answer holds pairs. */
const PAIRS = /^(?:hgetall|config)$/i;

export function formatReply(reply: Reply, format: Format, words: readonly string[]): string {
  const name = words[0] ?? '';
  if (format === 'csv') return `${csv(reply)}\n`;
  if (format === 'json') return `${json(reply, PAIRS.test(name))}\n`;
  if (typeof reply === 'string' && PLAIN.test(name)) return reply.endsWith('\n') ? reply : `${reply}\n`;
  return format === 'raw' ? raw(reply) : `${pretty(reply, '')}\n`;
}

/** One line an element, errors followed by an empty line. */
function raw(reply: Reply): string {
  if (reply === null) return '\n';
  if (typeof reply === 'string') return `${reply}\n`;
  if (typeof reply === 'number') return `${reply}\n`;
  if ('status' in reply) return `${reply.status}\n`;
  if ('error' in reply) return `${reply.error}\n\n`;
  return reply.length === 0 ? '\n' : reply.map(raw).join('');
}

function quoted(text: string): string {
  const escaped = text.replace(/["\\\n\r\t\x00-\x1f\x7f-\xff]/g, (char) => {
    const known = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }[char];
    return known ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `"${escaped}"`;
}

function pretty(reply: Reply, indent: string): string {
  if (reply === null) return '(nil)';
  if (typeof reply === 'string') return quoted(reply);
  if (typeof reply === 'number') return `(integer) ${reply}`;
  if ('status' in reply) return reply.status;
  if ('error' in reply) return `(error) ${reply.error}`;
  if (reply.length === 0) return '(empty array)';
  const width = String(reply.length).length;
  return reply
    .map((item, at) => {
      const number = `${at === 0 ? '' : indent}${String(at + 1).padStart(width)}) `;
      return number + pretty(item, `${indent}${' '.repeat(width + 2)}`);
    })
    .join('\n');
}

function csv(reply: Reply): string {
  if (reply === null) return 'NULL';
  if (typeof reply === 'string') return quoted(reply);
  if (typeof reply === 'number') return String(reply);
  if ('status' in reply) return quoted(reply.status);
  if ('error' in reply) return `ERROR,${quoted(reply.error)}`;
  return reply.map(csv).join(',');
}

function json(reply: Reply, pairs: boolean): string {
  if (reply === null || typeof reply === 'number') return JSON.stringify(reply);
  if (typeof reply === 'string') return JSON.stringify(reply);
  if ('status' in reply) return JSON.stringify(reply.status);
  if ('error' in reply) return `error:${JSON.stringify(reply.error)}`;
  if (!pairs) return `[${reply.map((item) => json(item, false)).join(',')}]`;
  const entries: string[] = [];
  for (let at = 0; at + 1 < reply.length; at += 2)
    entries.push(`${json(reply[at]!, false)}:${json(reply[at + 1]!, false)}`);
  return `{${entries.join(',')}}`;
}
