/**
 * When printed output counts as the engine's answer: equal after what no two runs share (ids, ages, times,
 * sizes, durations, column padding) has been normalised, with a line of `…` standing for any number of lines.
 */
const AGE = String.raw`(?:Less than a second|About an? (?:second|minute|hour)|\d+ (?:second|minute|hour|day|week|month|year)s?)`;

/** The text with everything that differs between two runs replaced by a placeholder. */
export function normalise(text: string): string {
  return text
    .replace(/\b[0-9a-f]{64}\b/g, '<id>')
    .replace(/\bsha256:<id>/g, '<digest>')
    .replace(/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12}\b/g, '<id>')
    .replace(/\b(?=[a-z]*\d)[a-z0-9]{25}\b/g, '<id>')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| ?[+-]\d{2}:?\d{2}(?: UTC)?)?/g, '<time>')
    .replace(new RegExp(AGE, 'g'), '<age>')
    .replace(/\b(?!0B)\d+(?:\.\d+)? ?(?:B|kB|MB|GB|KiB|MiB|GiB)\b/g, '<size>')
    .replace(/\b\d+(?:\.\d+)?(?:ms|µs|s)\b/g, '<duration>')
    .replace(/(\S)[ \t]{2,}/g, '$1  ')
    .replace(/[ \t]+$/gm, '')
    .trimEnd();
}

/** Whether `printed` stands for `answered`; with `unordered` the order of lines is free. */
export function agrees(printed: string, answered: string, unordered = false): boolean {
  let expected = normalise(printed).split('\n');
  let actual = normalise(answered).split('\n');
  if (unordered) [expected, actual] = [expected, actual].map((lines) => [...lines].sort()) as [string[], string[]];
  const match = (i: number, j: number): boolean => {
    if (i === expected.length) return j === actual.length;
    if (expected[i]!.trim() === '…') {
      for (let k = j; k <= actual.length; k += 1) if (match(i + 1, k)) return true;
      return false;
    }
    return j < actual.length && expected[i] === actual[j] && match(i + 1, j + 1);
  };
  return match(0, 0);
}
