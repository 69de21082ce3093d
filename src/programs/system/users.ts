import { FileError } from '../../engine/files/errors.ts';
import type { Tool } from '../tool.ts';
import { type Group, groupNamed, groupOf, userNamed, userOf } from './accounts.ts';
import { Failure, type Invocation, tool, UsageError } from './invocation.ts';
import { type OptionRules, type Options, parseOptions } from './options.ts';
import { strftime } from './time.ts';
import { addLine, changeLine, freeNumber } from './user-files.ts';

const DAY = 86_400_000;
const NAME = /^[a-z_A-Z0-9][-a-zA-Z0-9_.]*\$?$/;

/** Options of a tool of the package `passwd`; wrong ones are answered with the usage and status 2. */
function read(call: Invocation, letters: string, long: OptionRules['long'], what: string): Options {
  try {
    return parseOptions(call, letters, { ...(long ? { long } : {}) });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    call.err(`${call.name}: ${error.message}\n`);
    throw usage(call, what);
  }
}

function usage(call: Invocation, what: string): Failure {
  call.err(`Usage: ${call.name} [options] ${what}\n`);
  return new Failure('', 2);
}

/** Only root may change the account files. */
function locked(call: Invocation, path: '/etc/passwd' | '/etc/group'): undefined {
  if (call.kernel.credentials.uid === 0 && !call.kernel.files.mountOf(path).readOnly) return;
  call.err(`${call.name}: ${call.kernel.credentials.uid === 0 ? 'Read-only file system' : 'Permission denied'}.\n`);
  throw new Failure(`cannot lock ${path}; try again later.`, 1);
}

function number(text: string, what: string): number {
  if (!/^\d+$/.test(text)) throw new Failure(`invalid ${what} ID '${text}'`, 3);
  return Number(text);
}

function findGroup(call: Invocation, text: string): Group {
  const { files } = call.kernel;
  const found = groupNamed(files, text) ?? (/^\d+$/.test(text) ? groupOf(files, Number(text)) : undefined);
  if (!found) throw new Failure(`group '${text}' does not exist`, 6);
  return found;
}

function join(call: Invocation, user: string, groups: readonly string[]): undefined {
  const { files } = call.kernel;
  for (const group of groups)
    for (const path of ['/etc/group', '/etc/gshadow'] as const)
      changeLine(files, path, group, ([name = '', a = '', b = '', members = '']) => {
        const list = members.split(',').filter((member) => member !== '' && member !== user);
        return [name, a, b, [...list, user].join(',')];
      });
}

const list = (text: string | undefined) => (text ?? '').split(',').filter((part) => part !== '');

export const useradd: Tool = tool(
  (call) => {
    const { files, now } = call.kernel;
    const options = read(
      call,
      'b:c:d:De:f:Fg:G:k:K:lmMNop:rR:P:s:u:UZ:',
      {
        ...{ 'base-dir': 'b', comment: 'c', 'home-dir': 'd', gid: 'g', groups: 'G', skel: 'k', 'create-home': 'm' },
        ...{
          'no-create-home': 'M',
          'no-user-group': 'N',
          'non-unique': 'o',
          password: 'p',
          system: 'r',
          shell: 's',
          uid: 'u',
        },
        ...{
          'user-group': 'U',
          'no-log-init': 'l',
          expiredate: 'e',
          inactive: 'f',
          badname: '',
          defaults: 'D',
          key: 'K',
        },
      },
      'LOGIN\n       useradd -D\n       useradd -D [options]',
    );
    const [name] = options.operands;
    if (name === undefined || options.operands.length > 1)
      throw usage(call, 'LOGIN\n       useradd -D\n       useradd -D [options]');
    if (!NAME.test(name) && !options.has('badname'))
      throw new Failure(`invalid user name '${name}': use --badname to ignore`, 3);
    const groups = list(options.value('G')).map((group) => findGroup(call, group).name);
    const primary = options.value('g') === undefined ? undefined : findGroup(call, options.value('g')!);
    if (userNamed(files, name)) throw new Failure(`user '${name}' already exists`, 9);
    locked(call, '/etc/passwd');
    const system = options.has('r');
    const asked = options.value('u');
    if (asked !== undefined && userOf(files, number(asked, 'user')) && !options.has('o'))
      throw new Failure(`UID ${asked} is not unique`, 4);
    const own = !options.has('N') && primary === undefined;
    if (own && groupNamed(files, name))
      throw new Failure(`group ${name} exists - if you want to add this user to that group, use -g.`, 9);
    const both = ['/etc/passwd', '/etc/group'] as const;
    const uid =
      asked !== undefined
        ? Number(asked)
        : system
          ? freeNumber(files, both, 999, 100)
          : freeNumber(files, ['/etc/passwd'], 1000, 60_000);
    if (system && uid > 999) call.err(`useradd warning: ${name}'s uid ${uid} is greater than SYS_UID_MAX 999\n`);
    let gid = primary?.gid ?? 100;
    if (own) {
      gid = groupOf(files, uid)
        ? system
          ? freeNumber(files, both, 999, 100)
          : freeNumber(files, ['/etc/group'], 1000, 60_000)
        : uid;
      addLine(files, '/etc/group', [name, 'x', gid, '']);
      addLine(files, '/etc/gshadow', [name, '!', '', '']);
    }
    const home = options.value('d') ?? `${options.value('b') ?? '/home'}/${name}`;
    addLine(files, '/etc/passwd', [
      name,
      'x',
      uid,
      gid,
      options.value('c') ?? '',
      home,
      options.value('s') ?? '/bin/sh',
    ]);
    const days = Math.floor(now / DAY);
    addLine(files, '/etc/shadow', [
      name,
      options.value('p') ?? '!',
      days,
      ...(system ? ['', '', '', '', '', ''] : [0, 99_999, 7, '', '', '']),
    ]);
    join(call, name, groups);
    if (options.has('m') && !options.has('M')) makeHome(call, home, options.value('k') ?? '/etc/skel', uid, gid);
  },
  { pointer: false },
);

function makeHome(call: Invocation, home: string, skeleton: string, uid: number, gid: number): undefined {
  const { files } = call.kernel;
  if (files.exists(home)) {
    call.err(
      `useradd: warning: the home directory ${home} already exists.\nuseradd: Not copying any file from skel directory into it.\n`,
    );
    return;
  }
  files.mkdirs(home, 0o755);
  if (call.tryStat(skeleton)?.type === 'directory')
    for (const entry of files.list(skeleton)) {
      const node = files.lstat(`${skeleton}/${entry}`);
      if (node?.type === 'file') files.place(`${home}/${entry}`, { ...node, uid, gid, mtime: call.kernel.now });
    }
  files.chown(home, uid, gid);
  files.chmod(home, 0o700);
}

export const groupadd: Tool = tool(
  (call) => {
    const { files } = call.kernel;
    const options = read(
      call,
      'fg:K:op:rR:P:U:',
      { force: 'f', gid: 'g', 'non-unique': 'o', password: 'p', system: 'r', users: 'U' },
      'GROUP',
    );
    const [name] = options.operands;
    if (name === undefined || options.operands.length > 1) throw usage(call, 'GROUP');
    if (!NAME.test(name)) throw new Failure(`'${name}' is not a valid group name`, 3);
    if (groupNamed(files, name)) {
      if (options.has('f')) return;
      throw new Failure(`group '${name}' already exists`, 9);
    }
    const asked = options.value('g');
    if (asked !== undefined && groupOf(files, number(asked, 'group')) && !options.has('o'))
      throw new Failure(`GID '${asked}' already exists`, 4);
    locked(call, '/etc/group');
    const gid =
      asked !== undefined
        ? Number(asked)
        : options.has('r')
          ? freeNumber(files, ['/etc/group'], 999, 100)
          : freeNumber(files, ['/etc/group'], 1000, 60_000);
    addLine(files, '/etc/group', [name, 'x', gid, options.value('U') ?? '']);
    addLine(files, '/etc/gshadow', [name, '!', '', '']);
  },
  { pointer: false },
);

export const usermod: Tool = tool(
  (call) => {
    const { files } = call.kernel;
    const options = read(
      call,
      'ab:c:d:e:f:g:G:l:LmoP:p:rR:s:u:Uv:V:w:W:Z:',
      {
        append: 'a',
        comment: 'c',
        home: 'd',
        gid: 'g',
        groups: 'G',
        login: 'l',
        lock: 'L',
        'move-home': 'm',
        'non-unique': 'o',
        password: 'p',
        remove: 'r',
        shell: 's',
        uid: 'u',
        unlock: 'U',
      },
      'LOGIN',
    );
    const [name] = options.operands;
    if (name === undefined || options.given.length === 0) throw usage(call, 'LOGIN');
    const user = userNamed(files, name);
    if (!user) throw new Failure(`user '${name}' does not exist`, 6);
    const groups = list(options.value('G')).map((group) => findGroup(call, group).name);
    const gid = options.value('g') === undefined ? user.gid : findGroup(call, options.value('g')!).gid;
    locked(call, '/etc/passwd');
    const uid = options.value('u') === undefined ? user.uid : number(options.value('u')!, 'user');
    if (uid !== user.uid && userOf(files, uid) && !options.has('o'))
      throw new Failure(`UID '${uid}' already exists`, 4);
    const login = options.value('l') ?? name;
    if (options.has('G')) {
      if (!options.has('a')) leaveAll(call, name);
      join(call, name, groups);
    }
    const home = options.value('d') ?? user.home;
    if (options.has('m') && home !== user.home && files.exists(user.home)) files.rename(user.home, home);
    changeLine(files, '/etc/passwd', name, ([, password = 'x', , , gecos = '', , shell = '']) => [
      login,
      password,
      String(uid),
      String(gid),
      options.value('c') ?? gecos,
      home,
      options.value('s') ?? shell,
    ]);
    changeLine(files, '/etc/shadow', name, ([, password = '!', ...rest]) => {
      const given = options.value('p') ?? password;
      const changed =
        options.has('L') && !given.startsWith('!') ? `!${given}` : options.has('U') ? given.replace(/^!/, '') : given;
      return [login, changed, ...rest];
    });
  },
  { pointer: false },
);

/** Takes a user out of all supplementary groups. */
function leaveAll(call: Invocation, user: string): undefined {
  const { files } = call.kernel;
  const lines = files.read('/etc/group').split('\n');
  files.write(
    '/etc/group',
    lines
      .map((line) => {
        const [name, a, b, members] = line.split(':');
        if (members === undefined) return line;
        return [
          name,
          a,
          b,
          members
            .split(',')
            .filter((member) => member !== user)
            .join(','),
        ].join(':');
      })
      .join('\n'),
  );
}

export const userdel: Tool = tool(
  (call) => {
    const { files } = call.kernel;
    const options = read(call, 'frR:P:Z', { force: 'f', remove: 'r' }, 'LOGIN');
    const [name] = options.operands;
    if (name === undefined) throw usage(call, 'LOGIN');
    const user = userNamed(files, name);
    if (!user) throw new Failure(`user '${name}' does not exist`, 6);
    locked(call, '/etc/passwd');
    leaveAll(call, name);
    for (const path of ['/etc/passwd', '/etc/shadow'] as const) changeLine(files, path, name, () => undefined);
    const own = groupNamed(files, name);
    if (own && own.gid === user.gid && own.members.length === 0)
      for (const path of ['/etc/group', '/etc/gshadow'] as const) changeLine(files, path, name, () => undefined);
    if (!options.has('r')) return;
    call.err(`userdel: ${name} mail spool (/var/mail/${name}) not found\n`);
    if (files.exists(user.home)) files.remove(user.home);
    else call.err(`userdel: ${name} home directory (${user.home}) not found\n`);
  },
  { pointer: false },
);

export const groupdel: Tool = tool(
  (call) => {
    const { files } = call.kernel;
    const options = read(call, 'fR:P:', { force: 'f' }, 'GROUP');
    const [name] = options.operands;
    if (name === undefined) throw usage(call, 'GROUP');
    const group = groupNamed(files, name);
    if (!group) throw new Failure(`group '${name}' does not exist`, 6);
    const user = userOfGroup(call, group.gid);
    if (user !== undefined && !options.has('f'))
      throw new Failure(`cannot remove the primary group of user '${user}'`, 8);
    locked(call, '/etc/group');
    for (const path of ['/etc/group', '/etc/gshadow'] as const) changeLine(files, path, name, () => undefined);
  },
  { pointer: false },
);

function userOfGroup(call: Invocation, gid: number): string | undefined {
  return call.kernel.files
    .read('/etc/passwd')
    .split('\n')
    .map((line) => line.split(':'))
    .find((fields) => fields[3] === String(gid))?.[0];
}

export const groupmod: Tool = tool(
  (call) => {
    const { files } = call.kernel;
    const options = read(
      call,
      'aU:g:n:op:R:P:',
      { gid: 'g', 'new-name': 'n', 'non-unique': 'o', append: 'a', users: 'U' },
      'GROUP',
    );
    const [name] = options.operands;
    if (name === undefined) throw usage(call, 'GROUP');
    const group = groupNamed(files, name);
    if (!group) throw new Failure(`group '${name}' does not exist`, 6);
    const gid = options.value('g') === undefined ? group.gid : number(options.value('g')!, 'group');
    if (gid !== group.gid && groupOf(files, gid) && !options.has('o'))
      throw new Failure(`GID '${gid}' already exists`, 4);
    locked(call, '/etc/group');
    changeLine(files, '/etc/group', name, ([, password = 'x', , members = '']) => [
      options.value('n') ?? name,
      password,
      String(gid),
      members,
    ]);
    for (const line of files.read('/etc/passwd').split('\n')) {
      const [user = '', , , primary] = line.split(':');
      if (primary === String(group.gid))
        changeLine(files, '/etc/passwd', user, (fields) => fields.map((field, i) => (i === 3 ? String(gid) : field)));
    }
  },
  { pointer: false },
);

export const gpasswd: Tool = tool(
  (call) => {
    const options = read(call, 'a:d:rRA:M:', { add: 'a', delete: 'd', members: 'M' }, 'GROUP');
    const [name] = options.operands;
    if (name === undefined) throw usage(call, 'GROUP');
    const { files } = call.kernel;
    if (!groupNamed(files, name)) throw new Failure(`group '${name}' does not exist in /etc/group`, 3);
    const [add, remove] = [options.value('a'), options.value('d')];
    const user = add ?? remove;
    if (user !== undefined && !userNamed(files, user)) throw new Failure(`user '${user}' does not exist`, 3);
    if (add !== undefined) {
      call.out(`Adding user ${add} to group ${name}\n`);
      join(call, add, [name]);
    } else if (remove !== undefined) {
      call.out(`Removing user ${remove} from group ${name}\n`);
      changeLine(files, '/etc/group', name, ([group = '', a = '', b = '', members = '']) => [
        group,
        a,
        b,
        list(members)
          .filter((member) => member !== remove)
          .join(','),
      ]);
    }
  },
  { pointer: false },
);

/** A password as crypt(3) would store it: told apart by its text, never checked. */
function hashed(password: string): string {
  let hash = 5381;
  for (let i = 0; i < password.length; i += 1) hash = (hash * 33 + password.charCodeAt(i)) % 4_294_967_296;
  return `$y$j9T$${hash.toString(36).padStart(8, '0')}$${hash.toString(16).padStart(43, 'x')}`;
}

export const chpasswd: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'ec:ms:R:', { long: { encrypted: 'e', 'crypt-method': 'c', md5: 'm' } });
    const { files, now } = call.kernel;
    for (const [i, line] of call.kernel.wholeInput().split('\n').entries()) {
      if (line === '') continue;
      const at = line.indexOf(':');
      if (at < 0) throw call.failure('missing new password', `line ${i + 1}: missing new password`);
      const name = line.slice(0, at);
      if (!userNamed(files, name))
        throw call.failure(`unknown user ${name}`, `line ${i + 1}: user '${name}' does not exist`);
      const password = options.has('e') ? line.slice(at + 1) : hashed(line.slice(at + 1));
      changeLine(files, '/etc/shadow', name, ([, , , ...rest]) => [
        name,
        password,
        String(Math.floor(now / DAY)),
        ...rest,
      ]);
      if (call.busybox) call.out(`chpasswd: password for '${name}' changed\n`);
    }
  },
  { usage: 'chpasswd [-e] [-c ALG]', pointer: false },
);

export const passwd: Tool = tool(
  (call) => {
    const options = parseOptions(call, call.busybox ? 'a:dlu' : 'adehkilqn:r:R:P:Suw:x:s', {
      ...(call.busybox
        ? {}
        : {
            long: { delete: 'd', lock: 'l', unlock: 'u', status: 'S', expire: 'e', quiet: 'q', all: 'a', stdin: 's' },
          }),
    });
    const { files, credentials, now } = call.kernel;
    if (call.busybox && credentials.uid !== 0) throw call.failure('must be suid to work properly');
    const own = userOf(files, credentials.uid)?.name;
    const name = options.operands[0] ?? own;
    if (name === undefined) throw call.failure('unknown uid', 'Cannot determine your user name.');
    if (!userNamed(files, name)) throw call.failure(`unknown user ${name}`, `user '${name}' does not exist`);
    if (options.has('S')) {
      call.out(`${name} L ${strftime('%F', now)} 0 99999 7 -1\n`);
      return 0;
    }
    const change = (to: (password: string) => string) =>
      changeLine(files, '/etc/shadow', name, ([, password = '!', date = '', ...rest]) => {
        const day = call.busybox ? String(Math.floor(now / DAY)) : date;
        return [name, to(password), day, ...rest];
      });
    const told = (words: string) =>
      call.busybox ? call.err(`passwd: password for ${name} ${words}\n`) : call.out('passwd: password changed.\n');
    if (options.has('d')) {
      change(() => '');
      told('changed by root');
      return 0;
    }
    if (options.has('l', 'u')) {
      const locks = options.has('l');
      const [, password = ''] =
        (files.exists('/etc/shadow') ? files.read('/etc/shadow') : '')
          .split('\n')
          .map((line) => line.split(':'))
          .find(([entry]) => entry === name) ?? [];
      if (call.busybox && password.startsWith('!') === locks) {
        told(`is already ${locks ? '' : 'un'}locked`);
        return 1;
      }
      change((password) =>
        options.has('l') ? (password.startsWith('!') ? password : `!${password}`) : password.replace(/^!/, ''),
      );
      told(call.busybox ? 'changed by root' : locks ? 'locked' : 'unlocked');
      return 0;
    }
    return ask(call, name, change);
  },
  { usage: 'passwd [-a ALG] [-dlu] [USER]', pointer: false },
);

/** Takes the new password, twice, from the input. */
function ask(call: Invocation, name: string, change: (to: (password: string) => string) => undefined): number {
  if (call.busybox) call.out(`Changing password for ${name}\n`);
  const [first = '', second = ''] = call.kernel.wholeInput().split('\n');
  if (call.busybox) {
    call.out('New password: ');
    if (first === '') {
      call.out('\n');
      throw call.failure(`password for ${name} is unchanged`);
    }
    call.out('\nRetype password: \n');
    if (first !== second) throw call.failure(`password for ${name} is unchanged`);
    change(() => hashed(first));
    call.err(`passwd: password for ${name} changed by root\n`);
    return 0;
  }
  call.err('New password: ');
  if (first === '') {
    call.err(
      'Password change has been aborted.\npasswd: Authentication token manipulation error\npasswd: password unchanged\n',
    );
    return 10;
  }
  call.err('Retype new password: ');
  if (first !== second) {
    call.err(
      'Sorry, passwords do not match.\npasswd: Authentication token manipulation error\npasswd: password unchanged\n',
    );
    return 10;
  }
  change(() => hashed(first));
  call.err('passwd: password updated successfully\n');
  return 0;
}

export const chsh: Tool = tool(
  (call) => {
    const options = read(call, 's:R:', { shell: 's' }, '[LOGIN]');
    const { files, credentials } = call.kernel;
    const name = options.operands[0] ?? userOf(files, credentials.uid)?.name ?? '';
    const shell = options.value('s');
    if (!userNamed(files, name)) throw new Failure(`user '${name}' does not exist`, 1);
    if (shell === undefined) return;
    try {
      changeLine(files, '/etc/passwd', name, (fields) => [...fields.slice(0, 6), shell]);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new Failure(`cannot lock /etc/passwd; try again later.`, 1);
    }
  },
  { pointer: false },
);
