import type { Program } from '../../../engine/process/program.ts';
import { postgresEntrypoint } from './entrypoint.ts';
import { psqlProgram } from './psql.ts';
import { postgresProgram } from './server.ts';
import { postgresTools } from './tools.ts';

/** The programs of PostgreSQL by the `program` of their file. */
export const postgresPrograms: Readonly<Record<string, Program>> = {
  ...postgresTools,
  postgres: postgresProgram,
  psql: psqlProgram,
  'postgres-entrypoint': postgresEntrypoint,
};
