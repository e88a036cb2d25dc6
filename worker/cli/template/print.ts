/** Values as Go's fmt prints them (fmt/print.go): maps with sorted keys, `[a b]`, `{a b}`, `<nil>`. */
import { formatDuration } from '../../dockerfile/duration.ts';
import { formatGoTime } from '../format/go-time.ts';
import { formatBool, formatFloatVerb, formatInteger, formatString, padded, type Flags } from './format-scalar.ts';
import { DURATION } from './go-type.ts';
import { dereference, withoutInterface, type GoList, type GoMap, type GoStruct, type GoValue } from './go-value.ts';

type Value = GoValue | undefined;

/** Stands for the address of what lives in Go's memory: a pointer inside another value prints as one. */
const ADDRESS = 0xc000012345n;

/** For these, Go asks a value for its text. */
const STRING_VERBS: ReadonlySet<string> = new Set(['v', 's', 'x', 'X', 'q']);

/** What an action writes for its value: pointers are followed, and no value is `<no value>`. */
export function printValue(value: Value): string {
  return sprint([printable(value)]);
}

/** The value that an action or an escaper prints for `value`; undefined prints as `<nil>`. */
function printable(value: Value): Value {
  if (value === undefined) return { kind: 'string', type: { kind: 'string', name: 'string' }, value: '<no value>' };
  return value.kind === 'pointer' ? dereference(value).value : value;
}

/** The arguments printed as actions print values, for `html`, `js` and `urlquery`. */
export function sprintPrintable(values: readonly Value[]): string {
  return sprint(values.map(printable));
}

/** fmt.Sprint: a blank between two values when neither is a string. */
export function sprint(values: readonly Value[]): string {
  let text = '';
  let previousString = false;
  for (const [i, value] of values.entries()) {
    const string = withoutInterface(value)?.kind === 'string';
    if (i > 0 && !string && !previousString) text += ' ';
    text += formatValue(value, 'v', {});
    previousString = string;
  }
  return text;
}

/** fmt.Sprintln: blanks between all, and a newline. */
export function sprintln(values: readonly Value[]): string {
  return `${values.map((value) => formatValue(value, 'v', {})).join(' ')}\n`;
}

/** A value under a verb, with Go's `%!verb(type=value)` when the verb is not for it. */
export function formatValue(value: Value, verb: string, flags: Flags): string {
  const argument = withoutInterface(value);
  if (argument === undefined) {
    return verb === 'T' || verb === 'v' ? padded('<nil>', flags) : `%!${verb}(<nil>)`;
  }
  if (verb === 'T') return formatString(argument.type.name, 's', flags) ?? '';
  if (verb === 'w') return badVerb(argument, verb, flags);
  if (verb === 'p') return formatPointer(argument, verb, flags);
  return formatAt(argument, verb, flags, 0);
}

function formatAt(value: GoValue, verb: string, flags: Flags, depth: number): string {
  switch (value.kind) {
    case 'bool':
      return formatBool(value.value, verb, flags) ?? badVerb(value, verb, flags);
    case 'int':
    case 'uint':
      if (value.type.name === DURATION.name && STRING_VERBS.has(verb) && flags.sharpV !== true) {
        return formatString(formatDuration(value.value), verb, flags) ?? '';
      }
      return formatInteger(value.value, value.kind === 'int', verb, flags) ?? badVerb(value, verb, flags);
    case 'float':
      return formatFloatVerb(value.value, verb, flags) ?? badVerb(value, verb, flags);
    case 'string':
      return formatString(value.value, verb, flags) ?? badVerb(value, verb, flags);
    case 'time':
      return formatString(formatGoTime(value.value), verb, flags) ?? badVerb(value, verb, flags);
    case 'list':
      return formatList(value, verb, flags, depth);
    case 'map':
      return formatMap(value, verb, flags, depth);
    case 'struct':
      return formatStruct(value, verb, flags, depth);
    case 'pointer': {
      const { target } = value;
      const shown = depth === 0 && (target?.kind === 'list' || target?.kind === 'map' || target?.kind === 'struct');
      return shown ? `&${formatAt(target, verb, flags, depth + 1)}` : formatPointer(value, verb, flags);
    }
    case 'interface':
      if (value.value !== undefined) return formatAt(value.value, verb, flags, depth + 1);
      return flags.sharpV === true ? `${value.type.name}(nil)` : '<nil>';
  }
}

function badVerb(value: GoValue, verb: string, flags: Flags): string {
  return `%!${verb}(${value.type.name}=${verb === 'v' ? '' : formatAt(value, 'v', flags, 0)})`;
}

function formatList({ type, items }: GoList, verb: string, flags: Flags, depth: number): string {
  const texts = (items ?? []).map((item) => formatAt(item, verb, flags, depth + 1));
  if (flags.sharpV !== true) return `[${texts.join(' ')}]`;
  return items === undefined ? `${type.name}(nil)` : `${type.name}{${texts.join(', ')}}`;
}

function formatMap({ type, entries }: GoMap, verb: string, flags: Flags, depth: number): string {
  const texts = [...(entries ?? [])].map(([key, entry]) => {
    const shownKey = formatString(key, verb, flags) ?? `%!${verb}(${type.key.name}=${key})`;
    return `${shownKey}:${formatAt(entry, verb, flags, depth + 1)}`;
  });
  if (flags.sharpV !== true) return `map[${texts.join(' ')}]`;
  return entries === undefined ? `${type.name}(nil)` : `${type.name}{${texts.join(', ')}}`;
}

function formatStruct({ type, fields }: GoStruct, verb: string, flags: Flags, depth: number): string {
  const texts = type.fields.map(({ name }) => {
    const field = fields.get(name);
    const inner = field?.kind === 'interface' && field.value !== undefined ? field.value : field;
    const text = inner === undefined ? '<nil>' : formatAt(inner, verb, flags, depth + 1);
    return flags.plusV === true || flags.sharpV === true ? `${name}:${text}` : text;
  });
  return flags.sharpV === true ? `${type.name}{${texts.join(', ')}}` : `{${texts.join(' ')}}`;
}

function formatPointer(value: GoValue, verb: string, flags: Flags): string {
  const nil = isNilReference(value);
  if (nil === undefined) return badVerb(value, verb, flags);
  const address = nil ? 0n : ADDRESS;
  if (verb === 'v' && flags.sharpV === true)
    return `(${value.type.name})(${nil ? 'nil' : addressText(address, flags)})`;
  if (verb === 'v' && nil) return padded('<nil>', flags);
  if (verb === 'v' || verb === 'p') return addressText(address, flags);
  if ('bodxX'.includes(verb)) return formatInteger(address, false, verb, flags) ?? '';
  return `%!${verb}(${value.type.name}=${nil ? padded('<nil>', flags) : addressText(address, flags)})`;
}

/** Whether what has an address points nowhere; undefined for what has none. */
function isNilReference(value: GoValue): boolean | undefined {
  if (value.kind === 'pointer') return value.target === undefined;
  if (value.kind === 'map') return value.entries === undefined;
  return value.kind === 'list' && value.type.length === undefined ? value.items === undefined : undefined;
}

const addressText = (address: bigint, flags: Flags): string =>
  formatInteger(address, false, 'x', { ...flags, sharp: flags.sharp !== true }) ?? '';
