/** `collections.abc`: classes that ask for methods. */
import type { BundledModule } from './index.ts';

export const collectionsAbc: BundledModule = {
  kind: 'source',
  source: String.raw`
class _Protocol:
    pass

def _make(name, *needed):
    return type(name, (_Protocol,), {'__protocol__': needed, '__module__': 'collections.abc', '__class_getitem__': lambda cls, item: cls})

Iterable = _make('Iterable', '__iter__')
Iterator = _make('Iterator', '__iter__', '__next__')
Generator = _make('Generator', 'send', 'throw')
Sized = _make('Sized', '__len__')
Container = _make('Container', '__contains__')
Hashable = _make('Hashable', '__hash__')
Callable = _make('Callable', '__call__')
Collection = _make('Collection', '__len__', '__iter__', '__contains__')
Sequence = _make('Sequence', '__len__', '__getitem__', '__iter__', 'index', 'count')
MutableSequence = _make('MutableSequence', '__len__', '__getitem__', 'append')
Mapping = _make('Mapping', 'keys', '__getitem__', '__len__')
MutableMapping = _make('MutableMapping', 'keys', '__getitem__', '__setitem__')
Set = _make('Set', 'isdisjoint', '__len__')
MutableSet = _make('MutableSet', 'add', 'discard')
Awaitable = _make('Awaitable', '__await__')
Coroutine = _make('Coroutine', '__await__', 'send')
`,
};
