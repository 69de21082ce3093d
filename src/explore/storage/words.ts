import type { Language } from '../../languages.ts';

/** Words of the explorable `storage`. */
export const words = {
  de: {
    place: 'Ort',
    places: {
      layer: ['Beschreibbare Schicht', '/layer'],
      volume: ['Volume data', '/volume'],
      bind: ['Bind-Mount ./src', '/bind'],
      tmpfs: ['tmpfs', '/tmpfs'],
    },
    moves: { write: 'exec', stop: 'stop', start: 'start', rm: 'rm', run: 'run', volume: 'volume rm' },
    caption: 'Wie viele Zeilen die Datei note nach jedem Befehl hat (exec schreibt eine)',
    legend: '0: Der Ort ist da, die Datei nicht. ✗: Den Ort gibt es gerade nicht.',
    gone: 'weg',
    earlier: (count: number) => `Nicht gezeigt: ${count} frühere.`,
    next: 'Was als Nächstes?',
    refused: 'abgelehnt',
    sentence: {
      start: (kept: string) => `Nach allem, was hier geschah, ist die Datei noch da: ${kept}.`,
      refused: 'Docker lehnt das ab: Es ändert sich nichts.',
      same: 'Es ändert sich nichts an den Dateien.',
      lost: (places: string) => `Verloren: ${places}.`,
      more: (places: string) => `Geschrieben: ${places}.`,
      back: (places: string) => `Wieder da, aber leer: ${places}.`,
    },
  },
  en: {
    place: 'Place',
    places: {
      layer: ['Writable layer', '/layer'],
      volume: ['Volume data', '/volume'],
      bind: ['Bind mount ./src', '/bind'],
      tmpfs: ['tmpfs', '/tmpfs'],
    },
    moves: { write: 'exec', stop: 'stop', start: 'start', rm: 'rm', run: 'run', volume: 'volume rm' },
    caption: 'How many lines the file note has after each command (exec writes one)',
    legend: '0: the place is there, the file is not. ✗: there is no such place at the moment.',
    gone: 'gone',
    earlier: (count: number) => `Not shown: ${count} earlier.`,
    next: 'What next?',
    refused: 'refused',
    sentence: {
      start: (kept: string) => `After all that happened here, the file is still there: ${kept}.`,
      refused: 'Docker refuses: nothing changes.',
      same: 'Nothing about the files changes.',
      lost: (places: string) => `Lost: ${places}.`,
      more: (places: string) => `Written: ${places}.`,
      back: (places: string) => `There again, but empty: ${places}.`,
    },
  },
} as const satisfies Record<Language, unknown>;
