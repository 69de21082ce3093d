import { h, type Tree } from './tree.ts';

/**
 * A text to edit under its label; where no script runs, and on paper, it stands there as it is. With `watched`, a pause in
 * typing counts as a move of that name.
 */
export function editor(name: string, label: string, text: string, watched?: string): Tree {
  const rows = Math.min(24, text.split('\n').length + 1);
  const plain = { spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off' };
  return h(
    'div',
    { class: 'ex-editor' },
    h('label', {}, h('span', {}, label), h('textarea', { name, rows, ...plain, 'data-do': watched }, text)),
    h('pre', { class: 'ex-source ex-still' }, text),
  );
}

/** A box to tick that is a move of its own. */
export function tick(name: string, label: Tree | Tree[], checked: boolean, move: string, hidden?: string): Tree {
  return h(
    'label',
    {},
    h('input', { type: 'checkbox', name, checked, 'data-do': move, 'aria-label': hidden }),
    Array.isArray(label) ? label : [label],
  );
}

/** One of several, as a move of its own. */
export function choice(
  name: string,
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen: string,
  move: string,
): Tree {
  return h(
    'label',
    { class: 'ex-choice' },
    h('span', {}, label),
    h(
      'select',
      { name, 'data-do': move },
      options.map(([value, text]) => h('option', { value, selected: value === chosen }, text)),
    ),
  );
}
