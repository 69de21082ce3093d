const raw = String.raw;

/** Modules for the web, logging, time and dates, JSON, patterns, paths and tests. */
export const NET: Readonly<Record<string, string>> = {
  json: raw`
class JSONDecodeError(ValueError):
    pass
JSONDecodeError.__module__ = 'json.decoder'
def dumps(obj, *, indent=None, sort_keys=False, ensure_ascii=True, separators=None, default=None, **kw):
    item, key = separators or (None, None)
    return _dumps(obj, indent, sort_keys, ensure_ascii, item, key, default)
def loads(text, **kw):
    if isinstance(text, bytes):
        text = text.decode()
    if not isinstance(text, str):
        raise TypeError('the JSON object must be str, bytes or bytearray, not ' + type(text).__name__)
    found = _loads(text)
    if len(found) == 1:
        return found[0]
    message, at = found[1], found[2]
    line = text.count('\n', 0, at) + 1 if False else text[:at].count('\n') + 1
    column = at - text.rfind('\n', 0, at)
    raise JSONDecodeError(message + ': line ' + str(line) + ' column ' + str(column) + ' (char ' + str(at) + ')')
def dump(obj, file, **kw):
    file.write(dumps(obj, **kw))
def load(file, **kw):
    return loads(file.read(), **kw)
`,
  re: raw`
class Match:
    def __init__(self, found, text):
        self._groups, self._start, self._end, self._names = found
        self.string = text
    def group(self, *which):
        if not which:
            return self._groups[0]
        values = [self._names[w] if isinstance(w, str) else self._groups[w] for w in which]
        return values[0] if len(values) == 1 else tuple(values)
    def __getitem__(self, which):
        return self.group(which)
    def groups(self, default=None):
        return tuple(default if g is None else g for g in self._groups[1:])
    def groupdict(self):
        return dict(self._names)
    def start(self, group=0):
        return self._start
    def end(self, group=0):
        return self._end
    def span(self, group=0):
        return (self._start, self._end)
    def __repr__(self):
        return '<re.Match object; span=(' + str(self._start) + ', ' + str(self._end) + '), match=' + repr(self._groups[0]) + '>'
def _made(found, text):
    return None if found is None else Match(found, text)
def search(pattern, text, flags=0):
    return _made(_search(_text(pattern), text, flags), text)
def match(pattern, text, flags=0):
    return _made(_match(_text(pattern), text, flags), text)
def fullmatch(pattern, text, flags=0):
    return _made(_fullmatch(_text(pattern), text, flags), text)
def _text(pattern):
    return pattern.pattern if isinstance(pattern, Pattern) else pattern
def finditer(pattern, text, flags=0):
    for found in _all(_text(pattern), text, flags):
        yield Match(found, text)
def findall(pattern, text, flags=0):
    result = []
    for found in _all(_text(pattern), text, flags):
        groups = found[0]
        if len(groups) == 1:
            result.append(groups[0])
        elif len(groups) == 2:
            result.append(groups[1] or '')
        else:
            result.append(tuple(g or '' for g in groups[1:]))
    return result
def sub(pattern, repl, text, count=0, flags=0):
    return subn(pattern, repl, text, count, flags)[0]
def subn(pattern, repl, text, count=0, flags=0):
    out, at, done = '', 0, 0
    for found in _all(_text(pattern), text, flags):
        if count and done >= count:
            break
        m = Match(found, text)
        out += text[at:m.start()] + (_expand(repl, m) if isinstance(repl, str) else repl(m))
        at = m.end()
        done += 1
    return out + text[at:], done
def _expand(repl, m):
    if '\\' not in repl:
        return repl
    out, at = '', 0
    for found in _all('\\\\(?:(\\d)|g<(\\w+)>|(n)|(t)|(.))', repl, 0):
        groups, start, end = found[0], found[1], found[2]
        out += repl[at:start]
        if groups[1] is not None:
            out += m.group(int(groups[1])) or ''
        elif groups[2] is not None:
            out += (m.group(int(groups[2])) if groups[2].isdigit() else m.group(groups[2])) or ''
        else:
            out += '\n' if groups[3] else '\t' if groups[4] else groups[5]
        at = end
    return out + repl[at:]
def split(pattern, text, maxsplit=0, flags=0):
    parts, at = [], 0
    for found in _all(_text(pattern), text, flags):
        if maxsplit and len(parts) >= maxsplit:
            break
        if found[1] == found[2]:
            continue
        parts.append(text[at:found[1]])
        parts.extend(found[0][1:])
        at = found[2]
    return parts + [text[at:]]
class Pattern:
    def __init__(self, pattern, flags):
        self.pattern, self.flags = pattern, flags
    def search(self, text): return search(self.pattern, text, self.flags)
    def match(self, text): return match(self.pattern, text, self.flags)
    def fullmatch(self, text): return fullmatch(self.pattern, text, self.flags)
    def findall(self, text): return findall(self.pattern, text, self.flags)
    def finditer(self, text): return finditer(self.pattern, text, self.flags)
    def sub(self, repl, text, count=0): return sub(self.pattern, repl, text, count, self.flags)
    def split(self, text, maxsplit=0): return split(self.pattern, text, maxsplit, self.flags)
    def __repr__(self): return 're.compile(' + repr(self.pattern) + ')'
def compile(pattern, flags=0):
    return pattern if isinstance(pattern, Pattern) else Pattern(pattern, flags)
`,
  datetime: raw`
import time as _time
MINYEAR, MAXYEAR = 1, 9999
_DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
_MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
def _leap(y):
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
def _ordinal(y, m, d):
    days = (y - 1) * 365 + (y - 1) // 4 - (y - 1) // 100 + (y - 1) // 400
    return days + sum(_length(y, n) for n in range(1, m)) + d
def _length(y, m):
    return 29 if m == 2 and _leap(y) else [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1]
def _civil(n):
    y = (n * 400) // 146097 + 1
    while _ordinal(y, 1, 1) > n:
        y -= 1
    while _ordinal(y + 1, 1, 1) <= n:
        y += 1
    n -= _ordinal(y, 1, 1)
    m = 1
    while n >= _length(y, m):
        n -= _length(y, m)
        m += 1
    return y, m, n + 1
class timedelta:
    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total = round(((weeks * 7 + days) * 86400 + hours * 3600 + minutes * 60 + seconds) * 1000000 + milliseconds * 1000 + microseconds)
        self._total = total
        self.days = total // 86400000000
        rest = total % 86400000000
        self.seconds, self.microseconds = rest // 1000000, rest % 1000000
    def total_seconds(self):
        return self._total / 1000000
    def __str__(self):
        s = self.seconds
        text = str(s // 3600) + ':' + '%02d:%02d' % (s // 60 % 60, s % 60)
        if self.days:
            text = str(self.days) + (' day, ' if abs(self.days) == 1 else ' days, ') + text
        if self.microseconds:
            text += '.%06d' % self.microseconds
        return text
    def __repr__(self):
        parts = [n + '=' + str(v) for n, v in (('days', self.days), ('seconds', self.seconds), ('microseconds', self.microseconds)) if v]
        return 'datetime.timedelta(' + (', '.join(parts) or '0') + ')'
    def __add__(self, other):
        if isinstance(other, timedelta):
            return timedelta(microseconds=self._total + other._total)
        return other + self
    def __sub__(self, other):
        return timedelta(microseconds=self._total - other._total)
    def __mul__(self, factor):
        return timedelta(microseconds=self._total * factor)
    def __truediv__(self, other):
        return self._total / other._total if isinstance(other, timedelta) else timedelta(microseconds=self._total / other)
    def __neg__(self):
        return timedelta(microseconds=-self._total)
    def __eq__(self, other):
        return isinstance(other, timedelta) and self._total == other._total
    def __lt__(self, other):
        return self._total < other._total
    def __gt__(self, other):
        return self._total > other._total
    def __bool__(self):
        return self._total != 0
class timezone:
    def __init__(self, offset, name=None):
        self.offset = offset
        self.name = name
    def __str__(self):
        return 'UTC'
    def __repr__(self):
        return 'datetime.timezone.utc'
timezone.utc = timezone(timedelta(0))
UTC = timezone.utc
def _strftime(d, pattern):
    import re
    def part(m):
        c = m.group(1)
        if c == 'Y': return '%04d' % d.year
        if c == 'm': return '%02d' % d.month
        if c == 'd': return '%02d' % d.day
        if c == 'e': return '%2d' % d.day
        if c == 'H': return '%02d' % d.hour
        if c == 'I': return '%02d' % (d.hour % 12 or 12)
        if c == 'M': return '%02d' % d.minute
        if c == 'S': return '%02d' % d.second
        if c == 'f': return '%06d' % d.microsecond
        if c == 'y': return '%02d' % (d.year % 100)
        if c == 'A': return _DAYS[d.weekday()]
        if c == 'a': return _DAYS[d.weekday()][:3]
        if c == 'B': return _MONTHS[d.month - 1]
        if c == 'b': return _MONTHS[d.month - 1][:3]
        if c == 'p': return 'AM' if d.hour < 12 else 'PM'
        if c == 'j': return '%03d' % d.timetuple_yday()
        if c == 'F': return '%04d-%02d-%02d' % (d.year, d.month, d.day)
        if c == 'T': return '%02d:%02d:%02d' % (d.hour, d.minute, d.second)
        if c == 'Z': return 'UTC' if d.tzinfo is not None else ''
        if c == 'z': return '+0000' if d.tzinfo is not None else ''
        if c == 'u': return str(d.weekday() + 1)
        return c
    return re.sub('%(.)', part, pattern)
class date:
    hour = minute = second = microsecond = 0
    tzinfo = None
    def __init__(self, year, month, day):
        if not 1 <= month <= 12:
            raise ValueError('month must be in 1..12')
        if not 1 <= day <= _length(year, month):
            raise ValueError('day is out of range for month')
        self.year, self.month, self.day = year, month, day
    @classmethod
    def today(cls):
        now = datetime.now()
        return date(now.year, now.month, now.day)
    @classmethod
    def fromisoformat(cls, text):
        y, m, d = text.split('-')
        return cls(int(y), int(m), int(d))
    def toordinal(self):
        return _ordinal(self.year, self.month, self.day)
    def weekday(self):
        return (self.toordinal() + 6) % 7
    def isoweekday(self):
        return self.weekday() + 1
    def timetuple_yday(self):
        return self.toordinal() - _ordinal(self.year, 1, 1) + 1
    def isoformat(self):
        return '%04d-%02d-%02d' % (self.year, self.month, self.day)
    def strftime(self, pattern):
        return _strftime(self, pattern)
    def __format__(self, spec):
        return _strftime(self, spec) if spec else str(self)
    def __str__(self):
        return self.isoformat()
    def __repr__(self):
        return 'datetime.date(' + str(self.year) + ', ' + str(self.month) + ', ' + str(self.day) + ')'
    def __add__(self, delta):
        return date(*_civil(self.toordinal() + delta.days))
    def __sub__(self, other):
        if isinstance(other, timedelta):
            return date(*_civil(self.toordinal() - other.days))
        return timedelta(days=self.toordinal() - other.toordinal())
    def _key(self):
        return (self.year, self.month, self.day)
    def __eq__(self, other):
        return isinstance(other, date) and self._key() == other._key()
    def __lt__(self, other):
        return self._key() < other._key()
    def __gt__(self, other):
        return self._key() > other._key()
    def __le__(self, other):
        return self._key() <= other._key()
    def __ge__(self, other):
        return self._key() >= other._key()
    def __hash__(self):
        return hash(self._key())
class time:
    def __init__(self, hour=0, minute=0, second=0, microsecond=0):
        self.hour, self.minute, self.second, self.microsecond = hour, minute, second, microsecond
    def isoformat(self):
        return '%02d:%02d:%02d' % (self.hour, self.minute, self.second)
    def __str__(self):
        return self.isoformat()
class datetime(date):
    def __init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        date.__init__(self, year, month, day)
        self.hour, self.minute, self.second, self.microsecond, self.tzinfo = hour, minute, second, microsecond, tzinfo
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_time.time(), tz)
    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(_time.time())
    @classmethod
    def today(cls):
        return cls.now()
    @classmethod
    def fromtimestamp(cls, seconds, tz=None):
        micro = round(seconds * 1000000)
        day, rest = micro // 86400000000, micro % 86400000000
        y, m, d = _civil(day + 719163)
        s = rest // 1000000
        return cls(y, m, d, s // 3600, s // 60 % 60, s % 60, rest % 1000000, tz)
    @classmethod
    def fromisoformat(cls, text):
        day, _, clock = text.replace('T', ' ').partition(' ')
        y, m, d = day.split('-')
        h, mi, s = ((clock or '00:00:00').split('+')[0].rstrip('Z').split(':') + ['0'])[:3]
        return cls(int(y), int(m), int(d), int(h), int(mi), int(float(s)))
    @classmethod
    def strptime(cls, text, pattern):
        import re
        names = []
        def part(m):
            names.append(m.group(1))
            return '(\\d+)'
        found = re.fullmatch(re.sub('%(.)', part, pattern), text)
        if found is None:
            raise ValueError('time data ' + repr(text) + ' does not match format ' + repr(pattern))
        v = dict(zip(names, [int(g) for g in found.groups()]))
        return cls(v.get('Y', 1900), v.get('m', 1), v.get('d', 1), v.get('H', 0), v.get('M', 0), v.get('S', 0))
    def _micro(self):
        return ((self.toordinal() - 719163) * 86400 + self.hour * 3600 + self.minute * 60 + self.second) * 1000000 + self.microsecond
    def timestamp(self):
        return self._micro() / 1000000
    def date(self):
        return date(self.year, self.month, self.day)
    def time(self):
        return time(self.hour, self.minute, self.second, self.microsecond)
    def isoformat(self, sep='T', timespec='auto'):
        text = '%04d-%02d-%02d' % (self.year, self.month, self.day) + sep + '%02d:%02d:%02d' % (self.hour, self.minute, self.second)
        if self.microsecond and timespec == 'auto':
            text += '.%06d' % self.microsecond
        return text + ('+00:00' if self.tzinfo is not None else '')
    def replace(self, **kw):
        v = {n: kw.get(n, getattr(self, n)) for n in ('year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond', 'tzinfo')}
        return datetime(**v)
    def astimezone(self, tz=None):
        return self.replace(tzinfo=tz or timezone.utc)
    def __str__(self):
        return self.isoformat(' ')
    def __repr__(self):
        parts = [self.year, self.month, self.day, self.hour, self.minute] + ([self.second] if self.second or self.microsecond else []) + ([self.microsecond] if self.microsecond else [])
        return 'datetime.datetime(' + ', '.join(str(p) for p in parts) + ')'
    def __add__(self, delta):
        return datetime._of(self._micro() + delta._total, self.tzinfo)
    @classmethod
    def _of(cls, micro, tz):
        y, m, d = _civil(micro // 86400000000 + 719163)
        rest = micro % 86400000000
        s = rest // 1000000
        return datetime(y, m, d, s // 3600, s // 60 % 60, s % 60, rest % 1000000, tz)
    def __sub__(self, other):
        if isinstance(other, timedelta):
            return datetime._of(self._micro() - other._total, self.tzinfo)
        return timedelta(microseconds=self._micro() - other._micro())
    def _key(self):
        return self._micro()
`,
  logging: raw`
import sys, time
DEBUG, INFO, WARNING, WARN, ERROR, CRITICAL, FATAL, NOTSET = 10, 20, 30, 30, 40, 50, 50, 0
_names = {10: 'DEBUG', 20: 'INFO', 30: 'WARNING', 40: 'ERROR', 50: 'CRITICAL', 0: 'NOTSET'}
def getLevelName(level):
    return _names.get(level, 'Level ' + str(level))
def _level(value):
    if isinstance(value, str):
        for number, name in _names.items():
            if name == value.upper():
                return number
        raise ValueError('Unknown level: ' + repr(value))
    return value
class LogRecord:
    def __init__(self, name, level, msg, args):
        import datetime, os, threading
        self.name, self.levelno, self.levelname, self.msg, self.args = name, level, getLevelName(level), msg, args
        self.created = time.time()
        self.process = os.getpid()
        self.threadName = 'MainThread'
        self.module = self.filename = self.funcName = '<module>'
        self.lineno = 1
        self.message = str(msg) % args if args else str(msg)
        self.asctime = datetime.datetime.fromtimestamp(self.created).strftime('%Y-%m-%d %H:%M:%S') + ',%03d' % (int(self.created * 1000) % 1000)
    def getMessage(self):
        return self.message
class Formatter:
    def __init__(self, fmt=None, datefmt=None, style='%'):
        self.fmt, self.datefmt, self.style = fmt or '%(message)s', datefmt, style
    def format(self, record):
        values = dict(record.__dict__)
        if self.datefmt:
            import datetime
            values['asctime'] = datetime.datetime.fromtimestamp(record.created).strftime(self.datefmt)
        return self.fmt.format(**values) if self.style == '{' else self.fmt % values
class Handler:
    def __init__(self):
        self.level, self.formatter = 0, None
    def setLevel(self, level):
        self.level = _level(level)
    def setFormatter(self, formatter):
        self.formatter = formatter
    def handle(self, record):
        if record.levelno >= self.level:
            self.emit((self.formatter or Formatter()).format(record))
class StreamHandler(Handler):
    def __init__(self, stream=None):
        Handler.__init__(self)
        self.stream = stream or sys.stderr
    def emit(self, text):
        self.stream.write(text + '\n')
        self.stream.flush()
class FileHandler(Handler):
    def __init__(self, filename, mode='a'):
        Handler.__init__(self)
        self.file = open(filename, mode)
    def emit(self, text):
        self.file.write(text + '\n')
class NullHandler(Handler):
    def emit(self, text):
        pass
class Logger:
    def __init__(self, name, parent=None):
        self.name, self.parent, self.level, self.handlers, self.propagate = name, parent, 0, [], True
    def setLevel(self, level):
        self.level = _level(level)
    def addHandler(self, handler):
        self.handlers.append(handler)
    def getEffectiveLevel(self):
        return self.level or (self.parent.getEffectiveLevel() if self.parent else 30)
    def isEnabledFor(self, level):
        return level >= self.getEffectiveLevel()
    def hasHandlers(self):
        return bool(self.handlers)
    def log(self, level, msg, *args, exc_info=None, **kw):
        if not self.isEnabledFor(level):
            return
        record = LogRecord(self.name, level, msg, args)
        if exc_info:
            import _native
            record.message += '\n' + _native.traceback().rstrip('\n')
        logger, found = self, 0
        while logger:
            for handler in logger.handlers:
                found += 1
                handler.handle(record)
            logger = logger.parent if logger.propagate else None
        if not found and level >= 30:
            sys.stderr.write(record.message + '\n')
    def debug(self, msg, *args, **kw): self.log(10, msg, *args, **kw)
    def info(self, msg, *args, **kw): self.log(20, msg, *args, **kw)
    def warning(self, msg, *args, **kw): self.log(30, msg, *args, **kw)
    def error(self, msg, *args, **kw): self.log(40, msg, *args, **kw)
    def critical(self, msg, *args, **kw): self.log(50, msg, *args, **kw)
    def exception(self, msg, *args, **kw): self.log(40, msg, *args, exc_info=True, **kw)
root = Logger('root')
root.level = 30
_loggers = {}
def getLogger(name=None):
    if not name or name == 'root':
        return root
    if name not in _loggers:
        _loggers[name] = Logger(name, root)
    return _loggers[name]
def basicConfig(level=None, format=None, datefmt=None, stream=None, filename=None, handlers=None, force=False, filemode='a', style='%', **kw):
    if root.handlers and not force:
        return
    root.handlers = []
    for handler in handlers or [FileHandler(filename, filemode) if filename else StreamHandler(stream)]:
        handler.setFormatter(handler.formatter or Formatter(format or '%(levelname)s:%(name)s:%(message)s', datefmt, style))
        root.addHandler(handler)
    if level is not None:
        root.setLevel(level)
def _root(level, msg, args, kw):
    if not root.handlers:
        basicConfig()
    root.log(level, msg, *args, **kw)
def debug(msg, *args, **kw): _root(10, msg, args, kw)
def info(msg, *args, **kw): _root(20, msg, args, kw)
def warning(msg, *args, **kw): _root(30, msg, args, kw)
def error(msg, *args, **kw): _root(40, msg, args, kw)
def critical(msg, *args, **kw): _root(50, msg, args, kw)
def exception(msg, *args, **kw):
    kw['exc_info'] = True
    _root(40, msg, args, kw)
def disable(level=50): pass
`,
  pathlib: raw`
import os
class Path:
    def __init__(self, *parts):
        text = os.path.join('', *[str(p) for p in parts]) if parts else '.'
        while '//' in text:
            text = text.replace('//', '/')
        if len(text) > 1:
            text = text.rstrip('/')
        while text.startswith('./'):
            text = text[2:]
        self._text = text or '.'
    @classmethod
    def cwd(cls): return cls(os.getcwd())
    @classmethod
    def home(cls): return cls(os.path.expanduser('~'))
    def __fspath__(self): return self._text
    def __str__(self): return self._text
    def __repr__(self): return "PosixPath('" + self._text + "')"
    def __truediv__(self, other): return Path(self._text, other)
    def __rtruediv__(self, other): return Path(other, self._text)
    def __eq__(self, other): return isinstance(other, Path) and self._text == other._text
    def __hash__(self): return hash(self._text)
    def __lt__(self, other): return self._text < other._text
    @property
    def name(self): return os.path.basename(self._text)
    @property
    def stem(self): return os.path.splitext(self.name)[0]
    @property
    def suffix(self): return os.path.splitext(self.name)[1]
    @property
    def parent(self): return Path(os.path.dirname(self._text) or '.')
    @property
    def parents(self):
        found, at = [], self
        while str(at) not in ('/', '.'):
            at = at.parent
            found.append(at)
        return found
    @property
    def parts(self):
        return tuple((['/'] if self._text.startswith('/') else []) + [p for p in self._text.split('/') if p])
    def exists(self): return os.path.exists(self._text)
    def is_file(self): return os.path.isfile(self._text)
    def is_dir(self): return os.path.isdir(self._text)
    def is_symlink(self): return os.path.islink(self._text)
    def read_text(self, encoding=None):
        with open(self._text) as f:
            return f.read()
    def read_bytes(self):
        with open(self._text, 'rb') as f:
            return f.read()
    def write_text(self, text, encoding=None):
        with open(self._text, 'w') as f:
            return f.write(text)
    def write_bytes(self, data):
        with open(self._text, 'wb') as f:
            return f.write(data)
    def open(self, mode='r', **kw): return open(self._text, mode)
    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        if parents:
            os.makedirs(self._text, exist_ok=exist_ok)
        elif not (exist_ok and self.is_dir()):
            os.mkdir(self._text)
    def touch(self, exist_ok=True): open(self._text, 'a').close()
    def unlink(self, missing_ok=False):
        if not (missing_ok and not os.path.lexists(self._text)):
            os.remove(self._text)
    def rmdir(self): os.rmdir(self._text)
    def rename(self, target):
        os.rename(self._text, target)
        return Path(target)
    def stat(self): return os.stat(self._text)
    def chmod(self, mode): os.chmod(self._text, mode)
    def owner(self):
        import pwd
        return pwd.getpwuid(self.stat().st_uid)[0]
    def iterdir(self):
        for name in os.listdir(self._text):
            yield self / name
    def glob(self, pattern):
        import fnmatch
        for top, folders, files in os.walk(self._text) if '**' in pattern else [(self._text, [], os.listdir(self._text))]:
            for name in folders + files:
                if fnmatch.fnmatch(name, pattern.replace('**/', '')):
                    yield Path(top, name)
    def rglob(self, pattern): return self.glob('**/' + pattern)
    def resolve(self, strict=False): return Path(os.path.realpath(self._text))
    def absolute(self): return Path(os.path.abspath(self._text))
    def is_absolute(self): return self._text.startswith('/')
    def with_suffix(self, suffix): return Path(self._text[:len(self._text) - len(self.suffix)] + suffix)
    def with_name(self, name): return self.parent / name
    def joinpath(self, *parts): return Path(self._text, *parts)
    def relative_to(self, other): return Path(os.path.relpath(self._text, str(other)))
    def as_posix(self): return self._text
PurePath = PosixPath = PurePosixPath = Path
`,
  http: raw`
class HTTPStatus:
    OK, CREATED, ACCEPTED, NO_CONTENT, BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, INTERNAL_SERVER_ERROR = 200, 201, 202, 204, 400, 401, 403, 404, 500
`,
  socketserver: raw`
import socket
class TCPServer:
    allow_reuse_address = False
    def __init__(self, server_address, RequestHandlerClass, bind_and_activate=True):
        self.server_address = (server_address[0] or '0.0.0.0', server_address[1])
        self.RequestHandlerClass = RequestHandlerClass
        self.server_name, self.server_port = self.server_address
        socket._listen(server_address[0], server_address[1], self)
    def serve_forever(self, poll_interval=0.5):
        socket._serve(self.server_address[1], self)
    def handle_request(self):
        socket._serve(self.server_address[1], self)
    def shutdown(self):
        pass
    def server_close(self):
        pass
    def __enter__(self):
        return self
    def __exit__(self, *args):
        self.server_close()
    def _answer(self, data, client):
        request = _Request(data, client)
        self.RequestHandlerClass(request, (client, 40000), self)
        return request.out
class _Request:
    def __init__(self, data, client):
        self.data, self.client, self.out = data, client, b''
    def recv(self, size):
        data, self.data = self.data[:size], self.data[size:]
        return data
    def sendall(self, data):
        self.out += data
    def send(self, data):
        self.out += data
        return len(data)
class ThreadingMixIn:
    daemon_threads = True
class ThreadingTCPServer(TCPServer): pass
class BaseRequestHandler:
    def __init__(self, request, client_address, server):
        self.request, self.client_address, self.server = request, client_address, server
        self.setup()
        self.handle()
        self.finish()
    def setup(self): pass
    def handle(self): pass
    def finish(self): pass
class StreamRequestHandler(BaseRequestHandler):
    def setup(self):
        import io
        self.rfile = io.BytesIO(self.request.data)
        self.wfile = _Writer(self.request)
class _Writer:
    def __init__(self, request):
        self.request = request
    def write(self, data):
        if not isinstance(data, (bytes, bytearray)):
            raise TypeError("a bytes-like object is required, not '" + type(data).__name__ + "'")
        self.request.out += data
        return len(data)
    def flush(self):
        pass
`,
  'http.server': raw`
import sys, time, os, socketserver
_REASONS = {200: ('OK', 'Request fulfilled, document follows'), 201: ('Created', 'Document created, URL follows'), 202: ('Accepted', 'Request accepted, processing continues off-line'), 204: ('No Content', 'Request fulfilled, nothing follows'), 301: ('Moved Permanently', 'Object moved permanently -- see URI list'), 302: ('Found', 'Object moved temporarily -- see URI list'), 304: ('Not Modified', 'Document has not changed since given time'), 400: ('Bad Request', 'Bad request syntax or unsupported method'), 401: ('Unauthorized', 'No permission -- see authorization schemes'), 403: ('Forbidden', 'Request forbidden -- authorization will not help'), 404: ('Not Found', 'Nothing matches the given URI'), 405: ('Method Not Allowed', 'Specified method is invalid for this resource'), 500: ('Internal Server Error', 'Server got itself in trouble'), 501: ('Not Implemented', 'Server does not support this operation'), 503: ('Service Unavailable', 'The server cannot process the request due to a high load')}
_ERROR = """<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: %(code)d</p>
        <p>Message: %(message)s.</p>
        <p>Error code explanation: %(code)s - %(explain)s.</p>
    </body>
</html>
"""
class _Headers(dict):
    def __missing__(self, key):
        return None
    def __getitem__(self, key):
        return dict.get(self, key.lower())
    def get(self, key, default=None):
        return dict.get(self, key.lower(), default)
    def __contains__(self, key):
        return dict.get(self, key.lower()) is not None
class HTTPServer(socketserver.TCPServer):
    allow_reuse_address = True
class ThreadingHTTPServer(HTTPServer):
    daemon_threads = True
class BaseHTTPRequestHandler(socketserver.StreamRequestHandler):
    server_version = 'BaseHTTP/0.6'
    sys_version = 'Python/3.13.5'
    protocol_version = 'HTTP/1.0'
    error_message_format = _ERROR
    def setup(self):
        socketserver.StreamRequestHandler.setup(self)
        self._buffer = []
    def handle(self):
        head, _, body = self.request.data.partition(b'\r\n\r\n')
        lines = head.decode().split('\r\n')
        self.requestline = lines[0]
        words = self.requestline.split()
        self.command, self.path, self.request_version = (words + ['', '', 'HTTP/0.9'])[:3]
        self.headers = _Headers()
        for line in lines[1:]:
            name, _, value = line.partition(':')
            dict.__setitem__(self.headers, name.lower(), value.strip())
        import io
        self.rfile = io.BytesIO(body)
        method = getattr(self, 'do_' + self.command, None)
        if method is None:
            self.send_error(501, 'Unsupported method (' + repr(self.command) + ')')
            return
        method()
    def version_string(self):
        return self.server_version + ' ' + self.sys_version
    def date_time_string(self, timestamp=None):
        return time.strftime('%a, %d %b %Y %H:%M:%S GMT', time.gmtime(timestamp))
    def log_date_time_string(self):
        return time.strftime('%d/%b/%Y %H:%M:%S')
    def address_string(self):
        return self.client_address[0]
    def log_request(self, code='-', size='-'):
        self.log_message('"%s" %s %s', self.requestline, str(code), str(size))
    def log_error(self, format, *args):
        self.log_message(format, *args)
    def log_message(self, format, *args):
        sys.stderr.write('%s - - [%s] %s\n' % (self.address_string(), self.log_date_time_string(), format % args))
    def send_response(self, code, message=None):
        code = int(code)
        self.log_request(code)
        self.send_response_only(code, message)
        self.send_header('Server', self.version_string())
        self.send_header('Date', self.date_time_string())
    def send_response_only(self, code, message=None):
        if message is None:
            message = _REASONS.get(code, ('', ''))[0]
        self._buffer.append('%s %d %s\r\n' % (self.protocol_version, code, message))
    def send_header(self, keyword, value):
        self._buffer.append('%s: %s\r\n' % (keyword, value))
    def end_headers(self):
        self._buffer.append('\r\n')
        self.wfile.write(''.join(self._buffer).encode())
        self._buffer = []
    def send_error(self, code, message=None, explain=None):
        code = int(code)
        short, long = _REASONS.get(code, ('???', '???'))
        message = short if message is None else message
        self.log_error('code %d, message %s', code, message)
        self.send_response(code, message)
        self.send_header('Connection', 'close')
        body = (self.error_message_format % {'code': code, 'message': message, 'explain': explain or long}).encode()
        self.send_header('Content-Type', 'text/html;charset=utf-8')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(body)
class SimpleHTTPRequestHandler(BaseHTTPRequestHandler):
    server_version = 'SimpleHTTP/0.6'
    directory = None
    extensions_map = {'.html': 'text/html', '.htm': 'text/html', '.txt': 'text/plain', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.py': 'text/x-python', '.png': 'image/png', '.jpg': 'image/jpeg', '.svg': 'image/svg+xml', '.md': 'text/markdown', '.xml': 'text/xml', '.csv': 'text/csv', '.pdf': 'application/pdf', '.zip': 'application/zip', '.gz': 'application/gzip', '.sh': 'application/x-sh', '.c': 'text/plain'}
    def do_GET(self):
        body = self.send_head()
        if body is not None:
            self.wfile.write(body)
    def do_HEAD(self):
        self.send_head()
    def guess_type(self, path):
        return self.extensions_map.get(os.path.splitext(path)[1].lower(), 'application/octet-stream')
    def send_head(self):
        from urllib.parse import unquote
        plain = unquote(self.path.split('?')[0].split('#')[0])
        path = os.path.normpath((self.directory or os.getcwd()) + '/' + os.path.normpath(plain))
        if os.path.isdir(path):
            if not plain.endswith('/'):
                self.send_response(301)
                self.send_header('Location', plain + '/')
                self.send_header('Content-Length', '0')
                self.end_headers()
                return None
            for name in ('index.html', 'index.htm'):
                if os.path.isfile(os.path.join(path, name)):
                    path = os.path.join(path, name)
                    break
            else:
                return self.list_directory(path, plain)
        if plain.endswith('/') and not path.endswith(('index.html', 'index.htm')):
            self.send_error(404, 'File not found')
            return None
        try:
            with open(path, 'rb') as file:
                body = file.read()
        except OSError:
            self.send_error(404, 'File not found')
            return None
        self.send_response(200)
        self.send_header('Content-type', self.guess_type(path))
        self.send_header('Content-Length', str(len(body)))
        self.send_header('Last-Modified', self.date_time_string(os.stat(path).st_mtime))
        self.end_headers()
        return body
    def list_directory(self, path, shown):
        try:
            names = os.listdir(path)
        except OSError:
            self.send_error(404, 'No permission to list directory')
            return None
        names.sort(key=lambda name: name.lower())
        title = 'Directory listing for ' + shown
        out = ['<!DOCTYPE HTML>', '<html lang="en">', '<head>', '<meta charset="utf-8">', '<title>' + title + '</title>\n</head>', '<body>\n<h1>' + title + '</h1>', '<hr>\n<ul>']
        from urllib.parse import quote
        for name in names:
            full = os.path.join(path, name)
            display = link = name
            if os.path.isdir(full):
                display = link = name + '/'
            if os.path.islink(full):
                display = name + '@'
            out.append('<li><a href="' + quote(link) + '">' + display.replace('&', '&amp;').replace('<', '&lt;') + '</a></li>')
        out.append('</ul>\n<hr>\n</body>\n</html>\n')
        body = '\n'.join(out).encode()
        self.send_response(200)
        self.send_header('Content-type', 'text/html; charset=utf-8')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        return body
def test(HandlerClass, port, bind, directory):
    HandlerClass.directory = directory
    with ThreadingHTTPServer((bind or '', port), HandlerClass) as httpd:
        host = bind or '0.0.0.0'
        url_host = '[' + host + ']' if ':' in host else host
        print('Serving HTTP on ' + host + ' port ' + str(port) + ' (http://' + url_host + ':' + str(port) + '/) ...')
        try:
            httpd.serve_forever()
        except KeyboardInterrupt:
            print('\nKeyboard interrupt received, exiting.')
            sys.exit(0)
`,
  'http.server.__main__': raw`
import sys
_USAGE = 'usage: server.py [-h] [--cgi] [-b ADDRESS] [-d DIRECTORY] [-p VERSION] [port]\n'
def _fail(message):
    sys.stderr.write(_USAGE + 'server.py: error: ' + message + '\n')
    sys.exit(2)
def _main():
    port, bind, directory = 8000, None, None
    args = sys.argv[1:]
    seen = False
    while args:
        arg = args.pop(0)
        if arg in ('-h', '--help'):
            print(_USAGE)
            sys.exit(0)
        name, eq, value = arg.partition('=')
        if name in ('-b', '--bind', '-d', '--directory', '-p', '--protocol'):
            if not eq:
                if not args:
                    _fail('argument ' + {'-b': '-b/--bind', '--bind': '-b/--bind'}.get(name, '-d/--directory') + ': expected one argument')
                value = args.pop(0)
            if name in ('-b', '--bind'):
                bind = value
            elif name in ('-d', '--directory'):
                directory = value
        elif arg == '--cgi':
            pass
        elif arg.startswith('-') or seen:
            _fail('unrecognized arguments: ' + arg)
        else:
            if not arg.isdigit():
                _fail("argument port: invalid int value: '" + arg + "'")
            port, seen = int(arg), True
    import http.server
    http.server.test(http.server.SimpleHTTPRequestHandler, port, bind, directory)
_main()
`,
  'json.tool.__main__': raw`
import sys, json
_names = [a for a in sys.argv[1:] if not a.startswith('-')]
_text = open(_names[0]).read() if _names and _names[0] != '-' else sys.stdin.read()
try:
    print(json.dumps(json.loads(_text), indent=4, sort_keys='--sort-keys' in sys.argv, ensure_ascii=False if '--no-ensure-ascii' in sys.argv else True))
except ValueError as e:
    sys.exit(e)
`,
  urllib: '',
  'urllib.error': raw`
class URLError(OSError):
    def __init__(self, reason, filename=None):
        self.reason = reason
    def __str__(self):
        return '<urlopen error ' + str(self.reason) + '>'
class HTTPError(URLError):
    def __init__(self, url, code, msg, hdrs, fp):
        self.url, self.code, self.msg, self.headers, self.fp = url, code, msg, hdrs, fp
        self.status, self.reason = code, msg
    def __str__(self):
        return 'HTTP Error ' + str(self.code) + ': ' + self.msg
    def read(self):
        return self.fp
`,
  'urllib.parse': raw`
_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~'
def quote(text, safe='/'):
    return ''.join(chr(b) if chr(b) in _SAFE + safe else '%%%02X' % b for b in text.encode())
def quote_plus(text, safe=''):
    return quote(text, safe + ' ').replace(' ', '+')
def unquote(text):
    out = b''
    at = 0
    data = text.encode()
    while at < len(data):
        if data[at:at + 1] == b'%' and at + 2 < len(data) + 0:
            out += bytes([int(data[at + 1:at + 3].decode(), 16)])
            at += 3
        else:
            out += data[at:at + 1]
            at += 1
    return out.decode()
def unquote_plus(text):
    return unquote(text.replace('+', ' '))
def urlencode(query):
    pairs = query.items() if isinstance(query, dict) else query
    return '&'.join(quote_plus(str(k)) + '=' + quote_plus(str(v)) for k, v in pairs)
def parse_qsl(text, **kw):
    return [(unquote_plus(p.partition('=')[0]), unquote_plus(p.partition('=')[2])) for p in text.split('&') if p]
def parse_qs(text, **kw):
    found = {}
    for k, v in parse_qsl(text):
        found.setdefault(k, []).append(v)
    return found
class ParseResult:
    def __init__(self, scheme, netloc, path, query, fragment):
        self.scheme, self.netloc, self.path, self.params, self.query, self.fragment = scheme, netloc, path, '', query, fragment
    @property
    def hostname(self):
        return self.netloc.rpartition('@')[2].partition(':')[0] or None
    @property
    def port(self):
        p = self.netloc.rpartition('@')[2].partition(':')[2]
        return int(p) if p else None
    @property
    def username(self):
        return self.netloc.rpartition('@')[0].partition(':')[0] or None
    def __repr__(self):
        return 'ParseResult(scheme=%r, netloc=%r, path=%r, params=%r, query=%r, fragment=%r)' % (self.scheme, self.netloc, self.path, '', self.query, self.fragment)
def urlparse(url, scheme=''):
    rest, _, fragment = url.partition('#')
    rest, _, query = rest.partition('?')
    netloc = ''
    if '://' in rest:
        scheme, _, rest = rest.partition('://')
        netloc, slash, path = rest.partition('/')
        rest = slash + path
    return ParseResult(scheme, netloc, rest, query, fragment)
urlsplit = urlparse
def urljoin(base, url):
    if '://' in url:
        return url
    p = urlparse(base)
    return p.scheme + '://' + p.netloc + (url if url.startswith('/') else p.path.rpartition('/')[0] + '/' + url)
`,
  'urllib.request': raw`
import socket
from urllib.error import URLError, HTTPError
from urllib.parse import urlparse
class Request:
    def __init__(self, url, data=None, headers=None, method=None):
        self.full_url, self.data, self.headers, self.method = url, data, dict(headers or {}), method
    def add_header(self, name, value):
        self.headers[name] = value
class _Headers(dict):
    def __getitem__(self, key):
        for name, value in self.items():
            if name.lower() == key.lower():
                return value
        return None
    def get(self, key, default=None):
        found = self[key]
        return default if found is None else found
    def get_content_charset(self, default=None):
        return default
class _Response:
    def __init__(self, url, status, reason, headers, body):
        self.url, self.status, self.code, self.reason, self.msg, self.headers, self._body = url, status, status, reason, reason, headers, body
    def read(self, size=-1):
        if size is None or size < 0:
            body, self._body = self._body, b''
            return body
        body, self._body = self._body[:size], self._body[size:]
        return body
    def readline(self):
        line, sep, rest = self._body.partition(b'\n')
        self._body = rest
        return line + sep
    def __iter__(self):
        while self._body:
            yield self.readline()
    def getcode(self):
        return self.status
    def geturl(self):
        return self.url
    def info(self):
        return self.headers
    def getheader(self, name, default=None):
        return self.headers.get(name, default)
    def close(self):
        pass
    def __enter__(self):
        return self
    def __exit__(self, *args):
        pass
def _over(sock, method, host, url, body, headers):
    lines = [method + ' ' + url + ' HTTP/1.1', 'Host: ' + host, 'Accept-Encoding: identity']
    if body is not None:
        lines.append('Content-Length: ' + str(len(body)))
    lines += [k + ': ' + v for k, v in headers.items()]
    sock.sendall(('\r\n'.join(lines) + '\r\n\r\n').encode() + (body or b''))
    answer = b''
    while True:
        part = sock.recv(65536)
        if not part:
            break
        answer += part
    head, _, body = answer.partition(b'\r\n\r\n')
    head = head.decode().split('\r\n')
    words = head[0].split(' ', 2)
    found = _Headers((line.partition(': ')[0], line.partition(': ')[2]) for line in head[1:])
    return _Response(url, int(words[1]), words[2] if len(words) > 2 else '', found, body)
def urlopen(url, data=None, timeout=None, **kw):
    request = url if isinstance(url, Request) else Request(url, data)
    address = request.full_url
    data = request.data
    for _ in range(10):
        parts = urlparse(address)
        if parts.scheme == '':
            raise ValueError('unknown url type: ' + repr(address))
        if parts.scheme != 'http':
            raise URLError('unknown url type: ' + parts.scheme if parts.scheme != 'https' else OSError(101, 'Network is unreachable'))
        method = request.method or ('POST' if data is not None else 'GET')
        target = (parts.path or '/') + ('?' + parts.query if parts.query else '')
        lines = [method + ' ' + target + ' HTTP/1.1', 'Accept-Encoding: identity']
        if data is not None:
            if isinstance(data, str):
                raise TypeError('POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type str.')
            lines.append('Content-Type: application/x-www-form-urlencoded')
            lines.append('Content-Length: ' + str(len(data)))
        lines += ['Host: ' + parts.netloc, 'User-Agent: Python-urllib/3.13'] + [k + ': ' + v for k, v in request.headers.items()] + ['Connection: close']
        try:
            ip = socket.gethostbyname(parts.hostname)
            answer = socket._request(ip, parts.port or 80, ('\r\n'.join(lines) + '\r\n\r\n').encode() + (data or b''), timeout)
        except OSError as error:
            raise URLError(error)
        head, _, body = answer.partition(b'\r\n\r\n')
        head = head.decode().split('\r\n')
        words = head[0].split(' ', 2)
        status = int(words[1])
        headers = _Headers((line.partition(': ')[0], line.partition(': ')[2]) for line in head[1:])
        if status in (301, 302, 303, 307, 308) and headers['Location']:
            from urllib.parse import urljoin
            address, data = urljoin(address, headers['Location']), None
            continue
        reason = words[2] if len(words) > 2 else ''
        if status >= 300:
            raise HTTPError(address, status, reason, headers, body)
        return _Response(address, status, reason, headers, body)
def urlretrieve(url, filename):
    with urlopen(url) as response, open(filename, 'wb') as file:
        file.write(response.read())
    return filename, response.headers
`,
  'http.client': raw`
import urllib.request, urllib.error
class HTTPConnection:
    def __init__(self, host, port=80, timeout=None):
        self.host, self.port, self.timeout = host, port, timeout
        if ':' in host:
            self.host, _, port = host.partition(':')
            self.port = int(port)
        self.sock = None
    def request(self, method, url, body=None, headers=None):
        if isinstance(body, str):
            body = body.encode()
        if self.sock is not None:
            self.response = urllib.request._over(self.sock, method, self.host, url, body, headers or {})
            return
        request = urllib.request.Request('http://' + self.host + ':' + str(self.port) + url, body, headers, method)
        try:
            self.response = urllib.request.urlopen(request, timeout=self.timeout)
        except urllib.error.HTTPError as error:
            self.response = urllib.request._Response(error.url, error.code, error.msg, error.headers, error.fp)
        except urllib.error.URLError as error:
            raise error.reason
    def getresponse(self):
        return self.response
    def close(self):
        pass
`,
  hashlib: raw`
class _Hash:
    def __init__(self, data=b''):
        self.data = data
    def update(self, data):
        self.data += data
    def hexdigest(self):
        return _sha256(self.data)
    def digest(self):
        return bytes.fromhex(self.hexdigest())
def sha256(data=b''):
    return _Hash(data)
`,
  base64: raw`
def b64encode(data):
    return _encode(data).encode()
def b64decode(data):
    return _decode(data.decode() if isinstance(data, bytes) else data)
`,
  queue:
    'class Empty(Exception):\n    pass\nclass Queue:\n    def __init__(self, maxsize=0):\n        self.items = []\n    def put(self, item, *args, **kw):\n        self.items.append(item)\n    def get(self, *args, **kw):\n        import time\n        while not self.items:\n            time.sleep(0.1)\n        return self.items.pop(0)\n    def empty(self):\n        return not self.items\n    def qsize(self):\n        return len(self.items)\n    def task_done(self):\n        pass\n    def join(self):\n        pass\n',
  csv: raw`
def reader(lines, delimiter=','):
    for line in lines:
        yield line.rstrip('\n').split(delimiter)
class DictReader:
    def __init__(self, lines, delimiter=','):
        self.rows = reader(lines, delimiter)
        self.fieldnames = next(self.rows)
    def __iter__(self):
        for row in self.rows:
            yield dict(zip(self.fieldnames, row))
class writer:
    def __init__(self, file, delimiter=','):
        self.file, self.delimiter = file, delimiter
    def writerow(self, row):
        self.file.write(self.delimiter.join(str(x) for x in row) + '\r\n')
    def writerows(self, rows):
        for row in rows:
            self.writerow(row)
`,
  argparse: raw`
import sys, os
class Namespace:
    def __repr__(self):
        return 'Namespace(' + ', '.join(k + '=' + repr(v) for k, v in self.__dict__.items()) + ')'
class _Argument:
    def __init__(self, flags, kw):
        self.flags = flags
        self.optional = flags[0].startswith('-')
        long = [f for f in flags if f.startswith('--')] or list(flags)
        self.dest = kw.get('dest') or long[0].lstrip('-').replace('-', '_')
        self.action = kw.get('action', 'store')
        self.type = kw.get('type')
        self.nargs = kw.get('nargs')
        self.default = kw.get('default', False if self.action == 'store_true' else True if self.action == 'store_false' else 0 if False else None)
        self.choices = kw.get('choices')
        self.help = kw.get('help')
        self.required = kw.get('required', False)
        self.metavar = kw.get('metavar')
        self.version = kw.get('version')
        self.const = kw.get('const')
    def takes(self):
        return self.action in ('store', 'append')
    def shown(self):
        if self.metavar:
            return self.metavar
        if self.choices:
            return '{' + ','.join(str(c) for c in self.choices) + '}'
        return self.dest.upper() if self.optional else self.dest
    def name(self):
        return '/'.join(self.flags) if self.optional else (self.metavar or self.dest)
def _head(a):
    return ', '.join(a.flags) + (' ' + a.shown() if a.takes() else '') if a.optional else a.shown()
class ArgumentParser:
    def __init__(self, prog=None, description=None, epilog=None, **kw):
        self.prog = prog or os.path.basename(sys.argv[0])
        self.description, self.epilog = description, epilog
        self.arguments = [_Argument(['-h', '--help'], {'action': 'help', 'help': 'show this help message and exit'})]
    def add_argument(self, *flags, **kw):
        made = _Argument(flags, kw)
        self.arguments.append(made)
        return made
    def add_argument_group(self, *args, **kw):
        return self
    def _usage(self):
        parts = []
        for a in self.arguments:
            if a.optional:
                text = a.flags[0] + (' ' + a.shown() if a.takes() else '')
                parts.append(text if a.required else '[' + text + ']')
        for a in self.arguments:
            if not a.optional:
                parts.append({'?': '[' + a.shown() + ']', '*': '[' + a.shown() + ' ...]', '+': a.shown() + ' [' + a.shown() + ' ...]'}.get(a.nargs, a.shown()))
        return 'usage: ' + ' '.join([self.prog] + parts) + '\n'
    def format_help(self):
        text = self._usage() + '\n'
        if self.description:
            text += self.description + '\n\n'
        def rows(title, found):
            lines = title + ':\n'
            for a in found:
                head = _head(a)
                if not a.help:
                    lines += '  ' + head + '\n'
                elif len(head) < width - 3:
                    lines += '  ' + head.ljust(width - 2) + a.help + '\n'
                else:
                    lines += '  ' + head + '\n' + ' ' * width + a.help + '\n'
            return lines
        heads = [len(_head(a)) for a in self.arguments]
        width = min(24, max(heads) + 4)
        positional = [a for a in self.arguments if not a.optional]
        if positional:
            text += rows('positional arguments', positional) + '\n'
        return text + rows('options', [a for a in self.arguments if a.optional])
    def print_help(self):
        sys.stdout.write(self.format_help())
    def error(self, message):
        sys.stderr.write(self._usage() + self.prog + ': error: ' + message + '\n')
        sys.exit(2)
    def _value(self, a, text):
        if a.type is not None:
            try:
                text = a.type(text)
            except ValueError:
                self.error('argument ' + a.name() + ': invalid ' + a.type.__name__ + ' value: ' + repr(text))
        if a.choices and text not in a.choices:
            self.error('argument ' + a.name() + ': invalid choice: ' + repr(text) + ' (choose from ' + ', '.join(str(c) for c in a.choices) + ')')
        return text
    def parse_args(self, args=None):
        words = list(sys.argv[1:] if args is None else args)
        result = Namespace()
        for a in self.arguments:
            if a.action not in ('help', 'version'):
                setattr(result, a.dest, a.default)
        plain, extra, seen = [], [], set()
        while words:
            word = words.pop(0)
            if word == '--':
                plain += words
                break
            if not word.startswith('-') or word == '-':
                plain.append(word)
                continue
            flag, eq, value = word.partition('=')
            found = None
            for a in self.arguments:
                if a.optional and flag in a.flags:
                    found = a
            if found is None and not word.startswith('--') and len(word) > 2:
                for a in self.arguments:
                    if a.optional and word[:2] in a.flags and a.takes():
                        found, value, eq = a, word[2:], '='
            if found is None:
                extra.append(word)
                continue
            seen.add(found.dest)
            if found.action == 'help':
                self.print_help()
                sys.exit(0)
            elif found.action == 'version':
                print(found.version)
                sys.exit(0)
            elif found.action == 'store_true':
                setattr(result, found.dest, True)
            elif found.action == 'store_false':
                setattr(result, found.dest, False)
            elif found.action == 'store_const':
                setattr(result, found.dest, found.const)
            elif found.action == 'count':
                setattr(result, found.dest, (getattr(result, found.dest) or 0) + 1)
            elif found.nargs in ('*', '+'):
                values = []
                while words and not words[0].startswith('-'):
                    values.append(self._value(found, words.pop(0)))
                setattr(result, found.dest, values)
            else:
                if not eq:
                    if not words or (words[0].startswith('-') and not words[0][1:].isdigit()):
                        self.error('argument ' + found.name() + ': expected one argument')
                    value = words.pop(0)
                value = self._value(found, value)
                if found.action == 'append':
                    value = (getattr(result, found.dest) or []) + [value]
                setattr(result, found.dest, value)
        missing = []
        for a in self.arguments:
            if a.optional:
                if a.required and a.dest not in seen:
                    missing.append(a.name())
                continue
            if a.nargs in ('*', '+'):
                if a.nargs == '+' and not plain:
                    missing.append(a.name())
                else:
                    setattr(result, a.dest, [self._value(a, p) for p in plain])
                    plain = []
            elif plain:
                setattr(result, a.dest, self._value(a, plain.pop(0)))
            elif a.nargs != '?':
                missing.append(a.name())
        if missing:
            self.error('the following arguments are required: ' + ', '.join(missing))
        if plain or extra:
            self.error('unrecognized arguments: ' + ' '.join(extra + plain))
        return result
`,
  unittest: raw`
import sys, time
class SkipTest(Exception): pass
class _Raises:
    def __init__(self, kind):
        self.kind, self.exception = kind, None
    def __enter__(self):
        return self
    def __exit__(self, kind, error, trace):
        if kind is None:
            raise AssertionError(self.kind.__name__ + ' not raised')
        if issubclass(kind, self.kind):
            self.exception = error
            return True
        return False
class TestCase:
    failureException = AssertionError
    def setUp(self): pass
    def tearDown(self): pass
    def _fail(self, message, msg):
        raise AssertionError(message if msg is None else message + ' : ' + str(msg))
    def assertEqual(self, a, b, msg=None):
        if not a == b:
            self._fail(repr(a) + ' != ' + repr(b), msg)
    def assertNotEqual(self, a, b, msg=None):
        if a == b:
            self._fail(repr(a) + ' == ' + repr(b), msg)
    def assertTrue(self, a, msg=None):
        if not a:
            self._fail(repr(a) + ' is not true', msg)
    def assertFalse(self, a, msg=None):
        if a:
            self._fail(repr(a) + ' is not false', msg)
    def assertIn(self, a, b, msg=None):
        if a not in b:
            self._fail(repr(a) + ' not found in ' + repr(b), msg)
    def assertIsNone(self, a, msg=None):
        if a is not None:
            self._fail(repr(a) + ' is not None', msg)
    def assertIsNotNone(self, a, msg=None):
        if a is None:
            self._fail('unexpectedly None', msg)
    def assertAlmostEqual(self, a, b, places=7, msg=None):
        if round(a - b, places) != 0:
            self._fail(repr(a) + ' != ' + repr(b) + ' within ' + str(places) + ' places', msg)
    def assertGreater(self, a, b, msg=None):
        if not a > b:
            self._fail(repr(a) + ' not greater than ' + repr(b), msg)
    def assertRaises(self, kind, func=None, *args, **kw):
        if func is None:
            return _Raises(kind)
        with _Raises(kind):
            func(*args, **kw)
    def fail(self, msg=None):
        raise AssertionError(msg)
def skip(reason):
    return lambda func: func
def _cases(module):
    for name in sorted(module.__dict__):
        value = getattr(module, name)
        if isinstance(value, type) and issubclass(value, TestCase) and value is not TestCase:
            yield value
def _run(modules, verbose):
    import _native
    started = time.time()
    count, failures, errors = 0, [], []
    for module in modules:
        for case in _cases(module):
            for name in sorted(dir(case)):
                if not name.startswith('test'):
                    continue
                count += 1
                test = case()
                label = name + ' (' + module.__name__ + '.' + case.__name__ + '.' + name + ')'
                if verbose:
                    sys.stderr.write(label + ' ... ')
                try:
                    test.setUp()
                    getattr(test, name)()
                    test.tearDown()
                    sys.stderr.write('ok\n' if verbose else '.')
                except AssertionError:
                    failures.append(('FAIL', label, _native.traceback()))
                    sys.stderr.write('FAIL\n' if verbose else 'F')
                except Exception:
                    errors.append(('ERROR', label, _native.traceback()))
                    sys.stderr.write('ERROR\n' if verbose else 'E')
    sys.stderr.write('\n')
    for kind, label, text in errors + failures:
        sys.stderr.write('=' * 70 + '\n' + kind + ': ' + label + '\n' + '-' * 70 + '\n' + text + '\n')
    sys.stderr.write('-' * 70 + '\n')
    sys.stderr.write('Ran ' + str(count) + (' test' if count == 1 else ' tests') + ' in %.3fs\n\n' % (time.time() - started))
    if failures or errors:
        parts = (['failures=' + str(len(failures))] if failures else []) + (['errors=' + str(len(errors))] if errors else [])
        sys.stderr.write('FAILED (' + ', '.join(parts) + ')\n')
        return 1
    sys.stderr.write('NO TESTS RAN\n' if count == 0 else 'OK\n')
    return 5 if count == 0 else 0
def main(*args, verbosity=1, **kw):
    import __main__
    sys.exit(_run([__main__], '-v' in sys.argv or verbosity > 1))
`,
  'unittest.__main__': raw`
import sys, os, unittest
_names = [a for a in sys.argv[1:] if not a.startswith('-') and a != 'discover']
if not _names:
    _names = sorted(n[:-3] for n in os.listdir('.') if n.startswith('test') and n.endswith('.py'))
sys.exit(unittest._run([__import__(n.replace('.py', '').replace('/', '.')) for n in _names], '-v' in sys.argv))
`,
};
