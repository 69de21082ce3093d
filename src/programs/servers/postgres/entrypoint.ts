import { decode, encode } from '../../../engine/bytes.ts';
import { resolveUser } from '../../../engine/containers/user.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { execute } from './database.ts';
import { dataFolder, FULL_VERSION, initialise, isInitialised, readCluster, writeCluster } from './storage.ts';

const UNSET = `Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html
`;

/** docker-entrypoint.sh of the official image postgres: creates the cluster at the first start, then starts the server. */
export const postgresEntrypoint: Program = {
  run(kernel): Outcome {
    const words = kernel.argv.slice(1);
    const command = words[0]?.startsWith('-') ? ['postgres', ...words] : words;
    const found = kernel.find(command[0] ?? '');
    if (command[0] === 'postgres' && !words.some((word) => ['--help', '--version', '-V', '-?'].includes(word))) {
      if (kernel.credentials.uid === 0) {
        const folder = dataFolder(kernel);
        const { uid, gid, groups } = resolveUser(kernel.files, 'postgres');
        kernel.files.mkdirs(folder);
        kernel.files.chown(folder, uid, gid);
        kernel.files.mkdirs('/var/run/postgresql');
        kernel.files.chown('/var/run/postgresql', uid, gid);
        kernel.become({ ...kernel.credentials, uid, gid, groups, capabilities: [] });
      }
      const refused = prepare(kernel);
      if (refused) return refused;
    }
    if ('status' in found) {
      kernel.error(
        encode(`/usr/local/bin/docker-entrypoint.sh: line 351: exec: ${decode(command[0] ?? '')}: not found\n`),
      );
      return { exit: 127 };
    }
    const environment = { ...kernel.environment };
    return {
      replace: found,
      argv: command[0] === 'postgres' ? [...command, '-c', 'listen_addresses=*'] : command,
      environment,
    };
  },
};

function secret(kernel: Kernel, name: string): string | undefined {
  const file = kernel.environment[`${name}_FILE`];
  if (file !== undefined && kernel.files.exists(file)) return decode(kernel.files.read(file).replace(/\n$/, ''));
  const value = kernel.environment[name];
  return value === undefined || value === '' ? undefined : decode(value);
}

function prepare(kernel: Kernel): Outcome | undefined {
  const folder = dataFolder(kernel);
  if (isInitialised(kernel, folder)) {
    kernel.output('\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n');
    return undefined;
  }
  const password = secret(kernel, 'POSTGRES_PASSWORD');
  const method = kernel.environment['POSTGRES_HOST_AUTH_METHOD'];
  if (password === undefined && method !== 'trust') {
    kernel.error(UNSET);
    return { exit: 1 };
  }
  const user = secret(kernel, 'POSTGRES_USER') ?? 'postgres';
  const database = secret(kernel, 'POSTGRES_DB') ?? user;
  kernel.output(`The files belonging to this database system will be owned by user "postgres".
This user must also own the server process.

The database cluster will be initialized with locale "en_US.utf8".
The default database encoding has accordingly been set to "UTF8".
The default text search configuration will be set to "english".

Data page checksums are disabled.

fixing permissions on existing directory ${folder} ... ok
creating subdirectories ... ok
selecting dynamic shared memory implementation ... posix
selecting default "max_connections" ... 100
selecting default "shared_buffers" ... 128MB
selecting default time zone ... Etc/UTC
creating configuration files ... ok
running bootstrap script ... ok
performing post-bootstrap initialization ... ok
syncing data to disk ... ok

`);
  initialise(kernel, folder, user, password, true);
  kernel.files.write(`${folder}/pg_hba.conf`, `\nhost all all all ${method ?? 'scram-sha-256'}\n`, { append: true });
  kernel.output(
    `\nSuccess. You can now start the database server using:\n\n    pg_ctl -D ${folder} -l logfile start\n\n`,
  );
  kernel.error(
    'initdb: warning: enabling "trust" authentication for local connections\ninitdb: hint: You can change this by editing pg_hba.conf or using the option -A, or --auth-local and --auth-host, the next time you run initdb.\n',
  );
  kernel.output('waiting for server to start.... done\nserver started\n');
  let cluster = readCluster(kernel, folder);
  if (!Object.hasOwn(cluster.databases, database)) {
    cluster = { ...cluster, databases: { ...cluster.databases, [database]: {} } };
    kernel.output('CREATE DATABASE\n');
  }
  kernel.output('\n');
  const scripts = '/docker-entrypoint-initdb.d';
  const names = kernel.files.stat(scripts)?.type === 'directory' ? kernel.files.list(scripts) : [];
  if (names.length === 0) kernel.output(`\n/usr/local/bin/docker-entrypoint.sh: ignoring ${scripts}/*\n`);
  for (const name of names) {
    const path = `${scripts}/${name}`;
    if (!name.endsWith('.sql')) {
      kernel.output(encode(`\n/usr/local/bin/docker-entrypoint.sh: ignoring ${decode(path)}\n`));
      continue;
    }
    kernel.output(encode(`\n/usr/local/bin/docker-entrypoint.sh: running ${decode(path)}\n`));
    const done = execute(cluster, decode(kernel.files.read(path)), {
      user,
      database,
      now: kernel.now,
      version: FULL_VERSION,
    });
    for (const { tag } of done.results) kernel.output(`${tag}\n`);
    cluster = done.cluster;
    if (done.error !== undefined) {
      kernel.error(encode(`psql:${decode(path)}:1: ERROR:  ${done.error}\n`));
      return { exit: 3 };
    }
  }
  writeCluster(kernel, folder, cluster);
  kernel.output(
    '\nwaiting for server to shut down.... done\nserver stopped\n\nPostgreSQL init process complete; ready for start up.\n\n',
  );
  return undefined;
}
