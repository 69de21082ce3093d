import type { Language } from '../languages.ts';

/** Words of the frame around each explorable. */
export const frameWords = {
  de: {
    try: 'Zum Ausprobieren',
    reset: 'Von vorn',
    all: (count: number) => `Alle ${count} Befehle bis hierher`,
    copy: 'Befehle kopieren',
    copied: 'Kopiert',
    answers: 'Was Docker antwortet',
    working: 'Docker arbeitet …',
    failed: 'Das hat nicht geklappt. Lade die Seite neu, um von vorn zu beginnen.',
  },
  en: {
    try: 'Try it',
    reset: 'Start over',
    all: (count: number) => `All ${count} commands so far`,
    copy: 'Copy commands',
    copied: 'Copied',
    answers: 'What Docker answers',
    working: 'Docker is at work …',
    failed: 'That did not work. Reload the page to begin anew.',
  },
} as const satisfies Record<Language, unknown>;
