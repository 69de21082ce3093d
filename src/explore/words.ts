import type { Language } from '../languages.ts';

/** Words of the frame around each explorable. */
export const frameWords = {
  de: {
    try: 'Zum Ausprobieren',
    reset: 'Von vorn',
    all: 'Alle Befehle bis hierher',
    looked: 'Zuletzt nachgesehen mit',
    copy: 'Befehle kopieren',
    copied: 'Kopiert',
    answers: 'Was Docker antwortet',
    failed: 'Das hat nicht geklappt. Mit dem nächsten Versuch beginnt es von vorn.',
  },
  en: {
    try: 'Try it',
    reset: 'Start over',
    all: 'All commands so far',
    looked: 'Looked last with',
    copy: 'Copy commands',
    copied: 'Copied',
    answers: 'What Docker answers',
    failed: 'That did not work. The next try begins anew.',
  },
} as const satisfies Record<Language, unknown>;
