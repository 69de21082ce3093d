import type { Language } from '../../languages.ts';
import type { Cause } from './model.ts';

/** Words of the explorable `build-cache`. */
export const words = {
  de: {
    file: (path: string) => `Datei ${path}`,
    columns: ['Anweisung', 'Ergebnis', 'Größe'],
    how: {
      base: 'Basis',
      cached: 'CACHED',
      run: 'neu',
      failed: 'gescheitert',
      config: 'Konfiguration',
      unreached: 'nicht erreicht',
    },
    total: 'Image demo',
    sizes: (all: string, base: string, layers: number, above: string, config: number) =>
      `Das Image hat ${all}: ${base} sind die Basis, ${above} ${layers === 1 ? 'die Schicht' : `die ${layers} Schichten`} darüber. ${config === 1 ? 'Eine Anweisung ändert' : `${config} Anweisungen ändern`} nur die Konfiguration.`,
    causes: {
      first: 'Der erste Build: Der Cache ist noch leer.',
      forbidden: '`--no-cache` nimmt nichts aus dem Cache.',
      base: 'Hier bricht der Cache: Die Basis ist eine andere.',
      instruction: 'Hier bricht der Cache: So eine Anweisung wurde auf diesem Stand noch nicht ausgeführt.',
      settings: 'Hier bricht der Cache: Eine Einstellung oder Reihenfolge weiter oben ist anders.',
      files: (paths: string) => `Hier bricht der Cache: ${paths} hat neuen Inhalt.`,
    },
    sentence: {
      failed: (steps: number) =>
        `Der Build ist gescheitert.${steps === 0 ? '' : ` Was davor fertig wurde (${steps} ${steps === 1 ? 'Schritt' : 'Schritte'}), liegt im Cache.`}`,
      cached: (all: number) =>
        `${all === 1 ? 'Der eine Schritt kommt' : `Alle ${all} Schritte kommen`} aus dem Cache: Es ist alles schon einmal gebaut.`,
      first: (all: number) =>
        `Der erste Build: ${all === 1 ? 'Der eine Schritt wird' : `Alle ${all} Schritte werden`} ausgeführt.`,
      forbidden: (all: number) =>
        `Mit \`--no-cache\` ${all === 1 ? 'wird der eine Schritt' : `werden alle ${all} Schritte`} neu ausgeführt.`,
      none: 'Dieses Dockerfile hat keinen Schritt, der etwas ausführt.',
      broke: (cached: number, all: number, step: string) =>
        `Aus dem Cache: ${cached} von ${all} Schritten. \`${step}\` hat ihn gebrochen, und alles danach ist neu.`,
    },
  },
  en: {
    file: (path: string) => `File ${path}`,
    columns: ['Instruction', 'Result', 'Size'],
    how: {
      base: 'base',
      cached: 'CACHED',
      run: 'new',
      failed: 'failed',
      config: 'configuration',
      unreached: 'not reached',
    },
    total: 'Image demo',
    sizes: (all: string, base: string, layers: number, above: string, config: number) =>
      `The image has ${all}: ${base} are the base, ${above} the ${layers === 1 ? 'layer' : `${layers} layers`} above it. ${config} ${config === 1 ? 'instruction changes' : 'instructions change'} the configuration only.`,
    causes: {
      first: 'The first build: the cache is still empty.',
      forbidden: '`--no-cache` takes nothing from the cache.',
      base: 'The cache breaks here: the base is another one.',
      instruction: 'The cache breaks here: no such instruction has been executed on this state before.',
      settings: 'The cache breaks here: a setting or the order further up is another one.',
      files: (paths: string) => `The cache breaks here: ${paths} has new content.`,
    },
    sentence: {
      failed: (steps: number) =>
        `The build failed.${steps === 0 ? '' : ` What was finished before (${steps} ${steps === 1 ? 'step' : 'steps'}) is in the cache.`}`,
      cached: (all: number) =>
        `${all === 1 ? 'The one step comes' : `All ${all} steps come`} from the cache: everything has been built before.`,
      first: (all: number) => `The first build: ${all === 1 ? 'the one step is' : `all ${all} steps are`} executed.`,
      forbidden: (all: number) =>
        `With \`--no-cache\` ${all === 1 ? 'the one step is' : `all ${all} steps are`} executed anew.`,
      none: 'This Dockerfile has no step that executes anything.',
      broke: (cached: number, all: number, step: string) =>
        `From the cache: ${cached} of ${all} steps. \`${step}\` broke it, and everything after it is new.`,
    },
  },
} as const satisfies Record<Language, unknown>;

export function because(cause: Cause, language: Language): string {
  const { causes } = words[language];
  return cause.why === 'files' ? causes.files(cause.paths.map((path) => `\`${path}\``).join(', ')) : causes[cause.why];
}
