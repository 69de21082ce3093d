import { FileError } from '../../../engine/files/errors.ts';
import { resolve } from '../../../engine/files/path.ts';
import type { Kernel } from '../../../engine/process/program.ts';
import { COMMANDS } from './commands.ts';
import { type Config, VERSION } from './config.ts';
import { log } from './log.ts';
import { type Database, type Databases, decodeReply, encodeCommand } from './store.ts';

const HEADER = 'REDIS0012';
/** A small server's memory, as it notes it in a snapshot. */
const MEMORY = '0.69';

export const folderOf = (kernel: Kernel, config: Config): string => resolve(kernel.cwd, config['dir'] ?? '.');
const pathOf = (kernel: Kernel, config: Config, name: string) => resolve(folderOf(kernel, config), name);
const appendFolder = (kernel: Kernel, config: Config) => pathOf(kernel, config, config['appenddirname'] ?? '');

function readSnapshot(text: string): Databases {
  return text.startsWith(HEADER) && text.length > HEADER.length
    ? (JSON.parse(text.slice(HEADER.length)) as Databases)
    : {};
}

const countKeys = (databases: Databases) =>
  Object.values(databases).reduce((sum, database) => sum + Object.keys(database).length, 0);

/** The data that the server left the last time, from a snapshot or from the log of commands. */
export function load(kernel: Kernel, config: Config): Databases {
  if (config['appendonly'] === 'yes') return loadAppended(kernel, config);
  const file = pathOf(kernel, config, config['dbfilename'] ?? '');
  const text = kernel.files.exists(file) ? kernel.files.read(file) : '';
  if (!text.startsWith(HEADER)) return {};
  const databases = readSnapshot(text);
  log(kernel, 'M', '*', `Loading RDB produced by version ${VERSION}`);
  const age = Math.max(0, Math.floor((kernel.now - (kernel.files.stat(file)?.mtime ?? kernel.now)) / 1000));
  log(kernel, 'M', '*', `RDB age ${age} seconds`);
  log(kernel, 'M', '*', `RDB memory usage when created ${MEMORY} Mb`);
  log(kernel, 'M', '*', `Done loading RDB, keys loaded: ${countKeys(databases)}, keys expired: 0.`);
  log(kernel, 'M', '*', 'DB loaded from disk: 0.000 seconds');
  return databases;
}

function loadAppended(kernel: Kernel, config: Config): Databases {
  const name = config['appendfilename'] ?? '';
  const folder = appendFolder(kernel, config);
  const [base, incremental] = [`${folder}/${name}.1.base.rdb`, `${folder}/${name}.1.incr.aof`];
  if (!kernel.files.exists(incremental)) {
    kernel.files.mkdirs(folder);
    log(kernel, 'M', '*', `Creating AOF base file ${name}.1.base.rdb on server start`);
    log(kernel, 'M', '*', `Creating AOF incr file ${name}.1.incr.aof on server start`);
    kernel.files.write(base, HEADER);
    kernel.files.write(incremental, '');
    kernel.files.write(
      `${folder}/${name}.manifest`,
      `file ${name}.1.base.rdb seq 1 type b\nfile ${name}.1.incr.aof seq 1 type i startoffset 0\n`,
    );
    return {};
  }
  const kept = readSnapshot(kernel.files.read(base));
  log(kernel, 'M', '*', `Loading RDB produced by version ${VERSION}`);
  const age = Math.max(0, Math.floor((kernel.now - (kernel.files.stat(base)?.mtime ?? kernel.now)) / 1000));
  log(kernel, 'M', '*', `RDB age ${age} seconds`);
  log(kernel, 'M', '*', 'RDB memory usage when created 0.64 Mb');
  log(kernel, 'M', '*', 'RDB is base AOF');
  log(kernel, 'M', '*', `Done loading RDB, keys loaded: ${countKeys(kept)}, keys expired: 0.`);
  log(kernel, 'M', '*', `DB loaded from base file ${name}.1.base.rdb: 0.001 seconds`);
  const text = kernel.files.read(incremental);
  const databases = replay(kept, text, kernel.now);
  if (text !== '') log(kernel, 'M', '*', `DB loaded from incr file ${name}.1.incr.aof: 0.000 seconds`);
  log(kernel, 'M', '*', 'DB loaded from append only file: 0.001 seconds');
  log(kernel, 'M', '*', `Opening AOF incr file ${name}.1.incr.aof on server start`);
  return databases;
}

/** Carries out the commands of an append-only file. */
function replay(kept: Databases, text: string, now: number): Databases {
  const databases: Record<string, Database> = { ...kept };
  let selected = '0';
  for (let rest = text; rest !== ''; ) {
    const { reply, rest: after } = decodeReply(rest);
    rest = after;
    const [name = '', ...args] = reply as readonly string[];
    if (name.toLowerCase() === 'select') selected = args[0] ?? '0';
    const command = COMMANDS[name.toLowerCase()];
    const changed = command?.run({ now, database: databases[selected] ?? {}, config: {} }, args).database;
    if (changed) databases[selected] = changed;
  }
  return databases;
}

/** Adds a command to the append-only file. */
export function append(kernel: Kernel, config: Config, database: string, words: readonly string[]): void {
  if (config['appendonly'] !== 'yes') return;
  const file = `${appendFolder(kernel, config)}/${config['appendfilename']}.1.incr.aof`;
  const text = kernel.files.exists(file) ? kernel.files.read(file) : '';
  // Each SELECT says for which database the commands after it are.
  const last = [...text.matchAll(/\$6\r\nSELECT\r\n\$\d+\r\n(\d+)\r\n/g)].at(-1)?.[1];
  const select = last === database ? '' : encodeCommand(['SELECT', database]);
  kernel.files.write(file, select + encodeCommand(words), { append: true });
}

/** Writes a snapshot; false, and a line in the log, when it can't. */
export function save(kernel: Kernel, config: Config, databases: Databases): boolean {
  try {
    kernel.files.write(pathOf(kernel, config, config['dbfilename'] ?? ''), HEADER + JSON.stringify(databases));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const where = `(in server root dir ${folderOf(kernel, config)})`;
    log(
      kernel,
      'M',
      '#',
      `Failed opening the temp RDB file temp-${kernel.pid}.rdb ${where} for saving: ${error.reason}`,
    );
    return false;
  }
  log(kernel, 'M', '*', 'DB saved on disk');
  return true;
}
