/** How a reader wants the terminal. */
export interface Preferences {
  readonly dock: 'bottom' | 'right';
  readonly speed: 'reading' | 'once';
  readonly screenReader: boolean;
}

const KEY = 'stapellauf-terminal-preferences';
const USUAL: Preferences = { dock: 'bottom', speed: 'reading', screenReader: false };

/** What the reader chose last; the usual where nothing, or nothing legible, is stored. */
export function loadPreferences(): Preferences {
  try {
    const { dock, speed, screenReader } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>;
    return {
      dock: dock === 'right' ? dock : USUAL.dock,
      speed: speed === 'once' ? speed : USUAL.speed,
      screenReader: screenReader === true,
    };
  } catch {
    return USUAL;
  }
}

export function savePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // They then last as long as the page.
  }
}
