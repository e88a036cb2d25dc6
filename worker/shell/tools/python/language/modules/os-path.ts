/** `os.path`: paths as texts. */
import type { BundledModule } from './index.ts';

export const osPath: BundledModule = {
  kind: 'source',
  source: String.raw`
from _os import _exists, _kind, stat, getcwd, readlink, _realpath, _environ

sep, curdir, pardir, extsep = '/', '.', '..', '.'

def _text(path):
    return path if isinstance(path, (str, bytes)) else path.__fspath__()

def join(path, *parts):
    path = _text(path)
    for part in map(_text, parts):
        if part.startswith('/'):
            path = part
        elif not path or path.endswith('/'):
            path += part
        else:
            path += '/' + part
    return path

def split(path):
    path = _text(path)
    cut = path.rfind('/') + 1
    head, tail = path[:cut], path[cut:]
    if head and head != '/' * len(head):
        head = head.rstrip('/')
    return head, tail

def basename(path):
    return split(path)[1]

def dirname(path):
    return split(path)[0]

def splitext(path):
    path = _text(path)
    cut = path.rfind('.')
    name = path.rfind('/') + 1
    if cut <= name or not path[name:cut].strip('.'):
        return path, ''
    return path[:cut], path[cut:]

def splitdrive(path):
    return '', path

def isabs(path):
    return _text(path).startswith('/')

def normpath(path):
    path = _text(path)
    start = '/' if path.startswith('/') else ''
    kept = []
    for part in path.split('/'):
        if part in ('', '.'):
            continue
        if part != '..' or (not start and not kept) or (kept and kept[-1] == '..'):
            kept.append(part)
        elif kept:
            kept.pop()
    return start + '/'.join(kept) or '.'

def abspath(path):
    path = _text(path)
    return normpath(path if isabs(path) else join(getcwd(), path))

def realpath(path, *, strict=False):
    return _realpath(_text(path))

def relpath(path, start='.'):
    here = [part for part in abspath(start).split('/') if part]
    there = [part for part in abspath(path).split('/') if part]
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    return '/'.join(['..'] * (len(here) - common) + there[common:]) or '.'

def commonprefix(paths):
    if not paths:
        return ''
    low, high = min(paths), max(paths)
    for index, sign in enumerate(low):
        if sign != high[index]:
            return low[:index]
    return low

def commonpath(paths):
    parts = [abspath(path).split('/') if isabs(path) else path.split('/') for path in paths]
    return '/'.join(commonprefix(parts)) or '/'

def exists(path):
    return _exists(_text(path), True)

def lexists(path):
    return _exists(_text(path), False)

def isfile(path):
    return _kind(_text(path), True) == 'file'

def isdir(path):
    return _kind(_text(path), True) == 'directory'

def islink(path):
    return _kind(_text(path), False) == 'symlink'

def ismount(path):
    return abspath(path) == '/'

def getsize(path):
    return stat(path).st_size

def getmtime(path):
    return stat(path).st_mtime

getatime = getctime = getmtime

def samefile(a, b):
    return realpath(a) == realpath(b)

def expanduser(path):
    path = _text(path)
    if path == '~' or path.startswith('~/'):
        return _environ.get('HOME', '/root') + path[1:]
    return path

def expandvars(path):
    import re
    return re.sub(r'\$(\w+)|\$\{(\w+)\}', lambda m: _environ.get(m.group(1) or m.group(2), m.group(0)), _text(path))
`,
};
