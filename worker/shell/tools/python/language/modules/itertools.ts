/** `itertools`: iterators out of iterators. */
import type { BundledModule } from './index.ts';

export const itertools: BundledModule = {
  kind: 'source',
  source: String.raw`
def count(start=0, step=1):
    while True:
        yield start
        start += step

def cycle(iterable):
    saved = list(iterable)
    while saved:
        yield from saved

def repeat(object, times=None):
    if times is None:
        while True:
            yield object
    for _ in range(times):
        yield object

class chain:
    def __init__(self, *iterables):
        self._items = _chained(iterables)
    def __iter__(self):
        return self
    def __next__(self):
        return next(self._items)
    @classmethod
    def from_iterable(cls, iterables):
        made = cls()
        made._items = _chained(iterables)
        return made

def _chained(iterables):
    for one in iterables:
        yield from one

def islice(iterable, *bounds):
    limits = slice(*bounds)
    start, stop, step = limits.start or 0, limits.stop, limits.step or 1
    if stop is not None and stop <= 0:
        return
    items = iter(iterable)
    wanted = start
    position = 0
    while stop is None or position < stop:
        try:
            item = next(items)
        except StopIteration:
            return
        if position == wanted:
            yield item
            wanted += step
        position += 1
        if stop is not None and wanted >= stop:
            return

def accumulate(iterable, func=None, *, initial=None):
    items = iter(iterable)
    total = initial
    if initial is None:
        try:
            total = next(items)
        except StopIteration:
            return
    yield total
    for item in items:
        total = total + item if func is None else func(total, item)
        yield total

def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item

def dropwhile(predicate, iterable):
    items = iter(iterable)
    for item in items:
        if not predicate(item):
            yield item
            break
    yield from items

def filterfalse(predicate, iterable):
    for item in iterable:
        if not (item if predicate is None else predicate(item)):
            yield item

def starmap(function, iterable):
    for args in iterable:
        yield function(*args)

def compress(data, selectors):
    return (item for item, wanted in zip(data, selectors) if wanted)

def zip_longest(*iterables, fillvalue=None):
    iterators = [iter(one) for one in iterables]
    active = len(iterators)
    while active:
        values = []
        for index, one in enumerate(iterators):
            if one is None:
                values.append(fillvalue)
                continue
            try:
                values.append(next(one))
            except StopIteration:
                active -= 1
                if not active:
                    return
                iterators[index] = None
                values.append(fillvalue)
        yield tuple(values)

def pairwise(iterable):
    items = iter(iterable)
    before = next(items, None)
    for item in items:
        yield before, item
        before = item

def batched(iterable, n):
    items = iter(iterable)
    while batch := tuple(islice(items, n)):
        yield batch

def groupby(iterable, key=None):
    items = iter(iterable)
    group = []
    current = None
    is_first = True
    for item in items:
        own = item if key is None else key(item)
        if is_first or own == current:
            group.append(item)
        else:
            yield current, iter(group)
            group = [item]
        current = own
        is_first = False
    if not is_first:
        yield current, iter(group)

def tee(iterable, n=2):
    items = list(iterable)
    return tuple(iter(items) for _ in range(n))

def product(*iterables, repeat=1):
    pools = [tuple(pool) for pool in iterables] * repeat
    def choose(index):
        if index == len(pools):
            yield ()
            return
        for item in pools[index]:
            for rest in choose(index + 1):
                yield (item,) + rest
    return choose(0)

def permutations(iterable, r=None):
    pool = tuple(iterable)
    count = len(pool) if r is None else r
    def choose(left, used):
        if left == 0:
            yield ()
            return
        for index in range(len(pool)):
            if index not in used:
                for rest in choose(left - 1, used | {index}):
                    yield (pool[index],) + rest
    return choose(count, frozenset())

def combinations(iterable, r):
    pool = tuple(iterable)
    def choose(start, left):
        if left == 0:
            yield ()
            return
        for index in range(start, len(pool) - left + 1):
            for rest in choose(index + 1, left - 1):
                yield (pool[index],) + rest
    return choose(0, r)

def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)
    def choose(start, left):
        if left == 0:
            yield ()
            return
        for index in range(start, len(pool)):
            for rest in choose(index, left - 1):
                yield (pool[index],) + rest
    return choose(0, r)
`,
};
