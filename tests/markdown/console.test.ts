import { describe, expect, it } from 'vitest';
import { classifyLines, formatConsole, parseConsole } from '../../src/markdown/console.ts';

const text = '$ docker run --rm alpine \\\n>   echo hi\nhi\n$ true\n$ cat <<EOF\n> a\n>\n> b\n> EOF\na\n\nb';

describe('console fences', () => {
  it('tell commands, their continuation and output apart', () => {
    expect(parseConsole(text)).toEqual([
      { command: 'docker run --rm alpine \\\n  echo hi', output: 'hi' },
      { command: 'true', output: '' },
      { command: 'cat <<EOF\na\n\nb\nEOF', output: 'a\n\nb' },
    ]);
  });

  it('come back as they were', () => {
    expect(formatConsole(parseConsole(text)).replaceAll('> \n', '>\n')).toBe(text);
  });

  it('take a line with "> " for output when no command is open', () => {
    expect(classifyLines(['$ a', 'out', '> out too'])).toEqual(['command', 'output', 'output']);
  });

  it('refuse output without a command', () => {
    expect(() => parseConsole('hello')).toThrow('must begin with "$ "');
  });
});
