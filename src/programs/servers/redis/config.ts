export type Config = Readonly<Record<string, string>>;

export const VERSION = '8.0.2';
export const BUILD = 'b843bbd074c0e1da';

export const DEFAULTS: Config = {
  ...{ port: '6379', bind: '* -::*', save: '3600 1 300 100 60 10000', dir: '.', dbfilename: 'dump.rdb' },
  ...{ appendonly: 'no', appendfilename: 'appendonly.aof', appenddirname: 'appendonlydir', requirepass: '' },
  ...{ 'protected-mode': 'yes', 'maxmemory-eviction-tenacity': '10', 'maxmemory-policy': 'noeviction' },
  ...{ 'maxmemory-samples': '5', maxmemory: '0', 'maxmemory-clients': '0', loglevel: 'notice', databases: '16' },
  ...{ daemonize: 'no', timeout: '0', 'tcp-keepalive': '300', appendfsync: 'everysec', hz: '10', maxclients: '10000' },
  ...{ logfile: '', 'stop-writes-on-bgsave-error': 'yes', rdbcompression: 'yes', 'tcp-backlog': '511', masterauth: '' },
  ...{ replicaof: '', 'always-show-logo': 'no', 'lua-time-limit': '5000', 'slowlog-log-slower-than': '10000' },
  ...{ 'notify-keyspace-events': '', 'aof-use-rdb-preamble': 'yes', 'io-threads': '1', pidfile: '', supervised: 'no' },
};

/** Options on the command line as lines of a configuration file: `name "value"`. `--save` alone means none at all. */
export function directives(args: readonly string[]): string[] {
  const lines: string[] = [];
  for (const [at, word] of args.entries()) {
    const last = args[at + 1]?.startsWith('--') ?? true;
    if (word.startsWith('--')) lines.push(word.slice(2) + (last && word === '--save' ? ' ""' : ''));
    else if (lines.length > 0) lines[lines.length - 1] += ` ${JSON.stringify(word)}`;
  }
  return lines;
}

/** The words of a line of configuration, of which quoted ones may be empty or hold spaces. */
export function words(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double?.replace(/\\(.)/g, '$1') ?? single ?? bare ?? '',
  );
}

/** An amount of memory as a number of bytes: `10mb` is 10485760, `10m` is 10000000. */
export function bytes(text: string): string {
  const [, digits, unit = '', binary] = /^(\d+)([kmg])(b?)$/i.exec(text) ?? [];
  if (digits === undefined) return text;
  const exponent = { k: 1, m: 2, g: 3 }[unit.toLowerCase()] ?? 0;
  return String(Number(digits) * (binary === '' ? 1000 : 1024) ** exponent);
}

/** What is wrong with a directive; undefined when it may stand. */
export function complaint(name: string, values: readonly string[]): string | undefined {
  if (values.length === 0)
    return name in DEFAULTS ? 'wrong number of arguments' : 'Bad directive or wrong number of arguments';
  if (name === 'save') {
    const numbers = values.join(' ').trim().split(/\s+/);
    const pairs = numbers.length % 2 === 0 && numbers.every((text) => /^\d+$/.test(text));
    return values.join('') === '' || pairs ? undefined : 'Invalid save parameters';
  }
  if (name !== 'bind' && name !== 'replicaof' && name in DEFAULTS && values.length > 1)
    return 'wrong number of arguments';
  if (/^\d+$/.test(DEFAULTS[name] ?? '') && !/^\d+([kmg]b?)?$/i.test(values[0] ?? ''))
    return "argument couldn't be parsed into an integer";
  if (/^(yes|no)$/.test(DEFAULTS[name] ?? '') && !/^(yes|no)$/i.test(values[0] ?? ''))
    return "argument must be 'yes' or 'no'";
  return undefined;
}

/** The value that a directive sets. */
export function settled(name: string, values: readonly string[]): string {
  return name.startsWith('maxmemory') ? bytes(values[0] ?? '') : values.join(' ').trim();
}

export const USAGE = `Usage: ./redis-server [/path/to/redis.conf] [options] [-]
       ./redis-server - (read config from stdin)
       ./redis-server -v or --version
       ./redis-server -h or --help
       ./redis-server --test-memory <megabytes>
       ./redis-server --check-system

Examples:
       ./redis-server (run the server with default conf)
       echo 'maxmemory 128mb' | ./redis-server -
       ./redis-server /etc/redis/6379.conf
       ./redis-server --port 7777
       ./redis-server --port 7777 --replicaof 127.0.0.1 8888
       ./redis-server /etc/myredis.conf --loglevel verbose -
       ./redis-server /etc/myredis.conf --loglevel verbose

Sentinel mode:
       ./redis-server /etc/sentinel.conf --sentinel
`;
