import type { Language } from '../../languages.ts';

/** Words of the explorable `multi-stage`. */
export const words = {
  de: {
    file: (path: string) => `Datei ${path}`,
    target: 'Welche Stage wird das Image?',
    columns: ['Stage', 'nimmt mit', 'Größe'],
    on: 'auf',
    image: 'das Image',
    unneeded: 'nicht gebaut',
    stays: 'bleibt zurück',
    nothing: 'nichts',
    taken: (what: string, from: string, size: string) => `\`${what}\` aus \`${from}\`, ${size}`,
    own: (size: string) => `davon eigene: ${size}`,
    sentence: {
      failed: 'Der Build ist gescheitert.',
      one: (size: string) => `Eine Stage, alles kommt ins Image: ${size}.`,
      left: (size: string, left: string, count: number) =>
        `Das Image hat ${size}. ${count === 1 ? 'Zurück bleibt die Stage' : 'Zurück bleiben die Stages'} ${left}.`,
      alone: (size: string) => `Das Image hat ${size}. Keine andere Stage wird dafür gebraucht.`,
    },
  },
  en: {
    file: (path: string) => `File ${path}`,
    target: 'Which stage becomes the image?',
    columns: ['Stage', 'takes along', 'Size'],
    on: 'on',
    image: 'the image',
    unneeded: 'not built',
    stays: 'stays behind',
    nothing: 'nothing',
    taken: (what: string, from: string, size: string) => `\`${what}\` from \`${from}\`, ${size}`,
    own: (size: string) => `of that its own: ${size}`,
    sentence: {
      failed: 'The build failed.',
      one: (size: string) => `One stage, everything gets into the image: ${size}.`,
      left: (size: string, left: string, count: number) =>
        `The image has ${size}. What stays behind: ${count === 1 ? 'the stage' : 'the stages'} ${left}.`,
      alone: (size: string) => `The image has ${size}. No other stage is needed for it.`,
    },
  },
} as const satisfies Record<Language, unknown>;
