/** `operator`: operators as functions. */
import type { BundledModule } from './index.ts';

export const operator: BundledModule = {
  kind: 'source',
  source: String.raw`
def add(a, b): return a + b
def sub(a, b): return a - b
def mul(a, b): return a * b
def truediv(a, b): return a / b
def floordiv(a, b): return a // b
def mod(a, b): return a % b
def pow(a, b): return a ** b
def neg(a): return -a
def pos(a): return +a
def not_(a): return not a
def truth(a): return bool(a)
def and_(a, b): return a & b
def or_(a, b): return a | b
def xor(a, b): return a ^ b
def lt(a, b): return a < b
def le(a, b): return a <= b
def eq(a, b): return a == b
def ne(a, b): return a != b
def gt(a, b): return a > b
def ge(a, b): return a >= b
def is_(a, b): return a is b
def contains(a, b): return b in a
def concat(a, b): return a + b
def getitem(a, b): return a[b]
def setitem(a, b, c): a[b] = c
def delitem(a, b): del a[b]

def itemgetter(*items):
    if len(items) == 1:
        return lambda thing: thing[items[0]]
    return lambda thing: tuple(thing[item] for item in items)

def attrgetter(*names):
    def one(thing, name):
        for part in name.split('.'):
            thing = getattr(thing, part)
        return thing
    if len(names) == 1:
        return lambda thing: one(thing, names[0])
    return lambda thing: tuple(one(thing, name) for name in names)

def methodcaller(name, *args, **keywords):
    return lambda thing: getattr(thing, name)(*args, **keywords)
`,
};
