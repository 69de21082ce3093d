/** Wide diagrams open in a dialog that fills the window. The button is shown only where this script runs. */
for (const button of document.querySelectorAll<HTMLButtonElement>('.diagram-enlarge')) {
  button.hidden = false;
  button.addEventListener('click', () => enlarge(button));
}

function enlarge(button: HTMLButtonElement): void {
  const frame = button.closest('figure')!.querySelector('.diagram-frame')!;
  const svg = frame.querySelector('svg')!;
  const dialog = document.createElement('dialog');
  dialog.className = 'diagram-dialog';
  const title = svg.querySelector('title')?.textContent ?? '';
  dialog.setAttribute('aria-label', title);
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = button.dataset['close'] ?? '×';
  close.addEventListener('click', () => dialog.close());
  // Moved, not copied: the picture's ids stay unique.
  dialog.append(close, svg);
  dialog.addEventListener('close', () => {
    frame.append(svg);
    dialog.remove();
    button.focus();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}
