import type { Language } from '../languages.ts';
import type { Explorable } from './explorable.ts';

interface Entry {
  readonly title: Readonly<Record<Language, string>>;
  readonly load: () => Promise<Explorable>;
}

const of = (module: Promise<{ readonly default: Explorable }>) => module.then((loaded) => loaded.default);

/** All explorables by the name that a fence gives. Each is loaded on its own, when it is needed. */
export const explorables: Readonly<Record<string, Entry>> = {
  'build-cache': {
    title: { de: 'Was aus dem Cache kommt und was ihn bricht', en: 'What comes from the cache, and what breaks it' },
    load: () => of(import('./cache/cache.ts')),
  },
  lifecycle: {
    title: { de: 'Ein Container, Befehl für Befehl', en: 'A container, command by command' },
    load: () => of(import('./lifecycle/lifecycle.ts')),
  },
  'multi-stage': {
    title: { de: 'Was zurückbleibt und was mitkommt', en: 'What stays behind, and what comes along' },
    load: () => of(import('./stages/stages.ts')),
  },
};
