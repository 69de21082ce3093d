/** Edits that lead from one word to another: insertions, deletions, replacements. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}

/** The option that was probably meant: at most two edits away. Nothing when the word is an option itself. */
export function suggestion(word: string, options: Iterable<string>, caseSensitive = true): string | undefined {
  const wanted = caseSensitive ? word : word.toLowerCase();
  let best: string | undefined;
  let least = 3;
  for (const option of options) {
    const candidate = caseSensitive ? option : option.toLowerCase();
    if (candidate === wanted) return undefined;
    const edits = distance(wanted, candidate);
    if (edits >= least) continue;
    least = edits;
    best =
      caseSensitive || word === wanted ? candidate : word === word.toUpperCase() ? candidate.toUpperCase() : option;
  }
  return best;
}

/** ` (did you mean X?)`, or nothing. */
export function didYouMean(word: string, options: Iterable<string>, caseSensitive = true): string {
  const found = suggestion(word, options, caseSensitive);
  return found === undefined ? '' : ` (did you mean ${found}?)`;
}
