import { decode, encode } from '../../../../engine/bytes.ts';
import { resolve } from '../../../../engine/files/path.ts';
import { VERSION_INFO } from '../constants.ts';
import { guarded, osError, pathOf } from '../files.ts';
import { iterate } from '../iterate.ts';
import type { Machine } from '../machine.ts';
import { functions, type Native } from '../natives.ts';
import { str } from '../text.ts';
import { type } from '../types.ts';
import { type DictObj, is, list, PyError, tuple, type Value } from '../value.ts';

/** Milliseconds that a sleep takes longer than asked. */
const OVERSLEEP = 0.1;

const environmentOf = (vm: Machine): Record<string, string> => {
  const found = vm.state.modules.get('os')?.attrs.get('environ') as DictObj | undefined;
  if (!found) return { ...vm.kernel.environment };
  return Object.fromEntries([...found.m.values()].map(([key, value]) => [encode(String(key)), encode(String(value))]));
};

const onPath =
  (action: (vm: Machine, path: string, shown: Value, args: Value[]) => Value): Native =>
  (vm, args) => {
    const { path, shown } = pathOf(vm, args[0] ?? '.');
    return guarded(vm, shown, () => action(vm, path, shown, args));
  };

function attempt<T>(action: () => T, fallback: T): T {
  try {
    return action();
  } catch {
    return fallback;
  }
}

function remove(vm: Machine, path: string, shown: Value): Value {
  const node = vm.kernel.files.lstat(path);
  if (!node) throw osError(vm, 2, 'No such file or directory', shown);
  if (node.type === 'directory') throw osError(vm, 21, 'Is a directory', shown);
  vm.kernel.files.remove(path);
  return null;
}

function statOf(vm: Machine, path: string, shown: Value, follow: boolean): Value {
  const node = follow ? vm.kernel.files.stat(path) : vm.kernel.files.lstat(path);
  if (!node) throw osError(vm, 2, 'No such file or directory', shown);
  const kind = { directory: 0o040000, file: 0o100000, symlink: 0o120000 }[node.type as 'file'] ?? 0o020000;
  const size = node.type === 'file' ? node.size : 4096;
  return tuple([...[kind | node.mode, node.uid, node.gid, size].map((value) => BigInt(value)), node.mtime / 1000]);
}

/** Starts a command; its process id. Raises FileNotFoundError when there is none. */
function spawn(
  vm: Machine,
  words: readonly string[],
  input: string | undefined,
  capture: boolean,
  cwd: Value,
  env: Value,
): number {
  const { kernel } = vm;
  const argv = words.map(encode);
  const found = kernel.find(argv[0] ?? '');
  if ('status' in found)
    throw osError(
      vm,
      found.reason === 'EACCES' ? 13 : 2,
      found.reason === 'EACCES' ? 'Permission denied' : 'No such file or directory',
      words[0] ?? '',
    );
  vm.flush();
  const environment = is(env, 'dict')
    ? Object.fromEntries([...env.m.values()].map(([key, value]) => [encode(str(vm, key)), encode(str(vm, value))]))
    : environmentOf(vm);
  return kernel.spawn(found, {
    argv,
    environment,
    ...(cwd === null ? {} : { cwd: resolve(kernel.cwd, encode(str(vm, cwd))) }),
    ...(input === undefined ? { inheritsInput: true } : { input }),
    ...(capture ? { stdout: { to: 'collect' as const }, stderr: { to: 'collect' as const } } : {}),
  });
}

functions({
  'os.getcwd': (vm) => decode(vm.kernel.cwd),
  'os.getpid': (vm) => BigInt(vm.kernel.pid),
  'os.getppid': (vm) =>
    BigInt(
      vm.kernel.pid === 1 ? 0 : (vm.kernel.processes().find(({ pid }) => pid === vm.kernel.process.parent)?.nsPid ?? 0),
    ),
  'os.getuid': (vm) => BigInt(vm.kernel.credentials.uid),
  'os.geteuid': (vm) => BigInt(vm.kernel.credentials.uid),
  'os.getgid': (vm) => BigInt(vm.kernel.credentials.gid),
  'os.getegid': (vm) => BigInt(vm.kernel.credentials.gid),
  'os.getgroups': (vm) => list(vm.kernel.credentials.groups.map((group) => BigInt(group))),
  'os.cpu_count': () => 2n,
  'os.urandom': (vm, [size = 0n]) => ({
    t: 'bytes',
    v: Array.from({ length: Number(size) }, () => String.fromCharCode(Math.floor(vm.kernel.random() * 256))).join(''),
  }),
  'os.listdir': onPath((vm, path, shown) => {
    const node = vm.kernel.files.stat(path);
    if (!node) throw osError(vm, 2, 'No such file or directory', shown);
    if (node.type !== 'directory') throw osError(vm, 20, 'Not a directory', shown);
    return list(vm.kernel.files.list(path).map(decode));
  }),
  'os.mkdir': onPath((vm, path, shown) => {
    if (vm.kernel.files.lstat(path)) throw osError(vm, 17, 'File exists', shown);
    vm.kernel.files.mkdir(path);
    return null;
  }),
  'os._makedirs': onPath((vm, path) => {
    vm.kernel.files.mkdirs(path);
    return null;
  }),
  'os.remove': onPath(remove),
  'os.unlink': onPath(remove),
  'os.rmdir': onPath((vm, path, shown) => {
    const node = vm.kernel.files.lstat(path);
    if (!node) throw osError(vm, 2, 'No such file or directory', shown);
    if (node.type !== 'directory') throw osError(vm, 20, 'Not a directory', shown);
    if (vm.kernel.files.list(path).length > 0) throw osError(vm, 39, 'Directory not empty', shown);
    vm.kernel.files.remove(path);
    return null;
  }),
  'os.rename': (vm, [from = '', to = '']) => {
    const [a, b] = [pathOf(vm, from), pathOf(vm, to)];
    guarded(vm, a.shown, () => vm.kernel.files.rename(a.path, b.path));
    return null;
  },
  'os.chmod': onPath((vm, path, _shown, args) => {
    vm.kernel.files.chmod(path, Number(args[1]));
    return null;
  }),
  'os.chown': onPath((vm, path, _shown, args) => {
    vm.kernel.files.chown(path, Number(args[1]), Number(args[2]));
    return null;
  }),
  'os.symlink': (vm, [target = '', at = '']) => {
    const { path, shown } = pathOf(vm, at);
    guarded(vm, shown, () => vm.kernel.files.symlink(encode(str(vm, target)), path));
    return null;
  },
  'os.readlink': onPath((vm, path, shown) => {
    const node = vm.kernel.files.lstat(path);
    if (node?.type !== 'symlink')
      throw osError(vm, node ? 22 : 2, node ? 'Invalid argument' : 'No such file or directory', shown);
    return decode(node.target);
  }),
  'os._stat': onPath((vm, path, shown, args) => statOf(vm, path, shown, args[1] !== false)),
  'os.kill': (vm, [pid = 0n, signal = 0n]) => {
    if (!vm.kernel.kill(Number(pid), Number(signal))) throw osError(vm, 3, 'No such process');
    // A signal to oneself arrives before anything else happens.
    if (Number(pid) === vm.kernel.pid) return { suspend: { for: 'time', until: vm.kernel.now + OVERSLEEP } };
    return null;
  },
  // As the first process, which a signal does not end, it runs on into an invalid instruction.
  'os.abort': (vm) => {
    vm.state.out = '';
    throw vm.error('SystemExit', vm.kernel.pid === 1 ? 139n : 134n);
  },
  'os._exit': (vm, [code = 0n]) => {
    vm.state.out = '';
    throw vm.error('SystemExit', code);
  },
  'os.access': (vm, [target = '', mode = 0n]) => {
    const node = attempt(() => vm.kernel.files.stat(pathOf(vm, target).path), undefined);
    return node !== undefined && (mode === 0n || vm.kernel.files.permits(node, Number(mode)));
  },
  'os.path.exists': (vm, [target = '']) => attempt(() => vm.kernel.files.exists(pathOf(vm, target).path), false),
  'os.path.lexists': (vm, [target = '']) =>
    attempt(() => vm.kernel.files.lstat(pathOf(vm, target).path) !== undefined, false),
  'os.path.isfile': (vm, [target = '']) =>
    attempt(() => vm.kernel.files.stat(pathOf(vm, target).path)?.type === 'file', false),
  'os.path.isdir': (vm, [target = '']) =>
    attempt(() => vm.kernel.files.stat(pathOf(vm, target).path)?.type === 'directory', false),
  'os.path.islink': (vm, [target = '']) =>
    attempt(() => vm.kernel.files.lstat(pathOf(vm, target).path)?.type === 'symlink', false),
  'os.path.ismount': (vm, [target = '']) =>
    vm.kernel.files.mounts.some((mount) => mount.target === pathOf(vm, target).path),
  'os.path.abspath': (vm, [target = '']) => decode(pathOf(vm, target).path),
  'os.path.realpath': (vm, [target = '']) =>
    attempt(() => decode(vm.kernel.files.realpath(pathOf(vm, target).path)), decode(pathOf(vm, target).path)),
  'os.path.normpath': (_vm, [target = '']) => {
    const text = target as string;
    const whole = resolve('/', text);
    return text.startsWith('/') ? whole : whole.slice(1) || '.';
  },
  'sys.exit': (vm, [code = null]) => {
    throw vm.error('SystemExit', ...(code === null ? [] : [code]));
  },
  'sys._version_info': () => VERSION_INFO,
  'sys.getsizeof': () => 64n,
  'sys.getrecursionlimit': () => 1000n,
  'sys.setrecursionlimit': () => null,
  'sys.getdefaultencoding': () => 'utf-8',
  'sys.getfilesystemencoding': () => 'utf-8',
  'sys.intern': (_vm, [text = '']) => text,
  'sys.exc_info': (vm) => {
    const current = vm.handling();
    return current ? tuple([current.cls, current, null]) : tuple([null, null, null]);
  },
  'gc.collect': () => 0n,
  'time.time': (vm) => vm.kernel.now / 1000,
  'time.time_ns': (vm) => BigInt(Math.round(vm.kernel.now * 1000)) * 1000n,
  'time.monotonic': (vm) => (vm.kernel.now - vm.kernel.process.startedAt) / 1000 + 5000,
  'time.perf_counter': (vm) => (vm.kernel.now - vm.kernel.process.startedAt) / 1000 + 5000,
  'time.process_time': (vm) => (vm.kernel.now - vm.kernel.process.startedAt) / 10_000,
  'time.sleep': (vm, [seconds = 0]) => {
    if (typeof seconds !== 'bigint' && typeof seconds !== 'number')
      throw vm.error(
        'TypeError',
        `'${seconds === null ? 'NoneType' : 'str'}' object cannot be interpreted as an integer`,
      );
    if (Number(seconds) < 0) throw vm.error('ValueError', 'sleep length must be non-negative');
    return { suspend: { for: 'time', until: vm.kernel.now + Number(seconds) * 1000 + OVERSLEEP } };
  },
  'signal._signal': (vm, [number = 0n, handler = null]) => {
    if (number === 9n || number === 19n) throw osError(vm, 22, 'Invalid argument');
    const before = vm.state.handlers.get(String(number)) ?? 0n;
    vm.state.handlers.set(String(number), handler);
    return before;
  },
  'signal._getsignal': (vm, [number = 0n]) => vm.state.handlers.get(String(number)) ?? 0n,
  'signal.pause': () => ({ suspend: { for: 'signal' } }),
  'signal.raise_signal': (vm, [number = 0n]) => {
    vm.kernel.kill(vm.kernel.pid, Number(number));
    return null;
  },
  'socket.gethostname': (vm) => decode(vm.kernel.hostname),
  'socket._resolve': (vm, [name = '']) => list(vm.kernel.network.resolve(encode(str(vm, name))).map(decode)),
  'socket._connected': (vm) => vm.kernel.network.interfaces().some((entry) => entry.gateway !== ''),
  'socket._own_address': (vm) =>
    vm.kernel.network.interfaces().find(({ name }) => name !== 'lo')?.address ?? '127.0.0.1',
  'socket._listen': (vm, [address = '', port = 0n, server = null]) => {
    const at = address === '' ? '0.0.0.0' : str(vm, address);
    const problem = vm.kernel.network.listen(Number(port), at);
    if (problem === 'EADDRINUSE') throw osError(vm, 98, 'Address already in use');
    if (problem === 'EACCES') throw osError(vm, 13, 'Permission denied');
    vm.state.servers.set(String(port), server);
    return null;
  },
  'socket._client': (vm) => vm.kernel.network.client ?? '127.0.0.1',
  'socket._serve': (_vm, [port = 0n, server = null]) => ({ suspend: { for: 'requests', port: Number(port), server } }),
  'socket._request': (vm, [host = '', port = 0n, data, timeout = null]) => ({
    suspend: {
      ...{ for: 'request', host: str(vm, host), port: Number(port), bytes: (data as { v: string }).v },
      timeout: timeout === null ? undefined : Number(timeout),
    },
  }),
  'subprocess._run': (vm, [words = null, input = null, capture = false, cwd = null, env = null, timeout = null]) => {
    const text = is(input, 'bytes') ? input.v : input === null ? undefined : encode(str(vm, input));
    const argv = iterate(vm, words).map((word) => str(vm, word));
    const pid = spawn(vm, argv, text, capture === true, cwd, env);
    const until = timeout === null ? undefined : vm.kernel.now + Number(timeout) * 1000;
    return { suspend: { for: 'child', pid, capture: capture === true, until } };
  },
  'subprocess._start': (vm, [words = null, capture = false, cwd = null, env = null]) => {
    const argv = iterate(vm, words).map((word) => str(vm, word));
    return BigInt(spawn(vm, argv, '', capture === true, cwd, env));
  },
  'subprocess._wait': (vm, [pid = 0n, capture = false, timeout = null]) => ({
    suspend: {
      ...{ for: 'child', pid: Number(pid), capture: capture === true },
      until: timeout === null ? undefined : vm.kernel.now + Number(timeout) * 1000,
    },
  }),
  'threading._start': (vm, [run = null, daemon = false]) => BigInt(vm.startThread(run, daemon === true)),
  'threading._join': (vm, [thread = 0n, timeout = null]) => ({
    suspend: {
      for: 'thread',
      thread: Number(thread),
      until: timeout === null ? undefined : vm.kernel.now + Number(timeout) * 1000,
    },
  }),
  'threading._alive': (vm, [thread = 0n]) =>
    vm.state.threads.some(({ id, frames }) => id === Number(thread) && frames.length > 0),
  'threading.get_ident': (vm) => BigInt(vm.thread.id),
  'random.random': (vm) => vm.kernel.random(),
  'pwd._user': (vm, [uid = 0n]) => {
    const found = vm.kernel.files
      .read('/etc/passwd')
      .split('\n')
      .map((line) => line.split(':'))
      .find((fields) => (typeof uid === 'bigint' ? fields[2] === String(uid) : fields[0] === uid));
    if (!found) throw new PyError(vm.exception(type('KeyError'), [`getpwuid(): uid not found: ${String(uid)}`]));
    return list(found.map(decode));
  },
  'os._setid': (vm, [what = '', id = 0n]) => {
    const { credentials } = vm.kernel;
    vm.kernel.become({ ...credentials, [what as string]: Number(id) });
    return null;
  },
});
