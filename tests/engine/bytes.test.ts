import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decode, encode } from '../../src/engine/bytes.ts';
import { digest } from '../../src/engine/digest.ts';

it('a byte string has a character for each byte and leads back to its text', () => {
  expect(encode('Größe …')).toHaveLength(11);
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => decode(encode(text)) === text));
});

it('digests are those of the bytes', () => {
  // printf 'Größe' | sha256sum
  expect(digest('')).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(digest(encode('Größe'))).toBe('sha256:aedc3f80989a6546962705852b2f4a481dbd1e490760693525c3724bacab3f50');
});
