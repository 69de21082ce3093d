import { expect, it } from 'vitest';
import { wordsOf } from '../../src/reader/not-found.ts';

it('finds the words of an address', () => {
  expect(wordsOf('/de/volumes/bind-mount.html')).toBe('volumes bind mount');
  expect(wordsOf('/en/')).toBe('');
  expect(wordsOf('/docker_compose/%C3%BCberblick/')).toBe('docker compose überblick');
});

it('does not stumble over an address that is no valid encoding', () => {
  expect(wordsOf('/de/100%/x')).toBe('100% x');
});
