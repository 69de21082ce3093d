const raw = String.raw;

/** Modules written in Python itself: collections, functions, classes. */
export const BASICS: Readonly<Record<string, string>> = {
  collections: raw`
class Counter(dict):
    def __init__(self, iterable=None, **kw):
        self.update(iterable, **kw)
    def update(self, iterable=None, **kw):
        if iterable is not None:
            if isinstance(iterable, dict):
                for key, value in iterable.items():
                    self[key] = self[key] + value
            else:
                for item in iterable:
                    self[item] = self[item] + 1
        for key, value in kw.items():
            self[key] = self[key] + value
    def __missing__(self, key):
        return 0
    def most_common(self, n=None):
        found = sorted(self.items(), key=lambda entry: entry[1], reverse=True)
        return found if n is None else found[:n]
    def elements(self):
        for key, count in self.items():
            for _ in range(count):
                yield key
    def total(self):
        return sum(self.values())
    def __repr__(self):
        if not len(self.keys()):
            return 'Counter()'
        return 'Counter({' + ', '.join(repr(k) + ': ' + repr(v) for k, v in self.most_common()) + '})'

class defaultdict(dict):
    def __init__(self, default_factory=None, *args, **kw):
        self.default_factory = default_factory
        dict.update(self, *args, **kw)
    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self.default_factory()
        self[key] = value
        return value
    def __repr__(self):
        return 'defaultdict(' + repr(self.default_factory) + ', {' + ', '.join(repr(k) + ': ' + repr(v) for k, v in self.items()) + '})'

class OrderedDict(dict):
    def __repr__(self):
        return 'OrderedDict({' + ', '.join(repr(k) + ': ' + repr(v) for k, v in self.items()) + '})'
    def move_to_end(self, key, last=True):
        value = self.pop(key)
        self[key] = value

class deque(list):
    def __init__(self, iterable=(), maxlen=None):
        self.maxlen = maxlen
        for item in iterable:
            self.append(item)
    def append(self, item):
        list.append(self, item)
        if self.maxlen is not None and len(self) > self.maxlen:
            self.pop(0)
    def appendleft(self, item):
        self.insert(0, item)
    def popleft(self):
        if not len(self):
            raise IndexError('pop from an empty deque')
        return list.pop(self, 0)
    def rotate(self, n=1):
        for _ in range(n):
            self.insert(0, list.pop(self))
    def __repr__(self):
        return 'deque([' + ', '.join(repr(item) for item in self) + ']' + (', maxlen=' + str(self.maxlen) if self.maxlen is not None else '') + ')'

def namedtuple(name, fields, defaults=(), **kw):
    if isinstance(fields, str):
        fields = fields.replace(',', ' ').split()
    fields = list(fields)
    def __new__(cls, *args, **kw):
        values = list(args)
        for field in fields[len(values):]:
            if field in kw:
                values.append(kw[field])
            else:
                at = fields.index(field) - (len(fields) - len(defaults))
                if at < 0:
                    raise TypeError(name + ".__new__() missing 1 required positional argument: '" + field + "'")
                values.append(defaults[at])
        return _make_tuple(cls, values)
    def __repr__(self):
        return name + '(' + ', '.join(f + '=' + repr(v) for f, v in zip(fields, self)) + ')'
    def _asdict(self):
        return dict(zip(fields, self))
    def _replace(self, **kw):
        return cls(*[kw.get(f, v) for f, v in zip(fields, self)])
    def getter(at):
        return property(lambda self: self[at])
    space = {'__new__': __new__, '__repr__': __repr__, '_asdict': _asdict, '_replace': _replace, '_fields': tuple(fields)}
    for at, field in enumerate(fields):
        space[field] = getter(at)
    cls = type(name, (tuple,), space)
    return cls

class ChainMap(dict):
    pass
`,
  'collections.abc': raw`
class Iterable: pass
class Mapping: pass
class MutableMapping(dict): pass
class Sequence: pass
class Callable: pass
class Iterator: pass
class Generator: pass
`,
  functools: raw`
def wraps(wrapped):
    def decorate(func):
        func.__name__ = wrapped.__name__
        func.__wrapped__ = wrapped
        return func
    return decorate
def reduce(function, sequence, *initial):
    it = iter(sequence)
    value = initial[0] if initial else next(it)
    for item in it:
        value = function(value, item)
    return value
def partial(func, *args, **kw):
    def call(*more, **others):
        return func(*args, *more, **{**kw, **others})
    return call
def lru_cache(maxsize=128, typed=False):
    def decorate(func):
        known = {}
        def call(*args, **kw):
            key = (args, tuple(sorted(kw.items())))
            if key not in known:
                known[key] = func(*args, **kw)
            return known[key]
        def cache_clear():
            known.clear()
        call.cache_clear = cache_clear
        return call
    if callable(maxsize):
        func, maxsize = maxsize, 128
        return decorate(func)
    return decorate
def cache(func):
    return lru_cache(None)(func)
def cached_property(func):
    return property(func)
def total_ordering(cls):
    return cls
def cmp_to_key(mycmp):
    class K:
        def __init__(self, obj):
            self.obj = obj
        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0
    return K
`,
  itertools: raw`
def count(start=0, step=1):
    while True:
        yield start
        start += step
def cycle(iterable):
    items = list(iterable)
    while items:
        for item in items:
            yield item
def repeat(value, times=None):
    if times is None:
        while True:
            yield value
    for _ in range(times):
        yield value
def chain(*iterables):
    for iterable in iterables:
        yield from iterable
def islice(iterable, *args):
    s = slice(*args)
    start, stop, step = s.start or 0, s.stop, s.step or 1
    at, wanted = 0, start
    if stop is not None and stop <= start:
        return
    for item in iterable:
        if at == wanted:
            yield item
            wanted += step
        at += 1
        if stop is not None and at >= stop:
            return
def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item
def dropwhile(predicate, iterable):
    dropping = True
    for item in iterable:
        if dropping and predicate(item):
            continue
        dropping = False
        yield item
def accumulate(iterable, func=None):
    total = None
    first = True
    for item in iterable:
        total = item if first else (total + item if func is None else func(total, item))
        first = False
        yield total
def product(*iterables, repeat=1):
    pools = [tuple(pool) for pool in iterables] * repeat
    result = [[]]
    for pool in pools:
        result = [x + [y] for x in result for y in pool]
    for prod in result:
        yield tuple(prod)
def permutations(iterable, r=None):
    pool = tuple(iterable)
    n = len(pool)
    r = n if r is None else r
    for indices in product(range(n), repeat=r):
        if len(set(indices)) == r:
            yield tuple(pool[i] for i in indices)
def combinations(iterable, r):
    pool = tuple(iterable)
    for indices in permutations(range(len(pool)), r):
        if sorted(indices) == list(indices):
            yield tuple(pool[i] for i in indices)
def zip_longest(*iterables, fillvalue=None):
    lists = [list(i) for i in iterables]
    for at in range(max(len(l) for l in lists)):
        yield tuple(l[at] if at < len(l) else fillvalue for l in lists)
def groupby(iterable, key=None):
    key = key or (lambda x: x)
    group = []
    current = None
    for item in iterable:
        k = key(item)
        if group and k != current:
            yield current, iter(group)
            group = []
        current = k
        group.append(item)
    if group:
        yield current, iter(group)
`,
  dataclasses: raw`
import _native
class _Missing: pass
MISSING = _Missing()
class FrozenInstanceError(AttributeError): pass
class _Field:
    def __init__(self, default, default_factory):
        self.default = default
        self.default_factory = default_factory
def field(*, default=MISSING, default_factory=MISSING, **kw):
    return _Field(default, default_factory)
def _fields(cls):
    names = []
    for base in reversed(cls.__mro__):
        for name in _native.annotations(base):
            if name not in names:
                names.append(name)
    return names
def _process(cls, eq=True, order=False, frozen=False, repr=True):
    names = _fields(cls)
    def __init__(self, *args, **kw):
        if len(args) > len(names):
            raise TypeError(cls.__name__ + '.__init__() takes ' + str(len(names) + 1) + ' positional arguments but ' + str(len(args) + 1) + ' were given')
        missing = []
        for at, name in enumerate(names):
            if at < len(args):
                value = args[at]
            elif name in kw:
                value = kw.pop(name)
            else:
                value = getattr(cls, name, MISSING)
                if isinstance(value, _Field):
                    if value.default_factory is not MISSING:
                        value = value.default_factory()
                    else:
                        value = value.default
                if value is MISSING:
                    missing.append(name)
                    continue
            object.__setattr__(self, name, value)
        for name in kw:
            if name not in names:
                raise TypeError(cls.__name__ + ".__init__() got an unexpected keyword argument '" + name + "'")
        if missing:
            quoted = ["'" + name + "'" for name in missing]
            if len(quoted) > 2:
                text = ', '.join(quoted[:-1]) + ', and ' + quoted[-1]
            else:
                text = ' and '.join(quoted)
            raise TypeError(cls.__name__ + '.__init__() missing ' + str(len(missing)) + ' required positional argument' + ('s' if len(missing) > 1 else '') + ': ' + text)
        if hasattr(self, '__post_init__'):
            self.__post_init__()
    def __repr__(self):
        return cls.__name__ + '(' + ', '.join(name + '=' + _repr(getattr(self, name)) for name in names) + ')'
    def values(self):
        return tuple(getattr(self, name) for name in names)
    def __eq__(self, other):
        return type(other) is type(self) and values(self) == values(other)
    if '__init__' not in cls.__dict__:
        cls.__init__ = __init__
    if repr and '__repr__' not in cls.__dict__:
        cls.__repr__ = __repr__
    if eq and '__eq__' not in cls.__dict__:
        cls.__eq__ = __eq__
    if order:
        cls.__lt__ = lambda self, other: values(self) < values(other)
        cls.__gt__ = lambda self, other: values(self) > values(other)
        cls.__le__ = lambda self, other: values(self) <= values(other)
        cls.__ge__ = lambda self, other: values(self) >= values(other)
    if frozen:
        def __setattr__(self, name, value):
            raise FrozenInstanceError("cannot assign to field '" + name + "'")
        cls.__setattr__ = __setattr__
        cls.__hash__ = lambda self: hash(values(self))
    cls.__dataclass_fields__ = names
    return cls
_repr = repr
def dataclass(cls=None, **options):
    options = {k: v for k, v in options.items() if k in ('eq', 'order', 'frozen', 'repr')}
    if cls is None:
        return lambda cls: _process(cls, **options)
    return _process(cls)
def asdict(value):
    def convert(item):
        if hasattr(item, '__dataclass_fields__'):
            return {name: convert(getattr(item, name)) for name in item.__dataclass_fields__}
        if isinstance(item, (list, tuple)):
            return [convert(x) for x in item]
        if isinstance(item, dict):
            return {k: convert(v) for k, v in item.items()}
        return item
    return convert(value)
def astuple(value):
    return tuple(getattr(value, name) for name in value.__dataclass_fields__)
def replace(value, **changes):
    return type(value)(**{**{n: getattr(value, n) for n in value.__dataclass_fields__}, **changes})
`,
  enum: raw`
class _Member: pass
class auto:
    pass
class Enum:
    def __init_subclass__(cls):
        members = {}
        for name, value in list(cls.__dict__.items()):
            if name.startswith('_') or callable(value) or isinstance(value, (property, staticmethod, classmethod)):
                if not isinstance(value, auto):
                    continue
            if isinstance(value, auto):
                value = len(members) + 1
            member = object.__new__(cls)
            object.__setattr__(member, 'name', name)
            object.__setattr__(member, 'value', value)
            members[name] = member
        for name, member in members.items():
            setattr(cls, name, member)
        cls._members = members
        cls.__members__ = members
    def __new__(cls, value):
        for member in cls._members.values():
            if member.value == value:
                return member
        raise ValueError(repr(value) + ' is not a valid ' + cls.__name__)
    def __repr__(self):
        return '<' + type(self).__name__ + '.' + self.name + ': ' + repr(self.value) + '>'
    def __str__(self):
        return type(self).__name__ + '.' + self.name
    def __hash__(self):
        return hash(self.name)
    def __eq__(self, other):
        return self is other
class IntEnum(Enum): pass
class StrEnum(Enum):
    def __str__(self):
        return self.value
def unique(cls):
    return cls
`,
  typing: raw`
class _Any:
    def __getitem__(self, item):
        return self
    def __call__(self, *args, **kw):
        return self
    def __or__(self, other):
        return self
    def __ror__(self, other):
        return self
Any = Optional = Union = List = Dict = Tuple = Set = Callable = Iterable = Iterator = Sequence = Mapping = Type = Literal = Final = ClassVar = Generator = NoReturn = Self = Annotated = Awaitable = TextIO = IO = _Any()
TYPE_CHECKING = False
class Protocol: pass
class Generic: pass
class TypedDict(dict): pass
def TypeVar(*args, **kw):
    return _Any()
def cast(typ, value):
    return value
def overload(func):
    return func
from collections import namedtuple
class NamedTuple: pass
`,
  abc: raw`
class ABC: pass
class ABCMeta: pass
def abstractmethod(func):
    return func
`,
  contextlib: raw`
class _Manager:
    def __init__(self, gen):
        self.gen = gen
    def __enter__(self):
        return next(self.gen)
    def __exit__(self, kind, error, trace):
        if error is None:
            next(self.gen, None)
            return False
        self.gen.close()
        return False
def contextmanager(func):
    def call(*args, **kw):
        return _Manager(func(*args, **kw))
    return call
class suppress:
    def __init__(self, *kinds):
        self.kinds = kinds
    def __enter__(self):
        return self
    def __exit__(self, kind, error, trace):
        return kind is not None and issubclass(kind, self.kinds)
class closing:
    def __init__(self, thing):
        self.thing = thing
    def __enter__(self):
        return self.thing
    def __exit__(self, *args):
        self.thing.close()
class nullcontext:
    def __init__(self, value=None):
        self.value = value
    def __enter__(self):
        return self.value
    def __exit__(self, *args):
        return None
`,
  operator: raw`
def itemgetter(*keys):
    if len(keys) == 1:
        return lambda value: value[keys[0]]
    return lambda value: tuple(value[key] for key in keys)
def attrgetter(name):
    return lambda value: getattr(value, name)
def add(a, b): return a + b
def sub(a, b): return a - b
def mul(a, b): return a * b
def truediv(a, b): return a / b
`,
  copy: raw`
def copy(value):
    if isinstance(value, (list, dict, set)):
        return value.copy()
    return value
def deepcopy(value):
    if isinstance(value, list):
        return [deepcopy(item) for item in value]
    if isinstance(value, tuple):
        return tuple(deepcopy(item) for item in value)
    if isinstance(value, dict):
        return {key: deepcopy(item) for key, item in value.items()}
    if isinstance(value, set):
        return set(value)
    return value
`,
  string: raw`
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = '0123456789abcdefABCDEF'
punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_' + chr(96) + '{|}~'
whitespace = ' \t\n\r\x0b\x0c'
class Template:
    def __init__(self, template):
        self.template = template
    def substitute(self, mapping=None, **kw):
        import re
        values = {**(mapping or {}), **kw}
        return re.sub('[$][{]?([a-zA-Z_][a-zA-Z0-9_]*)[}]?', lambda m: str(values[m.group(1)]), self.template)
    def safe_substitute(self, mapping=None, **kw):
        import re
        values = {**(mapping or {}), **kw}
        return re.sub('[$][{]?([a-zA-Z_][a-zA-Z0-9_]*)[}]?', lambda m: str(values.get(m.group(1), m.group(0))), self.template)
`,
  textwrap: raw`
def dedent(text):
    lines = text.split('\n')
    margin = None
    for line in lines:
        if line.strip():
            indent = len(line) - len(line.lstrip())
            margin = indent if margin is None else min(margin, indent)
    return '\n'.join(line[margin or 0:] if line.strip() else '' for line in lines)
def indent(text, prefix):
    return ''.join(prefix + line if line.strip() else line for line in text.splitlines(True))
`,
  types:
    'class SimpleNamespace:\n    def __init__(self, **kw):\n        for k, v in kw.items():\n            setattr(self, k, v)\n    def __repr__(self):\n        return "namespace(" + ", ".join(k + "=" + repr(v) for k, v in self.__dict__.items()) + ")"\n',
  warnings:
    'def warn(*args, **kw):\n    pass\ndef filterwarnings(*args, **kw):\n    pass\ndef simplefilter(*args, **kw):\n    pass\n',
  heapq: raw`
def heappush(heap, item):
    heap.append(item)
    heap.sort()
def heappop(heap):
    return heap.pop(0)
def heapify(heap):
    heap.sort()
def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:n]
def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:n]
`,
  statistics: raw`
def mean(data):
    data = list(data)
    total = sum(data)
    return total // len(data) if isinstance(total, int) and total % len(data) == 0 else total / len(data)
def median(data):
    data = sorted(data)
    n = len(data)
    return data[n // 2] if n % 2 else (data[n // 2 - 1] + data[n // 2]) / 2
`,
  io: raw`
class StringIO:
    def __init__(self, text=''):
        self.text = text
        self.at = 0
    def write(self, text):
        self.text += text
        return len(text)
    def getvalue(self):
        return self.text
    def read(self, size=-1):
        end = len(self.text) if size is None or size < 0 else self.at + size
        text = self.text[self.at:end]
        self.at += len(text)
        return text
    def readline(self):
        end = self.text.find('\n', self.at)
        line = self.text[self.at:] if end < 0 else self.text[self.at:end + 1]
        self.at += len(line)
        return line
    def __iter__(self):
        while True:
            line = self.readline()
            if not line:
                return
            yield line
    def flush(self):
        pass
    def close(self):
        pass
    def __enter__(self):
        return self
    def __exit__(self, *args):
        pass
class BytesIO(StringIO):
    def __init__(self, text=b''):
        self.text = text
        self.at = 0
    def readline(self):
        end = self.text.find(b'\n', self.at)
        line = self.text[self.at:] if end < 0 else self.text[self.at:end + 1]
        self.at += len(line)
        return line
`,
};
