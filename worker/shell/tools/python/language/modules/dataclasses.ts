/** `dataclasses`: classes whose methods come of their fields. */
import type { BundledModule } from './index.ts';

export const dataclasses: BundledModule = {
  kind: 'source',
  source: String.raw`
class _Missing:
    def __repr__(self):
        return '<dataclasses._MISSING_TYPE object>'

MISSING = _Missing()

class FrozenInstanceError(AttributeError):
    pass

class Field:
    def __init__(self, default, default_factory, init, repr, compare, kw_only):
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.compare = compare
        self.kw_only = kw_only
        self.name = None
        self.type = None

def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=False):
    return Field(default, default_factory, init, repr, compare, kw_only)

def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, frozen, kw_only, unsafe_hash)
    return wrap if cls is None else wrap(cls)

def _process(cls, init, show, eq, order, frozen, kw_only, unsafe_hash):
    known = {}
    for base in reversed(cls.__mro__[1:]):
        known.update(getattr(base, '__dataclass_fields__', {}))
    annotations = cls.__dict__.get('__annotations__', {})
    for name, kind in annotations.items():
        if 'ClassVar' in str(kind):
            continue
        default = cls.__dict__.get(name, MISSING)
        one = default if isinstance(default, Field) else Field(default, MISSING, True, True, True, kw_only)
        if isinstance(one.default, (list, dict, set)):
            raise ValueError(f'mutable default {type(one.default)} for field {name} is not allowed: use default_factory')
        one.name = name
        one.type = kind
        if isinstance(default, Field):
            if one.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, one.default)
        known[name] = one
    cls.__dataclass_fields__ = known
    fields = list(known.values())
    given = [one for one in fields if one.init]
    has_default = False
    for one in given:
        if one.kw_only:
            continue
        if one.default is not MISSING or one.default_factory is not MISSING:
            has_default = True
        elif has_default:
            raise TypeError(f"non-default argument '{one.name}' follows default argument")
    positional = [one.name for one in given if not one.kw_only]
    cls.__match_args__ = tuple(positional)

    if init:
        def __init__(self, *args, **keywords):
            label = f'{cls.__qualname__}.__init__()' if '.' in cls.__qualname__ else f'{cls.__name__}.__init__()'
            if len(args) > len(positional):
                least = sum(1 for one in given if not one.kw_only and one.default is MISSING and one.default_factory is MISSING) + 1
                most = len(positional) + 1
                takes = str(most) if least == most else f'from {least} to {most}'
                raise TypeError(f"{label} takes {takes} positional argument{'' if takes == '1' else 's'} but {len(args) + 1} were given")
            values = dict(zip(positional, args))
            for name, value in keywords.items():
                if name not in known or not known[name].init:
                    raise TypeError(f"{label} got an unexpected keyword argument '{name}'")
                if name in values:
                    raise TypeError(f"{label} got multiple values for argument '{name}'")
                values[name] = value
            missing = [one.name for one in given if one.name not in values and one.default is MISSING and one.default_factory is MISSING]
            if missing:
                quoted = [f"'{name}'" for name in missing]
                shown = quoted[0] if len(quoted) == 1 else ' and '.join(quoted) if len(quoted) == 2 else ', '.join(quoted[:-1]) + ', and ' + quoted[-1]
                raise TypeError(f"{label} missing {len(missing)} required positional argument{'s' if len(missing) > 1 else ''}: {shown}")
            extra = []
            for one in fields:
                if one.name in values:
                    value = values[one.name]
                elif one.default_factory is not MISSING:
                    value = one.default_factory()
                elif one.default is not MISSING:
                    value = one.default
                else:
                    continue
                object.__setattr__(self, one.name, value)
            if hasattr(self, '__post_init__'):
                self.__post_init__()
        cls.__init__ = __init__

    if show and '__repr__' not in cls.__dict__:
        def __repr__(self):
            shown = ', '.join(f'{one.name}={getattr(self, one.name)!r}' for one in fields if one.repr)
            return f'{self.__class__.__qualname__}({shown})'
        cls.__repr__ = __repr__

    def parts(self):
        return tuple(getattr(self, one.name) for one in fields if one.compare)

    if eq and '__eq__' not in cls.__dict__:
        def __eq__(self, other):
            return parts(self) == parts(other) if other.__class__ is self.__class__ else NotImplemented
        cls.__eq__ = __eq__
        if frozen or unsafe_hash:
            cls.__hash__ = lambda self: hash(parts(self))
        elif '__hash__' not in cls.__dict__:
            cls.__hash__ = None
    if order:
        cls.__lt__ = lambda self, other: parts(self) < parts(other) if other.__class__ is self.__class__ else NotImplemented
        cls.__le__ = lambda self, other: parts(self) <= parts(other) if other.__class__ is self.__class__ else NotImplemented
        cls.__gt__ = lambda self, other: parts(self) > parts(other) if other.__class__ is self.__class__ else NotImplemented
        cls.__ge__ = lambda self, other: parts(self) >= parts(other) if other.__class__ is self.__class__ else NotImplemented
    if frozen:
        def __setattr__(self, name, value):
            raise FrozenInstanceError(f'cannot assign to field {name!r}')
        def __delattr__(self, name):
            raise FrozenInstanceError(f'cannot delete field {name!r}')
        cls.__setattr__ = __setattr__
        cls.__delattr__ = __delattr__
    return cls

def fields(thing):
    return tuple(thing.__dataclass_fields__.values())

def is_dataclass(thing):
    return hasattr(thing, '__dataclass_fields__')

def asdict(thing):
    if is_dataclass(thing):
        return {one.name: asdict(getattr(thing, one.name)) for one in fields(thing)}
    if isinstance(thing, (list, tuple)):
        return type(thing)([asdict(item) for item in thing])
    if isinstance(thing, dict):
        return {key: asdict(value) for key, value in thing.items()}
    return thing

def astuple(thing):
    return tuple(getattr(thing, one.name) for one in fields(thing))

def replace(thing, /, **changes):
    return thing.__class__(**{**{one.name: getattr(thing, one.name) for one in fields(thing) if one.init}, **changes})
`,
};
