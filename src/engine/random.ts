/** A state of the seeded generator: 32 bits. */
export interface RandomState {
  random: number;
}

/** The next number of the generator, 0 ≤ n < 1 (mulberry32). Advances the state. */
export function random(state: RandomState): number {
  state.random = (state.random + 0x6d2b79f5) | 0;
  let t = Math.imul(state.random ^ (state.random >>> 15), 1 | state.random);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

/** A whole number from `low` up to but not including `high`. */
export function randomInteger(state: RandomState, low: number, high: number): number {
  return low + Math.floor(random(state) * (high - low));
}

/** Hexadecimal digits, as in ids of containers (64) and end points. */
export function randomHex(state: RandomState, digits: number): string {
  let text = '';
  while (text.length < digits)
    text += Math.floor(random(state) * 0x100000000)
      .toString(16)
      .padStart(8, '0');
  return text.slice(0, digits);
}

const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz';

/** 25 characters of base 36: ids of Swarm objects and of BuildKit's references. */
export function randomBase36(state: RandomState, length = 25): string {
  return Array.from({ length }, () => BASE36[randomInteger(state, 0, 36)]).join('');
}
