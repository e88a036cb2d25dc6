/** `io`: files in memory. */
import type { BundledModule } from './index.ts';

export const io: BundledModule = {
  kind: 'source',
  source: String.raw`
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2

class _Memory:
    def __init__(self, initial=None, newline='\n'):
        self._data = self._empty if initial is None else initial
        self._at = 0
        self.closed = False
    def write(self, part):
        before, after = self._data[:self._at], self._data[self._at + len(part):]
        self._data = before + part + after
        self._at += len(part)
        return len(part)
    def writelines(self, lines):
        for line in lines:
            self.write(line)
    def read(self, size=-1):
        end = len(self._data) if size is None or size < 0 else self._at + size
        part = self._data[self._at:end]
        self._at += len(part)
        return part
    def readline(self, size=-1):
        end = self._data.find(self._newline, self._at) + 1
        part = self._data[self._at:end or len(self._data)]
        self._at += len(part)
        return part
    def readlines(self):
        return list(self)
    def __iter__(self):
        while line := self.readline():
            yield line
    def getvalue(self):
        return self._data
    def seek(self, offset, whence=0):
        self._at = offset + (0, self._at, len(self._data))[whence]
        return self._at
    def tell(self):
        return self._at
    def truncate(self, size=None):
        self._data = self._data[:self._at if size is None else size]
    def flush(self):
        pass
    def close(self):
        self.closed = True
    def isatty(self):
        return False
    def __enter__(self):
        return self
    def __exit__(self, *exc):
        self.close()

class StringIO(_Memory):
    _empty = ''
    _newline = '\n'

class BytesIO(_Memory):
    _empty = b''
    _newline = b'\n'
    def getbuffer(self):
        return self._data

open = open
UnsupportedOperation = UnsupportedOperation
`,
};
