import type { Language } from '../../languages.ts';

/** Words of the explorable `compose-graph`. */
export const words = {
  de: {
    file: 'Datei compose.yaml',
    picture: 'Der Graph, den die Datei beschreibt',
    text: 'Der Graph als Text',
    after: (service: string, condition: string) => `nach ${service}: ${condition}`,
    port: (port: string) => `Port ${port}`,
    running: (state: string, code: number) => (state === 'exited' ? `exited (${code})` : state),
    service: (name: string, image: string) => `\`${name}\`: Image ${image}`,
    networks: (list: string) => `Netzwerke ${list}`,
    volumes: (list: string) => `Volumes ${list}`,
    mounts: (list: string) => `Mounts ${list}`,
    ports: (list: string) => `Ports ${list}`,
    needs: (list: string) => `wartet auf ${list}`,
    made: { networks: 'Netzwerke', volumes: 'Volumes', none: 'keine' },
    sentence: {
      order: (services: number, networks: number, volumes: number, order: string) =>
        `${services === 1 ? 'Ein Dienst' : `${services} Dienste`}, ${networks === 1 ? 'ein Netzwerk' : `${networks} Netzwerke`}, ${volumes === 0 ? 'kein Volume' : volumes === 1 ? 'ein Volume' : `${volumes} Volumes`}. Reihenfolge des Starts: ${order}.`,
      refused: 'So kann Docker die Datei nicht lesen. Gezeigt ist der Graph davor.',
      started: (list: string) => `\`docker compose up\`: ${list}.`,
      start: (service: string, seconds: string) => `\`${service}\` startet nach ${seconds} s`,
      down: 'Nichts läuft; Container, Netzwerke und Volumes des Projekts sind entfernt.',
      failed: 'Docker konnte nicht alles starten.',
    },
  },
  en: {
    file: 'File compose.yaml',
    picture: 'The graph that the file describes',
    text: 'The graph as text',
    after: (service: string, condition: string) => `after ${service}: ${condition}`,
    port: (port: string) => `port ${port}`,
    running: (state: string, code: number) => (state === 'exited' ? `exited (${code})` : state),
    service: (name: string, image: string) => `\`${name}\`: image ${image}`,
    networks: (list: string) => `networks ${list}`,
    volumes: (list: string) => `volumes ${list}`,
    mounts: (list: string) => `mounts ${list}`,
    ports: (list: string) => `ports ${list}`,
    needs: (list: string) => `waits for ${list}`,
    made: { networks: 'Networks', volumes: 'Volumes', none: 'none' },
    sentence: {
      order: (services: number, networks: number, volumes: number, order: string) =>
        `${services === 1 ? 'One service' : `${services} services`}, ${networks === 1 ? 'one network' : `${networks} networks`}, ${volumes === 0 ? 'no volume' : volumes === 1 ? 'one volume' : `${volumes} volumes`}. Order of start: ${order}.`,
      refused: 'Docker cannot read the file like this. What is shown is the graph before.',
      started: (list: string) => `\`docker compose up\`: ${list}.`,
      start: (service: string, seconds: string) => `\`${service}\` starts after ${seconds} s`,
      down: 'Nothing runs; the project’s containers, networks and volumes are removed.',
      failed: 'Docker could not start everything.',
    },
  },
} as const satisfies Record<Language, unknown>;
