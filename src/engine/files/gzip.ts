/** Data that is no gzip stream, or one that is broken; the message says how, as gzip does. */
export class GzipProblem extends Error {}

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  ...[1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769],
  ...[1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577],
];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** CRC-32 of a byte string (ISO 3309), as gzip and zip use it. */
export function crc32(bytes: string): number {
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at += 1) crc = CRC_TABLE[(crc ^ bytes.charCodeAt(at)) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

const word = (value: number): string =>
  String.fromCharCode(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24);

/** A gzip stream (RFC 1952) that holds the bytes; `name` and time (seconds) are kept when given. */
export function gzip(bytes: string, name = '', time = 0): string {
  const head = `\x1f\x8b\x08${name === '' ? '\0' : '\x08'}${word(time)}\0\x03${name === '' ? '' : `${name}\0`}`;
  return head + deflate(bytes) + word(crc32(bytes)) + word(bytes.length >>> 0);
}

/** Whether bytes begin as a gzip stream does. */
export function isGzip(bytes: string): boolean {
  return bytes.startsWith('\x1f\x8b');
}

/** The bytes in a gzip stream, which may have several members. Throws {@link GzipProblem}. */
export function gunzip(stream: string): string {
  let result = '';
  let at = 0;
  do {
    if (stream === '') throw new GzipProblem('unexpected end of file');
    if (!stream.startsWith('\x1f\x8b', at)) {
      if (at > 0) throw new GzipProblem('decompression OK, trailing garbage ignored');
      throw new GzipProblem('not in gzip format');
    }
    const flags = stream.charCodeAt(at + 3);
    let body = at + 10;
    if (flags & 4) body += 2 + stream.charCodeAt(body) + 256 * stream.charCodeAt(body + 1);
    if (flags & 8) body = stream.indexOf('\0', body) + 1 || stream.length;
    if (flags & 16) body = stream.indexOf('\0', body) + 1 || stream.length;
    if (flags & 2) body += 2;
    const { bytes, end } = inflate(stream, body);
    if (end + 8 > stream.length) throw new GzipProblem('unexpected end of file');
    if (stream.slice(end, end + 4) !== word(crc32(bytes))) throw new GzipProblem('invalid compressed data--crc error');
    result += bytes;
    at = end + 8;
  } while (at < stream.length);
  return result;
}

/** Compresses as one block with the fixed codes of RFC 1951. */
export function deflate(bytes: string): string {
  const out: string[] = [];
  let bits = 0;
  let count = 0;
  const put = (value: number, width: number) => {
    bits |= value << count;
    count += width;
    while (count >= 8) {
      out.push(String.fromCharCode(bits & 0xff));
      bits >>>= 8;
      count -= 8;
    }
  };
  const code = (value: number, width: number) => put(reversed(value, width), width);
  const literal = (symbol: number) => {
    if (symbol < 144) code(0x30 + symbol, 8);
    else if (symbol < 256) code(0x190 + symbol - 144, 9);
    else if (symbol < 280) code(symbol - 256, 7);
    else code(0xc0 + symbol - 280, 8);
  };
  put(1, 1);
  put(1, 2);
  const last = new Map<string, number>();
  for (let at = 0; at < bytes.length; ) {
    const key = bytes.slice(at, at + 3);
    const earlier = key.length === 3 ? last.get(key) : undefined;
    last.set(key, at);
    if (earlier === undefined || at - earlier > 32768) {
      literal(bytes.charCodeAt(at));
      at += 1;
      continue;
    }
    let length = 3;
    while (length < 258 && at + length < bytes.length && bytes[earlier + length] === bytes[at + length]) length += 1;
    const step = LENGTH_BASE.findLastIndex((base) => base <= length);
    literal(257 + step);
    put(length - LENGTH_BASE[step]!, LENGTH_EXTRA[step]!);
    const distance = at - earlier;
    const far = DISTANCE_BASE.findLastIndex((base) => base <= distance);
    code(far, 5);
    put(distance - DISTANCE_BASE[far]!, DISTANCE_EXTRA[far]!);
    for (let next = at + 1; next < at + length; next += 1) last.set(bytes.slice(next, next + 3), next);
    at += length;
  }
  literal(256);
  put(0, 7);
  return out.join('');
}

function reversed(value: number, width: number): number {
  let result = 0;
  for (let bit = 0; bit < width; bit += 1) result |= ((value >> bit) & 1) << (width - 1 - bit);
  return result;
}

/** Codes by length and value. */
type Codes = ReadonlyMap<number, number>;

function codesOf(lengths: readonly number[]): Codes {
  const codes = new Map<number, number>();
  let next = 0;
  for (let width = 1; width <= 15; width += 1) {
    for (const [symbol, length] of lengths.entries()) {
      if (length !== width) continue;
      codes.set((1 << width) | next, symbol);
      next += 1;
    }
    next <<= 1;
  }
  return codes;
}

const FIXED = codesOf(Array.from({ length: 288 }, (_, n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8)));
const FIXED_DISTANCES = codesOf(Array.from({ length: 30 }, () => 5));

/** Decompresses from a place in a stream (RFC 1951). Throws {@link GzipProblem}. */
export function inflate(stream: string, start = 0): { bytes: string; end: number } {
  let at = start * 8;
  const out: number[] = [];
  const bit = () => {
    const byte = stream.charCodeAt(at >> 3);
    if (Number.isNaN(byte)) throw new GzipProblem('unexpected end of file');
    const value = (byte >> (at & 7)) & 1;
    at += 1;
    return value;
  };
  const number = (width: number) => {
    let value = 0;
    for (let index = 0; index < width; index += 1) value |= bit() << index;
    return value;
  };
  const symbol = (codes: Codes) => {
    let code = 1;
    for (let width = 0; width < 15; width += 1) {
      code = (code << 1) | bit();
      const found = codes.get(code);
      if (found !== undefined) return found;
    }
    throw new GzipProblem('invalid compressed data--format violated');
  };
  for (let final = false; !final; ) {
    final = bit() === 1;
    const type = number(2);
    if (type === 3) throw new GzipProblem('invalid compressed data--format violated');
    if (type === 0) {
      at = (at + 7) & ~7;
      const length = number(16);
      number(16);
      for (let index = 0; index < length; index += 1) out.push(number(8));
      continue;
    }
    const [literals, distances] = type === 1 ? [FIXED, FIXED_DISTANCES] : dynamicCodes(number, symbol);
    for (let code = symbol(literals); code !== 256; code = symbol(literals)) {
      if (code < 256) {
        out.push(code);
        continue;
      }
      const length = (LENGTH_BASE[code - 257] ?? 0) + number(LENGTH_EXTRA[code - 257] ?? 0);
      const far = symbol(distances);
      const distance = (DISTANCE_BASE[far] ?? 0) + number(DISTANCE_EXTRA[far] ?? 0);
      if (distance > out.length || distance === 0) throw new GzipProblem('invalid compressed data--format violated');
      for (let index = 0; index < length; index += 1) out.push(out[out.length - distance]!);
    }
  }
  let bytes = '';
  for (let index = 0; index < out.length; index += 8192)
    bytes += String.fromCharCode(...out.slice(index, index + 8192));
  return { bytes, end: (at + 7) >> 3 };
}

function dynamicCodes(number: (width: number) => number, symbol: (codes: Codes) => number): [Codes, Codes] {
  const literalCount = number(5) + 257;
  const distanceCount = number(5) + 1;
  const codeCount = number(4) + 4;
  const codeLengths = Array<number>(19).fill(0);
  for (let index = 0; index < codeCount; index += 1) codeLengths[CODE_ORDER[index]!] = number(3);
  const codes = codesOf(codeLengths);
  const lengths: number[] = [];
  while (lengths.length < literalCount + distanceCount) {
    const code = symbol(codes);
    if (code < 16) lengths.push(code);
    else {
      const repeated = code === 16 ? (lengths.at(-1) ?? 0) : 0;
      const times = code === 16 ? 3 + number(2) : code === 17 ? 3 + number(3) : 11 + number(7);
      for (let index = 0; index < times; index += 1) lengths.push(repeated);
    }
  }
  return [codesOf(lengths.slice(0, literalCount)), codesOf(lengths.slice(literalCount, literalCount + distanceCount))];
}
