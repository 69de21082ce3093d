import type { Language } from '../../languages.ts';

/** Words of the explorable `entrypoint`. */
export const words = {
  de: {
    args: 'Nach dem Namen des Images',
    override: '--entrypoint',
    more: 'Die Shell-Form hat danach noch etwas zu tun',
    caption: 'Womit Prozess 1 startet und welches Signal ihn bei docker stop beendet. Wähle eine Kombination.',
    none: { entrypoint: 'ohne ENTRYPOINT', cmd: 'ohne CMD' },
    exec: 'Exec-Form',
    shell: 'Shell-Form',
    stop: { arrived: 'SIGTERM', killed: 'SIGKILL', over: 'endet selbst' },
    refused: 'abgelehnt',
    dockerfile: 'Dockerfile der gewählten Kombination',
    sentence: {
      starts: (argv: string) => `Docker startet \`${argv}\` als Prozess 1.`,
      became: (process: string) =>
        ` Die Shell ersetzt sich durch ihren letzten Befehl, so dass Prozess 1 \`${process}\` ist.`,
      between: (child: string) => ` Die Shell bleibt Prozess 1, und \`${child}\` läuft darunter.`,
      arrived: ' `docker stop`: SIGTERM kommt an, das Programm endet mit Code 0.',
      killed: (seconds: number) =>
        ` \`docker stop\`: SIGTERM bleibt ohne Wirkung, nach ${seconds} Sekunden kommt SIGKILL (137).`,
      over: (code: number) => ` Es ist sofort wieder zu Ende, mit Code ${code}.`,
      refused: (error: string) => `Docker startet nichts: \`${error}\``,
    },
  },
  en: {
    args: 'After the image’s name',
    override: '--entrypoint',
    more: 'The shell form has something to do afterwards',
    caption: 'What process 1 starts as, and which signal ends it on docker stop. Pick a combination.',
    none: { entrypoint: 'no ENTRYPOINT', cmd: 'no CMD' },
    exec: 'exec form',
    shell: 'shell form',
    stop: { arrived: 'SIGTERM', killed: 'SIGKILL', over: 'ends itself' },
    refused: 'refused',
    dockerfile: 'Dockerfile of the combination picked',
    sentence: {
      starts: (argv: string) => `Docker starts \`${argv}\` as process 1.`,
      became: (process: string) => ` The shell replaces itself by its last command, so process 1 is \`${process}\`.`,
      between: (child: string) => ` The shell stays process 1, and \`${child}\` runs below it.`,
      arrived: ' `docker stop`: SIGTERM arrives, the program ends with code 0.',
      killed: (seconds: number) =>
        ` \`docker stop\`: SIGTERM has no effect, after ${seconds} seconds comes SIGKILL (137).`,
      over: (code: number) => ` It is over at once, with code ${code}.`,
      refused: (error: string) => `Docker starts nothing: \`${error}\``,
    },
  },
} as const satisfies Record<Language, unknown>;
