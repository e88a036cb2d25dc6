/** Methods of str. */
import { nameText } from '../objects/classes.ts';
import { className, textOf } from '../objects/classes.ts';
import { Boxed, Bytes, Dict, List, Slice, strType, Tuple } from '../objects/containers.ts';
import { raised, typeError, valueError } from '../objects/exceptions.ts';
import { TypeObject, type Value } from '../objects/values.ts';
import { formatTemplate } from '../format/template.ts';
import { builtinIterator, toArray } from '../machine/iteration.ts';
import type { Machine } from '../machine/machine.ts';
import { methods, plain, staticMethod } from '../machine/native.ts';
import { quoted, str } from '../machine/representation.ts';
import { builtinItem, sliceBounds } from '../machine/subscripts.ts';
import { smallIndex, textLength, truth } from '../machine/truth.ts';
import { numericHash } from '../builtins/hash-values.ts';
import { decodeBytes, encodeTextAs } from './encodings.ts';
import { capitalised, expandTabs, isTitle, splitLines, swapCase, titled } from './letter-case.ts';

function own(value: Value | undefined): string {
  const text = textOf(value);
  if (text === undefined)
    throw typeError(`descriptor requires a 'str' object but received a '${className(value ?? null)}'`);
  return text;
}

function needed(value: Value | undefined, of: string): string {
  const text = textOf(value);
  if (text === undefined) throw typeError(of.replace('%', className(value ?? null)));
  return text;
}

const WHITE = /\s/u;

/** Takes characters off the ends. */
function stripped(text: string, characters: Value | undefined, side: 'both' | 'left' | 'right'): string {
  const given =
    characters === undefined || characters === null ? undefined : needed(characters, 'strip arg must be None or str');
  const set = given === undefined ? undefined : new Set(given);
  const isGone = (sign: string): boolean =>
    // eslint-disable-next-line no-control-regex -- these characters are what is meant
    set === undefined ? WHITE.test(sign) || /[\x1c-\x1f\x85]/.test(sign) : set.has(sign);
  let start = 0;
  let end = text.length;
  if (side !== 'right') while (start < end && isGone(text[start]!)) start++;
  if (side !== 'left') while (end > start && isGone(text[end - 1]!)) end--;
  return text.slice(start, end);
}

function* splitWords(text: string, limit: number): Generator<string> {
  const words = text.trim();
  if (words === '') return;
  const pattern = /\s+/gu;
  let from = 0;
  for (let count = 0; limit < 0 || count < limit; count++) {
    const match = pattern.exec(words);
    if (match === null) break;
    yield words.slice(from, match.index);
    from = match.index + match[0].length;
  }
  yield words.slice(from);
}

function splitAt(text: string, separator: string, limit: number): string[] {
  if (separator === '') throw valueError('empty separator');
  const parts = text.split(separator);
  return limit < 0 || parts.length <= limit + 1
    ? parts
    : [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

function splitFromEnd(text: string, separator: Value, limit: number): string[] {
  if (separator === null) {
    if (limit < 0) return [...splitWords(text, -1)];
    const reversed = [...splitWords([...text].reverse().join(''), limit)];
    return reversed.map((part) => [...part].reverse().join('')).reverse();
  }
  const parts = splitAt(text, needed(separator, 'must be str or None, not %'), -1);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  const first = parts.slice(0, parts.length - limit).join(nameText(separator));
  return [first, ...parts.slice(parts.length - limit)];
}

/** The index of a part between bounds, in code points of flat texts. */
function search(args: readonly (Value | undefined)[], machine: Machine, fromEnd: boolean): number {
  const [self, part, start = null, end = null] = args;
  const text = own(self);
  const wanted = needed(part, 'must be str, not %');
  const bounds = sliceBounds(new Slice(start, end, null), text.length, machine);
  const at = fromEnd
    ? text.slice(0, bounds.stop).lastIndexOf(wanted)
    : text.slice(0, bounds.stop).indexOf(wanted, bounds.start);
  return at < bounds.start || bounds.start > bounds.stop ? -1 : at === -1 ? -1 : textLength(text.slice(0, at));
}

function padded(
  self: Value | undefined,
  width: Value | undefined,
  fill: Value | undefined,
  machine: Machine,
): [text: string, missing: number, fill: string] {
  const text = own(self);
  const sign = fill === undefined ? ' ' : needed(fill, 'The fill character must be a unicode character, not %');
  if (textLength(sign) !== 1) throw typeError('The fill character must be exactly one character long');
  return [text, Math.max(0, smallIndex(width!, machine) - textLength(text)), sign];
}

function startsOrEnds(args: readonly (Value | undefined)[], machine: Machine, atEnd: boolean): boolean {
  const [self, part, start = null, end = null] = args;
  const bounds = sliceBounds(new Slice(start, end, null), own(self).length, machine);
  const text = own(self).slice(bounds.start, bounds.stop);
  const parts = part instanceof Tuple ? part.items : [part!];
  const name = atEnd ? 'endswith' : 'startswith';
  return parts.some((one) => {
    const wanted = needed(one, `${name} first arg must be str or a tuple of str, not %`);
    return atEnd ? text.endsWith(wanted) : text.startsWith(wanted);
  });
}

const matches =
  (pattern: RegExp) =>
  ([self]: readonly Value[]) =>
    pattern.test(own(self));

methods(
  strType,
  {
    'upper()': ([self]) => own(self).toUpperCase(),
    'lower()': ([self]) => own(self).toLowerCase(),
    'casefold()': ([self]) => own(self).toLowerCase().replaceAll('ß', 'ss'),
    'title()': ([self]) => titled(own(self)),
    'capitalize()': ([self]) => capitalised(own(self)),
    'swapcase()': ([self]) => swapCase(own(self)),
    'strip(chars=)': ([self, chars]) => stripped(own(self), chars, 'both'),
    'lstrip(chars=)': ([self, chars]) => stripped(own(self), chars, 'left'),
    'rstrip(chars=)': ([self, chars]) => stripped(own(self), chars, 'right'),
    'removeprefix(prefix)': ([self, part]) =>
      own(self).startsWith(own(part)) ? own(self).slice(own(part).length) : own(self),
    'removesuffix(suffix)': ([self, part]) =>
      own(part) !== '' && own(self).endsWith(own(part)) ? own(self).slice(0, -own(part).length) : own(self),
    'startswith(prefix, start=, end=)': (args, machine) => startsOrEnds(args, machine, false),
    'endswith(suffix, start=, end=)': (args, machine) => startsOrEnds(args, machine, true),
    'find(sub, start=, end=)': (args, machine) => search(args, machine, false),
    'rfind(sub, start=, end=)': (args, machine) => search(args, machine, true),
    'index(sub, start=, end=)': (args, machine) => {
      const at = search(args, machine, false);
      if (at === -1) throw valueError('substring not found');
      return at;
    },
    'rindex(sub, start=, end=)': (args, machine) => {
      const at = search(args, machine, true);
      if (at === -1) throw valueError('substring not found');
      return at;
    },
    'count(sub, start=, end=)': ([self, part, start = null, end = null], machine) => {
      const bounds = sliceBounds(new Slice(start, end, null), own(self).length, machine);
      const text = own(self).slice(bounds.start, bounds.stop);
      const wanted = needed(part, 'must be str, not %');
      return wanted === '' ? textLength(text) + 1 : text.split(wanted).length - 1;
    },
    'replace(old, new, count=)': ([self, old, by, count = -1], machine) => {
      const [text, from] = [own(self), needed(old, 'replace() argument 1 must be str, not %')];
      const to = needed(by, 'replace() argument 2 must be str, not %');
      const limit = smallIndex(count, machine);
      if (limit < 0) return text.replaceAll(from, () => to);
      if (from === '') return [...text].map((sign, at) => (at < limit ? to + sign : sign)).join('');
      return splitAt(text, from, limit).join(to);
    },
    'split(sep=, maxsplit=)': ([self, separator = null, limit = -1], machine) => {
      const count = smallIndex(limit, machine);
      machine.work(own(self).length / 256);
      return new List(
        separator === null
          ? [...splitWords(own(self), count)]
          : splitAt(own(self), needed(separator, 'must be str or None, not %'), count),
      );
    },
    'rsplit(sep=, maxsplit=)': ([self, separator = null, limit = -1], machine) =>
      new List(splitFromEnd(own(self), separator, smallIndex(limit, machine))),
    'splitlines(keepends=)': ([self, keeps = false], machine) => new List(splitLines(own(self), truth(keeps, machine))),
    'partition(sep)': ([self, separator]) => {
      const at = own(self).indexOf(own(separator));
      if (own(separator) === '') throw valueError('empty separator');
      return new Tuple(
        at === -1
          ? [own(self), '', '']
          : [own(self).slice(0, at), own(separator), own(self).slice(at + own(separator).length)],
      );
    },
    'rpartition(sep)': ([self, separator]) => {
      const at = own(self).lastIndexOf(own(separator));
      if (own(separator) === '') throw valueError('empty separator');
      return new Tuple(
        at === -1
          ? ['', '', own(self)]
          : [own(self).slice(0, at), own(separator), own(self).slice(at + own(separator).length)],
      );
    },
    'ljust(width, fillchar=)': ([self, width, fill], machine) => {
      const [text, missing, sign] = padded(self, width, fill, machine);
      return text + sign.repeat(missing);
    },
    'rjust(width, fillchar=)': ([self, width, fill], machine) => {
      const [text, missing, sign] = padded(self, width, fill, machine);
      return sign.repeat(missing) + text;
    },
    'center(width, fillchar=)': ([self, width, fill], machine) => {
      const [text, missing, sign] = padded(self, width, fill, machine);
      const before = Math.floor(missing / 2) + (missing & smallIndex(width!, machine) & 1);
      return sign.repeat(before) + text + sign.repeat(missing - before);
    },
    'zfill(width)': ([self, width], machine) => {
      const [text, missing] = padded(self, width, undefined, machine);
      const sign = /^[+-]/.exec(text)?.[0] ?? '';
      return sign + '0'.repeat(missing) + text.slice(sign.length);
    },
    'expandtabs(tabsize=)': ([self, size = 8], machine) => expandTabs(own(self), smallIndex(size, machine)),
    'isdigit()': matches(/^[\p{Nd}²³¹⁰⁴-⁹₀-₉]+$/u),
    'isdecimal()': matches(/^\p{Nd}+$/u),
    'isnumeric()': matches(/^\p{N}+$/u),
    'isalpha()': matches(/^\p{L}+$/u),
    'isalnum()': matches(/^[\p{L}\p{N}]+$/u),
    // eslint-disable-next-line no-control-regex -- these characters are what is meant
    'isspace()': matches(/^[\s\x1c-\x1f\x85]+$/u),
    // eslint-disable-next-line no-control-regex -- these characters are what is meant
    'isascii()': matches(/^[\0-\x7f]*$/),
    'isprintable()': ([self]) =>
      quoted(own(self)).slice(1, -1).replaceAll('\\\\', '\\').replaceAll("\\'", "'") === own(self),
    'isidentifier()': matches(/^[\p{ID_Start}_][\p{ID_Continue}]*$/u),
    'isupper()': ([self]) => /\p{Lu}/u.test(own(self)) && !/\p{Ll}/u.test(own(self)),
    'islower()': ([self]) => /\p{Ll}/u.test(own(self)) && !/\p{Lu}/u.test(own(self)),
    'istitle()': ([self]) => isTitle(own(self)),
    'encode(encoding=, errors=)': ([self, encoding = 'utf-8', errors = 'strict']) =>
      new Bytes(encodeTextAs(own(self), own(encoding), own(errors))),
    'format(*args, **keywords)': ([self, args, named], machine) =>
      formatTemplate(
        own(self),
        args instanceof Tuple ? args.items : [],
        named instanceof Dict ? named : new Dict(),
        machine,
      ),
    'format_map(mapping)': ([self, mapping], machine) => formatTemplate(own(self), [], mapping!, machine),
    'translate(table)': ([self, table]) => translated(own(self), table!),
    '__iter__()': ([self]) => builtinIterator(self!)!,
    '__len__()': ([self]) => textLength(own(self)),
    '__contains__(part)': ([self, part]) => own(self).includes(own(part)),
    '__getitem__(index)': ([self, index], machine) => builtinItem(self!, index!, machine)!,
    '__eq__(other)': ([self, other]) => own(self) === textOf(other),
    '__hash__()': ([self]) => numericHash(own(self)),
    '__add__(other)': ([self, other]) => own(self) + own(other),
    '__new__(cls, object=, encoding=, errors=)': ([cls, value = '', encoding, errors = 'strict'], machine) => {
      const text =
        value instanceof Bytes && encoding !== undefined
          ? decodeBytes(value.data, own(encoding), own(errors))
          : str(value, machine);
      return cls instanceof TypeObject && cls.isUser ? new Boxed(cls, text) : text;
    },
  },
  {
    *'join(iterable)'([self, iterable], machine) {
      const items = yield* toArray(iterable!, machine);
      machine.work(items.length / 16);
      return items
        .map((item, index) => {
          const text = textOf(item);
          if (text === undefined)
            throw typeError(`sequence item ${index}: expected str instance, ${className(item)} found`);
          return text;
        })
        .join(own(self));
    },
  },
);

staticMethod(
  strType,
  plain('maketrans(x, y=, z=, /)', ([from, to, gone]) => {
    const table = new Dict();
    if (to === undefined) {
      if (!(from instanceof Dict)) throw typeError('if you give only one argument to maketrans it must be a dict');
      for (const { key, value } of from.entries.values())
        table.set(typeof key === 'string' ? key.codePointAt(0)! : key, value);
      return table;
    }
    const [left, right] = [[...own(from)], [...own(to)]];
    if (left.length !== right.length) throw valueError('the first two maketrans arguments must have equal length');
    left.forEach((sign, index) => table.set(sign.codePointAt(0)!, right[index]!.codePointAt(0)!));
    for (const sign of gone === undefined ? '' : own(gone)) table.set(sign.codePointAt(0)!, null);
    return table;
  }),
);

function translated(text: string, table: Value): string {
  if (!(table instanceof Dict)) throw raised('TypeError', `'${className(table)}' object is not subscriptable`);
  return [...text]
    .map((sign) => {
      const to = table.get(sign.codePointAt(0)!);
      if (to === undefined) return sign;
      return to === null ? '' : typeof to === 'number' ? String.fromCodePoint(to) : own(to);
    })
    .join('');
}
