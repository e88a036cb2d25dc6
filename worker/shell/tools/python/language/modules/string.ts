/** `string`: sets of characters, and templates. */
import type { BundledModule } from './index.ts';

export const string: BundledModule = {
  kind: 'source',
  source: String.raw`
import re as _re

whitespace = ' \t\n\r\v\f'
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdefABCDEF'
octdigits = '01234567'
punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_" + chr(96) + '{|}~'
printable = digits + ascii_letters + punctuation + whitespace

def capwords(text, sep=None):
    return (sep or ' ').join(word.capitalize() for word in text.split(sep))

class Template:
    def __init__(self, template):
        self.template = template
    def _filled(self, values, is_safe):
        def one(match):
            name = match.group(1) or match.group(2)
            if match.group(0) == '$$':
                return '$'
            if name is None:
                raise ValueError('Invalid placeholder in string')
            if name in values:
                return str(values[name])
            if is_safe:
                return match.group(0)
            raise KeyError(name)
        return _re.sub(r'\$\$|\$([a-zA-Z_]\w*)|\$\{([a-zA-Z_]\w*)\}', one, self.template)
    def substitute(self, mapping={}, /, **keywords):
        return self._filled({**mapping, **keywords}, False)
    def safe_substitute(self, mapping={}, /, **keywords):
        return self._filled({**mapping, **keywords}, True)
`,
};
