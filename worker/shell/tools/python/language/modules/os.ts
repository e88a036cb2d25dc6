/** `os`: the system calls of a program. */
import type { BundledModule } from './index.ts';

export const os: BundledModule = {
  kind: 'source',
  source: String.raw`
import sys
from _os import *
from _os import _environ
import os.path as path

name = 'posix'
sep, altsep, extsep, pathsep, linesep, curdir, pardir, devnull = '/', None, '.', ':', '\n', '.', '..', '/dev/null'
F_OK, R_OK, W_OK, X_OK = 0, 4, 2, 1
O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND = 0, 1, 2, 64, 128, 512, 1024
error = OSError

class _Environ(dict):
    def __setitem__(self, key, value):
        if not isinstance(value, str):
            raise TypeError(f'str expected, not {type(value).__name__}')
        super().__setitem__(key, value)
    def __repr__(self):
        return 'environ(' + dict.__repr__(self) + ')'

environ = _Environ(_environ)

def getenv(key, default=None):
    return environ.get(key, default)

def putenv(key, value):
    environ[key] = value

def unsetenv(key):
    environ.pop(key, None)

def fspath(thing):
    return thing if isinstance(thing, (str, bytes)) else thing.__fspath__()

class DirEntry:
    def __init__(self, directory, name):
        self.name = name
        self.path = path.join(directory, name)
    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path)
    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path)
    def is_symlink(self):
        return path.islink(self.path)
    def stat(self, *, follow_symlinks=True):
        return stat(self.path)
    def __fspath__(self):
        return self.path
    def __repr__(self):
        return f'<DirEntry {self.name!r}>'

class _Scan:
    def __init__(self, entries):
        self._entries = iter(entries)
    def __iter__(self):
        return self
    def __next__(self):
        return next(self._entries)
    def __enter__(self):
        return self
    def __exit__(self, *exc):
        return None
    def close(self):
        pass

def scandir(directory='.'):
    return _Scan([DirEntry(fspath(directory), one) for one in listdir(directory)])

def makedirs(name, mode=0o777, exist_ok=False):
    name = fspath(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        makedirs(head, exist_ok=True)
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise

def removedirs(name):
    rmdir(name)
    head, tail = path.split(name)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)

def walk(top, topdown=True, onerror=None, followlinks=False):
    top = fspath(top)
    try:
        names = listdir(top)
    except OSError:
        return
    dirs = [one for one in names if path.isdir(path.join(top, one))]
    files = [one for one in names if one not in dirs]
    if topdown:
        yield top, dirs, files
    for one in dirs:
        inner = path.join(top, one)
        if followlinks or not path.islink(inner):
            yield from walk(inner, topdown, onerror, followlinks)
    if not topdown:
        yield top, dirs, files

def get_terminal_size(fallback=(80, 24)):
    return terminal_size(80, 24)

class terminal_size(tuple):
    def __new__(cls, columns, lines):
        made = tuple.__new__(cls, (columns, lines))
        return made
    columns = property(lambda self: self[0])
    lines = property(lambda self: self[1])

def uname():
    return _uname_result(*_uname())

from _os import _uname
from collections import namedtuple as _namedtuple
_uname_result = _namedtuple('posix.uname_result', 'sysname nodename release version machine')
`,
};
