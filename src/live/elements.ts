type Attributes = Readonly<Record<string, string | boolean>>;

/** An element with attributes and children; text among them is text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'boolean') made.toggleAttribute(key, value);
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Pictures of 16 by 16, as paths of lines. */
const ICONS = {
  undo: 'M6 3L2.5 6.5L6 10M2.5 6.5H10a3.5 3.5 0 0 1 0 7H6',
  redo: 'M10 3l3.5 3.5L10 10M13.5 6.5H6a3.5 3.5 0 0 0 0 7h4',
  reset: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.5v3h3',
  share:
    'M7 9.5l3-3M6.5 5l1.8-1.8a2.6 2.6 0 0 1 3.7 0 2.6 2.6 0 0 1 0 3.7L10.500 8.500M9.500 11l-1.800 1.800a2.600 2.600 0 0 1-3.700-3.700L5.700 7.500',
  dock: 'M2.500 3h11v10h-11zM10 3v10',
  close: 'M4 4l8 8M12 4l-8 8',
} as const;

/** A button that shows a picture and is called by its label. */
export function iconButton(icon: keyof typeof ICONS, label: string, onPress: () => void): HTMLButtonElement {
  const button = element('button', { type: 'button', title: label, 'aria-label': label });
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true' }))
    svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[icon]);
  svg.append(path);
  button.append(svg);
  button.addEventListener('click', onPress);
  return button;
}

export function relabel(button: HTMLElement, label: string): void {
  button.title = label;
  button.setAttribute('aria-label', label);
}
