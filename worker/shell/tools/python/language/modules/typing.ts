/** `typing`: what annotations are written with. But for NamedTuple none of it has an effect on a run. */
import type { BundledModule } from './index.ts';

export const typing: BundledModule = {
  kind: 'source',
  source: String.raw`
from collections import namedtuple as _namedtuple

TYPE_CHECKING = False

def _shown(item):
    if item is None:
        return 'NoneType'
    if item is ...:
        return '...'
    if isinstance(item, type):
        return item.__qualname__ if item.__module__ == 'builtins' else item.__module__ + '.' + item.__qualname__
    if isinstance(item, list):
        return '[' + ', '.join(map(_shown, item)) + ']'
    return f'ForwardRef({item!r})' if isinstance(item, str) else repr(item)

class _Special:
    def __init__(self, name, origin=None, args=()):
        self._name = name
        self._origin = origin
        self.__args__ = args
    def __getitem__(self, item):
        args = item if isinstance(item, tuple) else (item,)
        if self._name == 'Union' and len(args) == 2 and None in args:
            return Optional[args[0] if args[1] is None else args[1]]
        return _Special(self._name, self._origin, args)
    def __eq__(self, other):
        return isinstance(other, _Special) and (self._name, self.__args__) == (other._name, other.__args__)
    def __hash__(self):
        return hash(self._name)
    def __call__(self, *args, **keywords):
        if self._origin is None:
            raise TypeError(f'Cannot instantiate typing.{self._name}')
        return self._origin(*args, **keywords)
    def __mro_entries__(self, bases):
        return (self._origin,) if self._origin else (Generic,)
    def __or__(self, other):
        return self
    def __ror__(self, other):
        return self
    def __repr__(self):
        head = self._name if self._name.startswith('~') else 'typing.' + self._name
        shown = repr if self._name == 'Literal' else _shown
        return head + ('[' + ', '.join(map(shown, self.__args__)) + ']' if self.__args__ else '')

class Generic:
    def __class_getitem__(cls, item):
        return cls

class Protocol:
    def __class_getitem__(cls, item):
        return cls

class _NamedTupleMeta(type):
    def __new__(mcls, name, bases, namespace):
        if not bases:
            return super().__new__(mcls, name, bases, namespace)
        annotations = namespace.get('__annotations__', {})
        made = _namedtuple(name, list(annotations), defaults=[namespace[field] for field in annotations if field in namespace])
        made.__annotations__ = annotations
        for key, value in namespace.items():
            if key not in annotations and key not in ('__module__', '__qualname__', '__annotations__'):
                setattr(made, key, value)
        return made
    def __call__(cls, typename, fields=()):
        made = _namedtuple(typename, [name for name, kind in fields])
        made.__annotations__ = dict(fields)
        return made

class NamedTuple(metaclass=_NamedTupleMeta):
    pass

Any = _Special('Any')
Union = _Special('Union')
Optional = _Special('Optional')
Callable = _Special('Callable')
ClassVar = _Special('ClassVar')
Final = _Special('Final')
Literal = _Special('Literal')
Annotated = _Special('Annotated')
NoReturn = _Special('NoReturn')
Never = _Special('Never')
Self = _Special('Self')
Type = _Special('Type', type)
List = _Special('List', list)
Dict = _Special('Dict', dict)
Set = _Special('Set', set)
FrozenSet = _Special('FrozenSet', frozenset)
Tuple = _Special('Tuple', tuple)
Iterable = _Special('Iterable')
Iterator = _Special('Iterator')
Generator = _Special('Generator')
Sequence = _Special('Sequence')
Mapping = _Special('Mapping')
MutableMapping = _Special('MutableMapping')
Awaitable = _Special('Awaitable')
Coroutine = _Special('Coroutine')
Hashable = _Special('Hashable')
IO = _Special('IO')
TextIO = _Special('TextIO')
TypeAlias = _Special('TypeAlias')
TypedDict = _Special('TypedDict', dict)

def TypeVar(name, *constraints, **options):
    return _Special('~' + name)

def ParamSpec(name):
    return _Special('~' + name)

def NewType(name, kind):
    return lambda value: value

def cast(kind, value):
    return value

def overload(function):
    return function

def final(thing):
    return thing

def runtime_checkable(cls):
    return cls

def get_type_hints(thing):
    return dict(thing.__annotations__)
`,
};
