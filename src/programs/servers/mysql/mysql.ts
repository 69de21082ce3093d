import { decode, encode } from '../../../engine/bytes.ts';
import { resolveUser } from '../../../engine/containers/user.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { type Cluster, execute, type Result } from '../postgres/database.ts';

/** The two families of one server: names, versions, and the variables' prefix. */
interface Family {
  readonly server: string;
  readonly client: string;
  readonly version: string;
  readonly prefix: string;
  readonly product: string;
}

const MYSQL: Family = {
  server: 'mysqld',
  client: 'mysql',
  version: '8.4.7',
  prefix: 'MYSQL',
  product: 'MySQL Community Server - GPL',
};
const MARIADB: Family = {
  server: 'mariadbd',
  client: 'mariadb',
  version: '11.8.5-MariaDB-ubu2404',
  prefix: 'MARIADB',
  product: 'mariadb.org binary distribution',
};
const PORT = 3306;
const DATA = '/var/lib/mysql';
const STORE = `${DATA}/ibdata1`;

interface Store {
  readonly passwords: Readonly<Record<string, string>>;
  readonly cluster: Cluster;
}

interface Question {
  readonly user: string;
  readonly password: string | undefined;
  readonly database: string;
  readonly sql: string;
}

function log(kernel: Kernel, { server }: Family, text: string, level = 'System'): void {
  const stamp = new Date(kernel.now).toISOString().replace('Z', '000Z');
  if (server === 'mysqld') kernel.error(`${stamp} 0 [${level}] [MY-010000] [Server] ${text}\n`);
  else kernel.error(`${stamp.slice(0, 19).replace('T', ' ')} 0 [${level === 'System' ? 'Note' : level}] ${text}\n`);
}

function note(kernel: Kernel, family: Family, text: string): void {
  const stamp = new Date(kernel.now).toISOString().slice(0, 19);
  kernel.output(`${stamp.replace('T', ' ')}+00:00 [Note] [Entrypoint]: ${text}\n`);
  void family;
}

const secret = (kernel: Kernel, { prefix }: Family, name: string): string | undefined => {
  const value =
    kernel.environment[`${prefix}_${name}`] ?? (prefix === 'MARIADB' ? kernel.environment[`MYSQL_${name}`] : undefined);
  return value === undefined || value === '' ? undefined : decode(value);
};

/** docker-entrypoint.sh: creates the data at the first start, then starts the server. */
const entrypoint = (family: Family): Program => ({
  run(kernel): Outcome {
    const words = kernel.argv.slice(1);
    const command = words[0]?.startsWith('-') ? [family.server, ...words] : words;
    const found = kernel.find(command[0] ?? '');
    if (command[0] === family.server) {
      note(
        kernel,
        family,
        `Entrypoint script for ${family.server === 'mysqld' ? 'MySQL' : 'MariaDB'} Server ${family.version} started.`,
      );
      if (kernel.credentials.uid === 0) {
        note(kernel, family, "Switching to dedicated user 'mysql'");
        const { uid, gid, groups } = resolveUser(kernel.files, 'mysql');
        kernel.files.mkdirs(DATA);
        kernel.files.chown(DATA, uid, gid);
        kernel.become({ ...kernel.credentials, uid, gid, groups, capabilities: [] });
      }
      const refused = prepare(kernel, family);
      if (refused) return refused;
    }
    if ('status' in found) {
      kernel.error(`/usr/local/bin/docker-entrypoint.sh: line 442: exec: ${command[0] ?? ''}: not found\n`);
      return { exit: 127 };
    }
    return { replace: found, argv: command, environment: { ...kernel.environment } };
  },
});

function prepare(kernel: Kernel, family: Family): Outcome | undefined {
  if (kernel.files.exists(STORE)) return undefined;
  const root = secret(kernel, family, 'ROOT_PASSWORD');
  const open = secret(kernel, family, 'ALLOW_EMPTY_PASSWORD') ?? secret(kernel, family, 'ALLOW_EMPTY_ROOT_PASSWORD');
  const random = secret(kernel, family, 'RANDOM_ROOT_PASSWORD');
  if (root === undefined && open === undefined && random === undefined) {
    const names =
      family.prefix === 'MYSQL'
        ? ['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD']
        : [
            'MARIADB_ROOT_PASSWORD',
            'MARIADB_ROOT_PASSWORD_HASH',
            'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD',
            'MARIADB_RANDOM_ROOT_PASSWORD',
          ];
    const shown = names.map((name) => `    - ${name}\n`).join('');
    const stamp = `${new Date(kernel.now).toISOString().slice(0, 19).replace('T', ' ')}+00:00`;
    const detail =
      family.prefix === 'MYSQL'
        ? `    You need to specify one of the following as an environment variable:\n${shown}`
        : `\tYou need to specify one of ${names.slice(0, -1).join(', ')} and ${names.at(-1)}\n`;
    kernel.error(
      `${stamp} [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n${detail}`,
    );
    return { exit: 1 };
  }
  note(kernel, family, 'Initializing database files');
  note(kernel, family, 'Database files initialized');
  note(kernel, family, 'Starting temporary server');
  note(kernel, family, 'Temporary server started.');
  const databases: Record<string, Record<string, never>> = {
    information_schema: {},
    mysql: {},
    performance_schema: {},
    sys: {},
  };
  const passwords: Record<string, string> = { root: root ?? (random === undefined ? '' : 'GENERATED') };
  const database = secret(kernel, family, 'DATABASE');
  if (database !== undefined) {
    note(kernel, family, `Creating database ${database}`);
    databases[database] = {};
  }
  const user = secret(kernel, family, 'USER');
  const password = secret(kernel, family, 'PASSWORD');
  if (user !== undefined && password !== undefined) {
    note(kernel, family, `Creating user ${user}`);
    if (database !== undefined) note(kernel, family, `Giving user ${user} access to schema ${database}`);
    passwords[user] = password;
  }
  let cluster: Cluster = { roles: {}, databases };
  const folder = '/docker-entrypoint-initdb.d';
  for (const name of kernel.files.stat(folder)?.type === 'directory' ? kernel.files.list(folder) : []) {
    if (!name.endsWith('.sql')) continue;
    note(kernel, family, `/usr/local/bin/docker-entrypoint.sh: running ${folder}/${decode(name)}`);
    const sql = dialect(decode(kernel.files.read(`${folder}/${name}`)));
    cluster = execute(cluster, sql, {
      user: 'root',
      database: database ?? 'mysql',
      now: kernel.now,
      version: family.version,
    }).cluster;
  }
  kernel.files.write(STORE, JSON.stringify({ passwords, cluster } satisfies Store));
  note(kernel, family, 'Stopping temporary server');
  note(kernel, family, 'Temporary server stopped');
  kernel.output('\n');
  note(kernel, family, `${family.server === 'mysqld' ? 'MySQL' : 'MariaDB'} init process done. Ready for start up.`);
  kernel.output('\n');
  return undefined;
}

/** MySQL's own words as the SQL that is modelled knows them. */
function dialect(sql: string): string {
  return sql
    .replace(/"((?:[^"\\]|\\.)*)"/g, "'$1'")
    .replaceAll('`', '"')
    .replace(/\bint(?:eger)?\s+(?:not null\s+)?auto_increment\b/gi, 'serial')
    .replace(/\bauto_increment\b/gi, '')
    .replace(/\)\s*engine\s*=[^;]*/gi, ')');
}

const server = (family: Family): Program => ({
  run(kernel): Outcome {
    if (kernel.memory !== undefined) return { wait: {} };
    if (kernel.argv.includes('--version') || kernel.argv.includes('-V')) {
      kernel.output(`/usr/sbin/${family.server}  Ver ${family.version} for Linux on x86_64 (${family.product})\n`);
      return { exit: 0 };
    }
    log(
      kernel,
      family,
      `/usr/sbin/${family.server} (${family.server} ${family.version}) starting as process ${kernel.pid}`,
    );
    if (kernel.credentials.uid === 0 || !kernel.files.exists(STORE)) {
      log(
        kernel,
        family,
        kernel.credentials.uid === 0
          ? 'Fatal error: Please read "Security" section of the manual to find out how to run mysqld as root!'
          : 'Data Dictionary initialization failed.',
        'ERROR',
      );
      log(kernel, family, 'Aborting', 'ERROR');
      return { exit: 1 };
    }
    if (kernel.network.listen(PORT) !== undefined) {
      log(kernel, family, "Can't start server: Bind on TCP/IP port: Address already in use", 'ERROR');
      return { exit: 1 };
    }
    log(
      kernel,
      family,
      `/usr/sbin/${family.server}: ready for connections. Version: '${family.version}'  socket: '/var/run/mysqld/mysqld.sock'  port: ${PORT}  ${family.product}.`,
    );
    kernel.memory = { ready: true };
    return { wait: {} };
  },
  signal(kernel, signal): Outcome | undefined {
    if (kernel.memory === undefined || signal !== 15) return kernel.memory === undefined ? undefined : { wait: {} };
    log(kernel, family, 'Received SHUTDOWN from user <via user signal>. Shutting down mysqld');
    log(
      kernel,
      family,
      `/usr/sbin/${family.server}: Shutdown complete (${family.server} ${family.version})  ${family.product}.`,
    );
    return { exit: 0 };
  },
  answer(kernel, request): string {
    const store = JSON.parse(kernel.files.read(STORE)) as Store;
    const { user, password, database, sql } = JSON.parse(decode(request)) as Question;
    const client = kernel.network.client ?? '127.0.0.1';
    const host = client.startsWith('127.') ? 'localhost' : client;
    const expected = Object.hasOwn(store.passwords, user) ? store.passwords[user] : undefined;
    if (expected === undefined || expected !== (password ?? ''))
      return encode(
        JSON.stringify({
          fatal: `ERROR 1045 (28000): Access denied for user '${user}'@'${host}' (using password: ${password === undefined ? 'NO' : 'YES'})`,
        }),
      );
    if (database !== '' && !Object.hasOwn(store.cluster.databases, database))
      return encode(JSON.stringify({ fatal: `ERROR 1049 (42000): Unknown database '${database}'` }));
    const done = run(store.cluster, dialect(sql), { user, database, now: kernel.now, version: family.version });
    if (done.cluster !== store.cluster) kernel.files.write(STORE, JSON.stringify({ ...store, cluster: done.cluster }));
    return encode(JSON.stringify({ results: done.results, error: done.error }));
  },
});

/** `SHOW DATABASES`, `SHOW TABLES`, `USE`, and what PostgreSQL's SQL knows as well. */
function run(cluster: Cluster, sql: string, context: { user: string; database: string; now: number; version: string }) {
  const results: Result[] = [];
  let current = cluster;
  let { database } = context;
  for (const statement of sql
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')) {
    const names = (title: string, list: readonly string[]) =>
      results.push({ tag: '', columns: [{ name: title, right: false }], rows: list.map((name) => [name]) });
    const use = /^use\s+"?(\w+)"?$/i.exec(statement)?.[1];
    if (use !== undefined) {
      if (!Object.hasOwn(current.databases, use))
        return { results, cluster: current, error: `1049 (42000) at line 1: Unknown database '${use}'` };
      database = use;
    } else if (/^show\s+databases$/i.test(statement)) names('Database', Object.keys(current.databases).sort());
    else if (/^show\s+tables$/i.test(statement)) {
      if (database === '') return { results, cluster: current, error: '1046 (3D000) at line 1: No database selected' };
      names(`Tables_in_${database}`, Object.keys(current.databases[database] ?? {}).sort());
    } else {
      if (database === '' && !/^(create|drop)\s+database|^select\b(?!.*\bfrom\b)/is.test(statement))
        return { results, cluster: current, error: '1046 (3D000) at line 1: No database selected' };
      const done = execute(current, statement, { ...context, database: database || 'mysql' });
      current = done.cluster;
      results.push(...done.results);
      if (done.error !== undefined) return { results, cluster: current, error: translated(done.error, database) };
    }
  }
  return { results, cluster: current, error: undefined };
}

function translated(error: string, database: string): string {
  const [first = ''] = error.split('\n');
  const table = /^relation "(.+)" does not exist$/.exec(first)?.[1];
  if (table !== undefined) return `1146 (42S02) at line 1: Table '${database}.${table}' doesn't exist`;
  const known = /^relation "(.+)" already exists$/.exec(first)?.[1];
  if (known !== undefined) return `1050 (42S01) at line 1: Table '${known}' already exists`;
  const near = /near "(.+)"$/.exec(first)?.[1];
  return `1064 (42000) at line 1: You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '${near ?? ''}' at line 1`;
}

/** The client: statements from `-e` or standard input. */
const client = (family: Family): Program => ({
  async run(kernel): Promise<Outcome> {
    const args = kernel.argv.slice(1).map(decode);
    const options = {
      host: undefined as string | undefined,
      user: 'root',
      password: undefined as string | undefined,
      database: '',
      sql: undefined as string | undefined,
      names: true,
    };
    for (let at = 0; at < args.length; at += 1) {
      const arg = args[at]!;
      const [, name, value] = /^--([\w-]+)(?:=(.*))?$/s.exec(arg) ?? [];
      const take = () => {
        at += 1;
        return args[at] ?? '';
      };
      if (arg === '--version' || arg === '-V') {
        kernel.output(`${family.client}  Ver ${family.version} for Linux on x86_64 (${family.product})\n`);
        return { exit: 0 };
      }
      if (name === 'host' || arg.startsWith('-h'))
        options.host = value ?? (arg.length > 2 && !name ? arg.slice(2) : take());
      else if (name === 'user' || arg.startsWith('-u'))
        options.user = value ?? (arg.length > 2 && !name ? arg.slice(2) : take());
      else if (name === 'password' || arg.startsWith('-p')) options.password = value ?? arg.slice(2);
      else if (name === 'execute' || arg.startsWith('-e'))
        options.sql = value ?? (arg.length > 2 && !name ? arg.slice(2) : take());
      else if (arg === '-N' || name === 'skip-column-names') options.names = false;
      else if (name === 'port' || arg.startsWith('-P') || arg === '-D') take();
      else if (!arg.startsWith('-')) options.database = arg;
    }
    if (options.sql === undefined) {
      const { data, end } = kernel.input();
      if (!end) {
        kernel.putBack(data);
        return { wait: { input: true } };
      }
      options.sql = decode(data);
    }
    if (options.password !== undefined && family === MYSQL)
      kernel.error('mysql: [Warning] Using a password on the command line interface can be insecure.\n');
    const password = options.password ?? kernel.environment['MYSQL_PWD'];
    const answer = await send(kernel, options.host, {
      user: options.user,
      password,
      database: options.database,
      sql: options.sql,
    });
    if (typeof answer === 'string') {
      kernel.error(encode(`${answer}\n`));
      return { exit: 1 };
    }
    for (const { columns, rows } of answer.results)
      if (columns && rows && rows.length > 0)
        kernel.output(encode(table(columns, rows, kernel.terminal.stdout, options.names)));
    if (answer.error === undefined) return { exit: 0 };
    kernel.error(encode(`ERROR ${answer.error}\n`));
    return { exit: 1 };
  },
});

async function send(
  kernel: Kernel,
  host: string | undefined,
  question: Question,
): Promise<{ results: readonly Result[]; error?: string } | string> {
  const local = host === undefined || host === 'localhost';
  const [address] = local ? ['127.0.0.1'] : kernel.network.resolve(encode(host));
  if (address === undefined) return `ERROR 2005 (HY000): Unknown MySQL server host '${host}' (-2)`;
  const result = await kernel.network.request(address, PORT, encode(JSON.stringify(question)));
  if ('failure' in result || result.answer === '')
    return local
      ? "ERROR 2002 (HY000): Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)"
      : `ERROR 2003 (HY000): Can't connect to MySQL server on '${host}:${PORT}' (111)`;
  const reply = JSON.parse(decode(result.answer)) as { fatal?: string; results: readonly Result[]; error?: string };
  return reply.fatal ?? reply;
}

function table(
  columns: NonNullable<Result['columns']>,
  rows: NonNullable<Result['rows']>,
  boxed: boolean,
  names: boolean,
): string {
  const head = columns.map(({ name }) => name);
  if (!boxed)
    return [...(names ? [head] : []), ...rows]
      .map((row) => `${row.map((cell) => cell ?? 'NULL').join('\t')}\n`)
      .join('');
  const widths = head.map((name, index) => Math.max(name.length, ...rows.map((row) => (row[index] ?? 'NULL').length)));
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+\n`;
  const line = (row: readonly (string | null)[], right: boolean) =>
    `|${row.map((cell, index) => ` ${right && columns[index]!.right ? (cell ?? 'NULL').padStart(widths[index]!) : (cell ?? 'NULL').padEnd(widths[index]!)} `).join('|')}|\n`;
  return rule + line(head, false) + rule + rows.map((row) => line(row, true)).join('') + rule;
}

/** `mysqladmin ping`, which health checks use. */
const admin: Program = {
  async run(kernel): Promise<Outcome> {
    const result = await kernel.network.request(
      '127.0.0.1',
      PORT,
      encode(JSON.stringify({ user: 'root', password: undefined, database: '', sql: '' })),
    );
    if ('answer' in result && result.answer !== '') {
      kernel.output('mysqld is alive\n');
      return { exit: 0 };
    }
    kernel.error(
      "mysqladmin: connect to server at 'localhost' failed\nerror: 'Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)'\nCheck that mysqld is running and that the socket: '/var/run/mysqld/mysqld.sock' exists!\n",
    );
    return { exit: 1 };
  },
};

/** The programs of MySQL and MariaDB by the `program` of their file. */
export const mysqlPrograms: Readonly<Record<string, Program>> = {
  mysqld: server(MYSQL),
  mariadbd: server(MARIADB),
  mysql: client(MYSQL),
  mariadb: client(MARIADB),
  mysqladmin: admin,
  'mysql-entrypoint': entrypoint(MYSQL),
  'mariadb-entrypoint': entrypoint(MARIADB),
};
