import { decode, encode } from '../../../engine/bytes.ts';
import type { Kernel } from '../../../engine/process/program.ts';
import type { Reply } from './server.ts';
import { PORT, SOCKET } from './storage.ts';

/** Where a client of PostgreSQL connects to, and as whom. */
export interface Target {
  host: string | undefined;
  port: number;
  user: string;
  database: string | undefined;
}

export function defaultTarget(kernel: Kernel): Target {
  const { PGHOST, PGPORT, PGUSER, PGDATABASE } = kernel.environment;
  return { host: PGHOST, port: Number(PGPORT ?? PORT), user: decode(PGUSER ?? userName(kernel)), database: PGDATABASE };
}

function userName(kernel: Kernel): string {
  const { uid } = kernel.credentials;
  const line = kernel.files
    .read('/etc/passwd')
    .split('\n')
    .find((entry) => entry.split(':')[2] === String(uid));
  return line?.split(':')[0] ?? String(uid);
}

/** Sends statements; the server's answer, or the text of why there is no connection. */
export async function ask(kernel: Kernel, target: Target, sql: string): Promise<Reply | string> {
  const { host, port, user } = target;
  const database = target.database ?? user;
  const local = host === undefined || host.startsWith('/');
  const question = encode(JSON.stringify({ user, database, password: kernel.environment['PGPASSWORD'], sql, local }));
  if (local) {
    for (const address of ['127.0.0.1', SOCKET]) {
      const result = await kernel.network.request(address, port, question);
      if ('answer' in result && result.answer !== '')
        return read(result.answer, `on socket "/var/run/postgresql/.s.PGSQL.${port}"`);
    }
    return `connection to server on socket "/var/run/postgresql/.s.PGSQL.${port}" failed: No such file or directory\n\tIs the server running locally and accepting connections on that socket?`;
  }
  const [address] = kernel.network.resolve(encode(host));
  if (address === undefined) return `could not translate host name "${host}" to address: Name or service not known`;
  const where = `at "${host}"${host === address ? '' : ` (${address})`}, port ${port}`;
  const result = await kernel.network.request(address, port, question);
  if ('answer' in result && result.answer !== '') return read(result.answer, where);
  const reason =
    'failure' in result
      ? {
          refused: 'Connection refused',
          timeout: 'Connection timed out',
          noroute: 'No route to host',
          unreachable: 'Network is unreachable',
          reset: 'server closed the connection unexpectedly',
        }[result.failure]
      : 'server closed the connection unexpectedly';
  return `connection to server ${where} failed: ${reason}\n\tIs the server running on that host and accepting TCP/IP connections?`;
}

function read(answer: string, where: string): Reply | string {
  const reply = JSON.parse(decode(answer)) as Reply;
  if (reply.fatal === undefined) return reply;
  const text = reply.fatal.startsWith('fe_sendauth') ? reply.fatal : `FATAL:  ${reply.fatal}`;
  return `connection to server ${where} failed: ${text}`;
}
