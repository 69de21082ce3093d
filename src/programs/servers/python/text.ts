import { viewItems } from './iterate.ts';
import type { Machine } from './machine.ts';
import { ownMethod } from './objects.ts';
import { classOf, isException, isSubclass, type } from './types.ts';
import { is, isObject, type Value } from './value.ts';

/** A float as Python writes it: the shortest text that means it. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16)
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  const text = value.toString().includes('e')
    ? value.toFixed(Math.max(0, mantissa.length - 2 - exponent))
    : value.toString();
  return text.includes('.') ? text : `${text}.0`;
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (char === quote || char === '\\') out += `\\${char}`;
    else if (char === '\n') out += '\\n';
    else if (char === '\r') out += '\\r';
    else if (char === '\t') out += '\\t';
    else if (code < 32 || code === 127) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cn}]|[\xa0\xad]/u.test(char))
      out += code < 256 ? `\\x${code.toString(16)}` : `\\u${code.toString(16).padStart(4, '0')}`;
    else out += char;
  }
  return quote + out + quote;
}

export function bytesText(data: string): string {
  const quote = data.includes("'") && !data.includes('"') ? '"' : "'";
  const text = data.replace(/[\s\S]/g, (char) => {
    const code = char.charCodeAt(0);
    if (char === quote || char === '\\') return `\\${char}`;
    if (char === '\n') return '\\n';
    if (char === '\r') return '\\r';
    if (char === '\t') return '\\t';
    return code < 32 || code > 126 ? `\\x${code.toString(16).padStart(2, '0')}` : char;
  });
  return `b${quote}${text}${quote}`;
}

const address = (id: number) => `0x7f${(0x3a2c41000000 + id * 0x50).toString(16).slice(-10)}`;

/** `repr(value)`. */
export function repr(vm: Machine, value: Value, seen: readonly Value[] = []): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return floatText(value);
  if (typeof value === 'string') return quoted(value);
  if (!is(value, 'class')) {
    const own = ownMethod(value, '__repr__');
    if (own !== undefined) return vm.call(own, [value]) as string;
  }
  const inner = (item: Value) => repr(vm, item, [...seen, value]);
  const nested = seen.includes(value);
  switch (value.t) {
    case 'list':
      return nested ? '[...]' : `[${value.v.map(inner).join(', ')}]`;
    case 'tuple':
      return value.v.length === 1 ? `(${inner(value.v[0]!)},)` : `(${value.v.map(inner).join(', ')})`;
    case 'dict':
      if (nested) return '{...}';
      return `{${[...value.m.values()].map(([key, item]) => `${inner(key)}: ${inner(item)}`).join(', ')}}`;
    case 'set':
      return value.m.size === 0 ? 'set()' : `{${setItems(value.m).map(inner).join(', ')}}`;
    case 'frozenset':
      return value.m.size === 0 ? 'frozenset()' : `frozenset({${setItems(value.m).map(inner).join(', ')}})`;
    case 'bytes':
      return bytesText(value.v);
    case 'bytearray':
      return `bytearray(${bytesText(value.v)})`;
    case 'range':
      return `range(${value.start}, ${value.stop}${value.step === 1n ? '' : `, ${value.step}`})`;
    case 'slice':
      return `slice(${inner(value.from)}, ${inner(value.to)}, ${inner(value.step)})`;
    case 'view':
      return `dict_${value.kind}([${viewItems(value).map(inner).join(', ')}])`;
    case 'function':
      return `<function ${value.qualifiedName} at ${address(value.code.length)}>`;
    case 'builtin':
      if (value.self !== undefined)
        return `<built-in method ${value.name.replace(/^.*\./, '')} of ${classOf(value.self).name} object at ${address(9)}>`;
      return `<built-in function ${value.name.replace(/^.*\./, '')}>`;
    case 'method':
      return `<bound method ${is(value.func, 'function') ? value.func.qualifiedName : '?'} of ${repr(vm, value.self)}>`;
    case 'class':
      return `<class '${value.module === 'builtins' ? '' : `${value.module}.`}${value.name}'>`;
    case 'module': {
      const file = value.attrs.get('__file__');
      return `<module '${value.name}' ${typeof file === 'string' ? `from '${file}'` : '(built-in)'}>`;
    }
    case 'generator':
      return `<generator object ${value.name} at ${address(value.id)}>`;
    case 'iterator':
      return `<${classOf(value).name} object at ${address(11)}>`;
    case 'singleton':
      return value.name;
    case 'file':
      return `<_io.${value.binary ? 'BufferedReader' : 'TextIOWrapper'} name=${repr(vm, value.name)}${value.binary ? '' : ` mode='${value.mode}' encoding='utf-8'`}>`;
    case 'object':
      if (isException(value)) return `${value.cls.name}(${(value.args ?? []).map(inner).join(', ')})`;
      return `<${value.cls.module === 'builtins' ? '' : `${value.cls.module}.`}${value.cls.name} object at ${address(value.id)}>`;
    default:
      return `<${value.t} object at ${address(7)}>`;
  }
}

/** Sets of small whole numbers come in their order; other sets as they were made. */
function setItems(m: ReadonlyMap<string, Value>): Value[] {
  const items = [...m.values()];
  if (items.every((item) => typeof item === 'bigint' && item >= 0n))
    return items.sort((a, b) => (Number(a) < Number(b) ? -1 : 1));
  return items;
}

/** `str(value)`. */
export function str(vm: Machine, value: Value): string {
  if (typeof value === 'string') return value;
  if (isObject(value) && !is(value, 'class')) {
    const own = ownMethod(value, '__str__');
    if (own !== undefined) return vm.call(own, [value]) as string;
    if (isException(value)) return exceptionText(vm, value);
  }
  return repr(vm, value);
}

export function exceptionText(vm: Machine, value: Extract<Value, { t: 'object' }>): string {
  const args = value.args ?? [];
  if (isSubclass(value.cls, type('OSError')) && args.length >= 2) {
    const file = args[2] === undefined || args[2] === null ? '' : `: ${repr(vm, args[2])}`;
    return `[Errno ${repr(vm, args[0]!)}] ${str(vm, args[1]!)}${file}`;
  }
  if (isSubclass(value.cls, type('KeyError')) && args.length === 1) return repr(vm, args[0]!);
  if (args.length === 0) return '';
  return args.length === 1 ? str(vm, args[0]!) : `(${args.map((arg) => repr(vm, arg)).join(', ')})`;
}
