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
  reach: {
    title: { de: 'Wer erreicht wen?', en: 'Who reaches whom?' },
    load: () => of(import('./reach/reach.ts')),
  },
  storage: {
    title: { de: 'Was bleibt, was geht', en: 'What stays, what goes' },
    load: () => of(import('./storage/storage.ts')),
  },
  'entrypoint-cmd': {
    title: { de: 'Was als Prozess 1 startet', en: 'What starts as process 1' },
    load: () => of(import('./entrypoint/entrypoint.ts')),
  },
  capabilities: {
    title: { de: 'Was ein Container darf', en: 'What a container may do' },
    load: () => of(import('./capabilities/capabilities.ts')),
  },
  'compose-graph': {
    title: { de: 'Die Datei als Graph', en: 'The file as a graph' },
    load: () => of(import('./compose/compose.ts')),
  },
  'layer-sizes': {
    title: { de: 'Was jede Anweisung wiegt', en: 'What each instruction weighs' },
    load: () => of(import('./cache/layers.ts')),
  },
};
