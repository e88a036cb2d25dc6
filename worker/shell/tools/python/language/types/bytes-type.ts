/** Methods of bytes and bytearray. */
import { className, integerOf, textOf } from '../objects/classes.ts';
import { bytearrayType, Bytes, bytesType, List, Tuple } from '../objects/containers.ts';
import { typeError, valueError } from '../objects/exceptions.ts';
import { latin1 } from '../objects/hashing.ts';
import { TypeObject, type Value } from '../objects/values.ts';
import { builtinEquals } from '../machine/comparison.ts';
import { builtinIterator, toArray } from '../machine/iteration.ts';
import { methods } from '../machine/native.ts';
import { builtinItem } from '../machine/subscripts.ts';
import { smallIndex } from '../machine/truth.ts';
import { decodeBytes, encodeTextAs } from './encodings.ts';
import { splitLines } from './letter-case.ts';

function own(value: Value | undefined): Bytes {
  if (value instanceof Bytes) return value;
  throw typeError(`a bytes-like object is required, not '${className(value ?? null)}'`);
}

/** As text of characters below 256, which texts' own operations then work on. */
function asText(value: Value | undefined): string {
  return latin1(own(value).data);
}

function asBytes(text: string, like: Value | undefined): Bytes {
  return new Bytes(
    Uint8Array.from(text, (sign) => sign.charCodeAt(0)),
    own(like).cls,
  );
}

for (const type of [bytesType, bytearrayType])
  methods(
    type,
    {
      'decode(encoding=, errors=)': ([self, encoding = 'utf-8', errors = 'strict']) =>
        decodeBytes(own(self).data, textOf(encoding) ?? '', textOf(errors) ?? 'strict'),
      'hex(sep=)': ([self, separator = '']) =>
        Array.from(own(self).data, (byte) => byte.toString(16).padStart(2, '0')).join(textOf(separator) ?? ''),
      'startswith(prefix)': ([self, part]) =>
        (part instanceof Tuple ? part.items : [part!]).some((one) => asText(self).startsWith(asText(one))),
      'endswith(suffix)': ([self, part]) =>
        (part instanceof Tuple ? part.items : [part!]).some((one) => asText(self).endsWith(asText(one))),
      'find(sub)': ([self, part]) =>
        asText(self).indexOf(typeof part === 'number' ? String.fromCharCode(part) : asText(part)),
      'index(sub)': ([self, part]) => {
        const at = asText(self).indexOf(asText(part));
        if (at === -1) throw valueError('subsection not found');
        return at;
      },
      'count(sub)': ([self, part]) => asText(self).split(asText(part)).length - 1,
      'replace(old, new)': ([self, from, to]) =>
        asBytes(
          asText(self).replaceAll(asText(from), () => asText(to)),
          self,
        ),
      'strip(chars=)': ([self]) => asBytes(asText(self).trim(), self),
      'lstrip(chars=)': ([self]) => asBytes(asText(self).trimStart(), self),
      'rstrip(chars=)': ([self]) => asBytes(asText(self).trimEnd(), self),
      'upper()': ([self]) =>
        asBytes(
          asText(self).replace(/[a-z]/g, (sign) => sign.toUpperCase()),
          self,
        ),
      'lower()': ([self]) =>
        asBytes(
          asText(self).replace(/[A-Z]/g, (sign) => sign.toLowerCase()),
          self,
        ),
      'split(sep=, maxsplit=)': ([self, separator = null]) =>
        new List(
          (separator === null
            ? asText(self)
                .trim()
                .split(/\s+/)
                .filter((one) => one !== '')
            : asText(self).split(asText(separator))
          ).map((part) => asBytes(part, self)),
        ),
      'splitlines(keepends=)': ([self, keeps = false]) =>
        new List(splitLines(asText(self), keeps === true).map((line) => asBytes(line, self))),
      'isdigit()': ([self]) => /^\d+$/.test(asText(self)),
      '__iter__()': ([self]) => builtinIterator(self!)!,
      '__len__()': ([self]) => own(self).data.length,
      '__getitem__(index)': ([self, index], machine) => builtinItem(self!, index!, machine)!,
      '__eq__(other)': ([self, other], machine) => builtinEquals(self!, other!, machine),
      'fromhex(cls, text)': ([cls, text]) => {
        const digits = (textOf(text) ?? '').replace(/\s+/g, '');
        if (!/^(?:[\da-f]{2})*$/i.test(digits))
          throw valueError('non-hexadecimal number found in fromhex() arg at position 0');
        const data = Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
        return new Bytes(data, cls instanceof TypeObject ? cls : type);
      },
    },
    {
      *'__new__(cls, source=, encoding=, errors=)'([cls, source, encoding, errors = 'strict'], machine) {
        const made = (data: Uint8Array): Bytes => new Bytes(data, cls instanceof TypeObject ? cls : type);
        if (source === undefined) return made(new Uint8Array(0));
        const text = textOf(source);
        if (text !== undefined) {
          if (encoding === undefined) throw typeError('string argument without an encoding');
          return made(encodeTextAs(text, textOf(encoding) ?? '', textOf(errors) ?? 'strict'));
        }
        if (source instanceof Bytes) return made(source.data.slice());
        if (integerOf(source) !== undefined) {
          const size = smallIndex(source, machine);
          if (size < 0) throw valueError('negative count');
          machine.process.kernel.useMemory(size);
          return made(new Uint8Array(size));
        }
        const items = yield* toArray(source, machine);
        return made(
          Uint8Array.from(items, (item) => {
            const byte = smallIndex(item, machine);
            if (byte < 0 || byte > 255) throw valueError('bytes must be in range(0, 256)');
            return byte;
          }),
        );
      },
      *'join(iterable)'([self, iterable], machine) {
        const parts = yield* toArray(iterable!, machine);
        return asBytes(parts.map((part) => asText(part)).join(asText(self)), self);
      },
    },
  );

methods(bytearrayType, {
  'append(item)': ([self, item], machine) => {
    const bytes = own(self);
    bytes.data = Uint8Array.of(...bytes.data, smallIndex(item!, machine));
    return null;
  },
  'extend(other)': ([self, other]) => {
    const bytes = own(self);
    bytes.data = Uint8Array.of(...bytes.data, ...own(other).data);
    return null;
  },
});
bytearrayType.set('__hash__', null);
