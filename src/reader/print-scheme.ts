/** Paper is white: a printed page is set in the light scheme, and the screen gets its own back afterwards. */
const printing = matchMedia('print');
let before: string | undefined;

printing.addEventListener('change', () => {
  const root = document.documentElement;
  if (printing.matches) {
    before = root.dataset['theme'];
    root.dataset['theme'] = 'light';
  } else if (before) root.dataset['theme'] = before;
});
