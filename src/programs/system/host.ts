import { decode } from '../../engine/bytes.ts';
import { hasCapability } from '../../engine/process/credentials.ts';
import { HOST_CPUS, HOST_MEMORY, KERNEL_RELEASE } from '../../engine/process/proc.ts';
import type { Tool } from '../tool.ts';
import { type Invocation, tool, UsageError } from './invocation.ts';
import { parseOptions } from './options.ts';
import { strftime } from './time.ts';

export const hostname: Tool = tool(
  (call) => {
    const options = call.busybox
      ? parseOptions(call, 'sidfF:')
      : parseOptions(call, 'sidfF:aIAbyv', {
          long: {
            short: 's',
            'ip-address': 'i',
            'all-ip-addresses': 'I',
            domain: 'd',
            fqdn: 'f',
            long: 'f',
            file: 'F',
            alias: 'a',
          },
        });
    const { kernel } = call;
    const file = options.value('F');
    const [operand] = options.operands;
    const wanted =
      file === undefined
        ? operand
        : kernel.files
            .read(call.path(file))
            .split('\n')
            .find((line) => line !== '' && !line.startsWith('#'));
    if (wanted !== undefined) {
      if (!kernel.setHostname(decode(wanted))) {
        if (call.busybox || file !== undefined) throw call.failure('sethostname: Operation not permitted');
        throw call.failure('', 'you must be root to change the host name');
      }
      return;
    }
    const [short = ''] = kernel.hostname.split('.');
    if (options.has('I', 'A')) {
      const addresses = kernel.network.interfaces().filter(({ name, address }) => name !== 'lo' && address !== '');
      return call.out(`${addresses.map(({ address }) => `${address} `).join('')}\n`);
    }
    if (options.has('s') && !call.busybox) return call.out(`${short}\n`);
    if (options.has('i', 'f', 'd', 's')) {
      const addresses = kernel.network.resolve(kernel.hostname);
      if (addresses.length === 0) {
        if (call.busybox && options.has('s')) return call.out(`${short}\n`);
        throw call.failure(`${kernel.hostname}: Host name lookup failure`, 'Temporary failure in name resolution');
      }
      if (options.has('i')) return call.out(`${addresses.join(' ')}\n`);
      const full = fullName(call);
      if (options.has('f')) return call.out(`${full}\n`);
      const at = full.indexOf('.');
      if (options.has('s')) return call.out(`${at < 0 ? full : full.slice(0, at)}\n`);
      return at < 0 ? undefined : call.out(`${full.slice(at + 1)}\n`);
    }
    call.out(`${kernel.hostname}\n`);
  },
  { usage: 'hostname [-sidf] [HOSTNAME | -F FILE]', pointer: false },
);

/** The first name in the line of /etc/hosts that has the host's own. */
function fullName(call: Invocation): string {
  const { files, hostname: name } = call.kernel;
  if (!call.tryStat('/etc/hosts')) return name;
  for (const line of files.read('/etc/hosts').split('\n')) {
    const [address, first = name, ...rest] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (address && [first, ...rest].includes(name)) return first;
  }
  return name;
}

export const uname: Tool = tool(
  (call) => {
    const options = call.busybox
      ? parseOptions(call, 'amnrspvio')
      : parseOptions(call, 'amnrspvio', {
          long: {
            ...{
              all: 'a',
              'kernel-name': 's',
              nodename: 'n',
              'kernel-release': 'r',
              'kernel-version': 'v',
              machine: 'm',
            },
            ...{ processor: 'p', 'hardware-platform': 'i', 'operating-system': 'o' },
          },
        });
    if (options.operands.length > 0)
      throw new UsageError(call.busybox ? '' : `extra operand ${call.quote(options.operands[0]!)}`);
    const parts: [string, string][] = [
      ['s', 'Linux'],
      ['n', call.kernel.hostname],
      ['r', KERNEL_RELEASE],
      ['v', '#1 SMP PREEMPT_DYNAMIC'],
      ['m', 'x86_64'],
      ...(options.has('a')
        ? []
        : ([
            ['p', 'unknown'],
            ['i', 'unknown'],
          ] as [string, string][])),
      ['o', 'GNU/Linux'],
    ];
    const shown = parts.filter(([letter]) => options.has(letter, 'a'));
    call.out(`${(shown.length > 0 ? shown : parts.slice(0, 1)).map(([, text]) => text).join(' ')}\n`);
  },
  { usage: 'uname [-amnrspvio]' },
);

export const arch: Tool = tool((call) => call.out('x86_64\n'));

export const nproc: Tool = tool(
  (call) => {
    const options = parseOptions(call, '', { long: { all: '', ignore: ':' } });
    const ignored = options.value('ignore') ?? '0';
    if (!/^\d+$/.test(ignored))
      throw call.failure(`invalid number '${ignored}'`, `invalid number: ${call.quote(ignored)}`);
    const count = options.has('all') ? HOST_CPUS : allowedProcessors(call);
    call.out(`${Math.max(1, count - Number(ignored))}\n`);
  },
  { usage: 'nproc [--all] [--ignore=N]' },
);

/** Processors that the process may run on: what a cpuset leaves. */
function allowedProcessors(call: Invocation): number {
  const path = '/sys/fs/cgroup/cpuset.cpus';
  const list = call.tryStat(path) ? call.kernel.files.read(path).trim() : '';
  if (list === '') return HOST_CPUS;
  let count = 0;
  for (const range of list.split(',')) {
    const [from = '0', to = from] = range.split('-');
    count += Number(to) - Number(from) + 1;
  }
  return count;
}

/** Memory in bytes, as /proc/meminfo has it. */
function memory() {
  const total = HOST_MEMORY;
  const free = HOST_MEMORY * 0.6;
  const available = HOST_MEMORY * 0.8;
  const cache = available - free;
  return { total, free, available, cache, shared: 9_072_640, used: total - available };
}

export const free: Tool = tool(
  (call) => {
    const options = call.busybox
      ? parseOptions(call, 'bkmghtw')
      : parseOptions(call, 'bkmghtwlvs:c:', {
          long: {
            human: 'h',
            mebi: 'm',
            gibi: 'g',
            kibi: 'k',
            bytes: 'b',
            mega: 'm',
            giga: 'g',
            total: 't',
            wide: 'w',
          },
        });
    const human = options.has('h');
    const unit = options.has('b') ? 1 : options.has('m') ? 1_048_576 : options.has('g') ? 1_073_741_824 : 1024;
    const size = (bytes: number) => {
      if (!human) return String(Math.floor(bytes / unit));
      if (bytes === 0) return call.busybox ? '0' : '0B';
      const gibi = bytes / 1_073_741_824;
      const mebi = bytes / 1_048_576;
      if (call.busybox) return gibi >= 1 ? `${gibi.toFixed(1)}G` : `${mebi.toFixed(1)}M`;
      return gibi >= 1
        ? `${gibi < 10 ? gibi.toFixed(1) : Math.round(gibi)}Gi`
        : `${mebi < 10 ? mebi.toFixed(1) : Math.round(mebi)}Mi`;
    };
    const m = memory();
    const label = (text: string) => text.padEnd(call.busybox ? 7 : 8);
    const first = (text: string) => text.padStart(12);
    call.out(
      `${' '.repeat(call.busybox ? 14 : 15)}total        used        free      shared  buff/cache   available\n`,
    );
    call.out(
      `${label('Mem:')}${[m.total, m.used, m.free, m.shared, m.cache, m.available].map((bytes) => first(size(bytes))).join('')}\n`,
    );
    call.out(`${label('Swap:')}${[0, 0, 0].map((bytes) => first(size(bytes))).join('')}\n`);
    if (options.has('t'))
      call.out(`${label('Total:')}${[m.total, m.used, m.free].map((bytes) => first(size(bytes))).join('')}\n`);
  },
  { usage: 'free [-bkmgh]', pointer: false },
);

export const uptime: Tool = tool((call) => {
  const options = parseOptions(call, 'psV', { long: { pretty: 'p', since: 's' } });
  const { now } = call.kernel;
  // The modelled machine has always been up for a day and the time since midnight, see /proc/uptime.
  const minutes = Math.floor((86_400 + (now % 86_400_000) / 1000) / 60);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (options.has('p')) return call.out(`up ${days} day${days === 1 ? '' : 's'}, ${hours} hours, ${rest} minutes\n`);
  if (options.has('s')) return call.out(`${strftime('%Y-%m-%d %H:%M:%S', now - minutes * 60_000)}\n`);
  const clock = hours > 0 ? `${String(hours).padStart(2)}:${String(rest).padStart(2, '0')}` : `${rest} min`;
  call.out(
    ` ${strftime('%H:%M:%S', now)} up ${days} day${days === 1 ? '' : 's'}, ${clock},  0 users,  load average: 0.08, 0.03, 0.01\n`,
  );
});

export const hostid: Tool = tool((call) => call.out('00000000\n'));

export const dmesg: Tool = tool(
  (call) => {
    if (hasCapability(call.kernel.credentials, 'SYSLOG'))
      return call.out(`[    0.000000] Linux version ${KERNEL_RELEASE}\n`);
    throw call.failure('klogctl: Operation not permitted', 'read kernel buffer failed: Operation not permitted');
  },
  { pointer: false },
);

export const lscpu: Tool = tool((call) => {
  const rows: [string, string][] = [
    ...([
      ['Architecture:', 'x86_64'],
      ['CPU op-mode(s):', '32-bit, 64-bit'],
      ['Byte Order:', 'Little Endian'],
    ] as [string, string][]),
    ...([
      ['CPU(s):', String(HOST_CPUS)],
      ['On-line CPU(s) list:', `0-${HOST_CPUS - 1}`],
      ['Model name:', 'Modelled processor'],
    ] as [string, string][]),
  ];
  call.out(rows.map(([name, value]) => `${name.padEnd(24)} ${value}\n`).join(''));
});

export const lsblk: Tool = tool((call) => {
  call.out('NAME   MAJ:MIN RM  SIZE RO TYPE MOUNTPOINTS\n');
  call.out('vda    254:0    0   60G  0 disk \n`-vda1 254:1    0   60G  0 part /\n');
});

/** Variables of the kernel, as files below /proc/sys. */
export const sysctl: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'neNqwp:aA', { long: { values: 'n', all: 'a', ignore: 'e', write: 'w' } });
    const { files } = call.kernel;
    for (const word of options.operands) {
      const equals = word.indexOf('=');
      const key = equals < 0 ? word : word.slice(0, equals);
      const path = `/proc/sys/${key.replace(/[./]/g, (mark) => (mark === '.' ? '/' : '.'))}`;
      if (call.tryStat(path)?.type !== 'file') {
        if (!options.has('e'))
          call.complain(`error: '${key}' is an unknown key`, `cannot stat ${path}: No such file or directory`);
        continue;
      }
      if (equals >= 0) {
        call.attempt(
          () => files.write(path, `${word.slice(equals + 1)}\n`),
          (reason) => `error setting key '${key}': ${reason}`,
          (reason) => `setting key "${key}"${reason === 'Read-only file system' ? ', ignoring' : ''}: ${reason}`,
        );
        if (call.status !== 0) continue;
      }
      const value = equals >= 0 ? word.slice(equals + 1) : files.read(path).trimEnd();
      call.out(options.has('n') ? `${value}\n` : `${key} = ${value}\n`);
    }
  },
  { usage: 'sysctl [-enq] { -a | -p [FILE]... | [-w] [KEY[=VALUE]]... }', pointer: false },
);

const CONFIGURATION: Readonly<Record<string, string>> = {
  ...{
    PAGESIZE: '4096',
    PAGE_SIZE: '4096',
    _NPROCESSORS_ONLN: String(HOST_CPUS),
    _NPROCESSORS_CONF: String(HOST_CPUS),
  },
  ...{ ARG_MAX: '2097152', CLK_TCK: '100', LONG_BIT: '64', PATH_MAX: '4096', NAME_MAX: '255', OPEN_MAX: '1048576' },
};

export const getconf: Tool = tool((call) => {
  const [name] = call.args;
  if (name === undefined) return call.err('Usage: getconf [-v specification] variable_name [pathname]\n') ?? 2;
  const value = CONFIGURATION[name];
  if (value === undefined) {
    call.err(`getconf: Unrecognized variable \`${name}'\n`);
    return 2;
  }
  call.out(`${value}\n`);
  return 0;
});

const LOCALE = [
  ...['CTYPE', 'NUMERIC', 'TIME', 'COLLATE', 'MONETARY', 'MESSAGES', 'PAPER', 'NAME', 'ADDRESS', 'TELEPHONE'],
  ...['MEASUREMENT', 'IDENTIFICATION'],
];

export const locale: Tool = tool((call) => {
  const { environment } = call.kernel;
  if (call.args.includes('-a')) return call.out('C\nC.utf8\nPOSIX\n');
  const all = environment['LC_ALL'] ?? '';
  const language = environment['LANG'] ?? '';
  const line = (name: string) => {
    const own = environment[name];
    if (all === '' && own) return `${name}=${own}\n`;
    return `${name}="${all || language || 'POSIX'}"\n`;
  };
  call.out(
    `LANG=${language}\nLANGUAGE=${environment['LANGUAGE'] ?? ''}\n${LOCALE.map((name) => line(`LC_${name}`)).join('')}LC_ALL=${all}\n`,
  );
});

/** A random identifier of version 4 (RFC 9562). */
export const uuidgen: Tool = tool((call) => {
  const digits = Array.from({ length: 32 }, () => Math.floor(call.kernel.random() * 16));
  digits[12] = 4;
  digits[16] = 8 + (digits[16]! & 3);
  const hex = digits.map((digit) => digit.toString(16)).join('');
  call.out(`${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}\n`);
});

export const tty: Tool = tool((call) => {
  const options = parseOptions(call, 's', { long: { silent: 's', quiet: 's' } });
  const terminal = call.kernel.terminal.stdin;
  if (!options.has('s')) call.out(terminal ? '/dev/pts/0\n' : 'not a tty\n');
  return terminal ? 0 : 1;
});

export const stty: Tool = tool((call) => {
  if (!call.kernel.terminal.stdin)
    throw call.failure(
      'standard input: Inappropriate ioctl for device',
      `'standard input': Inappropriate ioctl for device`,
    );
  if (call.args.includes('size')) call.out('24 80\n');
  else if (call.args.length === 0) call.out('speed 38400 baud; line = 0;\n');
});

export const clear: Tool = tool((call) => {
  if (!call.busybox && !call.kernel.environment['TERM']) {
    call.err('TERM environment variable not set.\n');
    return 1;
  }
  call.out(call.busybox ? '\x1b[H\x1b[J' : '\x1b[H\x1b[2J\x1b[3J');
  return 0;
});
