/** `re`: regular expressions. */
import type { BundledModule } from './index.ts';

export const re: BundledModule = {
  kind: 'source',
  source: String.raw`
import _re
from enum import IntEnum as _IntEnum

I = IGNORECASE = 2
L = LOCALE = 4
M = MULTILINE = 8
S = DOTALL = 16
U = UNICODE = 32
X = VERBOSE = 64
A = ASCII = 256
NOFLAG = 0

class error(Exception):
    def __init__(self, msg, pattern=None, pos=None):
        super().__init__(msg)
        self.msg, self.pattern, self.pos = msg, pattern, pos

error.__module__ = 're'
PatternError = error

class Match:
    def __init__(self, pattern, text, spans, pos, endpos):
        self.re = pattern
        self.string = text
        self._spans = spans
        self.pos = pos
        self.endpos = endpos
    def _index(self, group):
        if isinstance(group, str):
            if group not in self.re.groupindex:
                raise IndexError('no such group')
            return self.re.groupindex[group]
        if not 0 <= group < len(self._spans):
            raise IndexError('no such group')
        return group
    def group(self, *groups):
        if not groups:
            groups = (0,)
        found = tuple(self._one(group, None) for group in groups)
        return found[0] if len(found) == 1 else found
    def _one(self, group, default):
        span = self._spans[self._index(group)]
        return default if span is None else self.string[span[0]:span[1]]
    def __getitem__(self, group):
        return self._one(group, None)
    def groups(self, default=None):
        return tuple(self._one(index, default) for index in range(1, len(self._spans)))
    def groupdict(self, default=None):
        return {name: self._one(index, default) for name, index in self.re.groupindex.items()}
    def span(self, group=0):
        return self._spans[self._index(group)] or (-1, -1)
    def start(self, group=0):
        return self.span(group)[0]
    def end(self, group=0):
        return self.span(group)[1]
    @property
    def lastindex(self):
        found = [index for index in range(1, len(self._spans)) if self._spans[index]]
        return found[-1] if found else None
    @property
    def lastgroup(self):
        index = self.lastindex
        return next((name for name, one in self.re.groupindex.items() if one == index), None)
    def expand(self, template):
        return _expand(template, self)
    def __repr__(self):
        return f'<re.Match object; span={self.span()}, match={self.group()!r}>'

def _expand(template, match):
    if '\\' not in template:
        return template
    out = ''
    at = 0
    while at < len(template):
        sign = template[at]
        if sign != '\\' or at + 1 >= len(template):
            out += sign
            at += 1
            continue
        following = template[at + 1]
        if following == 'g' and template[at + 2:at + 3] == '<':
            end = template.index('>', at)
            name = template[at + 3:end]
            out += match._one(int(name) if name.isdigit() else name, '')
            at = end + 1
        elif following.isdigit() and following != '0':
            width = 2 if template[at + 2:at + 3].isdigit() else 1
            out += match._one(int(template[at + 1:at + 1 + width]), '')
            at += 1 + width
        else:
            out += {'n': '\n', 't': '\t', 'r': '\r', '\\': '\\', '0': '\0'}.get(following, '\\' + following)
            at += 2
    return out

class Pattern:
    def __init__(self, pattern, flags):
        self.pattern = pattern
        problem, self._compiled, self.groups, self.groupindex, extra = _re.compile(pattern, int(flags))
        if problem is not None:
            raise error(problem, pattern)
        self.flags = int(flags) | extra | (0 if isinstance(pattern, bytes) else 32)
    def _match(self, text, pos, endpos, mode):
        if isinstance(text, str) == isinstance(self.pattern, bytes):
            raise TypeError('cannot use a string pattern on a bytes-like object' if isinstance(self.pattern, str) else 'cannot use a bytes pattern on a string-like object')
        limit = len(text) if endpos is None else min(endpos, len(text))
        spans = _re.match(self._compiled, text[:limit], pos, mode)
        return None if spans is None else Match(self, text, spans, pos, limit)
    def search(self, string, pos=0, endpos=None):
        return self._match(string, pos, endpos, 'search')
    def match(self, string, pos=0, endpos=None):
        return self._match(string, pos, endpos, 'match')
    def fullmatch(self, string, pos=0, endpos=None):
        return self._match(string, pos, endpos, 'fullmatch')
    def finditer(self, string, pos=0, endpos=None):
        limit = len(string) if endpos is None else endpos
        while pos <= limit:
            found = self._match(string, pos, endpos, 'search')
            if found is None:
                return
            yield found
            pos = found.end() if found.end() > found.start() else found.end() + 1
    def findall(self, string, pos=0, endpos=None):
        if self.groups == 0:
            return [match.group() for match in self.finditer(string, pos, endpos)]
        if self.groups == 1:
            return [match._one(1, '') for match in self.finditer(string, pos, endpos)]
        return [match.groups('') for match in self.finditer(string, pos, endpos)]
    def split(self, string, maxsplit=0):
        parts = []
        at = 0
        for match in self.finditer(string):
            if maxsplit and len(parts) >= maxsplit * (self.groups + 1):
                break
            parts.append(string[at:match.start()])
            parts.extend(match.groups())
            at = match.end()
        parts.append(string[at:])
        return parts
    def subn(self, repl, string, count=0):
        out = []
        at = 0
        done = 0
        for match in self.finditer(string):
            if count and done >= count:
                break
            out.append(string[at:match.start()])
            out.append(repl(match) if callable(repl) else _expand(repl, match))
            at = match.end()
            done += 1
        out.append(string[at:])
        return string[:0].join(out), done
    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]
    def __eq__(self, other):
        return isinstance(other, Pattern) and (self.pattern, self.flags) == (other.pattern, other.flags)
    def __hash__(self):
        return hash((self.pattern, self.flags))
    def __repr__(self):
        names = [name for name, bit in (('re.IGNORECASE', 2), ('re.MULTILINE', 8), ('re.DOTALL', 16), ('re.VERBOSE', 64)) if self.flags & bit]
        return f're.compile({self.pattern!r}' + (', ' + '|'.join(names) if names else '') + ')'

_known = {}

def compile(pattern, flags=0):
    if isinstance(pattern, Pattern):
        return pattern
    key = (pattern, int(flags))
    if key not in _known:
        _known[key] = Pattern(pattern, flags)
    return _known[key]

def search(pattern, string, flags=0): return compile(pattern, flags).search(string)
def match(pattern, string, flags=0): return compile(pattern, flags).match(string)
def fullmatch(pattern, string, flags=0): return compile(pattern, flags).fullmatch(string)
def findall(pattern, string, flags=0): return compile(pattern, flags).findall(string)
def finditer(pattern, string, flags=0): return compile(pattern, flags).finditer(string)
def split(pattern, string, maxsplit=0, flags=0): return compile(pattern, flags).split(string, maxsplit)
def sub(pattern, repl, string, count=0, flags=0): return compile(pattern, flags).sub(repl, string, count)
def subn(pattern, repl, string, count=0, flags=0): return compile(pattern, flags).subn(repl, string, count)
def purge(): _known.clear()

def escape(pattern):
    return ''.join('\\' + sign if sign in '()[]{}?*+-|^$\\.&~# \t\n\r\v\f' else sign for sign in pattern)
`,
};
