/** The languages, in the order of the language switch; the first is the default. */
export const languages = {
  de: { label: 'Deutsch', tagline: 'Docker verstehen, indem man es ausführt' },
  en: { label: 'English', tagline: 'Understand Docker by running it' },
} as const;

export type Language = keyof typeof languages;
