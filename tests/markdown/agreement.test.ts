import { describe, expect, it } from 'vitest';
import { agrees } from '../../src/markdown/agreement.ts';

describe('agreement of printed output and an answer', () => {
  it('does not look at ids, ages, sizes and times', () => {
    const one = 'CONTAINER ID   STATUS         SIZE\n3f9b6adc3e06   Up 2 minutes   8.3MB';
    const two = 'CONTAINER ID   STATUS           SIZE\na51c7340e92b   Up About a minute   12MB';
    expect(agrees(one, two)).toBe(true);
  });

  it('looks at everything else', () => {
    expect(agrees('web', 'db')).toBe(false);
    expect(agrees('a\nb', 'a')).toBe(false);
    expect(agrees('a', 'a\nb')).toBe(false);
    expect(agrees('0B', '12MB')).toBe(false);
  });

  it('lets a line of … stand for any lines', () => {
    expect(agrees('a\n…\nd', 'a\nb\nc\nd')).toBe(true);
    expect(agrees('…\nd', 'd')).toBe(true);
    expect(agrees('a\n…\nx', 'a\nb\nc\nd')).toBe(false);
  });

  it('compares in any order only when told so', () => {
    expect(agrees('a\nb', 'b\na')).toBe(false);
    expect(agrees('a\nb', 'b\na', true)).toBe(true);
  });
});
