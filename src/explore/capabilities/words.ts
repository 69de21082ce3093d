import type { Language } from '../../languages.ts';

/** Words of the explorable `capabilities`. */
export const words = {
  de: {
    user: 'Benutzer',
    root: 'root (wenn nichts gesagt wird)',
    ordinary: '1000',
    give: 'Zurückgeben',
    columns: ['Tat', 'Ergebnis'],
    needs: (capability: string) => `braucht ${capability}`,
    allowed: 'erlaubt',
    forbidden: 'verboten',
    acts: {
      write: 'Ein Programm in /usr/bin ablegen',
      chown: 'Den Eigentümer einer Datei ändern',
      su: 'Ein anderer Benutzer werden',
      ping: 'Rohe Pakete senden (ping)',
      port: 'Port 80 öffnen',
      chroot: 'In ein anderes Wurzelverzeichnis wechseln',
      mknod: 'Eine Gerätedatei anlegen',
      link: 'Eine Netzwerkschnittstelle abschalten',
      mount: 'Ein Dateisystem einhängen',
      hostname: 'Den Rechnernamen ändern',
      date: 'Die Uhr des Hosts stellen',
    },
    special: {
      write: 'nur eine Frage der Dateirechte',
      port: 'für alle erlaubt: Docker setzt die Grenze in jedem Container auf 0',
    },
    sentence: (flags: string, allowed: number, all: number, mask: string) =>
      `${flags === '' ? 'Ohne weitere Optionen' : `Mit \`${flags}\``} sind ${allowed} von ${all} Taten erlaubt. Wirksame Capabilities: \`${mask}\`.`,
    broken: (flags: string) => `Mit \`${flags}\` startet Docker keinen Container.`,
  },
  en: {
    user: 'User',
    root: 'root (when nothing is said)',
    ordinary: '1000',
    give: 'Give back',
    columns: ['Act', 'Result'],
    needs: (capability: string) => `needs ${capability}`,
    allowed: 'allowed',
    forbidden: 'forbidden',
    acts: {
      write: 'Leave a program in /usr/bin',
      chown: 'Change a file’s owner',
      su: 'Become another user',
      ping: 'Send raw packets (ping)',
      port: 'Open port 80',
      chroot: 'Change to another root directory',
      mknod: 'Create a device file',
      link: 'Take down a network interface',
      mount: 'Mount a file system',
      hostname: 'Change the host name',
      date: 'Set the host’s clock',
    },
    special: {
      write: 'a matter of file rights alone',
      port: 'allowed to all: Docker sets the limit to 0 in each container',
    },
    sentence: (flags: string, allowed: number, all: number, mask: string) =>
      `${flags === '' ? 'Without further options' : `With \`${flags}\``}, ${allowed} of ${all} acts are allowed. Effective capabilities: \`${mask}\`.`,
    broken: (flags: string) => `With \`${flags}\` Docker starts no container.`,
  },
} as const satisfies Record<Language, unknown>;
