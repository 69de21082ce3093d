/** Words of the terminal's drawer, in both languages beside each other. */
const WORDS = {
  terminal: { de: 'Terminal', en: 'Terminal' },
  terminalLabel: { de: 'Terminal des nachgebauten Docker-Hosts', en: 'Terminal of the modelled Docker host' },
  preparing: { de: 'Vorher auf dieser Seite: {command}', en: 'Earlier on this page: {command}' },
  close: { de: 'Terminal schließen', en: 'Close the terminal' },
  undo: { de: 'Rückgängig', en: 'Undo' },
  redo: { de: 'Wiederholen', en: 'Redo' },
  reset: { de: 'Neu beginnen', en: 'Start over' },
  share: { de: 'Link kopieren', en: 'Copy a link' },
  shared: { de: 'Link zu dieser Sitzung kopiert.', en: 'Copied a link to this session.' },
  shareFailed: {
    de: 'Kopieren ist hier nicht erlaubt; der Link steht jetzt in der Adresszeile.',
    en: 'Copying is not allowed here; the link is in the address bar now.',
  },
  dockBottom: { de: 'Unten andocken', en: 'Dock below' },
  dockRight: { de: 'Rechts andocken', en: 'Dock at the side' },
  engine: { de: 'Engine', en: 'Engine' },
  files: { de: 'Dateien', en: 'Files' },
  settings: { de: 'Einstellungen', en: 'Settings' },
  speedReading: { de: 'Lesetempo', en: 'Reading speed' },
  speedAtOnce: { de: 'Sofort', en: 'At once' },
  speed: { de: 'Tempo der Beispiele', en: 'Speed of examples' },
  screenReader: { de: 'Vorlesemodus', en: 'Screen reader mode' },
  localLink: {
    de: 'Diese Adresse gibt es nur auf dem nachgebauten Host. Dort geht: {command}',
    en: 'This address exists on the modelled host only. There you can run: {command}',
  },
  welcome: {
    de: 'Ein nachgebauter Docker-Host. Tippe docker help, oder drücke bei einem Beispiel auf Ausführen.',
    en: 'A modelled Docker host. Type docker help, or press Run beside an example.',
  },
  leave: { de: 'F6 oder Umschalt+Tab verlässt das Terminal.', en: 'F6 or Shift+Tab leaves the terminal.' },
  restored: {
    de: 'Deine letzte Sitzung ist wieder da. Schritte: {n}.',
    en: 'Your last session is back. Steps: {n}.',
  },
  received: { de: 'Geteilte Sitzung geladen. Schritte: {n}.', en: 'Shared session loaded. Steps: {n}.' },
  damaged: {
    de: 'Die gespeicherte Sitzung war nicht lesbar und wurde beiseitegelegt. Du beginnst neu.',
    en: 'The stored session could not be read and was set aside. You start afresh.',
  },
  badLink: { de: 'Der Link enthält keine lesbare Sitzung.', en: 'The link holds no readable session.' },
  undone: { de: 'Rückgängig gemacht: {what}', en: 'Undone: {what}' },
  redone: { de: 'Wiederholt: {what}', en: 'Done again: {what}' },
  resetDone: { de: 'Alles auf Anfang.', en: 'Back to the beginning.' },
  newFile: { de: 'Neue Datei', en: 'New file' },
  fileName: { de: 'Name der Datei', en: 'Name of the file' },
  save: { de: 'Speichern', en: 'Save' },
  saved: { de: 'Gespeichert: {name}', en: 'Saved: {name}' },
  editorLabel: { de: 'Inhalt von {name}', en: 'Content of {name}' },
} as const;

export type Language = 'de' | 'en';
export type Word = keyof typeof WORDS;

/** Words in a language; `{name}` in them is replaced by the value of that name. */
export function wordsIn(
  language: Language,
): (word: Word, values?: Readonly<Record<string, string | number>>) => string {
  return (word, values = {}) =>
    WORDS[word][language].replace(/\{(\w+)\}/g, (_match, name: string) => String(values[name] ?? ''));
}
