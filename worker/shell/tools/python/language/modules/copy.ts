/** `copy`: copies, flat and deep. */
import type { BundledModule } from './index.ts';

export const copy: BundledModule = {
  kind: 'source',
  source: String.raw`
def copy(x):
    if hasattr(type(x), '__copy__'):
        return x.__copy__()
    if isinstance(x, (list, dict, set)):
        return x.copy()
    if x is None or isinstance(x, (int, float, str, bytes, tuple, frozenset, type)) or callable(x):
        return x
    made = object.__new__(type(x))
    for name, value in x.__dict__.items():
        object.__setattr__(made, name, value)
    return made

def deepcopy(x, memo=None):
    memo = {} if memo is None else memo
    if id(x) in memo:
        return memo[id(x)]
    if hasattr(type(x), '__deepcopy__'):
        return x.__deepcopy__(memo)
    if x is None or isinstance(x, (int, float, str, bytes, type)):
        return x
    if isinstance(x, list):
        memo[id(x)] = made = []
        for item in x:
            made.append(deepcopy(item, memo))
        return made
    if isinstance(x, dict):
        memo[id(x)] = made = x.copy()
        made.clear()
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
        return made
    if isinstance(x, tuple):
        return tuple(deepcopy(item, memo) for item in x)
    if isinstance(x, (set, frozenset)):
        return type(x)(deepcopy(item, memo) for item in x)
    if not hasattr(x, '__dict__') or callable(x) and not hasattr(type(x), '__call__'):
        return x
    memo[id(x)] = made = object.__new__(type(x))
    for name, value in x.__dict__.items():
        object.__setattr__(made, name, deepcopy(value, memo))
    return made
`,
};
