import { decode, encode } from '../../../engine/bytes.ts';
import { resolveUser } from '../../../engine/containers/user.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { ask, defaultTarget, type Target } from './connect.ts';
import { textOf } from './database.ts';
import { dataFolder, initialise, isInitialised } from './storage.ts';

/** Options that clients share; what is left are the plain words. */
function options(
  kernel: Kernel,
  known = '',
): { target: Target; words: string[]; flags: Set<string>; values: Map<string, string> } {
  const target = defaultTarget(kernel);
  const words: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const args = kernel.argv.slice(1).map(decode);
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]!;
    const [, long, value] = /^--([\w-]+)(?:=(.*))?$/s.exec(arg) ?? [];
    const letter =
      long === undefined
        ? /^-(\w)/.exec(arg)?.[1]
        : { host: 'h', port: 'p', username: 'U', dbname: 'd', pgdata: 'D', timeout: 't', file: 'f' }[long];
    if (long !== undefined && letter === undefined) {
      if (value !== undefined) values.set(long, value);
      flags.add(long);
    } else if (letter !== undefined && `hpUdD${known}`.includes(letter)) {
      const attached = value ?? (long === undefined && arg.length > 2 ? arg.slice(2) : undefined);
      if (attached === undefined) at += 1;
      const given = attached ?? args[at] ?? '';
      if (letter === 'h') target.host = given;
      else if (letter === 'p') target.port = Number(given);
      else if (letter === 'U') target.user = given;
      else if (letter === 'd') target.database = given;
      values.set(letter, given);
    } else if (letter !== undefined) for (const flag of arg.slice(1)) flags.add(flag);
    else words.push(arg);
  }
  return { target, words, flags, values };
}

const isReady: Program = {
  async run(kernel): Promise<Outcome> {
    const { target, flags } = options(kernel, 't');
    const reply = await ask(kernel, { ...target, database: target.database ?? 'postgres' }, '');
    const where =
      target.host === undefined || target.host.startsWith('/')
        ? `/var/run/postgresql:${target.port}`
        : `${target.host}:${target.port}`;
    // A server that refuses the user is ready all the same.
    const ready = typeof reply !== 'string' || /FATAL|no password/.test(reply);
    if (!flags.has('q') && !flags.has('quiet'))
      kernel.output(encode(`${where} - ${ready ? 'accepting connections' : 'no response'}\n`));
    return { exit: ready ? 0 : 2 };
  },
};

const initdb: Program = {
  run(kernel): Outcome {
    const { values, flags, target } = options(kernel, 'AE');
    if (kernel.credentials.uid === 0) {
      kernel.error(
        'initdb: error: cannot be run as root\ninitdb: hint: Please log in (using, e.g., "su") as the (unprivileged) user that will own the server process.\n',
      );
      return { exit: 1 };
    }
    const folder = values.get('D') ?? dataFolder(kernel);
    if (isInitialised(kernel, folder)) {
      kernel.error(`initdb: error: directory "${folder}" exists but is not empty\n`);
      return { exit: 1 };
    }
    const file = values.get('pwfile');
    const password = file === undefined ? undefined : decode(kernel.files.read(encode(file)).replace(/\n$/, ''));
    initialise(kernel, folder, target.user, password, (values.get('auth-host') ?? 'trust') === 'trust');
    void flags;
    kernel.output(
      `Success. You can now start the database server using:\n\n    pg_ctl -D ${folder} -l logfile start\n\n`,
    );
    return { exit: 0 };
  },
};

/** Milliseconds between two looks at whether the server has started or ended. */
const LOOK = 100;

const control: Program = {
  run(kernel): Outcome {
    const { words, values, target } = options(kernel, 'olmt');
    const folder = values.get('D') ?? dataFolder(kernel);
    const lock = `${folder}/postmaster.pid`;
    const pid = kernel.files.exists(lock) ? Number(kernel.files.read(lock).split('\n')[0]) : undefined;
    const waiting = kernel.memory !== undefined;
    void target;
    switch (words[0]) {
      case 'start': {
        if (waiting) {
          if (pid === undefined) return { exit: 1 };
          kernel.output(' done\nserver started\n');
          return { exit: 0 };
        }
        const found = kernel.find('postgres');
        if ('status' in found) return { exit: found.status };
        kernel.output('waiting for server to start....');
        kernel.spawn(found, {
          argv: ['postgres', '-D', folder, ...(values.get('o') ?? '').split(' ').filter((word) => word !== '')],
        });
        kernel.memory = { started: true };
        return { wait: { until: kernel.now + LOOK } };
      }
      case 'stop':
        if (waiting && pid === undefined) {
          kernel.output(' done\nserver stopped\n');
          return { exit: 0 };
        }
        if (pid === undefined) {
          kernel.error(`pg_ctl: PID file "${lock}" does not exist\nIs server running?\n`);
          return { exit: 1 };
        }
        if (!waiting) {
          kernel.output('waiting for server to shut down....');
          kernel.kill(pid, { fast: 2, smart: 15, immediate: 3 }[values.get('m') ?? 'fast'] ?? 2);
          kernel.memory = { stopped: true };
        }
        return { wait: { until: kernel.now + LOOK } };
      case 'reload':
        if (pid !== undefined) kernel.kill(pid, 1);
        kernel.output('server signaled\n');
        return { exit: pid === undefined ? 1 : 0 };
      case 'status':
        kernel.output(pid === undefined ? 'pg_ctl: no server running\n' : `pg_ctl: server is running (PID: ${pid})\n`);
        return { exit: pid === undefined ? 3 : 0 };
      default:
        kernel.error('pg_ctl: no operation specified\nTry "pg_ctl --help" for more information.\n');
        return { exit: 1 };
    }
  },
};

/** A client that sends one statement. */
const single = (name: string, sql: (word: string) => string): Program => ({
  async run(kernel): Promise<Outcome> {
    const { target, words } = options(kernel, 'O');
    const reply = await ask(kernel, { ...target, database: 'postgres' }, sql(words[0] ?? target.user));
    const problem =
      typeof reply === 'string'
        ? reply
        : reply.error === undefined
          ? undefined
          : `${name === 'createdb' ? 'database creation' : 'database removal'} failed: ERROR:  ${reply.error}`;
    if (problem !== undefined) kernel.error(encode(`${name}: error: ${problem}\n`));
    return { exit: problem === undefined ? 0 : 1 };
  },
});

const dump = (all: boolean): Program => ({
  async run(kernel): Promise<Outcome> {
    const name = all ? 'pg_dumpall' : 'pg_dump';
    const { target, words } = options(kernel, 'fntFj');
    if (words[0] !== undefined) target.database = words[0];
    const first = await ask(kernel, all ? { ...target, database: 'postgres' } : target, '');
    if (typeof first === 'string') {
      kernel.error(encode(`${name}: error: ${first}\n`));
      return { exit: 1 };
    }
    const databases = all
      ? (first.databases ?? []).filter((entry) => !entry.startsWith('template'))
      : [target.database ?? target.user];
    let text = `--\n-- PostgreSQL database ${all ? 'cluster ' : ''}dump\n--\n\n`;
    for (const database of databases) {
      if (all && database !== 'postgres') text += `CREATE DATABASE ${database};\n\n`;
      if (all) text += `\\connect ${database}\n\n`;
      const reply = await ask(kernel, { ...target, database }, '');
      if (typeof reply === 'string') continue;
      for (const [table, { columns, rows }] of Object.entries(reply.tables ?? {})) {
        const fields = columns.map((column) => `    ${column.name} ${column.type}${column.notNull ? ' NOT NULL' : ''}`);
        text += `--\n-- Name: ${table}; Type: TABLE; Schema: public; Owner: ${target.user}\n--\n\nCREATE TABLE public.${table} (\n${fields.join(',\n')}\n);\n\n`;
        for (const row of rows)
          text += `INSERT INTO public.${table} VALUES (${row.map((value) => (value === null ? 'NULL' : typeof value === 'number' ? String(value) : `'${textOf(value).replaceAll("'", "''")}'`)).join(', ')});\n`;
        text += '\n';
      }
    }
    kernel.output(encode(`${text}--\n-- PostgreSQL database ${all ? 'cluster ' : ''}dump complete\n--\n\n`));
    return { exit: 0 };
  },
});

/** gosu: goes on as another user. */
const gosu: Program = {
  run(kernel): Outcome {
    const [, user, ...words] = kernel.argv;
    if (user === undefined || words.length === 0) {
      kernel.error('Usage: gosu user-spec command [args]\n   eg: gosu tianon bash\n');
      return { exit: 1 };
    }
    const found = kernel.find(words[0]!);
    if ('status' in found) {
      kernel.error(`error: exec: "${words[0]}": executable file not found in $PATH\n`);
      return { exit: 1 };
    }
    const { uid, gid, groups } = resolveUser(kernel.files, user);
    kernel.become({
      ...kernel.credentials,
      uid,
      gid,
      groups,
      capabilities: uid === 0 ? kernel.credentials.capabilities : [],
    });
    return { replace: found, argv: words, environment: { ...kernel.environment, HOME: homeOf(kernel, uid) } };
  },
};

function homeOf(kernel: Kernel, uid: number): string {
  const line = kernel.files
    .read('/etc/passwd')
    .split('\n')
    .find((entry) => entry.split(':')[2] === String(uid));
  return line?.split(':')[5] ?? '/';
}

export const postgresTools: Readonly<Record<string, Program>> = {
  pg_isready: isReady,
  initdb,
  pg_ctl: control,
  createdb: single('createdb', (name) => `CREATE DATABASE ${name}`),
  dropdb: single('dropdb', (name) => `DROP DATABASE ${name}`),
  pg_dump: dump(false),
  pg_dumpall: dump(true),
  gosu,
};
