import type { Language } from '../../languages.ts';

/** Words of the explorable `reach`. */
export const words = {
  de: {
    container: 'Container',
    membership: 'Wer hängt an welchem Netzwerk?',
    joined: (name: string, network: string) => `${name} im Netzwerk ${network}`,
    off: 'nicht verbunden',
    matrix: 'Wer erreicht wen?',
    from: 'von',
    to: 'nach',
    self: 'selbst',
    reached: { name: 'mit Namen', address: 'nur Adresse', no: 'gar nicht' },
    why: {
      shared: (from: string, to: string, address: string) =>
        `\`${from}\` und \`${to}\` hängen an demselben Netzwerk: Der Name wird zu ${address}.`,
      default: (from: string, to: string, address: string) =>
        `\`${from}\` und \`${to}\` haben nur das vorgegebene Netzwerk \`bridge\` gemeinsam: Dort gibt es keine Namen, nur die Adresse ${address}.`,
      apart: (from: string, to: string) =>
        `\`${from}\` und \`${to}\` haben kein Netzwerk gemeinsam: Der Name ist unbekannt, und Pakete an die Adresse werden auf dem Host verworfen.`,
      off: (from: string, to: string) => `\`${from}\` oder \`${to}\` hängt an keinem Netzwerk.`,
    },
    look: (from: string, to: string) => `${from} nach ${to}: zeigen, was gefragt und geantwortet wurde`,
    sentence: (all: number, name: number, address: number) =>
      `Von ${all} Wegen gehen ${name} mit dem Namen${address > 0 ? `, ${address} nur mit der Adresse` : ''}, ${all - name - address} gar nicht.`,
  },
  en: {
    container: 'Container',
    membership: 'Who is on which network?',
    joined: (name: string, network: string) => `${name} on network ${network}`,
    off: 'not connected',
    matrix: 'Who reaches whom?',
    from: 'from',
    to: 'to',
    self: 'itself',
    reached: { name: 'by name', address: 'address only', no: 'not at all' },
    why: {
      shared: (from: string, to: string, address: string) =>
        `\`${from}\` and \`${to}\` are on the same network: the name becomes ${address}.`,
      default: (from: string, to: string, address: string) =>
        `\`${from}\` and \`${to}\` share the default network \`bridge\` only: there are no names on it, just the address ${address}.`,
      apart: (from: string, to: string) =>
        `\`${from}\` and \`${to}\` have no network in common: the name is unknown, and packets to the address are dropped on the host.`,
      off: (from: string, to: string) => `\`${from}\` or \`${to}\` is on no network.`,
    },
    look: (from: string, to: string) => `${from} to ${to}: show what was asked and answered`,
    sentence: (all: number, name: number, address: number) =>
      `Of ${all} ways, ${name} work by name${address > 0 ? `, ${address} by address only` : ''}, ${all - name - address} not at all.`,
  },
} as const satisfies Record<Language, unknown>;
