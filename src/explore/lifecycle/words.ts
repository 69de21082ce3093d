import type { Language } from '../../languages.ts';
import type { Lifecycle } from './model.ts';

/** Words of the explorable `lifecycle`. Names of states are Docker's and stay as they are. */
export const words = {
  de: {
    none: 'kein Container',
    moves: 'Jeder Befehl und wohin er von hier führt',
    picture: (status: string) => `Die Zustände eines Containers, jetzt: ${status}`,
    refused: 'abgelehnt',
    stays: 'ändert nichts',
    facts: ['Zustand', 'Prozess 1', 'Exit-Code', 'Beschreibbare Schicht'],
    process: { none: 'keiner', runs: 'läuft', frozen: 'eingefroren' },
    noCode: 'noch keiner',
    layer: { there: 'da', gone: 'weg' },
    sentence: {
      refused: (command: string, status: string) =>
        `\`${command}\` wird abgelehnt: Der Container bleibt \`${status}\`.`,
      stays: (command: string, status: string) => `\`${command}\` ändert nichts: Der Container bleibt \`${status}\`.`,
      gone: (command: string) => `\`${command}\`: Der Container ist weg, und mit ihm seine beschreibbare Schicht.`,
      moved: (command: string, from: string, to: string) => `\`${command}\` führt von \`${from}\` zu \`${to}\`.`,
      created: (command: string) => `\`${command}\` legt den Container an; ein Prozess läuft noch nicht.`,
      code: {
        0: ' Prozess 1 hat sich auf das Signal hin selbst beendet: Exit-Code 0.',
        137: ' Prozess 1 wurde mit SIGKILL beendet: Exit-Code 137 = 128 + 9.',
      },
    },
  },
  en: {
    none: 'no container',
    moves: 'Each command and where it leads from here',
    picture: (status: string) => `The states of a container, now: ${status}`,
    refused: 'refused',
    stays: 'changes nothing',
    facts: ['State', 'Process 1', 'Exit code', 'Writable layer'],
    process: { none: 'none', runs: 'runs', frozen: 'frozen' },
    noCode: 'none yet',
    layer: { there: 'there', gone: 'gone' },
    sentence: {
      refused: (command: string, status: string) => `\`${command}\` is refused: the container stays \`${status}\`.`,
      stays: (command: string, status: string) => `\`${command}\` changes nothing: the container stays \`${status}\`.`,
      gone: (command: string) => `\`${command}\`: the container is gone, and its writable layer with it.`,
      moved: (command: string, from: string, to: string) => `\`${command}\` leads from \`${from}\` to \`${to}\`.`,
      created: (command: string) => `\`${command}\` creates the container; no process runs yet.`,
      code: {
        0: ' Process 1 ended by itself when it got the signal: exit code 0.',
        137: ' Process 1 was ended by SIGKILL: exit code 137 = 128 + 9.',
      },
    },
  },
} as const satisfies Record<Language, unknown>;

/** What the last move did. */
export function sentence(
  { name, create, move, from, status, log, before, exitCode, ended }: Lifecycle,
  language: Language,
): string {
  const { none, sentence: say } = words[language];
  const shown = (state: string) => (state === 'none' ? none : state);
  const command = move === 'create' ? create : `docker ${move} ${name}`;
  if (log[before]?.exitCode !== 0) return say.refused(command, shown(status));
  if (status === 'none') return say.gone(command);
  if (from === 'none') return say.created(command);
  const code = say.code[exitCode as 0 | 137];
  const end = status === 'exited' && from !== 'exited' && ended && code ? code : '';
  if (status === from && move !== 'restart') return say.stays(command, shown(status));
  return say.moved(command, shown(from), shown(status)) + end;
}
