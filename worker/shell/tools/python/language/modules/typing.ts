/** `typing`: what annotations are written with; none of it has an effect on a run. */
import type { BundledModule } from './index.ts';

export const typing: BundledModule = {
  kind: 'source',
  source: String.raw`
TYPE_CHECKING = False

class _Special:
    def __init__(self, name, origin=None):
        self._name = name
        self._origin = origin
    def __getitem__(self, item):
        return self
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
        return f'typing.{self._name}'

class Generic:
    def __class_getitem__(cls, item):
        return cls

class Protocol:
    def __class_getitem__(cls, item):
        return cls

class NamedTuple:
    def __init_subclass__(cls):
        pass
    def __mro_entries__(self, bases):
        return ()

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
