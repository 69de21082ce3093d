import type { FileNode } from '../files/node.ts';

const WHO: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007 };
const PERMISSION: Readonly<Record<string, number>> = { r: 0o444, w: 0o222, x: 0o111 };

/** The mode that `--chmod` gives a node: octal digits, or changes such as `u+x,go-w`. */
export function changeMode(node: FileNode, text: string): number {
  if (/^[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  let { mode } = node;
  for (const clause of text.split(',')) {
    const [, who = '', operations = ''] = /^([ugoa]*)(.*)$/.exec(clause)!;
    const names = who === '' || who.includes('a') ? 'ugo' : who;
    const mask = [...names].reduce((sum, name) => sum | (WHO[name]! & 0o777), 0);
    for (const [, operator, what = ''] of operations.matchAll(/([-+=])([rwxXstugo]*)/g)) {
      let bits = 0;
      for (const char of what) {
        if (char === 'X') bits |= node.type === 'directory' || (mode & 0o111) !== 0 ? 0o111 : 0;
        else if (char in PERMISSION) bits |= PERMISSION[char]!;
        else if ('ugo'.includes(char)) {
          const shift = { u: 6, g: 3, o: 0 }[char as 'u'];
          bits |= ((mode >> shift) & 7) * 0o111;
        }
      }
      bits &= mask;
      if (what.includes('s')) bits |= (names.includes('u') ? 0o4000 : 0) | (names.includes('g') ? 0o2000 : 0);
      if (what.includes('t')) bits |= 0o1000;
      if (operator === '+') mode |= bits;
      else if (operator === '-') mode &= ~bits;
      else mode = (mode & ~mask) | bits;
    }
  }
  return mode;
}
