import { humanSize } from '../engine/units.ts';
import { h, type Tree } from './tree.ts';

/** A bar as long as a part of the whole, its second piece in another colour. Numbers stand beside it, so it is hidden from screen readers. */
export function bar(whole: number, first: number, second = 0): Tree {
  const share = (bytes: number) => `${((100 * bytes) / Math.max(1, whole)).toFixed(2)}%`;
  return h(
    'svg',
    { class: 'ex-bar', 'aria-hidden': 'true' },
    h('rect', { width: share(first), height: '100%' }),
    second > 0 ? h('rect', { class: 'ex-own', x: share(first), width: share(second), height: '100%' }) : '',
  );
}

/** Bytes as Docker's lists write them. */
export function size(bytes: number): string {
  return humanSize(bytes);
}
