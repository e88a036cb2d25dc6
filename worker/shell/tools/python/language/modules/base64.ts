/** `base64`: bytes in letters. */
import type { BundledModule } from './index.ts';

export const base64: BundledModule = {
  kind: 'source',
  source: String.raw`
_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
_VALUES = {letter: index for index, letter in enumerate(_LETTERS)}

def b64encode(s, altchars=None):
    if isinstance(s, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    out = []
    for at in range(0, len(s), 3):
        part = s[at:at + 3]
        bits = int.from_bytes(part + b'\0' * (3 - len(part)), 'big')
        group = ''.join(_LETTERS[(bits >> shift) & 63] for shift in (18, 12, 6, 0))
        out.append(group[:len(part) + 1] + '=' * (3 - len(part)))
    text = ''.join(out)
    if altchars:
        text = text.replace('+', chr(altchars[0])).replace('/', chr(altchars[1]))
    return text.encode()

def b64decode(s, altchars=None, validate=False):
    text = s if isinstance(s, str) else s.decode('ascii')
    if altchars:
        text = text.replace(chr(altchars[0]), '+').replace(chr(altchars[1]), '/')
    letters = [letter for letter in text if letter in _VALUES]
    if (len(letters) + text.count('=')) % 4:
        import binascii
        raise binascii.Error('Incorrect padding')
    out = b''
    for at in range(0, len(letters), 4):
        group = letters[at:at + 4]
        bits = 0
        for letter in group + ['A'] * (4 - len(group)):
            bits = bits << 6 | _VALUES[letter]
        out += bits.to_bytes(3, 'big')[:len(group) - 1]
    return out

standard_b64encode, standard_b64decode = b64encode, b64decode

def urlsafe_b64encode(s):
    return b64encode(s, b'-_')

def urlsafe_b64decode(s):
    return b64decode(s, b'-_' if isinstance(s, (bytes, str)) else None)

def b16encode(s):
    return s.hex().upper().encode()

def b16decode(s, casefold=False):
    return bytes.fromhex(s if isinstance(s, str) else s.decode())

encodebytes = lambda s: b64encode(s) + b'\n'
decodebytes = b64decode
`,
};
