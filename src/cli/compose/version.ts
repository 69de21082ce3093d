import type { Command } from '../command.ts';
import { COMPOSE_VERSION } from './labels.ts';

/** The version that Debian's package of Compose tells of itself. */
const PACKAGED = `${COMPOSE_VERSION}-3`;

/** `docker compose version`. */
export const version: Command = ({ flags, out }) => {
  if (flags.boolean('short')) out(`${PACKAGED}\n`);
  else if (flags.string('format') === 'json') out(`{"version":${JSON.stringify(PACKAGED)}}\n`);
  else out(`Docker Compose version ${PACKAGED}\n`);
  return 0;
};
