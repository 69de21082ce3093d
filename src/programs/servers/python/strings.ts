import { decode, encode } from '../../../engine/bytes.ts';
import { formatText } from './format.ts';
import { iterate } from './iterate.ts';
import type { Machine } from './machine.ts';
import { methods, type Native } from './natives.ts';
import { repr } from './text.ts';
import { classOf, type } from './types.ts';
import { bytes, is, list, PyError, tuple, type Value } from './value.ts';

const SPACE = /[\s\x1c-\x1f\x85]/;

function stripped(text: string, chars: Value | undefined, left: boolean, right: boolean): string {
  const drop = (char: string) =>
    chars === undefined || chars === null ? SPACE.test(char) : (chars as string).includes(char);
  let [from, to] = [0, text.length];
  while (left && from < to && drop(text[from]!)) from += 1;
  while (right && to > from && drop(text[to - 1]!)) to -= 1;
  return text.slice(from, to);
}

function split(vm: Machine, text: string, separator: Value, most: number, fromRight: boolean): string[] {
  if (separator === '') throw vm.error('ValueError', 'empty separator');
  let parts: string[];
  if (separator === null) {
    parts = text.trim() === '' ? [] : text.trim().split(/\s+/);
    if (most < 0 || parts.length <= most + 1) return parts;
    if (!fromRight) {
      let rest = text.trimStart();
      const head: string[] = [];
      for (let count = 0; count < most; count += 1) {
        const word = /^\S+/.exec(rest)![0];
        head.push(word);
        rest = rest.slice(word.length).trimStart();
      }
      return [...head, rest];
    }
    return [text.trim().split(/\s+/).slice(0, -most).join(' '), ...parts.slice(-most)];
  }
  parts = text.split(separator as string);
  if (most < 0 || parts.length <= most + 1) return parts;
  const glue = separator as string;
  return fromRight
    ? [parts.slice(0, parts.length - most).join(glue), ...parts.slice(parts.length - most)]
    : [...parts.slice(0, most), parts.slice(most).join(glue)];
}

/** Methods that text and bytes share; `wrap` makes the result of the same kind. */
function common(wrap: (text: string) => Value, unwrap: (vm: Machine, value: Value) => string): Record<string, Native> {
  const own = (vm: Machine, args: Value[]) => unwrap(vm, args[0]!);
  const optional = (vm: Machine, value: Value | undefined) =>
    value === undefined || value === null ? null : unwrap(vm, value);
  const bounds = (text: string, args: Value[]) => {
    const at = (value: Value | undefined, fallback: number) => {
      if (value === undefined || value === null) return fallback;
      const number = Number(value);
      return number < 0 ? Math.max(0, number + text.length) : Math.min(number, text.length);
    };
    return [at(args[2], 0), at(args[3], text.length)] as const;
  };
  const find =
    (last: boolean): Native =>
    (vm, args) => {
      const text = own(vm, args);
      const [from, to] = bounds(text, args);
      const wanted = unwrap(vm, args[1]!);
      const found = last ? text.slice(0, to).lastIndexOf(wanted) : text.slice(0, to).indexOf(wanted, from);
      return BigInt(found < from ? -1 : found);
    };
  const index =
    (last: boolean): Native =>
    (vm, args, keywords) => {
      const found = find(last)(vm, args, keywords);
      if (found === -1n) throw vm.error('ValueError', 'substring not found');
      return found;
    };
  const affix =
    (name: 'startsWith' | 'endsWith'): Native =>
    (vm, args) => {
      const text = own(vm, args);
      const [from, to] = bounds(text, args);
      const wanted = is(args[1]!, 'tuple') ? args[1].v : [args[1]!];
      for (const item of wanted)
        if (typeof args[0] === 'string' && typeof item !== 'string')
          throw vm.error(
            'TypeError',
            `${name.toLowerCase()} first arg must be str or a tuple of str, not ${classOf(item).name}`,
          );
      return wanted.some((item) => text.slice(from, to)[name](unwrap(vm, item)));
    };
  const partition =
    (last: boolean): Native =>
    (vm, args) => {
      const text = own(vm, args);
      const by = unwrap(vm, args[1]!);
      const at = last ? text.lastIndexOf(by) : text.indexOf(by);
      if (at < 0) return tuple(last ? [wrap(''), wrap(''), wrap(text)] : [wrap(text), wrap(''), wrap('')]);
      return tuple([wrap(text.slice(0, at)), wrap(by), wrap(text.slice(at + by.length))]);
    };
  const map =
    (change: (text: string) => string): Native =>
    (vm, args) =>
      wrap(change(own(vm, args)));
  const strip =
    (left: boolean, right: boolean): Native =>
    (vm, args) =>
      wrap(stripped(own(vm, args), optional(vm, args[1]) ?? undefined, left, right));
  const splitting =
    (fromRight: boolean): Native =>
    (vm, args, keywords) => {
      const separator = optional(vm, args[1] ?? keywords.get('sep'));
      const most = Number(args[2] ?? keywords.get('maxsplit') ?? -1n);
      return list(split(vm, own(vm, args), separator, most, fromRight).map(wrap));
    };
  const pad =
    (side: 'left' | 'right' | 'both'): Native =>
    (vm, args) => {
      const text = own(vm, args);
      const fill = optional(vm, args[2]) ?? ' ';
      const missing = Math.max(0, Number(args[1]) - [...text].length);
      const before =
        side === 'left' ? missing : side === 'right' ? 0 : Math.floor(missing / 2) + (missing & Number(args[1]) & 1);
      return wrap(fill.repeat(before) + text + fill.repeat(missing - before));
    };
  return {
    find: find(false),
    rfind: find(true),
    index: index(false),
    rindex: index(true),
    startswith: affix('startsWith'),
    endswith: affix('endsWith'),
    partition: partition(false),
    rpartition: partition(true),
    upper: map((text) => text.toUpperCase()),
    lower: map((text) => text.toLowerCase()),
    strip: strip(true, true),
    lstrip: strip(true, false),
    rstrip: strip(false, true),
    split: splitting(false),
    rsplit: splitting(true),
    ljust: pad('right'),
    rjust: pad('left'),
    center: pad('both'),
    title: map((text) => text.toLowerCase().replace(/\p{L}+/gu, (word) => word[0]!.toUpperCase() + word.slice(1))),
    capitalize: map((text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase()),
    swapcase: map((text) =>
      text.replace(/\p{L}/gu, (char) => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase())),
    ),
    count: (vm, args) => BigInt(own(vm, args).split(unwrap(vm, args[1]!)).length - 1),
    replace: (vm, args, keywords) => {
      const most = Number(args[3] ?? keywords.get('count') ?? -1n);
      const [text, from, to] = [own(vm, args), unwrap(vm, args[1]!), unwrap(vm, args[2]!)];
      if (most < 0) return wrap(text.replaceAll(from, () => to));
      const parts = text.split(from);
      return wrap([parts.slice(0, most + 1).join(to), ...parts.slice(most + 1)].join(from));
    },
    removeprefix: (vm, args) => {
      const [text, prefix] = [own(vm, args), unwrap(vm, args[1]!)];
      return wrap(text.startsWith(prefix) ? text.slice(prefix.length) : text);
    },
    removesuffix: (vm, args) => {
      const [text, suffix] = [own(vm, args), unwrap(vm, args[1]!)];
      return wrap(suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text);
    },
    splitlines: (vm, args, keywords) => {
      const keep = args[1] ?? keywords.get('keepends') ?? false;
      const lines = own(vm, args).match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];
      return list(lines.map((line) => wrap(keep === true ? line : line.replace(/\r?\n$|\r$/, ''))));
    },
    expandtabs: (vm, args, keywords) => {
      const width = Number(args[1] ?? keywords.get('tabsize') ?? 8n);
      let column = 0;
      let out = '';
      for (const char of own(vm, args)) {
        const part = char === '\t' ? ' '.repeat(width > 0 ? width - (column % width) : 0) : char;
        out += part;
        column = char === '\n' ? 0 : column + part.length;
      }
      return wrap(out);
    },
    zfill: (vm, args) => {
      const [, sign = '', rest = ''] = /^([+-]?)(.*)$/s.exec(own(vm, args))!;
      return wrap(sign + rest.padStart(Number(args[1]) - sign.length, '0'));
    },
    join: (vm, args) => {
      const parts = iterate(vm, args[1]!).map((item, at) => {
        if (classOf(item).name === classOf(args[0]!).name || (typeof item === 'string' && typeof args[0] === 'string'))
          return unwrap(vm, item);
        throw vm.error(
          'TypeError',
          `sequence item ${at}: expected ${typeof args[0] === 'string' ? 'str instance' : 'a bytes-like object'}, ${classOf(item).name} found`,
        );
      });
      return wrap(parts.join(own(vm, args)));
    },
  };
}

const test =
  (pattern: RegExp): Native =>
  (_vm, [text = '']) =>
    pattern.test(text as string);

methods('str', {
  ...common(
    (text) => text,
    (vm, value) => {
      if (typeof value === 'string') return value;
      throw vm.error('TypeError', `must be str, not ${classOf(value).name}`);
    },
  ),
  format: (vm, [text = '', ...args], keywords) => formatText(vm, text as string, args, keywords),
  format_map: (vm, [text = '', map = null]) =>
    formatText(
      vm,
      text as string,
      [],
      new Map(is(map, 'dict') ? [...map.m.values()].map(([key, value]) => [key as string, value]) : []),
    ),
  encode: (vm, [text = '', encoding], keywords) => {
    const name = String(encoding ?? keywords.get('encoding') ?? 'utf-8').toLowerCase();
    if (name === 'ascii' && /[^\0-\x7f]/.test(text as string)) {
      const at = (text as string).search(/[^\0-\x7f]/);
      throw new PyError(
        vm.exception(type('UnicodeEncodeError'), [
          `'ascii' codec can't encode character ${repr(vm, (text as string)[at]!)} in position ${at}: ordinal not in range(128)`,
        ]),
      );
    }
    return bytes(encode(text as string));
  },
  casefold: (_vm, [text = '']) => (text as string).toLowerCase(),
  isdigit: test(/^\p{Nd}+$/u),
  isnumeric: test(/^\p{N}+$/u),
  isdecimal: test(/^\p{Nd}+$/u),
  isalpha: test(/^\p{L}+$/u),
  isalnum: test(/^[\p{L}\p{N}]+$/u),
  isspace: test(/^\s+$/),
  isupper: (_vm, [text = '']) => /\p{Lu}/u.test(text as string) && !/\p{Ll}/u.test(text as string),
  islower: (_vm, [text = '']) => /\p{Ll}/u.test(text as string) && !/\p{Lu}/u.test(text as string),
  istitle: test(/^(\P{L}*\p{Lu}\p{Ll}*)+\P{L}*$/u),
  isidentifier: test(/^[\p{L}_][\p{L}\p{N}_]*$/u),
  isprintable: (_vm, [text = '']) => !/[\x00-\x1f\x7f]/.test(text as string),
  isascii: (_vm, [text = '']) => /^[\0-\x7f]*$/.test(text as string),
  translate: (_vm, [text = '', table]) =>
    [...(text as string)]
      .map((char) => {
        const found = is(table, 'dict') ? table.m.get(`n${char.codePointAt(0)}`)?.[1] : undefined;
        if (found === undefined) return char;
        return found === null
          ? ''
          : typeof found === 'bigint'
            ? String.fromCodePoint(Number(found))
            : (found as string);
      })
      .join(''),
  maketrans: (_vm, [, from = '', to = '']) => ({
    t: 'dict',
    m: new Map(
      [...(from as string)].map((char, at) => [
        `n${char.codePointAt(0)}`,
        [BigInt(char.codePointAt(0)!), [...(to as string)][at] ?? null],
      ]),
    ),
  }),
});

const bytesMethods = {
  ...common(bytes, (vm, value) => {
    if (is(value, 'bytes', 'bytearray')) return value.v;
    if (typeof value === 'bigint') return String.fromCharCode(Number(value));
    throw vm.error('TypeError', `a bytes-like object is required, not '${classOf(value).name}'`);
  }),
  decode: ((vm, [data, encoding]) => {
    const { v } = data as { v: string };
    const name = String(encoding ?? 'utf-8').toLowerCase();
    if (/latin|iso-8859-1/.test(name)) return v;
    const text = decode(v);
    if (text.includes('\ufffd')) {
      const at = [...v].findIndex((char, index) => char > '\x7f' && decode(v.slice(0, index + 1)).includes('\ufffd'));
      throw new PyError(
        vm.exception(type('UnicodeDecodeError'), [
          `'utf-8' codec can't decode byte 0x${v.charCodeAt(at).toString(16)} in position ${at}: invalid start byte`,
        ]),
      );
    }
    return text;
  }) satisfies Native,
  hex: ((_vm, [data]) =>
    [...(data as { v: string }).v]
      .map((char) => char.charCodeAt(0).toString(16).padStart(2, '0'))
      .join('')) satisfies Native,
  fromhex: ((_vm, args) =>
    bytes(
      String(args.at(-1))
        .replace(/\s/g, '')
        .replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))),
    )) satisfies Native,
};
methods('bytes', bytesMethods);
methods('bytearray', {
  ...bytesMethods,
  append: (_vm, [data, item]) => {
    (data as { v: string }).v += String.fromCharCode(Number(item));
    return null;
  },
  extend: (_vm, [data, more]) => {
    (data as { v: string }).v += (more as { v: string }).v;
    return null;
  },
});
methods('int', {
  bit_length: (_vm, [value = 0n]) =>
    BigInt(
      (value as bigint) === 0n
        ? 0
        : ((value as bigint) < 0n ? -(value as bigint) : (value as bigint)).toString(2).length,
    ),
  to_bytes: (_vm, [value = 0n, length = 1n, order = 'big']) => {
    const hex = (value as bigint).toString(16).padStart(Number(length) * 2, '0');
    const parts = (hex.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16)));
    return bytes((order === 'little' ? parts.reverse() : parts).join(''));
  },
  from_bytes: (_vm, args) => {
    const data = args.find((arg) => is(arg, 'bytes')) as unknown as { v: string };
    const chars = args.at(-1) === 'little' ? [...data.v].reverse() : [...data.v];
    return chars.reduce((sum, char) => sum * 256n + BigInt(char.charCodeAt(0)), 0n);
  },
});
methods('float', {
  is_integer: (_vm, [value = 0]) => Number.isInteger(value as number),
  hex: (_vm, [value = 0]) => String(value),
});
