/** `functools`: functions about functions. */
import type { BundledModule } from './index.ts';

export const functools: BundledModule = {
  kind: 'source',
  source: String.raw`
from collections import namedtuple as _namedtuple

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__')
_CacheInfo = _namedtuple('CacheInfo', ['hits', 'misses', 'maxsize', 'currsize'])

def update_wrapper(wrapper, wrapped, *rest):
    for name in ('__name__', '__qualname__', '__doc__', '__module__'):
        try:
            setattr(wrapper, name, getattr(wrapped, name))
        except AttributeError:
            pass
    wrapper.__wrapped__ = wrapped
    return wrapper

def wraps(wrapped, *rest):
    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped)
    return decorate

_missing = object()

def reduce(function, iterable, initial=_missing, /):
    items = iter(iterable)
    if initial is _missing:
        try:
            value = next(items)
        except StopIteration:
            raise TypeError('reduce() of empty iterable with no initial value') from None
    else:
        value = initial
    for item in items:
        value = function(value, item)
    return value

class partial:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func), *map(repr, self.args), *(f'{k}={v!r}' for k, v in self.keywords.items())]
        return f'functools.partial({", ".join(parts)})'

def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _cached(maxsize, 128)
    return lambda function: _cached(function, maxsize)

def cache(function):
    return _cached(function, None)

class _cached:
    def __init__(self, function, maxsize):
        self._function = function
        self._maxsize = maxsize
        self.cache_clear()
        update_wrapper(self, function)

    def __call__(self, *args, **keywords):
        key = args if not keywords else (args, tuple(keywords.items()))
        known = self._known
        if key in known:
            self._hits += 1
            value = known[key]
            if self._maxsize is not None:
                del known[key]
                known[key] = value
            return value
        self._misses += 1
        value = self._function(*args, **keywords)
        if self._maxsize != 0:
            known[key] = value
            if self._maxsize is not None and len(known) > self._maxsize:
                del known[next(iter(known))]
        return value

    def __get__(self, instance, owner=None):
        return self if instance is None else partial(self, instance)

    def cache_info(self):
        return _CacheInfo(self._hits, self._misses, self._maxsize, len(self._known))

    def cache_clear(self):
        self._known = {}
        self._hits = self._misses = 0

class cached_property:
    def __init__(self, function):
        self.func = function
        self.__doc__ = function.__doc__

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = self.func(instance)
        setattr(instance, self.name, value)
        return value

def total_ordering(cls):
    if '__lt__' in cls.__dict__:
        cls.__gt__ = lambda self, other: not (self < other or self == other)
        cls.__le__ = lambda self, other: self < other or self == other
        cls.__ge__ = lambda self, other: not self < other
    elif '__gt__' in cls.__dict__:
        cls.__lt__ = lambda self, other: not (self > other or self == other)
        cls.__ge__ = lambda self, other: self > other or self == other
        cls.__le__ = lambda self, other: not self > other
    elif '__le__' in cls.__dict__:
        cls.__lt__ = lambda self, other: self <= other and not self == other
        cls.__gt__ = lambda self, other: not self <= other
        cls.__ge__ = lambda self, other: not self <= other or self == other
    elif '__ge__' in cls.__dict__:
        cls.__gt__ = lambda self, other: self >= other and not self == other
        cls.__lt__ = lambda self, other: not self >= other
        cls.__le__ = lambda self, other: not self >= other or self == other
    else:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    return cls

def cmp_to_key(compare):
    class K:
        def __init__(self, obj):
            self.obj = obj
        def __lt__(self, other):
            return compare(self.obj, other.obj) < 0
        def __eq__(self, other):
            return compare(self.obj, other.obj) == 0
    return K

def singledispatch(function):
    registry = {object: function}
    def dispatch(cls):
        for one in cls.__mro__:
            if one in registry:
                return registry[one]
        return function
    def register(cls, func=None):
        if func is None:
            if isinstance(cls, type):
                return lambda f: register(cls, f)
            func = cls
            cls = next(iter(func.__annotations__.values()))
        registry[cls] = func
        return func
    def wrapper(*args, **keywords):
        return dispatch(type(args[0]))(*args, **keywords)
    wrapper.register = register
    wrapper.dispatch = dispatch
    return update_wrapper(wrapper, function)
`,
};
