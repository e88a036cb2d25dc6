/** `enum`: classes with a fixed set of instances. */
import type { BundledModule } from './index.ts';

export const enumModule: BundledModule = {
  kind: 'source',
  source: String.raw`
class auto:
    def __init__(self):
        self.value = None

class EnumMeta(type):
    def __new__(mcls, name, bases, namespace, **keywords):
        members = {}
        plain = {}
        ignored = name in ('Enum', 'IntEnum', 'Flag', 'IntFlag', 'StrEnum')
        values = []
        for key, value in namespace.items():
            if ignored or key.startswith('_') or callable(value) or isinstance(value, (property, classmethod, staticmethod)):
                plain[key] = value
                continue
            if isinstance(value, auto):
                if any(base.__name__ == 'StrEnum' for base in bases):
                    value = key.lower()
                elif any(base.__name__ in ('Flag', 'IntFlag') for base in bases):
                    value = 2 ** len(values)
                else:
                    value = (max([v for v in values if isinstance(v, int)], default=0)) + 1
            values.append(value)
            members[key] = value
        cls = super().__new__(mcls, name, bases, plain)
        cls._member_map_ = {}
        cls._value2member_map_ = {}
        if ignored:
            return cls
        for key, value in members.items():
            for known in cls._member_map_.values():
                if known._value_ == value:
                    cls._member_map_[key] = known
                    break
            else:
                payload = next((base for base in cls.__mro__ if base in (int, str)), None)
                member = payload.__new__(cls, value) if payload else object.__new__(cls)
                member._name_ = key
                member._value_ = value
                init = cls.__init__
                if init is not object.__init__ and payload is None:
                    init(member, *(value if isinstance(value, tuple) else (value,)))
                cls._member_map_[key] = member
            setattr(cls, key, cls._member_map_[key])
        return cls

    def __call__(cls, value, names=None):
        if names is not None:
            listed = names.replace(',', ' ').split() if isinstance(names, str) else list(names)
            return EnumMeta(value, (cls,), dict(zip(listed, range(1, len(listed) + 1))))
        for member in cls._member_map_.values():
            if member is value or member._value_ == value:
                return member
        if hasattr(cls, '_missing_'):
            found = cls._missing_(value)
            if found is not None:
                return found
        raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')

    def __iter__(cls):
        seen = []
        for member in cls._member_map_.values():
            if member not in seen:
                seen.append(member)
        return iter(seen)

    def __len__(cls):
        return len(list(iter(cls)))

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __contains__(cls, value):
        return any(member is value or member._value_ == value for member in cls._member_map_.values())

    @property
    def __members__(cls):
        return dict(cls._member_map_)

    def __repr__(cls):
        return f"<enum '{cls.__name__}'>"

EnumType = EnumMeta

class Enum(metaclass=EnumMeta):
    @property
    def name(self):
        return self._name_
    @property
    def value(self):
        return self._value_
    def __repr__(self):
        return f'<{self.__class__.__name__}.{self._name_}: {self._value_!r}>'
    def __str__(self):
        return f'{self.__class__.__name__}.{self._name_}'
    def __hash__(self):
        return hash(self._name_)
    def __eq__(self, other):
        return self is other

class IntEnum(int, Enum):
    def __str__(self):
        return str(int(self))
    def __eq__(self, other):
        return int(self) == other
    def __hash__(self):
        return int(self)
    def __format__(self, spec):
        return format(int(self), spec)

class StrEnum(str, Enum):
    def __str__(self):
        return self._value_
    def __eq__(self, other):
        return self._value_ == other
    def __hash__(self):
        return hash(self._value_)
    def __format__(self, spec):
        return format(self._value_, spec)

class Flag(Enum):
    @classmethod
    def _made(cls, value):
        for member in cls._member_map_.values():
            if member._value_ == value:
                return member
        made = object.__new__(cls)
        made._value_ = value
        made._name_ = '|'.join(name for name, one in cls._member_map_.items() if one._value_ & value)
        return made
    def __or__(self, other):
        return self._made(self._value_ | other._value_)
    def __and__(self, other):
        return self._made(self._value_ & other._value_)
    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_
    def __bool__(self):
        return bool(self._value_)
    def __eq__(self, other):
        return isinstance(other, Flag) and self._value_ == other._value_
    def __hash__(self):
        return hash(self._value_)

IntFlag = Flag

def unique(cls):
    for name, member in cls._member_map_.items():
        if name != member._name_:
            raise ValueError(f'duplicate values found in {cls!r}: {name} -> {member._name_}')
    return cls
`,
};
