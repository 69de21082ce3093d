import type { CacheBreak, Outcome } from '../engine/build/report.ts';
import type { Language } from '../languages.ts';
import type { Aspect, Change } from './diff.ts';
import type { Verb } from './model/action.ts';
import type { MountKind } from './model/mounts.ts';
import type { Subject } from './model/view.ts';

/** Words of the view. What Docker prints (states, sizes, drivers) stays as it prints it. */
export interface Words {
  readonly title: string;
  readonly subjects: Readonly<Record<Subject, string>>;
  readonly empty: Readonly<Record<Subject, string>>;
  readonly kinds: Readonly<Record<Change['kind'], string>>;
  readonly aspects: Readonly<Record<Aspect, string>>;
  readonly verbs: Readonly<Record<Verb, string>>;
  readonly commands: string;
  readonly commandsFor: (name: string) => string;
  readonly nothingChanged: string;
  readonly changedMark: string;
  readonly more: (count: number) => string;
  readonly writableLayer: string;
  readonly changes: (count: number) => string;
  readonly layersOf: (count: number, image: string) => string;
  readonly layers: (count: number) => string;
  readonly processes: string;
  readonly processTable: readonly [string, string, string];
  readonly ports: string;
  readonly networks: string;
  readonly mounts: string;
  readonly mountedAs: Readonly<Record<MountKind, string>>;
  readonly restarts: string;
  readonly exposed: string;
  readonly readOnly: string;
  readonly readWrite: string;
  readonly none: string;
  readonly dangling: string;
  readonly stored: (stored: string, apart: string) => string;
  readonly sharedOf: (size: string) => string;
  readonly sharedWith: (names: string) => string;
  readonly usedBy: string;
  readonly unused: string;
  readonly anonymous: string;
  readonly kindsOfStorage: Readonly<Record<MountKind, string>>;
  readonly internal: string;
  readonly byName: string;
  readonly byAddress: string;
  readonly isolated: string;
  readonly reachedAs: string;
  readonly reaches: (target: string, names: string) => string;
  readonly notRunning: string;
  readonly noMembers: string;
  readonly noNetwork: string;
  readonly hostStack: string;
  readonly joined: (name: string) => string;
  readonly map: string;
  readonly wayIn: string;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  /** Before the reason why a step was not cached. */
  readonly breaks: string;
  readonly because: Readonly<Record<CacheBreak, string>>;
  readonly cachedOf: (cached: number, steps: number) => string;
  readonly built: (image: string) => string;
  readonly failed: string;
  readonly notBuilt: string;
  readonly notReached: string;
  readonly base: string;
  readonly takesFrom: (names: string) => string;
  readonly buildsOn: (name: string) => string;
  readonly graph: string;
  readonly cache: string;
  readonly records: (count: number) => string;
  readonly target: string;
  readonly line: (line: number) => string;
  readonly nodes: string;
  readonly services: string;
  readonly secrets: string;
  readonly configs: string;
  readonly tasksRunning: (running: number, wanted: number) => string;
}

const de: Words = {
  title: 'Die Engine',
  subjects: {
    containers: 'Container',
    images: 'Images',
    volumes: 'Volumes',
    networks: 'Netzwerke',
    build: 'Build',
    swarm: 'Swarm',
  },
  empty: {
    containers: 'Noch kein Container.',
    images: 'Kein Image.',
    volumes: 'Noch kein Volume, und nichts ist eingehängt.',
    networks: 'Kein Netzwerk.',
    build: 'Noch nichts gebaut.',
    swarm: 'Kein Swarm.',
  },
  kinds: { new: 'neu', changed: 'geändert', gone: 'weg' },
  aspects: {
    name: 'Name',
    status: 'Zustand',
    health: 'Health',
    restarts: 'Neustarts',
    restartPolicy: 'Restart-Policy',
    writable: 'Dateien',
    processes: 'Prozesse',
    ports: 'Ports',
    networks: 'Netzwerke',
    mounts: 'Mounts',
    tags: 'Tags',
    size: 'Größe',
    uses: 'eingehängt',
    members: 'Teilnehmer',
    result: 'neuer Build',
    cache: 'Inhalt',
    running: 'laufend',
    wanted: 'gewünscht',
    tasks: 'Tasks',
    availability: 'Verfügbarkeit',
  },
  verbs: {
    start: 'starten',
    stop: 'anhalten',
    restart: 'neu starten',
    pause: 'einfrieren',
    unpause: 'weiterlaufen lassen',
    logs: 'Ausgabe lesen',
    inspect: 'alle Angaben',
    diff: 'geänderte Dateien',
    top: 'Prozesse',
    enter: 'Shell darin öffnen',
    remove: 'löschen',
    run: 'Container daraus starten',
    history: 'Schichten und Befehle',
    list: 'Dateien auflisten',
    connect: 'Container anschließen',
    disconnect: 'Container trennen',
    build: 'noch einmal bauen',
    usage: 'Belegung',
    prune: 'Cache leeren',
    scale: 'Zahl der Tasks ändern',
    force: 'Tasks neu starten',
    tasks: 'Tasks auflisten',
    drain: 'Tasks abziehen',
    activate: 'wieder Tasks annehmen',
    leave: 'Swarm verlassen',
  },
  commands: 'Befehle',
  commandsFor: (name) => `Befehle für ${name}`,
  nothingChanged: 'Der letzte Befehl hat nichts geändert.',
  changedMark: 'geändert',
  more: (count) => `und ${count} weitere`,
  writableLayer: 'beschreibbare Schicht',
  changes: (count) => (count === 1 ? '1 Änderung' : count === 0 ? 'leer' : `${count} Änderungen`),
  layersOf: (count, image) => `${count === 1 ? '1 Schicht' : `${count} Schichten`} von ${image}`,
  layers: (count) => (count === 1 ? '1 Schicht' : `${count} Schichten`),
  processes: 'Prozesse',
  processTable: ['PID (Host)', 'PID (innen)', 'Befehl'],
  ports: 'Ports',
  networks: 'Netzwerke',
  mounts: 'Mounts',
  mountedAs: { volume: 'Volume', bind: 'Bind-Mount', tmpfs: 'tmpfs' },
  restarts: 'Neustarts',
  exposed: 'nicht veröffentlicht',
  readOnly: 'nur lesen',
  readWrite: 'lesen und schreiben',
  none: '<none>',
  dangling: 'ohne Tag',
  stored: (stored, apart) => `Alle Schichten zusammen ${stored}; ohne Teilen wären es ${apart}.`,
  sharedOf: (size) => `davon ${size} geteilt`,
  sharedWith: (names) => `geteilt mit ${names}`,
  usedBy: 'Container',
  unused: 'von keinem Container benutzt',
  anonymous: 'anonym',
  kindsOfStorage: { volume: 'Volumes', bind: 'Bind-Mounts', tmpfs: 'tmpfs' },
  internal: 'intern: kein Weg nach draußen',
  byName: 'erreichen einander mit Namen',
  byAddress: 'erreichen einander nur mit Adresse',
  isolated: 'erreichen einander nicht (enable_icc=false)',
  reachedAs: 'heißt hier',
  reaches: (target, names) => `erreicht ${target} als ${names}`,
  notRunning: 'läuft nicht',
  noMembers: 'Niemand angeschlossen.',
  noNetwork: 'kein Netzwerk außer localhost',
  hostStack: 'benutzt die Netzwerkkarten des Hosts selbst',
  joined: (name) => `benutzt das Netzwerk von ${name}`,
  map: 'Wer an welchem Netzwerk hängt',
  wayIn: 'vom Host aus',
  outcomes: { cached: 'CACHED', done: 'ausgeführt', failed: 'ERROR', canceled: 'CANCELED', waiting: 'nicht erreicht' },
  breaks: 'Ab hier ohne Cache',
  because: {
    new: 'noch nie gebaut',
    instruction: 'Anweisung geändert',
    settings: 'ENV, ARG, WORKDIR oder USER darüber geändert',
    files: 'Dateien geändert',
    base: 'Basis-Image geändert',
    stage: 'Dateien der anderen Stage geändert',
    'no-cache': 'so verlangt (--no-cache)',
    pruned: 'der Cache wurde geleert',
    above: 'folgt aus dem Schritt davor',
  },
  cachedOf: (cached, steps) => `${cached} von ${steps} Schritten aus dem Cache`,
  built: (image) => `ergab ${image}`,
  failed: 'gescheitert',
  notBuilt: 'nicht gebaut',
  notReached: 'nicht erreicht',
  base: 'Basis',
  takesFrom: (names) => `kopiert aus ${names}`,
  buildsOn: (name) => `baut auf ${name} auf`,
  graph: 'Stages des Builds',
  cache: 'Build-Cache',
  records: (count) => (count === 1 ? '1 Eintrag' : `${count} Einträge`),
  target: 'Ziel',
  line: (line) => `Zeile ${line}`,
  nodes: 'Nodes',
  services: 'Services',
  secrets: 'Secrets',
  configs: 'Configs',
  tasksRunning: (running, wanted) => `${running} von ${wanted} laufen`,
};

const en: Words = {
  title: 'The engine',
  subjects: {
    containers: 'Containers',
    images: 'Images',
    volumes: 'Volumes',
    networks: 'Networks',
    build: 'Build',
    swarm: 'Swarm',
  },
  empty: {
    containers: 'No container yet.',
    images: 'No image.',
    volumes: 'No volume yet, and nothing is mounted.',
    networks: 'No network.',
    build: 'Nothing built yet.',
    swarm: 'No swarm.',
  },
  kinds: { new: 'new', changed: 'changed', gone: 'gone' },
  aspects: {
    name: 'name',
    status: 'state',
    health: 'health',
    restarts: 'restarts',
    restartPolicy: 'restart policy',
    writable: 'files',
    processes: 'processes',
    ports: 'ports',
    networks: 'networks',
    mounts: 'mounts',
    tags: 'tags',
    size: 'size',
    uses: 'mounted',
    members: 'members',
    result: 'another build',
    cache: 'content',
    running: 'running',
    wanted: 'wanted',
    tasks: 'tasks',
    availability: 'availability',
  },
  verbs: {
    start: 'start it',
    stop: 'stop it',
    restart: 'restart it',
    pause: 'freeze it',
    unpause: 'let it go on',
    logs: 'read its output',
    inspect: 'all details',
    diff: 'changed files',
    top: 'processes',
    enter: 'open a shell in it',
    remove: 'remove it',
    run: 'start a container from it',
    history: 'layers and instructions',
    list: 'list its files',
    connect: 'connect a container',
    disconnect: 'disconnect a container',
    build: 'build once more',
    usage: 'what it takes',
    prune: 'empty the cache',
    scale: 'change the number of tasks',
    force: 'restart its tasks',
    tasks: 'list its tasks',
    drain: 'move its tasks away',
    activate: 'take tasks again',
    leave: 'leave the swarm',
  },
  commands: 'Commands',
  commandsFor: (name) => `Commands for ${name}`,
  nothingChanged: 'The last command changed nothing.',
  changedMark: 'changed',
  more: (count) => `and ${count} more`,
  writableLayer: 'writable layer',
  changes: (count) => (count === 1 ? '1 change' : count === 0 ? 'empty' : `${count} changes`),
  layersOf: (count, image) => `${count === 1 ? '1 layer' : `${count} layers`} of ${image}`,
  layers: (count) => (count === 1 ? '1 layer' : `${count} layers`),
  processes: 'Processes',
  processTable: ['PID (host)', 'PID (inside)', 'Command'],
  ports: 'Ports',
  networks: 'Networks',
  mounts: 'Mounts',
  mountedAs: { volume: 'volume', bind: 'bind mount', tmpfs: 'tmpfs' },
  restarts: 'Restarts',
  exposed: 'not published',
  readOnly: 'read only',
  readWrite: 'read and write',
  none: '<none>',
  dangling: 'no tag',
  stored: (stored, apart) => `All layers together ${stored}; without sharing it would be ${apart}.`,
  sharedOf: (size) => `${size} of it shared`,
  sharedWith: (names) => `shared with ${names}`,
  usedBy: 'Containers',
  unused: 'used by no container',
  anonymous: 'anonymous',
  kindsOfStorage: { volume: 'Volumes', bind: 'Bind mounts', tmpfs: 'tmpfs' },
  internal: 'internal: no way out',
  byName: 'reach each other by name',
  byAddress: 'reach each other by address only',
  isolated: 'do not reach each other (enable_icc=false)',
  reachedAs: 'called',
  reaches: (target, names) => `reaches ${target} as ${names}`,
  notRunning: 'not running',
  noMembers: 'Nobody is connected.',
  noNetwork: 'no network but localhost',
  hostStack: "uses the host's own network devices",
  joined: (name) => `uses the network of ${name}`,
  map: 'Who is on which network',
  wayIn: 'from the host',
  outcomes: { cached: 'CACHED', done: 'executed', failed: 'ERROR', canceled: 'CANCELED', waiting: 'not reached' },
  breaks: 'No cache from here on',
  because: {
    new: 'never built before',
    instruction: 'instruction changed',
    settings: 'ENV, ARG, WORKDIR or USER above it changed',
    files: 'files changed',
    base: 'base image changed',
    stage: 'files of the other stage changed',
    'no-cache': 'as asked (--no-cache)',
    pruned: 'the cache was emptied',
    above: 'follows from the step before',
  },
  cachedOf: (cached, steps) => `${cached} of ${steps} steps from the cache`,
  built: (image) => `made ${image}`,
  failed: 'failed',
  notBuilt: 'not built',
  notReached: 'not reached',
  base: 'base',
  takesFrom: (names) => `copies from ${names}`,
  buildsOn: (name) => `builds on ${name}`,
  graph: 'Stages of the build',
  cache: 'Build cache',
  records: (count) => (count === 1 ? '1 entry' : `${count} entries`),
  target: 'target',
  line: (line) => `line ${line}`,
  nodes: 'Nodes',
  services: 'Services',
  secrets: 'Secrets',
  configs: 'Configs',
  tasksRunning: (running, wanted) => `${running} of ${wanted} running`,
};

export const words: Readonly<Record<Language, Words>> = { de, en };
