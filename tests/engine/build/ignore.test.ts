import { describe, expect, it } from 'vitest';
import { filtered } from '../../../src/engine/build/content.ts';
import { ignorePatterns, PatternMatcher } from '../../../src/engine/build/ignore.ts';
import { directory, type FileNode, regularFile } from '../../../src/engine/files/node.ts';
import { walk } from '../../../src/engine/files/tree.ts';

const matcher = (text: string) => new PatternMatcher(ignorePatterns(text));

describe('.dockerignore', () => {
  it.each([
    ['*.md', 'README.md', true],
    ['*.md', 'docs/README.md', false],
    ['**/*.md', 'docs/a/README.md', true],
    ['docs', 'docs/a', true],
    ['/docs/', 'docs/a', true],
    ['a?c', 'abc', true],
    ['sub/**/x', 'sub/x', true],
    ['*\n!keep', 'keep', false],
    ['!keep\n*', 'keep', true],
    ['# a\n\n  b  ', 'b', true],
  ])('%j and %s: %s', (text, path, excluded) => {
    expect(matcher(text).matches(path)).toBe(excluded);
  });

  it('keeps a folder for what an exception brings back', () => {
    const file: FileNode = regularFile('x');
    const inside = directory(
      {},
      new Map([
        ['in', file],
        ['out', file],
      ]),
    );
    const tree = directory(
      {},
      new Map<string, FileNode>([
        ['a', inside],
        ['b', file],
      ]),
    );
    expect([...walk(filtered(tree, matcher('*\n!a/in')))].map(([path]) => path)).toEqual(['/a', '/a/in']);
  });
});
