/** Text order in which runs of digits count as numbers, `net2` before `net10` (fvbommel/sortorder, NaturalLess). */
export function compareNaturally(a: string, b: string): number {
  const left = a.match(/\d+|\D/g) ?? [];
  const right = b.match(/\d+|\D/g) ?? [];
  for (let index = 0; index < left.length && index < right.length; index += 1) {
    const [x, y] = [left[index]!, right[index]!];
    if (x === y) continue;
    if (/^\d/.test(x) && /^\d/.test(y)) {
      const [m, n] = [x.replace(/^0+/, ''), y.replace(/^0+/, '')];
      if (m !== n) return m.length - n.length || (m < n ? -1 : 1);
      if (x.length !== y.length) return x.length - y.length;
    }
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}
