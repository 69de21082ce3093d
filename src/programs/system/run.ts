import { CAPABILITIES, type Credentials, hasCapability } from '../../engine/process/credentials.ts';
import type { Outcome } from '../../engine/process/program.ts';
import type { Tool } from '../tool.ts';
import { groupIds, groupNamed, type User, userNamed, userOf } from './accounts.ts';
import { duration } from './clock.ts';
import { replaced } from './environment.ts';
import { Failure, type Invocation, tool, UsageError, waiting } from './invocation.ts';
import { parseOptions } from './options.ts';
import { signalOf } from './signals.ts';

/** What timeout and time remember while their command runs. */
interface Running {
  readonly child: number;
  readonly started: number;
  /** When the first signal, or the last one, is due. */
  readonly due: number | undefined;
  readonly stage: 'running' | 'signalled' | 'killed';
}

/** Starts a command as a child that takes the input. Throws Failure with 126 or 127 when it can't be executed. */
function start(call: Invocation, argv: readonly string[], gnu: string): number {
  const [name = ''] = argv;
  const found = call.kernel.find(name);
  if ('status' in found) throw new Failure('', call.cannotRun(name, found.status, found.reason, gnu));
  const child = call.kernel.spawn(found, { argv, inheritsInput: true });
  if (child < 0)
    throw call.failure(
      "can't fork: Resource temporarily unavailable",
      'fork system call failed: Resource temporarily unavailable',
      125,
    );
  return child;
}

export const timeout: Tool = waiting(
  (call): Outcome => {
    const options = call.busybox
      ? parseOptions(call, 's:k:', { inOrder: true })
      : parseOptions(call, 's:k:vf', {
          inOrder: true,
          long: { signal: 's', 'kill-after': 'k', foreground: 'f', 'preserve-status': '', verbose: 'v' },
        });
    const [text, ...argv] = options.operands;
    if (text === undefined || argv.length === 0) throw new UsageError('');
    const limit = interval(call, text);
    const grace = options.value('k') === undefined ? undefined : interval(call, options.value('k')!);
    const signalText = options.value('s') ?? 'TERM';
    const signal = signalOf(signalText);
    if (signal === undefined) {
      if (call.busybox) throw call.failure(`unknown signal '${signalText}'`);
      throw new UsageError(`${call.quote(signalText)}: invalid signal`);
    }
    const { kernel } = call;
    const watch = kernel.memory as Watch | undefined;
    if (watch && 'target' in watch) return watchOver(call, watch, signal);
    if (call.busybox) {
      const found = kernel.find(argv[0]!);
      // BusyBox becomes the command itself, and leaves a child behind that looks at the clock.
      if (!('status' in found) && limit > 0)
        kernel.fork({ target: kernel.pid, due: kernel.now + limit, grace, last: false } satisfies Watch);
      return replaced(call, argv, '');
    }
    const memory = kernel.memory as Running | undefined;
    if (!memory) {
      const child = start(call, argv, 'failed to run command ');
      const due = limit > 0 && Number.isFinite(limit) ? kernel.now + limit : undefined;
      return proceed(call, { child, started: kernel.now, due, stage: 'running' });
    }
    const [ended] = call.reap().filter(({ pid }) => pid === memory.child);
    if (ended) {
      const code = status(options.has('preserve-status'), memory.stage, signal, ended.status);
      // It dies as its command did, so that who waits for it learns of it.
      if (code === 137 && memory.stage !== 'running') kernel.kill(kernel.pid, 9);
      return { exit: code };
    }
    if (memory.due === undefined || kernel.now < memory.due) return proceed(call, memory);
    if (memory.stage === 'running') {
      kernel.kill(memory.child, signal);
      return proceed(call, {
        ...memory,
        stage: 'signalled',
        due: grace === undefined ? undefined : kernel.now + grace,
      });
    }
    kernel.kill(memory.child, 9);
    return proceed(call, { ...memory, stage: 'killed', due: undefined });
  },
  { usage: 'timeout [-s SIG] [-k KILL_SECS] SECS PROG ARGS', wrongUsage: 125 },
  (call, signal) => {
    const memory = call.kernel.memory as Running | undefined;
    if (!memory || signal === 17) return undefined;
    call.kernel.kill(memory.child, signal);
    return proceed(call, { ...memory, stage: 'signalled' });
  },
);

/** What the child of BusyBox's timeout remembers: whom to signal when, and how long until it kills. */
interface Watch {
  readonly target: number;
  readonly due: number;
  readonly grace: number | undefined;
  readonly last: boolean;
}

function watchOver({ kernel }: Invocation, watch: Watch, signal: number): Outcome {
  if (!kernel.kill(watch.target, 0)) return { exit: 0 };
  if (kernel.now < watch.due) return { wait: { until: watch.due } };
  kernel.kill(watch.target, watch.last ? 9 : signal);
  if (watch.last || watch.grace === undefined) return { exit: 0 };
  kernel.memory = { ...watch, due: kernel.now + watch.grace, last: true } satisfies Watch;
  return { wait: { until: kernel.now + watch.grace } };
}

function proceed(call: Invocation, memory: Running): Outcome {
  call.kernel.memory = memory;
  return { wait: { child: true, ...(memory.due === undefined ? {} : { until: memory.due }) } };
}

/** GNU's timeout says 124 when time was up, 137 when it had to kill. */
function status(preserve: boolean, stage: Running['stage'], signal: number, ended: number): number {
  if (stage === 'running' || preserve) return ended;
  return stage === 'killed' || signal === 9 ? 137 : 124;
}

function interval(call: Invocation, text: string): number {
  const milliseconds = duration(text);
  if (milliseconds === undefined) {
    if (call.busybox) throw call.failure(`invalid number '${text}'`);
    throw new UsageError(`invalid time interval ${call.quote(text)}`);
  }
  return milliseconds;
}

export const time: Tool = waiting(
  (call): Outcome => {
    const options = parseOptions(call, 'pvf:o:a', {
      inOrder: true,
      long: { portability: 'p', verbose: 'v', format: 'f' },
    });
    const { kernel } = call;
    const memory = kernel.memory as Running | undefined;
    if (!memory) {
      if (options.operands.length === 0) throw new UsageError();
      return proceed(call, {
        child: start(call, options.operands, ''),
        started: kernel.now,
        due: undefined,
        stage: 'running',
      });
    }
    const [ended] = call.reap();
    if (!ended) return proceed(call, memory);
    const seconds = (kernel.now - memory.started) / 1000;
    const format = options.value('f');
    if (format !== undefined) {
      call.err(`${timeText(format, seconds, ended.status, options.operands)}\n`);
      return { exit: ended.status };
    }
    const line = (name: string, value: number) =>
      options.has('p')
        ? `${name} ${value.toFixed(2)}\n`
        : `${name}\t${Math.floor(value / 60)}m ${(value % 60).toFixed(2)}s\n`;
    call.err(line('real', seconds) + line('user', 0) + line('sys', 0));
    return { exit: ended.status };
  },
  { usage: 'time [-vpa] [-o FILE] PROG ARGS' },
);

/** A format of `time -f`: seconds, status and command; what is not measured is 0. */
function timeText(format: string, seconds: number, status: number, command: readonly string[]): string {
  const minutes = `${Math.floor(seconds / 60)}m ${(seconds % 60).toFixed(2)}s`;
  const values: Readonly<Record<string, string>> = {
    ...{ e: seconds.toFixed(2), E: minutes, U: '0.00', S: '0.00', P: '0%', x: String(status), C: command.join(' ') },
    '%': '%',
  };
  return format.replace(/%(.)/g, (_, letter: string) => values[letter] ?? '0').replaceAll('\\n', '\n');
}

export const nohup: Tool = waiting(
  (call): Outcome => {
    const argv = call.args[0] === '--' ? call.args.slice(1) : call.args;
    if (argv.length === 0) throw new UsageError(call.busybox ? '' : 'missing operand', 125);
    if (call.kernel.terminal.stdin || call.kernel.terminal.stdout)
      call.err(
        call.busybox
          ? `nohup: appending output to nohup.out\n`
          : `nohup: ignoring input and appending output to ${call.quote('nohup.out')}\n`,
      );
    return replaced(call, argv, 'failed to run command ');
  },
  { usage: 'nohup PROG ARGS', wrongUsage: 125 },
);

export const nice: Tool = waiting(
  (call): Outcome => {
    let argv = [...call.args];
    let adjustment = 10;
    const joined = /^-(?:n|-adjustment=)?(-?\d+)$/.exec(argv[0] ?? '');
    if (joined) {
      adjustment = Number(joined[1]);
      argv = argv.slice(1);
    } else if (argv[0] === '-n' || argv[0] === '--adjustment') {
      if (!/^[-+]?\d+$/.test(argv[1] ?? ''))
        throw argv[1] === undefined
          ? new UsageError("option requires an argument -- 'n'")
          : call.failure(`invalid number '${argv[1]}'`, `invalid adjustment ${call.quote(argv[1]!)}`, 125);
      adjustment = Number(argv[1]);
      argv = argv.slice(2);
    }
    if (argv.length === 0) {
      call.out('0\n');
      return { exit: 0 };
    }
    if (adjustment < 0 && !hasCapability(call.kernel.credentials, 'SYS_NICE')) {
      call.complain('setpriority: Permission denied', 'cannot set niceness: Permission denied', 125);
      if (call.busybox) return { exit: 1 };
    }
    return replaced(call, argv, '');
  },
  { usage: 'nice [-n ADJUST] [PROG ARGS]', wrongUsage: 125 },
);

export const renice: Tool = tool(
  (call) => {
    const words = call.args.filter((word) => !word.startsWith('-') || /^-\d+$/.test(word));
    if (words.length < 2) throw new UsageError(call.busybox ? '' : 'not enough arguments');
    if (Number(words[0]) < 0 || !hasCapability(call.kernel.credentials, 'SYS_NICE')) {
      if (!hasCapability(call.kernel.credentials, 'SYS_NICE'))
        call.complain(
          'setpriority: Permission denied',
          `failed to set priority for ${words[1]} (process ID): Permission denied`,
        );
      return;
    }
    if (!call.busybox)
      for (const pid of words.slice(1)) call.out(`${pid} (process ID) old priority 0, new priority ${words[0]}\n`);
  },
  { usage: 'renice [-n] PRIORITY [[-p|g|u] ID...]...' },
);

/** A session of its own makes no difference to what is modelled. */
export const setsid: Tool = waiting(
  (call) => {
    const { operands } = parseOptions(call, 'cfw', { inOrder: true, long: { ctty: 'c', fork: 'f', wait: 'w' } });
    if (operands.length === 0) throw call.busybox ? new UsageError() : call.failure('', 'no command specified');
    return replaced(call, operands, 'failed to execute ');
  },
  { usage: 'setsid [-c] PROG ARGS' },
);

export const ionice: Tool = waiting((call) => {
  const { operands } = parseOptions(call, 'c:n:p:tP:u:', { inOrder: true });
  if (operands.length > 0) return replaced(call, operands, '');
  call.out('none: prio 0\n');
  return { exit: 0 };
});

export const flock: Tool = waiting(
  (call) => {
    const options = parseOptions(call, 'sxeunw:oc:E:F', {
      inOrder: true,
      long: { shared: 's', exclusive: 'x', nonblock: 'n', timeout: 'w', command: 'c', unlock: 'u' },
    });
    const [file, ...argv] = options.operands;
    if (file === undefined)
      throw call.busybox ? new UsageError() : call.failure('', 'requires file descriptor, file or directory');
    if (argv.length === 0 && !options.has('c')) return { exit: 0 };
    if (!call.tryStat(file)) call.kernel.files.write(call.path(file), '');
    const command = argv[0] === '-c' ? argv[1] : options.value('c');
    return replaced(call, command === undefined ? argv : ['/bin/sh', '-c', command], '');
  },
  { usage: 'flock [-sxun] FD | { FILE [-c] PROG ARGS }' },
);

export const chroot: Tool = waiting(
  (call): Outcome => {
    const options = call.busybox
      ? parseOptions(call, '', { inOrder: true })
      : parseOptions(call, '', { inOrder: true, long: { userspec: ':', groups: ':', 'skip-chdir': '' } });
    const [root, ...words] = options.operands;
    if (root === undefined) throw new UsageError(call.busybox ? '' : 'missing operand');
    const { kernel } = call;
    const refused = (reason: string) =>
      call.failure(
        `can't change root directory to '${root}': ${reason}`,
        `cannot change root directory to '${root}': ${reason}`,
        call.busybox ? 1 : 125,
      );
    const node = call.tryStat(root);
    if (!node) throw refused('No such file or directory');
    if (node.type !== 'directory') throw refused('Not a directory');
    if (!kernel.chroot(call.path(root))) throw refused('Operation not permitted');
    const spec = options.value('userspec');
    if (spec !== undefined) {
      const [userName = '', groupName] = spec.split(':');
      const user = userNamed(kernel.files, userName) ?? userOf(kernel.files, Number(userName));
      const uid = user?.uid ?? Number(userName);
      const gid =
        groupName === undefined
          ? (user?.gid ?? kernel.credentials.gid)
          : (groupNamed(kernel.files, groupName)?.gid ?? Number(groupName));
      kernel.become(dropped(kernel.credentials, uid, gid, user ? groupIds(kernel.files, user) : [gid]));
    }
    const shell = kernel.environment['SHELL'] || '/bin/sh';
    return replaced(call, words.length > 0 ? words : [shell, '-i'], 'failed to run command ', { cwd: '/' });
  },
  { usage: 'chroot NEWROOT [PROG ARGS]', wrongUsage: 125 },
);

/** Credentials of another user: those of root are lost with its number (capabilities(7)). */
export function dropped(credentials: Credentials, uid: number, gid: number, groups: readonly number[]): Credentials {
  const capabilities =
    uid === 0
      ? credentials.uid === 0
        ? credentials.capabilities
        : credentials.bounding
      : credentials.uid === 0
        ? []
        : credentials.capabilities;
  return { ...credentials, uid, gid, groups, capabilities };
}

/** Goes on as another user with a shell, as su and runuser do. */
function asUser(
  call: Invocation,
  user: User,
  how: {
    readonly login: boolean;
    readonly keep: boolean;
    readonly shell: string | undefined;
    readonly command: string | undefined;
    readonly rest: readonly string[];
  },
): Outcome {
  const { kernel } = call;
  const shell = how.shell ?? (user.shell || '/bin/sh');
  let environment: Record<string, string> = { ...kernel.environment };
  if (how.login)
    environment = {
      ...(environment['TERM'] ? { TERM: environment['TERM'] } : {}),
      PATH: environment['PATH'] ?? '/bin:/usr/bin',
    };
  if (!how.keep) {
    environment['HOME'] = user.home;
    environment['SHELL'] = shell;
    if (user.uid !== 0 || how.login) {
      environment['USER'] = user.name;
      environment['LOGNAME'] = user.name;
    }
  }
  kernel.become(dropped(kernel.credentials, user.uid, user.gid, groupIds(kernel.files, user)));
  const name = shell.slice(shell.lastIndexOf('/') + 1);
  const argv = [how.login ? `-${name}` : name, ...(how.command === undefined ? [] : ['-c', how.command]), ...how.rest];
  const found = kernel.within({ environment }).find(shell);
  if ('status' in found) {
    call.complain(
      `can't execute '${shell}': No such file or directory`,
      `failed to execute ${shell}: No such file or directory`,
      found.status,
    );
    return { exit: call.busybox ? 1 : found.status };
  }
  return { replace: found, argv, environment, cwd: how.login && call.tryStat(user.home) ? user.home : kernel.cwd };
}

export const su: Tool = waiting(
  (call): Outcome => {
    const { kernel } = call;
    // Options may stand after the name.
    const options = parseOptions(call, 'lmpc:s:fPg:G:w:', {
      long: { login: 'l', command: 'c', shell: 's', 'preserve-environment': 'm', pty: 'P', group: 'g' },
    });
    const words = [...options.operands];
    const dash = words[0] === '-';
    if (dash) words.shift();
    const [name = 'root', ...rest] = words;
    if (kernel.credentials.uid !== 0) {
      if (call.busybox) throw call.failure('must be suid to work properly');
      call.err('Password: su: Authentication failure\n');
      return { exit: 1 };
    }
    const user = userNamed(kernel.files, name);
    if (!user)
      throw call.failure(
        `unknown user ${name}`,
        `user ${name} does not exist or the user entry does not contain all the required fields`,
      );
    if (!hasCapability(kernel.credentials, 'SETGID'))
      throw call.failure("can't set groups: Operation not permitted", 'cannot set groups: Operation not permitted');
    if (user.uid !== 0 && !hasCapability(kernel.credentials, 'SETUID'))
      throw call.failure('setuid: Operation not permitted', 'cannot set user id: Operation not permitted');
    return asUser(call, user, {
      ...{
        login: dash || options.has('l'),
        keep: options.has('m', 'p'),
        shell: options.value('s'),
        command: options.value('c'),
        rest,
      },
    });
  },
  { usage: 'su [-lmp] [-s SH] [-] [USER [FILE|-c CMD [ARG0 ARGS]]]' },
);

export const runuser: Tool = waiting(
  (call): Outcome => {
    const options = parseOptions(call, 'u:lmpc:s:g:G:', {
      inOrder: true,
      long: { user: 'u', login: 'l', command: 'c', shell: 's' },
    });
    const { kernel } = call;
    const words = options.operands[0] === '-' ? options.operands.slice(1) : options.operands;
    const name = options.value('u') ?? words[0] ?? 'root';
    if (kernel.credentials.uid !== 0) throw call.failure('', 'may not be used by non-root users');
    const user = userNamed(kernel.files, name);
    if (!user)
      throw call.failure('', `user ${name} does not exist or the user entry does not contain all the required fields`);
    if (!options.has('u')) {
      const rest = parseOptions(call, 'lmpc:s:', {}, words.slice(1));
      return asUser(call, user, {
        ...{ login: options.has('l') || options.operands[0] === '-', keep: options.has('m', 'p'), rest: rest.operands },
        ...{ shell: options.value('s') ?? rest.value('s'), command: options.value('c') ?? rest.value('c') },
      });
    }
    kernel.become(dropped(kernel.credentials, user.uid, user.gid, groupIds(kernel.files, user)));
    return replaced(call, words, 'failed to execute ');
  },
  { pointer: false },
);

/** gosu and su-exec: another user, then the command in this process's place. */
const stepDown = (gosu: boolean): Tool =>
  waiting((call): Outcome => {
    const [spec, ...argv] = call.args;
    if (spec === undefined || argv.length === 0) {
      call.err(
        gosu
          ? "Usage: gosu user-spec command [args]\n   eg: gosu tianon bash\n       gosu nobody:root bash -c 'whoami && id'\n       gosu 1000:1 id\n"
          : `Usage: ${call.name} user-spec command [args]\n`,
      );
      return { exit: 1 };
    }
    const { kernel } = call;
    const [userText = '', groupText] = spec.split(':');
    const user =
      userNamed(kernel.files, userText) ??
      (/^\d+$/.test(userText) ? userOf(kernel.files, Number(userText)) : undefined);
    const uid = user?.uid ?? (/^\d+$/.test(userText) ? Number(userText) : undefined);
    const gid =
      groupText === undefined
        ? (user?.gid ?? 0)
        : (groupNamed(kernel.files, groupText)?.gid ?? (/^\d+$/.test(groupText) ? Number(groupText) : undefined));
    if (uid === undefined || gid === undefined) {
      call.err(
        gosu
          ? `error: failed switching to "${spec}": unable to find user ${userText}: no matching entries in passwd file\n`
          : `${call.name}: getpwnam(${userText}): Success\n`,
      );
      return { exit: 1 };
    }
    if (uid !== kernel.credentials.uid && !hasCapability(kernel.credentials, 'SETUID')) {
      call.err(
        gosu
          ? `error: failed switching to "${spec}": operation not permitted\n`
          : `${call.name}: setgroups: Operation not permitted\n`,
      );
      return { exit: 1 };
    }
    kernel.become(
      dropped(kernel.credentials, uid, gid, user && groupText === undefined ? groupIds(kernel.files, user) : [gid]),
    );
    const environment = { ...kernel.environment, ...(user ? { HOME: user.home } : {}) };
    const found = kernel.find(argv[0]!);
    if ('status' in found) {
      call.err(
        gosu
          ? `error: exec: "${argv[0]}": executable file not found in $PATH\n`
          : `${call.name}: ${argv[0]}: No such file or directory\n`,
      );
      return { exit: gosu ? 1 : found.status };
    }
    return { replace: found, argv, environment, cwd: kernel.cwd };
  });

export const gosu = stepDown(true);
export const suExec = stepDown(false);

export const setpriv: Tool = waiting(
  (call): Outcome => {
    const options = call.busybox
      ? parseOptions(call, 'd', {
          inOrder: true,
          long: { dump: 'd', nnp: '', 'no-new-privs': 'nnp', 'inh-caps': ':', 'ambient-caps': ':' },
        })
      : parseOptions(call, 'd', {
          inOrder: true,
          long: {
            ...{ dump: 'd', nnp: '', 'no-new-privs': 'nnp', 'inh-caps': ':', 'ambient-caps': ':', 'bounding-set': ':' },
            ...{
              reuid: ':',
              regid: ':',
              ruid: 'reuid:',
              euid: 'reuid:',
              rgid: 'regid:',
              egid: 'regid:',
              'clear-groups': '',
              'keep-groups': '',
            },
            ...{ 'init-groups': '', groups: ':', 'reset-env': '' },
          },
        });
    const { kernel } = call;
    if (options.has('d')) {
      dump(call);
      return { exit: 0 };
    }
    if (options.operands.length === 0) throw call.busybox ? new UsageError() : call.failure('', 'No program specified');
    let credentials: Credentials = kernel.credentials;
    const user = options.value('reuid');
    const group = options.value('regid');
    const account =
      user === undefined ? undefined : (userNamed(kernel.files, user) ?? userOf(kernel.files, Number(user)));
    const uid =
      user === undefined ? credentials.uid : (account?.uid ?? (/^\d+$/.test(user) ? Number(user) : undefined));
    const gid =
      group === undefined
        ? credentials.gid
        : (groupNamed(kernel.files, group)?.gid ?? (/^\d+$/.test(group) ? Number(group) : undefined));
    if (uid === undefined) throw call.failure('', `failed to parse reuid`);
    if (gid === undefined) throw call.failure('', `failed to parse regid`);
    const groups = options.has('clear-groups')
      ? []
      : options.has('init-groups') && account
        ? groupIds(kernel.files, account)
        : options.has('groups')
          ? options.value('groups')!.split(',').map(Number)
          : credentials.groups;
    if (group !== undefined && !options.has('clear-groups', 'keep-groups', 'init-groups', 'groups'))
      throw call.failure('', '--[re]gid requires --keep-groups, --clear-groups, --init-groups, or --groups');
    if (uid !== credentials.uid && !hasCapability(credentials, 'SETUID'))
      throw call.failure('', 'setresuid failed: Operation not permitted');
    if (user !== undefined || group !== undefined) credentials = dropped(credentials, uid, gid, groups);
    if (options.has('nnp')) credentials = { ...credentials, noNewPrivileges: true };
    kernel.become(credentials);
    return replaced(call, options.operands, 'failed to execute ');
  },
  { usage: 'setpriv [OPTIONS] PROG ARGS' },
);

function dump(call: Invocation): undefined {
  const { uid, gid, groups, bounding, noNewPrivileges } = call.kernel.credentials;
  call.out(
    `uid: ${uid}\neuid: ${uid}\ngid: ${gid}\negid: ${gid}\nSupplementary groups: ${groups.join(',') || '[none]'}\nno_new_privs: ${noNewPrivileges ? 1 : 0}\n`,
  );
  call.out(
    `Inheritable capabilities: [none]\nAmbient capabilities: [none]\nCapability bounding set: ${bounding.map((name) => name.toLowerCase()).join(',') || '[none]'}\n`,
  );
}

/** Capabilities in words, as libcap's capsh prints them. */
export const capsh: Tool = waiting((call): Outcome => {
  const { capabilities, bounding, uid, gid, groups } = call.kernel.credentials;
  const decoded = call.args.find((word) => word.startsWith('--decode='));
  const list = (names: readonly string[]) => names.map((name) => `cap_${name.toLowerCase()}`).join(',');
  if (decoded !== undefined) {
    const text = decoded.slice(9);
    if (!/^(?:0x)?[0-9a-fA-F]{1,16}$/.test(text)) throw call.failure('', `unable to interpret [${text}]`);
    const mask = BigInt(`0x${text.replace(/^0x/, '')}`);
    const names = CAPABILITIES.filter((_, bit) => (mask >> BigInt(bit)) & 1n);
    call.out(`0x${mask.toString(16).padStart(16, '0')}=${list(names)}\n`);
    return { exit: 0 };
  }
  if (!call.args.includes('--print'))
    return replaced(call, ['/bin/bash', ...call.args.filter((word) => word !== '--')], '');
  const name = userOf(call.kernel.files, uid)?.name ?? '???';
  call.out(
    `Current: ${capabilities.length > 0 ? `${list(capabilities)}=ep` : '='}\nBounding set =${list(bounding)}\nAmbient set =\n`,
  );
  call.out(
    "Current IAB: \nSecurebits: 00/0x0/1'b0 (no-new-privs=0)\n secure-noroot: no (unlocked)\n secure-no-suid-fixup: no (unlocked)\n secure-keep-caps: no (unlocked)\n secure-no-ambient-raise: no (unlocked)\n",
  );
  call.out(
    `uid=${uid}(${name}) euid=${uid}(${name})\ngid=${gid}(${groupNamed(call.kernel.files, name)?.name ?? '???'})\ngroups=${groups.join(',')}\nGuessed mode: HYBRID (4)\n`,
  );
  return { exit: 0 };
});

const NAMESPACES: Readonly<Record<string, [string, number]>> = {
  ...{ m: ['mnt', 0x20000], u: ['uts', 0x4000000], i: ['ipc', 0x8000000], n: ['net', 0x40000000] },
  ...{ p: ['pid', 0x20000000], U: ['user', 0x10000000], r: ['user', 0x10000000], C: ['cgroup', 0x2000000] },
};

export const unshare: Tool = waiting(
  (call): Outcome => {
    const options = parseOptions(call, 'muinpUrCfch::', {
      inOrder: true,
      long: {
        mount: 'm',
        uts: 'u',
        ipc: 'i',
        net: 'n',
        pid: 'p',
        user: 'U',
        'map-root-user': 'r',
        cgroup: 'C',
        fork: 'f',
        'mount-proc': '::',
      },
    });
    const mask = Object.keys(NAMESPACES).reduce(
      (sum, letter) => (options.has(letter) ? sum | NAMESPACES[letter]![1] : sum),
      0,
    );
    const { kernel } = call;
    // Anybody may have a user namespace, and be root in it, where no seccomp profile forbids it.
    const own = options.has('U', 'r') && unconfined(call);
    if (own && options.has('r'))
      kernel.become({ ...kernel.credentials, uid: 0, gid: 0, groups: [0], capabilities: CAPABILITIES });
    if (!own && !hasCapability(kernel.credentials, 'SYS_ADMIN'))
      throw call.failure(
        `unshare(0x${mask.toString(16)}): Operation not permitted`,
        'unshare failed: Operation not permitted',
      );
    const argv = options.operands.length > 0 ? options.operands : [call.kernel.environment['SHELL'] || '/bin/sh'];
    return replaced(call, argv, 'failed to execute ');
  },
  { usage: 'unshare [OPTIONS] [PROG ARGS]' },
);

/** Whether no seccomp profile watches this process. */
function unconfined(call: Invocation): boolean {
  const path = '/proc/self/status';
  return call.tryStat(path) !== undefined && /^Seccomp:\s+0$/m.test(call.kernel.files.read(path));
}

/** Enters the namespaces of another process. */
export const nsenter: Tool = waiting(
  (call): Outcome => {
    const options = parseOptions(call, 't:m::u::i::n::p::U::C::aFr::w::', {
      inOrder: true,
      long: {
        target: 't',
        mount: 'm::',
        uts: 'u::',
        ipc: 'i::',
        net: 'n::',
        pid: 'p::',
        user: 'U::',
        cgroup: 'C::',
        all: 'a',
        'no-fork': 'F',
        root: 'r::',
        wd: 'w::',
      },
    });
    const { kernel } = call;
    const letters = options.has('a')
      ? ['m', 'u', 'i', 'n', 'p', 'C']
      : ['m', 'u', 'i', 'n', 'p', 'C'].filter((letter) => options.has(letter));
    if (letters.length === 0) {
      if (!call.busybox) throw call.failure('', 'no namespace specified');
      return replaced(call, options.operands.length > 0 ? options.operands : ['/bin/sh'], '');
    }
    const target = options.value('t');
    if (target === undefined) throw call.failure('target PID is not specified', 'no target PID specified');
    if (!/^\d+$/.test(target)) throw call.failure(`invalid number '${target}'`, `failed to parse pid: '${target}'`);
    if (!kernel.processes().some(({ nsPid, state }) => nsPid === Number(target) && state !== 'zombie')) {
      const kind = NAMESPACES[letters[0]!]![0];
      throw call.failure(
        `can't open '/proc/${target}/ns/${kind}': No such file or directory`,
        `cannot open /proc/${target}/ns/${kind}: No such file or directory`,
      );
    }
    if (
      !kernel.enter(
        Number(target),
        letters.map((letter) => NAMESPACES[letter]![0]),
      )
    )
      throw call.failure(
        `setns(): can't reassociate to namespace '${NAMESPACES[letters[0]!]![0]}': Operation not permitted`,
        'reassociate to namespaces failed: Operation not permitted',
      );
    const argv = options.operands.length > 0 ? options.operands : [kernel.environment['SHELL'] || '/bin/sh'];
    return replaced(call, argv, 'failed to execute ', letters.includes('m') ? { cwd: '/' } : {});
  },
  { usage: 'nsenter [OPTIONS] [PROG ARGS]', pointer: false },
);
