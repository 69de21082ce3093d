import { FileError } from '../../engine/files/errors.ts';
import { hasCapability } from '../../engine/process/credentials.ts';
import type { Tool } from '../tool.ts';
import { blockCount, byteSize } from './attributes.ts';
import { type Invocation, tool, UsageError } from './invocation.ts';
import { parseOptions } from './options.ts';
import { humanBusybox, humanGnu } from './sizes.ts';
import { type Volume, volumeFor } from './volume-table.ts';

/** All mounts of the caller's namespace, as /proc/mounts lists them. */
function mounted(call: Invocation): Volume[] {
  return call.kernel.files.mounts.map((mount) => volumeFor(call.kernel, mount));
}

const DF_NAMES = {
  ...{
    'human-readable': 'h',
    si: 'H',
    inodes: 'i',
    'print-type': 'T',
    all: 'a',
    portability: 'P',
    total: '',
    kibibytes: 'k',
  },
  ...{ type: 't', 'exclude-type': 'x', local: 'l', output: '::', 'block-size': 'B', sync: '', 'no-sync': '' },
};

export const df: Tool = tool(
  (call) => {
    const options = call.busybox
      ? parseOptions(call, 'PkmhTait:B:')
      : parseOptions(call, 'hHiTaPkmlt:x:B:v', { long: DF_NAMES });
    const volumes: Volume[] = [];
    for (const name of options.operands) {
      const node = call.attempt(
        () => call.stat(name),
        (reason) => (reason === 'No such file or directory' ? `${name}: can't find mount point` : `${name}: ${reason}`),
        (reason) => `${name}: ${reason}`,
      );
      if (node)
        volumes.push(volumeFor(call.kernel, call.kernel.files.mountOf(call.kernel.files.realpath(call.path(name)))));
    }
    if (options.operands.length === 0) {
      // GNU's df lists a device once, at the shortest path.
      const seen = new Set<string>();
      for (const volume of mounted(call)) {
        if (!options.has('a') && volume.size === 0) continue;
        const key = volume.device.startsWith('/dev/') ? volume.device : volume.target;
        if (!call.busybox && !options.has('a') && seen.has(key)) continue;
        seen.add(key);
        volumes.push(volume);
      }
    } else if (volumes.length === 0) {
      if (!call.busybox) return;
    }
    const type = options.value('t');
    const listed = volumes.filter(
      (volume) => (type === undefined || volume.type === type) && volume.type !== options.value('x'),
    );
    if (options.has('output') && !call.busybox) return call.out(table(chosen(options.value('output')!, listed), ['l']));
    call.out(call.busybox ? busyboxTable(listed, options.has) : gnuTable(listed, options.has, options.value('B')));
  },
  { usage: 'df [-PkmhTai] [-B SIZE] [-t TYPE] [FILESYSTEM]...' },
);

type Has = (...names: string[]) => boolean;

const percent = (used: number, available: number) =>
  used + available === 0 ? 0 : Math.ceil((used * 100) / (used + available));

function busyboxTable(volumes: readonly Volume[], has: Has): string {
  const unit = has('h') ? 'Size' : has('m') ? '1M-blocks' : has('P') ? '1024-blocks' : '1K-blocks';
  const size = (kilobytes: number) =>
    has('h')
      ? kilobytes === 0
        ? '0'
        : humanBusybox(kilobytes * 1024)
      : String(has('m') ? Math.round(kilobytes / 1024) : kilobytes);
  const type = has('T');
  let text = has('i')
    ? 'Filesystem              Inodes      Used Available Use% Mounted on\n'
    : has('P')
      ? `Filesystem           ${unit}    Used Available Capacity Mounted on\n`
      : `Filesystem           ${type ? 'Type       ' : ''}${unit.padStart(has('h') && !type ? 9 : 9)}      Used Available Use% Mounted on\n`;
  for (const v of volumes) {
    const [total, used, free] = has('i')
      ? [v.inodes, v.inodesUsed, v.inodes - v.inodesUsed]
      : [v.size, v.used, v.available];
    const shown = (value: number) => (has('i') ? String(value) : size(value));
    text += `${v.device.padEnd(20)} ${type ? `${v.type.padEnd(10)} ` : ''}${shown(total).padStart(9)} ${shown(used).padStart(9)} ${shown(free).padStart(9)} ${String(percent(used, free)).padStart(3)}% ${v.target}\n`;
  }
  return text;
}

function gnuTable(volumes: readonly Volume[], has: Has, blocks: string | undefined): string {
  const human = has('h', 'H');
  const mega = has('m') || blocks === 'M' || blocks === '1M';
  const size = (kilobytes: number) =>
    human ? humanGnu(kilobytes * 1024, has('H') ? 1000 : 1024) : String(mega ? Math.ceil(kilobytes / 1024) : kilobytes);
  const head = has('i')
    ? ['Filesystem', ...(has('T') ? ['Type'] : []), 'Inodes', 'IUsed', 'IFree', 'IUse%', 'Mounted on']
    : [
        ...['Filesystem', ...(has('T') ? ['Type'] : [])],
        ...[
          human ? 'Size' : mega ? '1M-blocks' : has('P') ? '1024-blocks' : '1K-blocks',
          'Used',
          human ? 'Avail' : 'Available',
        ],
        ...[has('P') ? 'Capacity' : 'Use%', 'Mounted on'],
      ];
  const rows = volumes.map((v) => {
    const [total, used, free] = has('i')
      ? [v.inodes, v.inodesUsed, v.inodes - v.inodesUsed]
      : [v.size, v.used, v.available];
    const shown = (value: number) => (has('i') ? (human ? humanGnu(value) : String(value)) : size(value));
    const share = total === 0 ? '-' : `${percent(used, free)}%`;
    return [v.device, ...(has('T') ? [v.type] : []), shown(total), shown(used), shown(free), share, v.target];
  });
  return table([head, ...rows], ['l', ...(has('T') ? ['l'] : [])], 14);
}

function chosen(fields: string, volumes: readonly Volume[]): string[][] {
  const columns: Readonly<Record<string, [string, (v: Volume) => string]>> = {
    source: ['Filesystem', (v) => v.device],
    fstype: ['Type', (v) => v.type],
    size: ['1K-blocks', (v) => String(v.size)],
    used: ['Used', (v) => String(v.used)],
    avail: ['Avail', (v) => String(v.available)],
    pcent: ['Use%', (v) => `${percent(v.used, v.available)}%`],
    itotal: ['Inodes', (v) => String(v.inodes)],
    target: ['Mounted on', (v) => v.target],
  };
  const names = (fields || 'source,fstype,itotal,size,used,avail,pcent,target')
    .split(',')
    .filter((name) => name in columns);
  return [names.map((name) => columns[name]![0]), ...volumes.map((v) => names.map((name) => columns[name]![1](v)))];
}

/** Rows in columns: the first ones to the left, the others to the right, the last as it is. */
function table(rows: readonly (readonly string[])[], left: readonly string[], firstWidth = 0): string {
  // GNU's df gives sizes at least five columns, the share of use four.
  const least = (i: number) => (i === 0 ? firstWidth : i < left.length || i >= rows[0]!.length - 2 ? 0 : 5);
  const widths = rows[0]!.map((_, i) => Math.max(firstWidth > 0 ? least(i) : 0, ...rows.map((row) => row[i]!.length)));
  return rows
    .map(
      (row) =>
        `${row.map((cell, i) => (i === row.length - 1 && i > 0 ? cell : i < left.length ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' ')}\n`,
    )
    .join('');
}

export const mount: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'arwnfvo:t:iO:', {
      long: { bind: '', types: 't', options: 'o', 'read-only': 'r', all: 'a', rbind: '' },
    });
    const [source, target = ''] = options.operands;
    if (source === undefined || options.has('a')) {
      const type = options.value('t');
      for (const v of mounted(call))
        if (type === undefined || v.type === type || (type === 'cgroup2' && v.type === type))
          call.out(`${v.device} on ${v.target} type ${v.type} (${v.options})\n`);
      return 0;
    }
    const { kernel } = call;
    if (!hasCapability(kernel.credentials, 'SYS_ADMIN')) {
      if (call.busybox) throw call.failure('permission denied (are you root?)');
      if (kernel.credentials.uid !== 0)
        throw call.failure('', `${target || source}: must be superuser to use mount.`, 32);
      call.err(
        `mount: ${target || source}: permission denied.\n       dmesg(1) may have more information after failed mount system call.\n`,
      );
      return 32;
    }
    if (target === '')
      throw call.failure(
        `can't find ${source} in /etc/fstab`,
        `${source}: can't find in /etc/fstab.`,
        call.busybox ? 1 : 1,
      );
    const point = call.tryStat(target);
    if (!point)
      throw call.failure(
        `mounting ${source} on ${target} failed: No such file or directory`,
        `${target}: mount point does not exist.`,
        call.busybox ? 255 : 32,
      );
    const given = [...options.values('o').flatMap((words) => words.split(',')), ...(options.has('r') ? ['ro'] : [])];
    kernel.mount(options.value('t') ?? 'ext4', source, kernel.files.realpath(call.path(target)), given);
    return 0;
  },
  { usage: 'mount [OPTIONS] [-o OPT] DEVICE NODE' },
);

export const umount: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'arlfdnit:', { long: { all: 'a', lazy: 'l', force: 'f' } });
    if (options.operands.length === 0 && !options.has('a'))
      throw call.busybox ? new UsageError() : call.failure('', 'bad usage');
    const { kernel } = call;
    for (const name of options.operands) {
      const node = call.tryStat(name);
      if (!node) {
        call.complain(
          `can't unmount ${name}: No such file or directory`,
          `${name}: no mount point specified.`,
          call.busybox ? 1 : 32,
        );
        continue;
      }
      const path = kernel.files.realpath(call.path(name));
      if (!hasCapability(kernel.credentials, 'SYS_ADMIN')) {
        call.complain(
          `can't unmount ${name}: Operation not permitted`,
          kernel.credentials.uid === 0
            ? `${name}: must be superuser to unmount.`
            : `${name}: must be superuser to unmount.`,
          call.busybox ? 1 : 32,
        );
      } else if (!kernel.unmount(path))
        call.complain(`can't unmount ${name}: Invalid argument`, `${name}: not mounted.`, call.busybox ? 1 : 32);
    }
  },
  { usage: 'umount [-rlfda] [-t FSTYPE] FILESYSTEM|DIRECTORY', pointer: false },
);

export const mountpoint: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'qdxn', { long: { quiet: 'q', fs: 'd', 'fs-devno': 'd', nofollow: '' } });
    const [name] = options.operands;
    if (name === undefined) throw call.busybox ? new UsageError() : call.failure('', 'bad usage');
    const node = call.tryStat(name);
    if (!node) {
      if (!options.has('q')) call.err(`mountpoint: ${name}: No such file or directory\n`);
      return 1;
    }
    const path = call.kernel.files.realpath(call.path(name));
    const is = call.kernel.files.mounts.some(({ target }) => target === path);
    if (!options.has('q')) call.out(`${name} is ${is ? '' : 'not '}a mountpoint\n`);
    return is ? 0 : call.busybox ? 1 : 32;
  },
  { usage: 'mountpoint [-q] { [-dn] DIR | -x DEVICE }', pointer: false },
);

export const findmnt: Tool = tool((call) => {
  const options = parseOptions(call, 'lnrt:o:T:aARJ', {
    long: { list: 'l', noheadings: 'n', raw: 'r', types: 't', output: 'o', target: 'T' },
  });
  const wanted = options.operands[0] ?? options.value('T');
  const columns = (options.value('o') ?? 'TARGET,SOURCE,FSTYPE,OPTIONS').toUpperCase().split(',');
  const fields: Readonly<Record<string, (v: Volume) => string>> = {
    ...{ TARGET: (v) => v.target, SOURCE: (v) => v.device, FSTYPE: (v) => v.type, OPTIONS: (v) => v.options },
  };
  const type = options.value('t');
  const listed = mounted(call).filter(
    (v) =>
      (wanted === undefined || v.target === wanted || v.device === wanted) && (type === undefined || v.type === type),
  );
  if (listed.length === 0) return 1;
  const rows = listed.map((v) => columns.map((column) => fields[column]?.(v) ?? ''));
  call.out(table([...(options.has('n') ? [] : [columns]), ...rows], columns));
  return 0;
});

/** Space that files take. */
export const du: Tool = tool(
  (call) => {
    const options = call.busybox
      ? parseOptions(call, 'aHLd:clsxhmkb')
      : parseOptions(call, 'aHLDd:clsxhmkbB:S0', {
          long: {
            ...{
              all: 'a',
              'human-readable': 'h',
              summarize: 's',
              total: 'c',
              'max-depth': 'd',
              bytes: 'b',
              'one-file-system': 'x',
            },
            ...{
              'apparent-size': '',
              exclude: ':',
              'count-links': 'l',
              dereference: 'L',
              'separate-dirs': 'S',
              'block-size': 'B',
              si: '',
              null: '0',
            },
          },
        });
    const bytes = options.has('b', 'apparent-size');
    const depth = options.has('s') ? 0 : Number(options.value('d') ?? Number.POSITIVE_INFINITY);
    const shown = (size: number) => {
      if (options.has('h')) return call.busybox ? humanBusybox(size) : humanGnu(size);
      if (options.has('b')) return String(size);
      return String(Math.ceil(size / (options.has('m') || options.value('B') === 'M' ? 1_048_576 : 1024)));
    };
    let total = 0;
    for (const name of options.operands.length > 0 ? options.operands : ['.']) {
      const node = call.attempt(
        () => call.stat(name, options.has('L', 'H')),
        (reason) => `${name}: ${reason}`,
        (reason) => `cannot access '${name}': ${reason}`,
      );
      if (node)
        total += measure(call, name, 0, {
          bytes,
          depth,
          all: options.has('a'),
          shown,
          exclude: options.values('exclude'),
        });
    }
    if (options.has('c')) call.out(`${shown(total)}\ttotal\n`);
  },
  { usage: 'du [-aHLdclsxhmk] [FILE]...' },
);

interface Measuring {
  readonly bytes: boolean;
  readonly depth: number;
  readonly all: boolean;
  readonly shown: (size: number) => string;
  readonly exclude: readonly string[];
}

function measure(call: Invocation, name: string, level: number, how: Measuring): number {
  const { files } = call.kernel;
  const path = call.path(name);
  const node = call.tryStat(name, false);
  if (!node) return 0;
  let size = how.bytes ? byteSize(files, path, node) : blockCount(files, path, node) * 512;
  if (node.type === 'directory') {
    if (how.bytes && !call.busybox && files.mountOf(path).type === 'tmpfs') size = 0;
    try {
      for (const entry of files.list(path))
        if (!how.exclude.includes(entry)) size += measure(call, `${name.replace(/\/+$/, '')}/${entry}`, level + 1, how);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      call.complain(`can't open '${name}': ${error.message}`, `cannot read directory '${name}': ${error.message}`);
    }
  }
  if (level === 0 || (level <= how.depth && (how.all || node.type === 'directory')))
    call.out(`${how.shown(size)}\t${name}\n`);
  return size;
}
