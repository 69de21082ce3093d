import type { Program } from '../../engine/process/program.ts';
import { initProgram } from '../init.ts';
import { runcInit } from '../runc.ts';
import { nginxProgram } from './nginx/nginx.ts';
import { pythonProgram } from './python/program.ts';
import { redisCli } from './redis/cli.ts';
import { redisServer } from './redis/server.ts';

/** Servers, databases and language runtimes by the `program` of their file: nginx, redis-server, postgres, node … */
export const serverPrograms: Readonly<Record<string, Program>> = {
  'docker-init': initProgram,
  nginx: nginxProgram,
  python: pythonProgram,
  'redis-cli': redisCli,
  'redis-server': redisServer,
  runc: runcInit,
};
