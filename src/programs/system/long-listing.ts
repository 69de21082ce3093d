import { groups, users } from './accounts.ts';
import { byteSize, deviceNumbers, linkCount } from './attributes.ts';
import type { Invocation } from './invocation.ts';
import type { Entry } from './list.ts';
import { modeString } from './mode.ts';
import type { Options } from './options.ts';
import { humanBusybox, humanGnu } from './sizes.ts';
import { fullTime, strftime } from './time.ts';

const HALF_A_YEAR = 31_556_952_000 / 2;

/** The lines of `ls -l`. */
export function longLines(
  call: Invocation,
  options: Options,
  entries: readonly Entry[],
  prefix: (entry: Entry) => string,
  nameOf: (entry: Entry) => string,
): string[] {
  const { files, now } = call.kernel;
  const userNames = new Map(users(files).map(({ uid, name }) => [uid, name]));
  const groupNames = new Map(groups(files).map(({ gid, name }) => [gid, name]));
  const numeric = options.has('n');
  const rows = entries.map((entry) => {
    const { node } = entry;
    const special = node.type === 'character' || node.type === 'block';
    const bytes = byteSize(files, entry.path, node);
    return {
      entry,
      links: String(linkCount(node)),
      user: (numeric ? undefined : userNames.get(node.uid)) ?? String(node.uid),
      group: (numeric ? undefined : groupNames.get(node.gid)) ?? String(node.gid),
      size: special ? device(call, node) : options.has('h') ? human(call, bytes) : String(bytes),
      date: date(call, options, node.mtime, now),
    };
  });
  const noOwner = options.has('g');
  const noGroup = options.has('o', 'G');
  if (call.busybox)
    return rows.map(({ entry, links, user, group, size, date: when }) => {
      const owners = `${noOwner ? '' : `${user.slice(0, 8).padEnd(8)} `}${group.slice(0, 8).padEnd(8)} `;
      const width = options.has('h') ? 7 : 9;
      return `${prefix(entry)}${modeString(entry.node)} ${links.padStart(4)} ${owners}${size.padStart(width)} ${when} ${nameOf(entry)}`;
    });
  const width = (pick: (row: (typeof rows)[number]) => string) => Math.max(0, ...rows.map((row) => pick(row).length));
  const [wLinks, wUser, wGroup, wSize] = [
    width((r) => r.links),
    width((r) => r.user),
    width((r) => r.group),
    width((r) => r.size),
  ];
  return rows.map(({ entry, links, user, group, size, date: when }) => {
    const owners = `${noOwner ? '' : `${user.padEnd(wUser!)} `}${noGroup ? '' : `${group.padEnd(wGroup!)} `}`;
    return `${prefix(entry)}${modeString(entry.node)} ${links.padStart(wLinks!)} ${owners}${size.padStart(wSize!)} ${when} ${nameOf(entry)}`;
  });
}

function device(call: Invocation, node: Entry['node']): string {
  const [major, minor] = deviceNumbers(node);
  return call.busybox ? `${String(major).padStart(4)},${String(minor).padStart(4)}` : `${major}, ${minor}`;
}

function human(call: Invocation, bytes: number): string {
  return call.busybox ? humanBusybox(bytes) : humanGnu(bytes);
}

function date(call: Invocation, options: Options, mtime: number, now: number): string {
  const style = options.has('full-time') ? 'full-iso' : options.value('time-style');
  if (style?.startsWith('+')) return strftime(style.slice(1), mtime, true);
  if (style === 'full-iso') return fullTime(mtime, !call.busybox);
  if (style === 'long-iso') return strftime('%Y-%m-%d %H:%M', mtime);
  const age = now - mtime;
  const recent = call.busybox ? age < 15_768_000_000 && age > -900_000 : age < HALF_A_YEAR && age >= 0;
  if (style === 'iso') return strftime(recent ? '%m-%d %H:%M' : '%Y-%m-%d ', mtime);
  return strftime(recent ? '%b %e %H:%M' : '%b %e  %Y', mtime);
}
