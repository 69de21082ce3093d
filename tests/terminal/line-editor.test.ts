import { expect, test } from 'vitest';
import { LineEditor } from '../../src/terminal/line-editor.ts';

/** What stands in the line after keys, with `|` where the cursor is. */
function line(...keys: string[]): string {
  const editor = new LineEditor();
  for (const key of keys) editor.feed(key);
  const { text, cursor } = editor.view;
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

const LEFT = '\x1b[D';

test.each([
  ['letters', ['docker', ' ps'], 'docker ps|'],
  ['in the middle', ['ab', LEFT, 'x'], 'ax|b'],
  ['backspace', ['abc', LEFT, '\x7f'], 'a|c'],
  ['delete', ['abc', LEFT, '\x1b[3~'], 'ab|'],
  ['home and end', ['abc', '\x01', 'x', '\x05', 'y'], 'xabcy|'],
  ['a word back', ['docker ps -a', '\x17'], 'docker ps |'],
  ['kill and yank', ['abc', LEFT, '\x0b', '\x01', '\x19'], 'c|ab'],
  ['kill before', ['abc', LEFT, '\x15'], '|c'],
  ['over a word', ['docker ps', '\x1b[1;5D', 'x'], 'docker x|ps'],
])('edits: %s', (_name, keys, expected) => {
  expect(line(...keys)).toBe(expected);
});

test('submits a line and finds it again', () => {
  const editor = new LineEditor();
  expect(editor.feed('docker ps\r')).toEqual([{ kind: 'submit', line: 'docker ps' }]);
  editor.feed('docker images\r');
  editor.feed('\x1b[A\x1b[A');
  expect(editor.view.text).toBe('docker ps');
  editor.feed('\x1b[B');
  expect(editor.view.text).toBe('docker images');
});

test('searches backwards in the history', () => {
  const editor = new LineEditor();
  for (const done of ['docker pull redis\r', 'docker run redis\r', 'echo\r']) editor.feed(done);
  editor.feed('\x12red');
  expect(editor.view).toMatchObject({ search: 'red', text: 'docker run redis' });
  editor.feed('\x12');
  expect(editor.view.text).toBe('docker pull redis');
  expect(editor.feed('\r')).toEqual([{ kind: 'submit', line: 'docker pull redis' }]);
});

test('takes several pasted lines as several', () => {
  const editor = new LineEditor();
  const events = editor.feed('\x1b[200~echo 1\necho 2\n\x1b[201~');
  expect(events).toEqual([
    { kind: 'submit', line: 'echo 1' },
    { kind: 'submit', line: 'echo 2' },
  ]);
});

test('tells of keys that are no editing', () => {
  const editor = new LineEditor();
  editor.feed('docker r');
  expect(editor.feed('\t')).toEqual([{ kind: 'complete', before: 'docker r' }]);
  expect(editor.feed('\x03')).toEqual([{ kind: 'interrupt' }]);
  expect(editor.view.text).toBe('');
  expect(editor.feed('\x04')).toEqual([{ kind: 'end' }]);
});

test('goes on with a line that is not complete', () => {
  const editor = new LineEditor();
  const events = [...editor.feed('docker run \\\r'), ...editor.feed('alpine\r')];
  expect(events.at(-1)).toEqual({ kind: 'submit', line: 'docker run \\\nalpine' });
});
