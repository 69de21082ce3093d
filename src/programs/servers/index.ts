import type { Program } from '../../engine/process/program.ts';
import { initProgram } from '../init.ts';
import { runcInit } from '../runc.ts';
import { goBinary, goProgram } from './go/go.ts';
import { mysqlPrograms } from './mysql/mysql.ts';
import { nginxProgram } from './nginx/nginx.ts';
import { npmProgram } from './node/npm.ts';
import { nodeProgram } from './node/program.ts';
import { postgresPrograms } from './postgres/index.ts';
import { pythonProgram } from './python/program.ts';
import { redisCli } from './redis/cli.ts';
import { redisServer } from './redis/server.ts';
import { httpdProgram } from './web/httpd.ts';
import { registryProgram } from './web/registry.ts';
import { helloProgram, memcachedProgram, notModelled, whoamiProgram } from './web/small.ts';

/** Servers, databases and language runtimes by the `program` of their file: nginx, redis-server, postgres, node … */
export const serverPrograms: Readonly<Record<string, Program>> = {
  ...mysqlPrograms,
  ...postgresPrograms,
  'docker-init': initProgram,
  go: goProgram,
  'go-binary': goBinary,
  'hello-world': helloProgram,
  httpd: httpdProgram,
  memcached: memcachedProgram,
  nginx: nginxProgram,
  node: nodeProgram,
  'not-modelled': notModelled,
  npm: npmProgram,
  python: pythonProgram,
  'redis-cli': redisCli,
  'redis-server': redisServer,
  registry: registryProgram,
  runc: runcInit,
  whoami: whoamiProgram,
};
