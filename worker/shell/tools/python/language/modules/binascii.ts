/** `binascii`: bytes as text. */
import type { BundledModule } from './index.ts';

export const binascii: BundledModule = {
  kind: 'source',
  source: String.raw`
class Error(ValueError):
    pass

Error.__module__ = 'binascii'

def hexlify(data, sep=''):
    return data.hex(sep).encode()

def unhexlify(text):
    return bytes.fromhex(text if isinstance(text, str) else text.decode())
`,
};
