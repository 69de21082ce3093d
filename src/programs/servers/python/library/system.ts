const raw = String.raw;

/** Modules about the system, the network and time, written in Python over what TypeScript offers. */
export const SYSTEM: Readonly<Record<string, string>> = {
  sys: raw`
class _VersionInfo(tuple):
    def __repr__(self):
        return "sys.version_info(major=3, minor=13, micro=5, releaselevel='final', serial=0)"
    major, minor, micro, releaselevel, serial = 3, 13, 5, 'final', 0
version_info = _VersionInfo(_version_info())
class _Implementation:
    name = 'cpython'
implementation = _Implementation()
class _Buffer:
    def __init__(self, file):
        self.file = file
    def write(self, data):
        self.file.write(data.decode())
        return len(data)
    def flush(self):
        self.file.flush()
    def read(self):
        return self.file.read().encode()
`,
  os: raw`
import os.path as path
class _Environ(dict):
    def __missing__(self, key):
        raise KeyError(key) from None
    def __setitem__(self, key, value):
        if not isinstance(value, str):
            raise TypeError('str expected, not ' + type(value).__name__)
        dict.__setitem__(self, key, value)
    def __repr__(self):
        return 'environ({' + ', '.join(repr(k) + ': ' + repr(v) for k, v in self.items()) + '})'
environ = _Environ(environ)
def getenv(key, default=None):
    return environ.get(key, default)
def putenv(key, value):
    environ[key] = value
def getlogin():
    raise OSError(6, 'No such device or address')
def makedirs(name, mode=0o777, exist_ok=False):
    if path.lexists(name):
        if not exist_ok or not path.isdir(name):
            raise FileExistsError(17, 'File exists', name)
        return
    _makedirs(name)
def system(command):
    import subprocess
    return subprocess.call(command, shell=True) << 8
def popen(command):
    import subprocess, io
    return io.StringIO(subprocess.run(command, shell=True, capture_output=True, text=True).stdout)
class stat_result:
    def __init__(self, values):
        self.st_mode, self.st_uid, self.st_gid, self.st_size, self.st_mtime = values
        self.st_atime = self.st_ctime = self.st_mtime
def stat(target, *args, **kw):
    return stat_result(_stat(target))
def lstat(target):
    return stat_result(_stat(target, False))
class _Uname:
    def __init__(self):
        import socket
        self.sysname = 'Linux'
        self.nodename = socket.gethostname()
        self.release = open('/proc/sys/kernel/osrelease').read().strip()
        self.version = '#1 SMP'
        self.machine = 'x86_64'
def uname():
    return _Uname()
class DirEntry:
    def __init__(self, folder, name):
        self.name = name
        self.path = path.join(folder, name)
    def is_dir(self):
        return path.isdir(self.path)
    def is_file(self):
        return path.isfile(self.path)
    def stat(self):
        return stat(self.path)
def scandir(folder='.'):
    return [DirEntry(folder, name) for name in listdir(folder)]
def walk(top):
    names = listdir(top)
    folders = [n for n in names if path.isdir(path.join(top, n)) and not path.islink(path.join(top, n))]
    files = [n for n in names if n not in folders]
    yield top, folders, files
    for name in folders:
        yield from walk(path.join(top, name))
def fspath(value):
    return value if isinstance(value, str) else value.__fspath__()
def setuid(uid):
    _setid('uid', uid)
def setgid(gid):
    _setid('gid', gid)
def getloadavg():
    return (0.0, 0.0, 0.0)
def sched_getaffinity(pid):
    return {0, 1}
class PathLike: pass
`,
  'os.path': raw`
sep = '/'
def join(first, *parts):
    result = first if isinstance(first, str) else first.__fspath__()
    for part in parts:
        part = part if isinstance(part, str) else part.__fspath__()
        if part.startswith('/'):
            result = part
        elif not result or result.endswith('/'):
            result += part
        else:
            result += '/' + part
    return result
def basename(p):
    return p[p.rfind('/') + 1:]
def dirname(p):
    head = p[:p.rfind('/') + 1]
    if head and head != '/' * len(head):
        head = head.rstrip('/')
    return head
def split(p):
    return dirname(p), basename(p)
def splitext(p):
    name = basename(p)
    at = name.rfind('.')
    if at <= 0:
        return p, ''
    return p[:len(p) - len(name) + at], name[at:]
def isabs(p):
    return p.startswith('/')
def expanduser(p):
    import os
    return os.environ.get('HOME', '/root') + p[1:] if p == '~' or p.startswith('~/') else p
def expandvars(p):
    import os, re
    return re.sub('[$][{]?([a-zA-Z_][a-zA-Z0-9_]*)[}]?', lambda m: os.environ.get(m.group(1), m.group(0)), p)
def getsize(p):
    import os
    return os.stat(p).st_size
def getmtime(p):
    import os
    return os.stat(p).st_mtime
def relpath(p, start='.'):
    a, b = abspath(p).split('/')[1:], abspath(start).split('/')[1:]
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    return '/'.join(['..'] * len([x for x in b if x]) + a) or '.'
def commonprefix(items):
    first, last = min(items), max(items)
    for at, char in enumerate(first):
        if char != last[at]:
            return first[:at]
    return first
`,
  signal: raw`
class _Signal(int): pass
def _number(value):
    return value
def signal(number, handler):
    return _signal(_plain(number), handler)
def getsignal(number):
    return _getsignal(_plain(number))
class Signals:
    names = {1: 'SIGHUP', 2: 'SIGINT', 3: 'SIGQUIT', 9: 'SIGKILL', 10: 'SIGUSR1', 12: 'SIGUSR2', 13: 'SIGPIPE', 14: 'SIGALRM', 15: 'SIGTERM', 17: 'SIGCHLD', 18: 'SIGCONT', 19: 'SIGSTOP'}
    def __init__(self, value):
        self.value = value
        self.name = self.names[value]
    def __repr__(self):
        return '<Signals.' + self.name + ': ' + str(self.value) + '>'
    def __str__(self):
        return str(self.value)
def _plain(number):
    return number.value if isinstance(number, Signals) else number
def default_int_handler(number, frame):
    raise KeyboardInterrupt
def alarm(seconds):
    return 0
def strsignal(number):
    return {1: 'Hangup', 2: 'Interrupt', 15: 'Terminated', 9: 'Killed'}.get(number)
`,
  time: raw`
class struct_time:
    def __init__(self, d):
        self.tm_year, self.tm_mon, self.tm_mday = d.year, d.month, d.day
        self.tm_hour, self.tm_min, self.tm_sec = d.hour, d.minute, d.second
        self.tm_wday, self.tm_yday, self.tm_isdst = d.weekday(), d.timetuple_yday(), 0
        self.date = d
def gmtime(seconds=None):
    import datetime
    return struct_time(datetime.datetime.fromtimestamp(time() if seconds is None else seconds))
localtime = gmtime
def strftime(pattern, value=None):
    value = gmtime() if value is None else value
    return value.date.strftime(pattern)
def ctime(seconds=None):
    return strftime('%a %b %e %H:%M:%S %Y', gmtime(seconds))
def asctime(value=None):
    return strftime('%a %b %e %H:%M:%S %Y', value)
timezone = 0
tzname = ('UTC', 'UTC')
`,
  platform: raw`
import os, socket
def system(): return 'Linux'
def node(): return socket.gethostname()
def machine(): return 'x86_64'
def processor(): return ''
def release(): return os.uname().release
def python_version(): return '3.13.5'
def python_version_tuple(): return ('3', '13', '5')
def python_implementation(): return 'CPython'
def platform(): return 'Linux-' + os.uname().release + '-x86_64-with-glibc2.41'
def architecture(): return ('64bit', 'ELF')
`,
  socket: raw`
class herror(OSError): pass
def gethostbyname(name):
    if name == '':
        return '0.0.0.0'
    found = _resolve(name)
    if not found:
        if _connected():
            raise gaierror(-2, 'Name or service not known')
        raise gaierror(-3, 'Temporary failure in name resolution')
    return found[0]
def getaddrinfo(host, port, *args, **kw):
    return [(2, 1, 6, '', (gethostbyname(host), port))]
def getfqdn(name=''):
    return name or gethostname()
def create_connection(address, timeout=None, source=None):
    made = socket()
    made.settimeout(timeout)
    made.connect(address)
    return made
def setdefaulttimeout(seconds):
    pass
class socket:
    def __init__(self, family=2, kind=1, proto=0):
        self.family = family
        self.address = None
        self.timeout = None
        self.sent = b''
        self.answer = None
    def settimeout(self, seconds):
        self.timeout = seconds
    def setsockopt(self, *args):
        pass
    def connect(self, address):
        if self.family == 1:
            self.address = (address, 0)
            _request(address, 0, b'', self.timeout)
            return
        host, port = address
        ip = gethostbyname(host)
        self.address = (ip, port)
        if ip.startswith('127.') or ip == '0.0.0.0' or _connected() or True:
            _request(ip, port, b'', self.timeout)
    def connect_ex(self, address):
        try:
            self.connect(address)
        except OSError as error:
            return error.errno
        return 0
    def send(self, data):
        self.sent += data
        self.answer = None
        return len(data)
    def sendall(self, data):
        self.send(data)
    def recv(self, size):
        if self.answer is None:
            self.answer = _request(self.address[0], self.address[1], self.sent, self.timeout)
            self.sent = b''
        data, self.answer = self.answer[:size], self.answer[size:]
        return data
    def bind(self, address):
        self.address = address
    def listen(self, backlog=0):
        _listen(self.address[0], self.address[1], self)
    def accept(self):
        return _serve(self.address[1], self)
    def getsockname(self):
        return self.address or (_own_address(), 0)
    def getpeername(self):
        return self.address
    def shutdown(self, how):
        pass
    def close(self):
        pass
    def __enter__(self):
        return self
    def __exit__(self, *args):
        self.close()
`,
  subprocess: raw`
PIPE, STDOUT, DEVNULL = -1, -2, -3
class SubprocessError(Exception): pass
class CalledProcessError(SubprocessError):
    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode, self.cmd, self.output, self.stderr = returncode, cmd, output, stderr
        self.stdout = output
    def __str__(self):
        return 'Command ' + repr(self.cmd) + ' returned non-zero exit status ' + str(self.returncode) + '.'
class TimeoutExpired(SubprocessError):
    def __init__(self, cmd, timeout):
        self.cmd, self.timeout = cmd, timeout
    def __str__(self):
        return 'Command ' + repr(self.cmd) + ' timed out after ' + str(self.timeout) + ' seconds'
class CompletedProcess:
    def __init__(self, args, returncode, stdout, stderr):
        self.args, self.returncode, self.stdout, self.stderr = args, returncode, stdout, stderr
    def check_returncode(self):
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)
    def __repr__(self):
        text = 'CompletedProcess(args=' + repr(self.args) + ', returncode=' + repr(self.returncode)
        if self.stdout is not None:
            text += ', stdout=' + repr(self.stdout)
        if self.stderr is not None:
            text += ', stderr=' + repr(self.stderr)
        return text + ')'
def _words(args, shell):
    if shell:
        return ['/bin/sh', '-c', args if isinstance(args, str) else args[0]]
    return [args] if isinstance(args, str) else [str(a) if not isinstance(a, str) else a for a in args]
def run(args, *, input=None, capture_output=False, stdout=None, stderr=None, shell=False, text=False, universal_newlines=False, check=False, cwd=None, env=None, timeout=None, encoding=None, stdin=None, errors=None):
    capture = capture_output or stdout is not None or stderr is not None
    found = _run(_words(args, shell), input, capture, cwd, env, timeout)
    if found is None:
        raise TimeoutExpired(args, timeout)
    code, out, err = found
    decode = text or universal_newlines or encoding
    if stderr == STDOUT:
        out, err = out + err, b''
    wanted_out = capture_output or stdout == PIPE
    wanted_err = capture_output or stderr == PIPE
    if capture:
        import sys, _native
        if not wanted_out and stdout is None:
            sys.stdout.write(out.decode())
        if not wanted_err and stderr is None:
            _native.stderr(err.decode())
    out = (out.decode() if decode else out) if wanted_out else None
    err = (err.decode() if decode else err) if wanted_err else None
    result = CompletedProcess(args, code, out, err)
    if check:
        result.check_returncode()
    return result
def call(args, **kw):
    return run(args, **kw).returncode
def check_call(args, **kw):
    run(args, check=True, **kw)
    return 0
def check_output(args, **kw):
    return run(args, stdout=PIPE, check=True, **kw).stdout
def getoutput(command):
    return run(command, shell=True, stdout=PIPE, stderr=STDOUT, text=True).stdout.rstrip('\n')
class Popen:
    def __init__(self, args, stdout=None, stderr=None, shell=False, cwd=None, env=None, text=False, stdin=None, **kw):
        self.args, self.text = args, text
        self.capture = stdout is not None or stderr is not None
        self.pid = _start(_words(args, shell), self.capture, cwd, env)
        self.returncode = None
    def wait(self, timeout=None):
        if self.returncode is None:
            found = _wait(self.pid, self.capture, timeout)
            if found is None:
                raise TimeoutExpired(self.args, timeout)
            self.returncode, self.out, self.err = found
        return self.returncode
    def communicate(self, input=None, timeout=None):
        self.wait(timeout)
        if not self.capture:
            return None, None
        return (self.out.decode(), self.err.decode()) if self.text else (self.out, self.err)
    def poll(self):
        return self.returncode
    def send_signal(self, number):
        import os
        os.kill(self.pid, number)
    def terminate(self):
        self.send_signal(15)
    def kill(self):
        self.send_signal(9)
    def __enter__(self):
        return self
    def __exit__(self, *args):
        self.wait()
`,
  threading: raw`
_count = 0
class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, daemon=None):
        global _count
        _count += 1
        self.target, self.args, self.kwargs = target, args, kwargs or {}
        self.daemon = bool(daemon)
        self.ident = None
        if name is None:
            name = 'Thread-' + str(_count) + (' (' + target.__name__ + ')' if target else '')
        self.name = name
    def run(self):
        if self.target:
            self.target(*self.args, **self.kwargs)
    def start(self):
        self.ident = _start(self.run, self.daemon)
    def join(self, timeout=None):
        _join(self.ident, timeout)
    def is_alive(self):
        return self.ident is not None and _alive(self.ident)
class Lock:
    def acquire(self, *args, **kw):
        return True
    def release(self):
        pass
    def __enter__(self):
        return True
    def __exit__(self, *args):
        pass
RLock = Lock
class Event:
    def __init__(self):
        self.flag = False
    def is_set(self):
        return self.flag
    def set(self):
        self.flag = True
    def clear(self):
        self.flag = False
    def wait(self, timeout=None):
        import time
        waited = 0
        while not self.flag and (timeout is None or waited < timeout):
            step = 1 if timeout is None else min(1, timeout - waited)
            time.sleep(step)
            waited += step
        return self.flag
class _Main:
    name = 'MainThread'
    daemon = False
    ident = 1
def main_thread():
    return _Main()
def current_thread():
    return _Main()
class Timer(Thread):
    def __init__(self, interval, function, args=(), kwargs=None):
        Thread.__init__(self, target=function, args=args, kwargs=kwargs)
        self.interval = interval
    def run(self):
        import time
        time.sleep(self.interval)
        self.target(*self.args, **self.kwargs)
class local: pass
`,
  random: raw`
def seed(value=None):
    pass
def randint(a, b):
    return a + int(random() * (b - a + 1))
def randrange(a, b=None, step=1):
    if b is None:
        a, b = 0, a
    return a + step * int(random() * ((b - a + step - 1) // step))
def uniform(a, b):
    return a + (b - a) * random()
def choice(items):
    if not len(items):
        raise IndexError('Cannot choose from an empty sequence')
    return items[int(random() * len(items))]
def choices(items, weights=None, k=1):
    return [choice(items) for _ in range(k)]
def shuffle(items):
    for at in range(len(items) - 1, 0, -1):
        other = int(random() * (at + 1))
        items[at], items[other] = items[other], items[at]
def sample(items, k):
    copy = list(items)
    shuffle(copy)
    return copy[:k]
def getrandbits(n):
    return int(random() * 2 ** n)
def gauss(mu=0, sigma=1):
    return mu + sigma * (sum(random() for _ in range(12)) - 6)
class Random:
    def __init__(self, seed=None): pass
    def randint(self, a, b): return randint(a, b)
    def choice(self, items): return choice(items)
    def random(self): return random()
`,
  secrets:
    'import random, os\ndef token_hex(n=32):\n    return os.urandom(n).hex()\ndef token_urlsafe(n=32):\n    return os.urandom(n).hex()\ndef randbelow(n):\n    return random.randint(0, n - 1)\ndef choice(items):\n    return random.choice(items)\n',
  uuid: raw`
import os
class UUID:
    def __init__(self, text):
        self.text = text
    def __str__(self):
        return self.text
    def __repr__(self):
        return "UUID('" + self.text + "')"
    @property
    def hex(self):
        return self.text.replace('-', '')
def uuid4():
    h = os.urandom(16).hex()
    return UUID(h[:8] + '-' + h[8:12] + '-4' + h[13:16] + '-a' + h[17:20] + '-' + h[20:])
uuid1 = uuid4
`,
  pwd: raw`
class struct_passwd:
    def __init__(self, fields):
        self.pw_name, self.pw_passwd, uid, gid, self.pw_gecos, self.pw_dir, self.pw_shell = fields
        self.pw_uid, self.pw_gid = int(uid), int(gid)
    def __getitem__(self, at):
        return [self.pw_name, self.pw_passwd, self.pw_uid, self.pw_gid, self.pw_gecos, self.pw_dir, self.pw_shell][at]
def getpwuid(uid):
    return struct_passwd(_user(uid))
def getpwnam(name):
    return struct_passwd(_user(name))
`,
  getpass:
    'import os\ndef getuser():\n    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):\n        if os.environ.get(name):\n            return os.environ[name]\n    import pwd\n    return pwd.getpwuid(os.getuid())[0]\n',
  shutil: raw`
import os
class _Usage(tuple):
    @property
    def total(self): return self[0]
    @property
    def used(self): return self[1]
    @property
    def free(self): return self[2]
def which(cmd):
    for folder in os.environ.get('PATH', '').split(':'):
        if os.access(folder + '/' + cmd, 1):
            return folder + '/' + cmd
    return None
def copyfile(a, b):
    with open(a, 'rb') as source, open(b, 'wb') as target:
        target.write(source.read())
    return b
def copy(a, b):
    if os.path.isdir(b):
        b = os.path.join(b, os.path.basename(a))
    return copyfile(a, b)
copy2 = copy
def move(a, b):
    os.rename(a, b)
    return b
def rmtree(top, ignore_errors=False):
    if not os.path.lexists(top):
        if ignore_errors:
            return
        raise FileNotFoundError(2, 'No such file or directory', top)
    for name in os.listdir(top):
        inner = os.path.join(top, name)
        if os.path.isdir(inner) and not os.path.islink(inner):
            rmtree(inner)
        else:
            os.remove(inner)
    os.rmdir(top)
`,
  tempfile: raw`
import os
def gettempdir():
    return os.environ.get('TMPDIR', '/tmp')
def mkdtemp(suffix='', prefix='tmp', dir=None):
    name = (dir or gettempdir()) + '/' + prefix + os.urandom(4).hex() + suffix
    os.mkdir(name)
    return name
class TemporaryDirectory:
    def __init__(self):
        self.name = mkdtemp()
    def __enter__(self):
        return self.name
    def __exit__(self, *args):
        import shutil
        shutil.rmtree(self.name)
def NamedTemporaryFile(mode='w', suffix='', delete=True):
    return open(gettempdir() + '/tmp' + os.urandom(4).hex() + suffix, mode.replace('+', '').replace('b', '') )
`,
  glob: raw`
import os, fnmatch
def glob(pattern, recursive=False):
    folder, name = os.path.split(pattern)
    found = [n for n in (os.listdir(folder or '.') if os.path.isdir(folder or '.') else []) if fnmatch.fnmatch(n, name) and not n.startswith('.')]
    return [os.path.join(folder, n) for n in found]
`,
  fnmatch: raw`
import re
def fnmatch(name, pattern):
    return re.fullmatch(re.escape(pattern).replace('\\*', '.*').replace('\\?', '.'), name) is not None
`,
  traceback:
    'def print_exc(*args, **kw):\n    import _native\n    _native.stderr(_native.traceback())\ndef format_exc(*args, **kw):\n    import _native\n    return _native.traceback()\n',
};
