import { type Answer, createSession, type Session, type SessionOptions } from './session.ts';

/** A command of a scenario with what was answered, as a line of a transcript. */
export interface Row extends Answer {
  readonly command: string;
}

/** Commands of a scenario: `$ ` begins one, `> ` goes on with it, everything else is a note. */
export function parseScenario(text: string): string[] {
  const commands: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('$ ')) commands.push(line.slice(2));
    else if (line.startsWith('> ') || line === '>') commands[commands.length - 1] += `\n${line.slice(2)}`;
  }
  return commands;
}

/** The host on which the oracle's transcripts were recorded: its name, a network that it has of its own, its engine's address. */
export const ORACLE_HOST: SessionOptions = {
  hostname: 'vm',
  hostRoutes: ['172.18.0.0/16'],
  dockerHost: 'unix:///run/oracle.sock',
  forgetsStatus: true,
};

/** Answers the commands of a scenario in a fresh session. An error of the model is an answer, too. */
export async function recordScenario(
  text: string,
  onRow?: (row: Row) => void,
  options: SessionOptions = {},
): Promise<Row[]> {
  const session = createSession(options);
  const rows: Row[] = [];
  for (const command of parseScenario(text)) {
    const row = { command, ...(await answered(session, command)) };
    rows.push(row);
    onRow?.(row);
  }
  return rows;
}

/** What a session answers; what goes wrong in the model itself is told on standard error. */
export async function answered(session: Session, command: string): Promise<Answer> {
  try {
    return await session.run(command);
  } catch (error) {
    return { stdout: '', stderr: `internal error: ${error instanceof Error ? error.stack : error}\n`, exitCode: 1 };
  }
}
