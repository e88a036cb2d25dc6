/** `json`: texts of JSON, read and written as Python does. */
import type { BundledModule } from './index.ts';

export const json: BundledModule = {
  kind: 'source',
  source: String.raw`
from _json import scan as _scan, quote as _quote

class JSONDecodeError(ValueError):
    def __init__(self, msg, doc, pos):
        lineno = doc.count('\n', 0, pos) + 1
        colno = pos - doc.rfind('\n', 0, pos)
        super().__init__(f'{msg}: line {lineno} column {colno} (char {pos})')
        self.msg, self.doc, self.pos, self.lineno, self.colno = msg, doc, pos, lineno, colno

JSONDecodeError.__module__ = 'json.decoder'

def loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, object_pairs_hook=None, **keywords):
    if isinstance(s, (bytes, bytearray)):
        s = s.decode()
    if not isinstance(s, str):
        raise TypeError(f'the JSON object must be str, bytes or bytearray, not {s.__class__.__name__}')
    value, problem, position = _scan(s)
    if problem is not None:
        raise JSONDecodeError(problem, s, position)
    return value if object_hook is None else _hooked(value, object_hook)

def _hooked(value, hook):
    if isinstance(value, dict):
        return hook({key: _hooked(item, hook) for key, item in value.items()})
    if isinstance(value, list):
        return [_hooked(item, hook) for item in value]
    return value

def load(fp, **keywords):
    return loads(fp.read(), **keywords)

class JSONEncoder:
    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None, separators=None, default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.sort_keys = sort_keys
        self.indent = ' ' * indent if isinstance(indent, int) else indent
        self.item_separator, self.key_separator = separators or ((',' if indent is not None else ', '), ': ')
        if default is not None:
            self.default = default
    def default(self, o):
        raise TypeError(f'Object of type {o.__class__.__name__} is not JSON serializable')
    def encode(self, o):
        return ''.join(self.iterencode(o))
    def iterencode(self, o):
        return self._parts(o, '\n')
    def _parts(self, o, newline):
        if isinstance(o, str):
            yield _quote(o, self.ensure_ascii)
        elif o is None:
            yield 'null'
        elif o is True:
            yield 'true'
        elif o is False:
            yield 'false'
        elif isinstance(o, int):
            yield int.__repr__(o)
        elif isinstance(o, float):
            yield 'NaN' if o != o else 'Infinity' if o == float('inf') else '-Infinity' if o == float('-inf') else float.__repr__(o)
        elif isinstance(o, (list, tuple)):
            yield from self._sequence(o, newline)
        elif isinstance(o, dict):
            yield from self._mapping(o, newline)
        else:
            yield from self._parts(self.default(o), newline)
    def _sequence(self, o, newline):
        if not o:
            yield '[]'
            return
        inner = newline + self.indent if self.indent is not None else ''
        first = '[' + inner
        for item in o:
            yield first
            yield from self._parts(item, inner)
            first = self.item_separator + inner
        yield (newline if self.indent is not None else '') + ']'
    def _mapping(self, o, newline):
        if not o:
            yield '{}'
            return
        inner = newline + self.indent if self.indent is not None else ''
        first = '{' + inner
        for key, value in sorted(o.items()) if self.sort_keys else o.items():
            if not isinstance(key, str):
                if key is None or isinstance(key, (bool, int, float)):
                    key = {None: 'null', True: 'true', False: 'false'}[key] if key is None or isinstance(key, bool) else repr(key)
                elif self.skipkeys:
                    continue
                else:
                    raise TypeError(f'keys must be str, int, float, bool or None, not {key.__class__.__name__}')
            yield first + _quote(key, self.ensure_ascii) + self.key_separator
            yield from self._parts(value, inner)
            first = self.item_separator + inner
        yield (newline if self.indent is not None else '') + '}'

class JSONDecoder:
    def decode(self, s):
        return loads(s)

def dumps(obj, *, cls=None, **keywords):
    return (cls or JSONEncoder)(**keywords).encode(obj)

def dump(obj, fp, **keywords):
    fp.write(dumps(obj, **keywords))
`,
};
