/** `hashlib`: digests. */
import type { BundledModule } from './index.ts';

export const hashlib: BundledModule = {
  kind: 'source',
  source: String.raw`
from _os import _digest

algorithms_available = algorithms_guaranteed = {'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'}
_SIZES = {'md5': (16, 64), 'sha1': (20, 64), 'sha224': (28, 64), 'sha256': (32, 64), 'sha384': (48, 128), 'sha512': (64, 128)}

class _Hash:
    def __init__(self, name, data=b''):
        self.name = name
        self.digest_size, self.block_size = _SIZES[name]
        self._data = b''
        self.update(data)
    def update(self, data):
        if isinstance(data, str):
            raise TypeError('Strings must be encoded before hashing')
        self._data += bytes(data)
    def digest(self):
        return bytes.fromhex(self.hexdigest())
    def hexdigest(self):
        return _digest(self.name, self._data)
    def copy(self):
        return _Hash(self.name, self._data)
    def __repr__(self):
        return f'<{self.name} _hashlib.HASH object>'

def new(name, data=b'', **options):
    name = name.lower().replace('-', '')
    if name not in _SIZES:
        raise ValueError('unsupported hash type ' + name)
    return _Hash(name, data)

def md5(data=b'', **options): return _Hash('md5', data)
def sha1(data=b'', **options): return _Hash('sha1', data)
def sha224(data=b'', **options): return _Hash('sha224', data)
def sha256(data=b'', **options): return _Hash('sha256', data)
def sha384(data=b'', **options): return _Hash('sha384', data)
def sha512(data=b'', **options): return _Hash('sha512', data)
`,
};
