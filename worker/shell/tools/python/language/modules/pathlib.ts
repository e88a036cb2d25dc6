/** `pathlib`: paths as objects. */
import type { BundledModule } from './index.ts';

export const pathlib: BundledModule = {
  kind: 'source',
  source: String.raw`
import os
import re as _re

class PurePath:
    def __init__(self, *parts):
        text = os.path.join('', *[os.fspath(part) for part in parts]) if parts else '.'
        start = '/' if text.startswith('/') else ''
        self._text = start + '/'.join(part for part in text.split('/') if part not in ('', '.')) or '.'
    def __fspath__(self):
        return self._text
    def __str__(self):
        return self._text
    def __repr__(self):
        return f'{"PosixPath" if isinstance(self, Path) else type(self).__name__}({self._text!r})'
    def __eq__(self, other):
        return isinstance(other, PurePath) and self._text == other._text
    def __lt__(self, other):
        return self.parts < other.parts
    def __hash__(self):
        return hash(self._text)
    def __truediv__(self, other):
        return type(self)(self._text, other)
    def __rtruediv__(self, other):
        return type(self)(other, self._text)
    def joinpath(self, *others):
        return type(self)(self._text, *others)
    @property
    def parts(self):
        names = [part for part in self._text.split('/') if part]
        return tuple((['/'] if self._text.startswith('/') else []) + names) if self._text != '.' else ()
    @property
    def name(self):
        return '' if self._text in ('/', '.') else self._text.rsplit('/', 1)[-1]
    @property
    def suffix(self):
        return os.path.splitext(self.name)[1]
    @property
    def suffixes(self):
        return ['.' + part for part in self.name.lstrip('.').split('.')[1:]]
    @property
    def stem(self):
        return os.path.splitext(self.name)[0]
    @property
    def parent(self):
        return type(self)(os.path.dirname(self._text) or '.')
    @property
    def parents(self):
        found = []
        path = self
        while path.parent != path:
            path = path.parent
            found.append(path)
        return found
    @property
    def root(self):
        return '/' if self._text.startswith('/') else ''
    @property
    def anchor(self):
        return self.root
    def is_absolute(self):
        return self._text.startswith('/')
    def as_posix(self):
        return self._text
    def as_uri(self):
        return 'file://' + self._text
    def with_name(self, name):
        return self.parent / name
    def with_suffix(self, suffix):
        return self.parent / (self.stem + suffix)
    def with_stem(self, stem):
        return self.parent / (stem + self.suffix)
    def is_relative_to(self, other):
        other = type(self)(other)
        return self.parts[:len(other.parts)] == other.parts
    def relative_to(self, other):
        other = type(self)(other)
        if not self.is_relative_to(other):
            raise ValueError(f'{str(self)!r} is not in the subpath of {str(other)!r} OR one path is relative and the other is absolute.')
        return type(self)(*self.parts[len(other.parts):])
    def match(self, pattern):
        return _pattern(pattern.rsplit('/', 1)[-1]).fullmatch(self.name) is not None

def _pattern(text):
    return _re.compile(''.join('[^/]*' if sign == '*' else '[^/]' if sign == '?' else sign if sign in '[]' else _re.escape(sign) for sign in text))

PurePosixPath = PurePath

class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls(os.getcwd())
    @classmethod
    def home(cls):
        return cls(os.path.expanduser('~'))
    def exists(self):
        return os.path.exists(self._text)
    def is_file(self):
        return os.path.isfile(self._text)
    def is_dir(self):
        return os.path.isdir(self._text)
    def is_symlink(self):
        return os.path.islink(self._text)
    def stat(self):
        return os.stat(self._text)
    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        return open(self._text, mode, encoding=encoding, errors=errors, newline=newline)
    def read_text(self, encoding=None, errors=None):
        with self.open(encoding=encoding, errors=errors) as file:
            return file.read()
    def read_bytes(self):
        with self.open('rb') as file:
            return file.read()
    def write_text(self, data, encoding=None, errors=None, newline=None):
        with self.open('w', encoding=encoding, errors=errors, newline=newline) as file:
            return file.write(data)
    def write_bytes(self, data):
        with self.open('wb') as file:
            return file.write(data)
    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        if parents:
            os.makedirs(self._text, mode, exist_ok)
            return
        try:
            os.mkdir(self._text, mode)
        except FileExistsError:
            if not exist_ok or not self.is_dir():
                raise
    def rmdir(self):
        os.rmdir(self._text)
    def unlink(self, missing_ok=False):
        try:
            os.unlink(self._text)
        except FileNotFoundError:
            if not missing_ok:
                raise
    def touch(self, mode=0o666, exist_ok=True):
        self.open('a').close()
    def rename(self, target):
        os.rename(self._text, target)
        return type(self)(target)
    replace = rename
    def chmod(self, mode):
        os.chmod(self._text, mode)
    def symlink_to(self, target):
        os.symlink(target, self._text)
    def readlink(self):
        return type(self)(os.readlink(self._text))
    def resolve(self, strict=False):
        return type(self)(os.path.realpath(os.path.abspath(self._text)))
    def absolute(self):
        return type(self)(os.path.join(os.getcwd(), self._text))
    def expanduser(self):
        return type(self)(os.path.expanduser(self._text))
    def iterdir(self):
        for name in os.listdir(self._text):
            yield self / name
    def glob(self, pattern):
        head, _, rest = pattern.partition('/')
        if head == '**':
            for directory, _, _ in os.walk(self._text):
                if rest:
                    yield from type(self)(directory).glob(rest)
                else:
                    yield type(self)(directory)
            return
        matcher = _pattern(head)
        for name in os.listdir(self._text):
            if matcher.fullmatch(name):
                inner = self / name
                if not rest:
                    yield inner
                elif inner.is_dir():
                    yield from inner.glob(rest)
    def rglob(self, pattern):
        return self.glob('**/' + pattern)

PosixPath = Path
`,
};
