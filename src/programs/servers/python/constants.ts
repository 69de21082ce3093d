import { decode } from '../../../engine/bytes.ts';
import { dictOf } from './collections.ts';
import { standardFile } from './files.ts';
import type { Machine } from './machine.ts';
import { makeClass } from './objects.ts';
import { type } from './types.ts';
import { builtin, list, tuple, type Value } from './value.ts';

const VERSION = '3.13.5';
const BUILD = 'main, Aug 10 2026, 12:06:59';
/** `sys.version`. */
export const VERSION_TEXT = `${VERSION} (${BUILD}) [GCC 14.2.0]`;
export const SIGNAL_NUMBERS: Readonly<Record<string, bigint>> = {
  ...{ SIGHUP: 1n, SIGINT: 2n, SIGQUIT: 3n, SIGKILL: 9n, SIGUSR1: 10n, SIGUSR2: 12n, SIGPIPE: 13n, SIGALRM: 14n },
  ...{ SIGTERM: 15n, SIGCHLD: 17n, SIGCONT: 18n, SIGSTOP: 19n, SIG_DFL: 0n, SIG_IGN: 1n },
};

const error = (vm: Machine, name: string, base: string, module: string): Value =>
  makeClass(vm, name, [type(base)], new Map(), module);

/** What modules hold besides functions, made when they are first imported. */
export const CONSTANTS: Readonly<Record<string, (vm: Machine) => Record<string, Value>>> = {
  sys: (vm) => {
    const text = (words: readonly string[]) => list(words.map((word) => word as Value));
    return {
      argv: text(vm.state.argv),
      version: VERSION_TEXT,
      platform: 'linux',
      byteorder: 'little',
      maxsize: 9223372036854775807n,
      maxunicode: 1114111n,
      prefix: '/usr',
      base_prefix: '/usr',
      exec_prefix: '/usr',
      executable: vm.state.executable,
      hexversion: 51184112n,
      api_version: 1013n,
      copyright: 'Copyright (c) 2001 Python Software Foundation.',
      stdin: standardFile('stdin'),
      stdout: standardFile('stdout'),
      stderr: standardFile('stderr'),
      __stdout__: standardFile('stdout'),
      __stderr__: standardFile('stderr'),
      path: text([
        vm.state.folder,
        ...['/usr/lib/python313.zip', '/usr/lib/python3.13', '/usr/lib/python3.13/lib-dynload'],
        ...['/usr/local/lib/python3.13/dist-packages', '/usr/lib/python3/dist-packages'],
      ]),
      dont_write_bytecode: vm.kernel.environment['PYTHONDONTWRITEBYTECODE'] !== undefined,
      stdlib_module_names: list([]),
    };
  },
  os: (vm) => ({
    environ: environ(vm),
    name: 'posix',
    sep: '/',
    linesep: '\n',
    pathsep: ':',
    curdir: '.',
    pardir: '..',
    devnull: '/dev/null',
    F_OK: 0n,
    R_OK: 4n,
    W_OK: 2n,
    X_OK: 1n,
    O_RDONLY: 0n,
    error: type('OSError'),
  }),
  math: () => ({ pi: Math.PI, e: Math.E, tau: 2 * Math.PI, inf: Number.POSITIVE_INFINITY, nan: Number.NaN }),
  signal: () => ({ ...SIGNAL_NUMBERS }),
  socket: (vm) => ({
    AF_INET: 2n,
    AF_UNIX: 1n,
    SOCK_STREAM: 1n,
    SOCK_DGRAM: 2n,
    SOL_SOCKET: 1n,
    SO_REUSEADDR: 2n,
    error: type('OSError'),
    timeout: type('TimeoutError'),
    gaierror: error(vm, 'gaierror', 'OSError', 'socket'),
  }),
  re: (vm) => ({
    IGNORECASE: 2n,
    I: 2n,
    MULTILINE: 8n,
    M: 8n,
    DOTALL: 16n,
    S: 16n,
    VERBOSE: 64n,
    X: 64n,
    error: error(vm, 'PatternError', 'Exception', 're'),
  }),
  builtins: () => ({ print: builtin('print'), open: builtin('open'), len: builtin('len') }),
  __future__: () => ({ annotations: null, print_function: null, division: null }),
  gc: () => ({}),
  errno: () => ({ ENOENT: 2n, EACCES: 13n, EEXIST: 17n, EADDRINUSE: 98n, ECONNREFUSED: 111n, EPERM: 1n, EROFS: 30n }),
};

/** `os.environ`: text, of the class that os.py gives it. */
function environ(vm: Machine): Value {
  const { LC_ALL, LC_CTYPE, LANG } = vm.kernel.environment;
  // Python makes the C locale speak UTF-8 (PEP 538), and tells its children.
  const coerced = (LC_ALL ?? LC_CTYPE ?? LANG ?? 'C') === 'C' ? { LC_CTYPE: 'C.UTF-8' } : {};
  return dictOf(
    Object.entries({ ...vm.kernel.environment, ...coerced }).map(
      ([key, value]) => [decode(key), decode(value)] as const,
    ),
  );
}

/** `sys.version_info` as a tuple; the library gives it names. */
export const VERSION_INFO = tuple([3n, 13n, 5n, 'final', 0n]);
