const isDigit = (char: string) => /\d/.test(char);
const isLetter = (char: string) => /\p{L}/u.test(char);

/** The order in which go-yaml sorts keys: numbers inside names by their value (yaml sorter.go). */
export function compareKeys(left: string, right: string): number {
  const a = [...left];
  const b = [...right];
  let digits = false;
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    const x = a[i]!;
    const y = b[i]!;
    if (x === y) {
      digits = isDigit(x);
      continue;
    }
    const less = lessAt(a, b, i, digits);
    return less ? -1 : 1;
  }
  return a.length - b.length;
}

function lessAt(a: readonly string[], b: readonly string[], at: number, digits: boolean): boolean {
  const x = a[at]!;
  const y = b[at]!;
  const letterX = isLetter(x);
  const letterY = isLetter(y);
  if (letterX && letterY) return x < y;
  if (letterX || letterY) return digits ? letterX : letterY;
  const [numberX, endX] = numberAt(a, at, x === '0' || y === '0');
  const [numberY, endY] = numberAt(b, at, x === '0' || y === '0');
  if (numberX !== numberY) return numberX < numberY;
  if (endX !== endY) return endX < endY;
  return x < y;
}

function numberAt(text: readonly string[], at: number, zero: boolean): [number, number] {
  let number = 0;
  // Zeros after other digits count as part of the number that has already begun.
  if (zero)
    for (let i = at - 1; i >= 0 && isDigit(text[i]!); i -= 1)
      if (text[i] !== '0') {
        number = 1;
        break;
      }
  let end = at;
  for (; end < text.length && isDigit(text[end]!); end += 1) number = number * 10 + Number(text[end]);
  return [number, end];
}
