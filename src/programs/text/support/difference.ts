/** A place where two texts differ: lines of each, counted from 0. */
export interface Hunk {
  readonly from: number;
  readonly fromCount: number;
  readonly to: number;
  readonly toCount: number;
}

/** Beyond so many cells of its table, what lies between the common ends is one change. */
const MAX_CELLS = 9_000_000;

/** The smallest set of changes that leads from one list of lines to the other. */
export function hunks(a: readonly string[], b: readonly string[]): Hunk[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let tail = 0;
  while (tail < a.length - start && tail < b.length - start && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const removed = Array<boolean>(a.length).fill(false);
  const added = Array<boolean>(b.length).fill(false);
  mark(a.slice(start, a.length - tail), b.slice(start, b.length - tail), start, removed, added);
  shift(a, removed);
  shift(b, added);
  const found: Hunk[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [from, to] = [i, j];
    while (i < a.length && removed[i]) i += 1;
    while (j < b.length && added[j]) j += 1;
    if (i > from || j > to) found.push({ from, fromCount: i - from, to, toCount: j - to });
    if (i < a.length && j < b.length) {
      i += 1;
      j += 1;
    } else if (i === from && j === to) break;
  }
  return found;
}

function mark(a: readonly string[], b: readonly string[], offset: number, removed: boolean[], added: boolean[]): void {
  const [n, m] = [a.length, b.length];
  if (n * m > MAX_CELLS) {
    removed.fill(true, offset, offset + n);
    added.fill(true, offset, offset + m);
    return;
  }
  const width = m + 1;
  const lengths = new Uint32Array((n + 1) * width);
  for (let i = n - 1; i >= 0; i -= 1)
    for (let j = m - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
  let [i, j] = [0, 0];
  while (i < n || j < m) {
    if (i < n && j < m && a[i] === b[j]) {
      i += 1;
      j += 1;
    } else if (j >= m || (i < n && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)) {
      removed[offset + i] = true;
      i += 1;
    } else {
      added[offset + j] = true;
      j += 1;
    }
  }
}

/** Moves each run of changed lines as far down as equal lines let it, as diff does. */
function shift(lines: readonly string[], changed: boolean[]): void {
  for (let at = 0; at < lines.length; at += 1) {
    if (!changed[at]) continue;
    let end = at;
    while (end < lines.length && changed[end]) end += 1;
    let start = at;
    while (end < lines.length && !changed[end] && lines[start] === lines[end]) {
      changed[start] = false;
      changed[end] = true;
      start += 1;
      end += 1;
      while (end < lines.length && changed[end]) end += 1;
    }
    at = end;
  }
}

/** Changes in the unified format, without the header. */
export function hunkLines(found: readonly Hunk[], a: readonly string[], b: readonly string[], around: number): string {
  const groups: Hunk[][] = [];
  for (const hunk of found) {
    const last = groups.at(-1)?.at(-1);
    if (last && hunk.from - (last.from + last.fromCount) <= 2 * around) groups.at(-1)!.push(hunk);
    else groups.push([hunk]);
  }
  let text = '';
  for (const group of groups) {
    const [first, last] = [group[0]!, group.at(-1)!];
    const before = Math.min(around, first.from);
    const after = Math.min(around, a.length - last.from - last.fromCount);
    const [from, to] = [first.from - before, first.to - before];
    const fromEnd = last.from + last.fromCount + after;
    const toEnd = last.to + last.toCount + after;
    text += `@@ -${span(from, fromEnd - from)} +${span(to, toEnd - to)} @@\n`;
    let at = from;
    for (const hunk of group) {
      for (; at < hunk.from; at += 1) text += ` ${a[at]}\n`;
      for (const line of a.slice(hunk.from, hunk.from + hunk.fromCount)) text += `-${line}\n`;
      for (const line of b.slice(hunk.to, hunk.to + hunk.toCount)) text += `+${line}\n`;
      at = hunk.from + hunk.fromCount;
    }
    for (; at < fromEnd; at += 1) text += ` ${a[at]}\n`;
  }
  return text;
}

function span(from: number, count: number): string {
  if (count === 1) return String(from + 1);
  return `${count === 0 ? from : from + 1},${count}`;
}
