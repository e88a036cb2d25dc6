/** `collections`: containers for special uses. */
import type { BundledModule } from './index.ts';

export const collections: BundledModule = {
  kind: 'source',
  source: String.raw`
import sys as _sys

def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    names = field_names.replace(',', ' ').split() if isinstance(field_names, str) else list(field_names)
    known = dict(zip(names[len(names) - len(defaults or ()):], defaults or ()))

    def __new__(cls, *args, **keywords):
        if len(args) > len(names):
            raise TypeError(f'{typename}.__new__() takes {len(names) + 1} positional arguments but {len(args) + 1} were given')
        values = dict(zip(names, args))
        for name, value in keywords.items():
            if name not in names:
                raise TypeError(f"{typename}.__new__() got an unexpected keyword argument '{name}'")
            if name in values:
                raise TypeError(f"{typename}.__new__() got multiple values for argument '{name}'")
            values[name] = value
        missing = [name for name in names if name not in values and name not in known]
        if missing:
            quoted = [repr(name) for name in missing]
            shown = quoted[0] if len(quoted) == 1 else ' and '.join(quoted) if len(quoted) == 2 else ', '.join(quoted[:-1]) + ', and ' + quoted[-1]
            raise TypeError(f"{typename}.__new__() missing {len(missing)} required positional argument{'s' if len(missing) > 1 else ''}: {shown}")
        return tuple.__new__(cls, [values[name] if name in values else known[name] for name in names])

    def __repr__(self):
        return self.__class__.__name__ + '(' + ', '.join(f'{name}={value!r}' for name, value in zip(names, self)) + ')'

    def _asdict(self):
        return dict(zip(names, self))

    def _replace(self, **changes):
        return self.__class__(**{**self._asdict(), **changes})

    namespace = {
        '__new__': __new__,
        '__repr__': __repr__,
        '_asdict': _asdict,
        '_replace': _replace,
        '_fields': tuple(names),
        '_field_defaults': known,
        '__match_args__': tuple(names),
        '_make': classmethod(lambda cls, values: cls(*values)),
        '__module__': '__main__',
    }
    for index, name in enumerate(names):
        namespace[name] = property(lambda self, index=index: self[index])
    return type(typename, (tuple,), namespace)

class OrderedDict(dict):
    def __repr__(self):
        return f'OrderedDict({dict(self)!r})' if _sys.version_info >= (3, 12) else f'OrderedDict({list(self.items())!r})' if self else 'OrderedDict()'
    def move_to_end(self, key, last=True):
        value = self.pop(key)
        if last:
            self[key] = value
        else:
            others = list(self.items())
            self.clear()
            self[key] = value
            self.update(others)
    def popitem(self, last=True):
        key = list(self)[-1 if last else 0]
        return key, self.pop(key)

class defaultdict(dict):
    def __init__(self, default_factory=None, /, *args, **keywords):
        super().__init__(*args, **keywords)
        self.default_factory = default_factory
    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self[key] = self.default_factory()
        return value
    def __repr__(self):
        return f'defaultdict({self.default_factory!r}, {dict(self)!r})'
    def copy(self):
        return defaultdict(self.default_factory, self)

class Counter(dict):
    def __init__(self, iterable=None, /, **keywords):
        super().__init__()
        self.update(iterable, **keywords)
    def __missing__(self, key):
        return 0
    def update(self, iterable=None, /, **keywords):
        if hasattr(iterable, 'items'):
            for key, count in iterable.items():
                self[key] = self.get(key, 0) + count
        elif iterable is not None:
            for key in iterable:
                self[key] = self.get(key, 0) + 1
        for key, count in keywords.items():
            self[key] = self.get(key, 0) + count
    def subtract(self, iterable=None, /, **keywords):
        for key, count in Counter(iterable, **keywords).items():
            self[key] = self.get(key, 0) - count
    def most_common(self, n=None):
        ordered = sorted(self.items(), key=lambda pair: pair[1], reverse=True)
        return ordered if n is None else ordered[:n]
    def elements(self):
        for key, count in self.items():
            for _ in range(count):
                yield key
    def total(self):
        return sum(self.values())
    def copy(self):
        return Counter(self)
    def __add__(self, other):
        return Counter({key: self[key] + other[key] for key in [*self, *(k for k in other if k not in self)] if self[key] + other[key] > 0})
    def __sub__(self, other):
        return Counter({key: self[key] - other[key] for key in [*self, *(k for k in other if k not in self)] if self[key] - other[key] > 0})
    def __and__(self, other):
        return Counter({key: min(self[key], other[key]) for key in self if min(self[key], other[key]) > 0})
    def __or__(self, other):
        return Counter({key: max(self[key], other[key]) for key in [*self, *(k for k in other if k not in self)]})
    def __repr__(self):
        return 'Counter({' + ', '.join(f'{k!r}: {v!r}' for k, v in self.most_common()) + '})' if self else 'Counter()'

class deque:
    def __init__(self, iterable=(), maxlen=None):
        self._items = []
        self.maxlen = maxlen
        self.extend(iterable)
    def append(self, item):
        self._items.append(item)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            del self._items[0]
    def appendleft(self, item):
        self._items.insert(0, item)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            del self._items[-1]
    def extend(self, items):
        for item in items:
            self.append(item)
    def extendleft(self, items):
        for item in items:
            self.appendleft(item)
    def pop(self):
        if not self._items:
            raise IndexError('pop from an empty deque')
        return self._items.pop()
    def popleft(self):
        if not self._items:
            raise IndexError('pop from an empty deque')
        return self._items.pop(0)
    def rotate(self, n=1):
        if self._items:
            n %= len(self._items)
            self._items = self._items[-n:] + self._items[:-n] if n else self._items
    def clear(self):
        self._items.clear()
    def count(self, item):
        return self._items.count(item)
    def index(self, item):
        return self._items.index(item)
    def insert(self, index, item):
        self._items.insert(index, item)
    def remove(self, item):
        if item not in self._items:
            raise ValueError('deque.remove(x): x not in deque')
        self._items.remove(item)
    def reverse(self):
        self._items.reverse()
    def copy(self):
        return deque(self._items, self.maxlen)
    def __len__(self):
        return len(self._items)
    def __iter__(self):
        return iter(self._items)
    def __reversed__(self):
        return reversed(self._items)
    def __contains__(self, item):
        return item in self._items
    def __getitem__(self, index):
        return self._items[index]
    def __setitem__(self, index, value):
        self._items[index] = value
    def __delitem__(self, index):
        del self._items[index]
    def __eq__(self, other):
        return isinstance(other, deque) and self._items == other._items
    def __add__(self, other):
        return deque(self._items + other._items, self.maxlen)
    def __repr__(self):
        return f'deque({self._items!r})' if self.maxlen is None else f'deque({self._items!r}, maxlen={self.maxlen})'

class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]
    def __getitem__(self, key):
        for one in self.maps:
            if key in one:
                return one[key]
        raise KeyError(key)
    def __setitem__(self, key, value):
        self.maps[0][key] = value
    def get(self, key, default=None):
        return self[key] if key in self else default
    def __contains__(self, key):
        return any(key in one for one in self.maps)
    def _merged(self):
        merged = {}
        for one in reversed(self.maps):
            merged.update(one)
        return merged
    def __iter__(self):
        return iter(self._merged())
    def __len__(self):
        return len(self._merged())
    def keys(self):
        return self._merged().keys()
    def values(self):
        return self._merged().values()
    def items(self):
        return self._merged().items()
    def new_child(self, m=None):
        return ChainMap({} if m is None else m, *self.maps)
    def __repr__(self):
        return 'ChainMap(' + ', '.join(map(repr, self.maps)) + ')'

class UserDict(dict):
    @property
    def data(self):
        return self

class UserList(list):
    pass
`,
};
