import type { FileNode } from '../../engine/files/node.ts';
import type { Tool } from '../tool.ts';
import { groupOf, userOf } from './accounts.ts';
import { blockCount, byteSize, deviceNumbers, fileType, inodeNumber, linkCount } from './attributes.ts';
import { type Invocation, tool, UsageError } from './invocation.ts';
import { modeString, typeBits } from './mode.ts';
import { parseOptions } from './options.ts';
import { fullTime } from './time.ts';
import { volumeFor } from './volume-table.ts';

const DEVICE = 254 * 256;

export const stat: Tool = tool(
  (call) => {
    const options = call.busybox
      ? parseOptions(call, 'ltfc:L')
      : parseOptions(call, 'tfc:L', {
          long: { format: 'c', printf: ':', terse: 't', dereference: 'L', 'file-system': 'f', cached: ':' },
        });
    if (options.operands.length === 0) throw new UsageError(call.busybox ? '' : 'missing operand');
    const printf = options.value('printf');
    const format = printf === undefined ? options.value('c') : undefined;
    for (const name of options.operands) {
      const follow = options.has('L') || options.has('f');
      const node = call.attempt(
        () => call.stat(name, follow),
        (reason) => `can't ${options.has('f') ? 'read file system information for' : 'stat'} '${name}': ${reason}`,
        (reason) =>
          options.has('f')
            ? `cannot read file system information for '${name}': ${reason}`
            : `cannot statx '${name}': ${reason}`,
      );
      if (!node) continue;
      const values = options.has('f')
        ? (letter: string) => volumeValue(call, name, letter)
        : (letter: string) => value(call, name, node, letter);
      if (printf !== undefined) call.out(expand(unescaped(printf), values));
      else if (format !== undefined) call.out(`${expand(format, values)}\n`);
      else if (options.has('f')) call.out(`${expand(VOLUME, values)}\n`);
      else if (options.has('t'))
        call.out(
          `${expand(call.busybox ? '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %o' : '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o', values)}\n`,
        );
      else call.out(`${expand(overview(call, node), values)}\n`);
    }
  },
  { usage: 'stat [-ltf] [-c FMT] FILE...' },
);

const VOLUME =
  '  File: "%n"\n    ID: %i Namelen: %l     Type: %T\nBlock size: %s       Fundamental block size: %S\nBlocks: Total: %b   Free: %f   Available: %a\nInodes: Total: %c   Free: %d';

function overview(call: Invocation, node: FileNode): string {
  const special = node.type === 'character' || node.type === 'block';
  const device = special ? `   Device type: %t,%T` : '';
  const head = call.busybox
    ? `  File: %N\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\nDevice: %Dh/%dd\tInode: %-10i  Links: %-5h${special ? ' Device type: %t,%T' : ''}\n`
    : `  File: ${node.type === 'symlink' ? '%N' : '%n'}\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\nDevice: 254,0\tInode: %-10i  Links: %-${special ? '5' : ''}h${device}\n`;
  const times = 'Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z';
  return head + times + (call.busybox ? '' : '\n Birth: %w');
}

function expand(format: string, valueFor: (letter: string) => string | undefined): string {
  return format.replace(
    /%([-0]?)(\d*)(?:\.(\d+))?([a-zA-Z%])/g,
    (whole, flag: string, width: string, precision: string | undefined, letter: string) => {
      if (letter === '%') return '%';
      const found = valueFor(letter);
      if (found === undefined) return whole.startsWith('%') ? letter : whole;
      const text = precision === undefined ? found : found.slice(0, Number(precision));
      return flag === '-' ? text.padEnd(Number(width)) : text.padStart(Number(width), flag === '0' ? '0' : ' ');
    },
  );
}

function unescaped(text: string): string {
  const plain: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    '\\': '\\',
    r: '\r',
    a: '\x07',
    e: '\x1b',
    '"': '"',
  };
  return text.replace(
    /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))/g,
    (_, octal?: string, hex?: string, letter?: string) => {
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (hex) return String.fromCharCode(Number.parseInt(hex, 16));
      return plain[letter!] ?? `\\${letter}`;
    },
  );
}

function value(call: Invocation, name: string, node: FileNode, letter: string): string | undefined {
  const { files } = call.kernel;
  const path = call.path(name);
  const seconds = String(Math.floor(node.mtime / 1000));
  const [major, minor] = deviceNumbers(node);
  switch (letter) {
    case 'a':
      return (node.mode & 0o7777).toString(8);
    case 'A':
      return modeString(node);
    case 'b':
      return String(blockCount(files, path, node));
    case 'B':
      return '512';
    case 'C':
      return '?';
    case 'd':
      return String(DEVICE);
    case 'D':
      return DEVICE.toString(16);
    case 'f':
      return (typeBits(node) | (node.mode & 0o7777)).toString(16);
    case 'F':
      return fileType(node);
    case 'g':
      return String(node.gid);
    case 'G':
      return groupOf(files, node.gid)?.name ?? 'UNKNOWN';
    case 'h':
      return String(linkCount(node));
    case 'i':
      return String(inodeNumber(path));
    case 'm':
      return call.busybox ? undefined : files.mountOf(path).target;
    case 'n':
      return name;
    case 'N':
      return quotedName(call, name, node);
    case 'o':
      return '4096';
    case 's':
      return String(byteSize(files, path, node));
    case 't':
      return major.toString(16);
    case 'T':
      return minor.toString(16);
    case 'u':
      return String(node.uid);
    case 'U':
      return userOf(files, node.uid)?.name ?? 'UNKNOWN';
    case 'w':
      return call.busybox ? undefined : fullTime(node.mtime);
    case 'W':
      return call.busybox ? undefined : seconds;
    case 'x':
    case 'y':
    case 'z':
      return fullTime(node.mtime);
    case 'X':
    case 'Y':
    case 'Z':
      return seconds;
    default:
      return call.busybox ? undefined : '?';
  }
}

function quotedName(call: Invocation, name: string, node: FileNode): string {
  if (call.busybox) return node.type === 'symlink' ? `${name} -> ${node.target}` : name;
  return node.type === 'symlink' ? `'${name}' -> '${node.target}'` : `'${name}'`;
}

function volumeValue(call: Invocation, name: string, letter: string): string | undefined {
  const volume = volumeFor(call.kernel, call.kernel.files.mountOf(call.path(name)));
  const blocks = (kilobytes: number) => String(Math.floor(kilobytes / 4));
  switch (letter) {
    case 'T':
      return { overlay: 'overlayfs', ext4: 'ext2/ext3' }[volume.type] ?? volume.type;
    case 't':
      return { overlay: '794c7630', ext4: 'ef53', tmpfs: '1021994', proc: '9fa0' }[volume.type] ?? '0';
    case 'n':
      return name;
    case 'i':
      return '0';
    case 'l':
      return '255';
    case 's':
    case 'S':
      return '4096';
    case 'b':
      return blocks(volume.size);
    case 'f':
      return blocks(volume.size - volume.used);
    case 'a':
      return blocks(volume.available);
    case 'c':
      return String(volume.inodes);
    case 'd':
      return String(volume.inodes - volume.inodesUsed);
    default:
      return call.busybox ? undefined : '?';
  }
}
