import { h, type Tree } from './tree.ts';

/** A text to edit under its label. With `watched`, a pause in typing counts as a move of that name. */
export function editor(name: string, label: string, text: string, watched?: string): Tree {
  const lines = text.split('\n').length;
  return h(
    'label',
    { class: 'ex-editor' },
    h('span', {}, label),
    h(
      'textarea',
      {
        name,
        rows: Math.min(24, lines + 1),
        spellcheck: 'false',
        autocapitalize: 'off',
        autocomplete: 'off',
        'data-do': watched,
      },
      text,
    ),
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
