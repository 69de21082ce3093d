import type { FileNode } from '../../engine/files/node.ts';

const TYPE_LETTERS: Readonly<Record<FileNode['type'], string>> = {
  directory: 'd',
  file: '-',
  symlink: 'l',
  character: 'c',
  block: 'b',
  socket: 's',
  fifo: 'p',
};

/** S_IFMT bits of a node (inode(7)). */
const TYPE_BITS: Readonly<Record<FileNode['type'], number>> = {
  directory: 0o040000,
  file: 0o100000,
  symlink: 0o120000,
  character: 0o020000,
  block: 0o060000,
  socket: 0o140000,
  fifo: 0o010000,
};

export const typeLetter = (node: FileNode) => TYPE_LETTERS[node.type];
export const typeBits = (node: FileNode) => TYPE_BITS[node.type];

/** Permission bits as nine letters: `rwxr-sr-t`. */
export function permissions(mode: number): string {
  const special: [number, number, string][] = [
    [0o4000, 2, 's'],
    [0o2000, 5, 's'],
    [0o1000, 8, 't'],
  ];
  const letters = Array.from({ length: 9 }, (_, i) => (mode & (1 << (8 - i)) ? 'rwx'[i % 3]! : '-'));
  for (const [bit, at, letter] of special)
    if (mode & bit) letters[at] = letters[at] === 'x' ? letter : letter.toUpperCase();
  return letters.join('');
}

/** The first column of `ls -l`. */
export const modeString = (node: FileNode) => typeLetter(node) + permissions(node.mode);

const WHO: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007, a: 0o7777 };
const PLACES: readonly [string, number][] = [
  ['u', 6],
  ['g', 3],
  ['o', 0],
];

/** The mode that an octal or symbolic mode makes of an old one; undefined when it can't be read. Without `ugoa`, the umask counts. */
export function changedMode(text: string, old: number, isDirectory: boolean, umask = 0o022): number | undefined {
  if (/^[0-7]+$/.test(text)) {
    const mode = Number.parseInt(text, 8);
    if (mode > 0o7777) return undefined;
    // chmod(1): a numeric mode of up to four digits leaves a folder's set-id bits alone.
    return isDirectory && text.length < 5 ? mode | (old & 0o6000) : mode;
  }
  let mode = old;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause);
    if (!match) return undefined;
    const [, who = '', actions = ''] = match;
    for (const [, operator, what = ''] of actions.matchAll(/([-+=])([rwxXst]*|[ugo])(?=[-+=]|$)/g))
      mode = applied(mode, who, operator!, what, isDirectory, umask);
  }
  return mode;
}

function applied(
  mode: number,
  who: string,
  operator: string,
  what: string,
  isDirectory: boolean,
  umask: number,
): number {
  const affected = who === '' ? 0o7777 : [...who].reduce((mask, letter) => mask | WHO[letter]!, 0);
  let bits = 0;
  if (/^[ugo]$/.test(what)) {
    const shift = PLACES.find(([letter]) => letter === what)![1];
    bits = ((mode >> shift) & 7) * 0o111;
  } else {
    if (what.includes('r')) bits |= 0o444;
    if (what.includes('w')) bits |= 0o222;
    if (what.includes('x') || (what.includes('X') && (isDirectory || (mode & 0o111) !== 0))) bits |= 0o111;
    if (what.includes('s')) bits |= 0o6000;
    if (what.includes('t')) bits |= 0o1000;
  }
  bits &= affected;
  if (who === '') bits &= ~umask;
  if (operator === '+') return mode | bits;
  if (operator === '-') return mode & ~bits;
  // `=` keeps a folder's set-id bits, as coreutils does.
  const cleared = affected & ~(isDirectory && !what.includes('s') ? 0o6000 : 0);
  return (mode & ~cleared) | bits;
}
