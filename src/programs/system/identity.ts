import type { Tool } from '../tool.ts';
import { groups as allGroups, groupIds, groupOf, records, userNamed, userOf } from './accounts.ts';
import { type Invocation, tool, UsageError } from './invocation.ts';
import { parseOptions } from './options.ts';

interface Who {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

/** The named user as /etc/passwd and /etc/group have it, or the calling process. */
function identityOf(call: Invocation, name: string | undefined): Who {
  const { files, credentials } = call.kernel;
  if (name === undefined) {
    // BusyBox shows the list as the kernel has it, GNU's id each group once with the own one first.
    const { uid, gid, groups } = credentials;
    if (call.busybox) return { uid, gid, groups };
    return { uid, gid, groups: [...new Set([gid, ...groups])] };
  }
  const user =
    userNamed(files, name) ?? (/^\d+$/.test(name) && !call.busybox ? userOf(files, Number(name)) : undefined);
  if (!user) throw call.failure(`unknown user ${name}`, `${call.quote(name)}: no such user`);
  return { uid: user.uid, gid: user.gid, groups: groupIds(files, user) };
}

export const id: Tool = tool(
  (call) => {
    const options = call.busybox
      ? parseOptions(call, 'ugGnr')
      : parseOptions(call, 'ugGnrzaZ', {
          long: { user: 'u', group: 'g', groups: 'G', name: 'n', real: 'r', zero: 'z' },
        });
    const { files } = call.kernel;
    const [name] = options.operands;
    const single = options.has('u', 'g', 'G');
    if (options.has('z') && !single) throw call.failure('', 'option --zero not permitted in default format');
    if (options.has('n', 'r') && !single && !call.busybox)
      throw call.failure('', 'cannot print only names or real IDs in default format');
    if (['u', 'g', 'G'].filter((letter) => options.has(letter)).length > 1)
      throw call.busybox ? new UsageError() : call.failure('', 'cannot print "only" of more than one choice');
    const { uid, gid, groups } = identityOf(call, name);
    const real = name === undefined ? call.kernel.credentials.realUid : undefined;
    const end = options.has('z') ? '\0' : '\n';
    const userName = (number: number) => userOf(files, number)?.name;
    const groupName = (number: number) => groupOf(files, number)?.name;
    const named = (number: number, text: string | undefined) => {
      if (!options.has('n')) return String(number);
      if (text !== undefined) return text;
      if (call.busybox) call.status = 1;
      else call.complain('', `cannot find name for ${options.has('u') ? 'user' : 'group'} ID ${number}`);
      return String(number);
    };
    const wanted = options.has('r') ? (real ?? uid) : uid;
    if (options.has('u')) return call.out(named(wanted, userName(wanted)) + end);
    if (options.has('g')) return call.out(named(gid, groupName(gid)) + end);
    if (options.has('G')) {
      const list = groups.length > 0 ? groups : [gid];
      return call.out(list.map((group) => named(group, groupName(group))).join(options.has('z') ? '\0' : ' ') + end);
    }
    const shown = (number: number, text: string | undefined) =>
      text === undefined ? String(number) : `${number}(${text})`;
    const list = groups.length > 0 ? groups : [gid];
    call.out(
      `uid=${shown(real ?? uid, userName(real ?? uid))} gid=${shown(gid, groupName(gid))}${real === undefined ? '' : ` euid=${shown(uid, userName(uid))}`} groups=${list.map((group) => shown(group, groupName(group))).join(',')}\n`,
    );
  },
  { usage: 'id [-ugGnr] [USER]' },
);

export const groups: Tool = tool((call) => {
  const { operands } = parseOptions(call, '');
  const { files } = call.kernel;
  const names = (list: readonly number[]) => list.map((gid) => groupOf(files, gid)?.name ?? String(gid)).join(' ');
  if (operands.length === 0) {
    const { groups: list, gid } = identityOf(call, undefined);
    return call.out(`${names(list.length > 0 ? list : [gid])}\n`);
  }
  for (const name of call.busybox ? operands.slice(0, 1) : operands) {
    if (!userNamed(files, name)) {
      call.complain(`unknown user ${name}`, `${call.quote(name)}: no such user`);
      continue;
    }
    call.out(`${call.busybox ? '' : `${name} : `}${names(identityOf(call, name).groups)}\n`);
  }
});

export const whoami: Tool = tool(
  (call) => {
    const { operands } = parseOptions(call, '');
    if (operands.length > 0) throw new UsageError(call.busybox ? '' : `extra operand ${call.quote(operands[0]!)}`);
    const { uid } = call.kernel.credentials;
    const name = userOf(call.kernel.files, uid)?.name;
    if (name === undefined) throw call.failure(`unknown uid ${uid}`, `cannot find name for user ID ${uid}`);
    call.out(`${name}\n`);
  },
  { usage: 'whoami' },
);

export const logname: Tool = tool((call) => {
  throw call.failure('getlogin: Inappropriate ioctl for device', 'no login name');
});

/** Nobody is logged in at the modelled machine. */
export const who: Tool = tool((call) => {
  if (call.busybox) call.out('USER            TTY             IDLE            TIME                 HOST\n');
});
export const users: Tool = tool(() => 0);

/** Entries of the name service: /etc/passwd, /etc/group, /etc/hosts and what the name server says. */
export const getent: Tool = tool(
  (call) => {
    const { operands } = parseOptions(call, 's:i', { long: { service: 's', 'no-idn': 'i' } });
    const [database, ...keys] = operands;
    if (database === undefined) {
      call.err(`getent: wrong number of arguments\n`);
      call.out("Try `getent --help' or `getent --usage' for more information.\n");
      return 1;
    }
    const { files, network } = call.kernel;
    const line = (words: readonly string[]) => call.out(`${words.join(':')}\n`);
    let missing = 0;
    switch (database) {
      case 'passwd':
      case 'group':
      case 'shadow': {
        const rows = records(files, `/etc/${database}`);
        if (keys.length === 0) for (const row of rows) line(row);
        for (const key of keys) {
          const row = rows.find(([name, , number]) => name === key || (/^\d+$/.test(key) && number === key));
          if (row) line(row);
          else missing = 2;
        }
        return missing;
      }
      case 'initgroups':
        for (const key of keys)
          call.out(
            `${key.padEnd(22)}${allGroups(files)
              .filter(({ members }) => members.includes(key))
              .map(({ gid }) => ` ${gid}`)
              .join('')}\n`,
          );
        return 0;
      case 'hosts':
      case 'ahosts':
      case 'ahostsv4': {
        for (const key of keys) {
          const found = lookupHost(call, key);
          if (!found) missing = 2;
          else if (database === 'hosts') call.out(`${found.addresses[0]!.padEnd(15)} ${found.names.join(' ')}\n`);
          else
            for (const [i, address] of found.addresses.entries())
              call.out(
                `${address.padEnd(15)} STREAM ${i === 0 ? key : ''}\n${address.padEnd(15)} DGRAM  \n${address.padEnd(15)} RAW    \n`,
              );
        }
        return missing;
      }
      case 'services':
      case 'protocols':
      case 'networks':
        return keys.length === 0 ? 0 : 2;
      default:
        call.err(`Unknown database: ${database}\n`);
        call.out("Try `getent --help' or `getent --usage' for more information.\n");
        return 1;
    }
    function lookupHost(
      inner: Invocation,
      key: string,
    ): { addresses: readonly string[]; names: readonly string[] } | undefined {
      for (const [row = ''] of records(inner.kernel.files, '/etc/hosts')) {
        const [address, ...names] = row.trim().split(/\s+/);
        if (address && (names.includes(key) || address === key)) return { addresses: [address], names };
      }
      const addresses = network.resolve(key);
      return addresses.length > 0 && !/^[\d.]+$/.test(key) ? { addresses, names: [key] } : undefined;
    }
  },
  { pointer: false },
);
