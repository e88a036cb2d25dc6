/** `abc`: classes that promise methods. */
import type { BundledModule } from './index.ts';

export const abc: BundledModule = {
  kind: 'source',
  source: String.raw`
def abstractmethod(function):
    function.__isabstractmethod__ = True
    return function

abstractproperty = property

class ABCMeta(type):
    def __new__(mcls, name, bases, namespace, **keywords):
        cls = super().__new__(mcls, name, bases, namespace)
        promised = {key for key, value in namespace.items() if _is_abstract(value)}
        for base in bases:
            for key in getattr(base, '__abstractmethods__', ()):
                if _is_abstract(getattr(cls, key, None)):
                    promised.add(key)
        cls.__abstractmethods__ = tuple(sorted(promised))
        return cls

    def register(cls, subclass):
        return subclass

def _is_abstract(value):
    if getattr(value, '__isabstractmethod__', False):
        return True
    if isinstance(value, property):
        return getattr(value.fget, '__isabstractmethod__', False)
    if isinstance(value, (classmethod, staticmethod)):
        return getattr(value.__func__, '__isabstractmethod__', False)
    return False

class ABC(metaclass=ABCMeta):
    pass
`,
};
