import { expect, it } from 'vitest';
import { systemTools } from '../../../src/programs/system/index.ts';
import { answer } from './world.ts';

const WORDS = [
  '-a',
  '-z',
  '--help',
  '--nix=1',
  '-',
  '--',
  '',
  '/etc/passwd',
  'nix',
  '0',
  '-1',
  '99999',
  'a=b',
  '+%F',
  '{}',
  ';',
  '-exec',
  'http://x/',
  '127.0.0.1',
  '80',
  '-c',
  '%q',
];

/** A small generator, so that every run tries the same words. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

it.each(['busybox', 'gnu'] as const)('whatever the arguments, a %s tool answers', async (flavour) => {
  const random = sequence(flavour === 'gnu' ? 7 : 11);
  for (const name of Object.keys(systemTools)) {
    // Listening, and waiting for ever, is what these are asked to do.
    if (['sleep', 'nc', 'netcat', 'ping', 'ping6', 'top', '[['].includes(name)) continue;
    for (let round = 0; round < 4; round += 1) {
      const words = Array.from({ length: Math.floor(random() * 4) }, () => WORDS[Math.floor(random() * WORDS.length)]!);
      const line = `'${name}' ${words.map((word) => `'${word}'`).join(' ')}`;
      const { status } = await answer(flavour, line);
      expect(status, line).toBeTypeOf('number');
    }
  }
});
