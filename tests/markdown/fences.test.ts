import { describe, expect, it } from 'vitest';
import { fences, metaFlag, metaValue } from '../../src/markdown/fences.ts';

describe('fences', () => {
  it('finds language, meta, content and lines', () => {
    const text = 'Text\n\n```yaml title="compose.yaml" {2}\nservices:\n  web: {}\n```\n\nMore';
    expect(fences(text)).toEqual([
      { lang: 'yaml', meta: 'title="compose.yaml" {2}', code: 'services:\n  web: {}', line: 3, endLine: 6, indent: 0 },
    ]);
  });

  it('keeps shorter fences inside longer ones as content', () => {
    const [fence, ...rest] = fences('````md\n```sh\nls\n```\n````');
    expect(fence?.code).toBe('```sh\nls\n```');
    expect(rest).toEqual([]);
  });

  it('takes the indentation of a list item off', () => {
    expect(fences('- a\n\n  ```sh\n  ls\n    -l\n  ```')[0]?.code).toBe('ls\n  -l');
  });

  it('lets an unclosed fence run to the end', () => {
    expect(fences('```sh\nls\n')[0]?.code).toBe('ls\n');
  });

  it('takes no inline code for a fence', () => {
    expect(fences('``` not `a` fence')).toEqual([]);
  });
});

describe('meta', () => {
  it('reads values and bare words apart', () => {
    const meta = 'title="a setup b" sketch norun="needs a cluster"';
    expect(metaValue(meta, 'title')).toBe('a setup b');
    expect(metaValue(meta, 'norun')).toBe('needs a cluster');
    expect(metaValue(meta, 'none')).toBeUndefined();
    expect(metaFlag(meta, 'sketch')).toBe(true);
    expect(metaFlag(meta, 'setup')).toBe(false);
  });
});
