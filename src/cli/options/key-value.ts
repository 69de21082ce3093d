/** Splits at the first `=` (Go, strings.Cut); `value` is undefined when there is none. */
export function cut(text: string, separator = '='): readonly [key: string, value: string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** `KEY=VALUE` texts as an object; without `=` the value is empty, later ones win (docker/cli, ConvertKVStringsToMap). */
export function keyValueMap(values: readonly string[]): Record<string, string> {
  const map: Record<string, string> = {};
  for (const one of values) {
    const [key, value = ''] = cut(one);
    map[key] = value;
  }
  return map;
}
