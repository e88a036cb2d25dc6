/** `repr()` and `str()`. */
import { classOf, textOf } from '../objects/classes.ts';
import {
  Boxed,
  Bytes,
  bytearrayType,
  Complex,
  Dict,
  DictView,
  ELLIPSIS,
  Float,
  List,
  noneType,
  NOT_IMPLEMENTED,
  Property,
  Range,
  SetObject,
  setType,
  Slice,
  Super,
  Tuple,
  TypeObjectUnion,
  WrappedMethod,
} from '../objects/containers.ts';
import { ExceptionObject, raised, typeError } from '../objects/exceptions.ts';
import { floatText } from '../objects/float-text.ts';
import { GenericAlias } from '../objects/generic-alias.ts';
import { identityOf } from '../objects/hashing.ts';
import {
  BoundMethod,
  FunctionObject,
  ModuleObject,
  NativeFunction,
  TypeObject,
  type PythonObject,
  type Value,
} from '../objects/values.ts';
import { GeneratorObject } from './frames.ts';
import { CodeObject } from './introspection.ts';
import type { Machine } from './machine.ts';

/** Digits an int may have as text, against texts that take forever (`sys.int_info.default_max_str_digits`). */
const MAX_DIGITS = 4300;

const NOT_PRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/** A text in quotes, as Python shows it. */
export function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (character === quote || character === '\\') out += `\\${character}`;
    else if (character === '\n') out += '\\n';
    else if (character === '\r') out += '\\r';
    else if (character === '\t') out += '\\t';
    else if (code < 0x7f && code >= 0x20) out += character;
    else if (NOT_PRINTABLE.test(character)) out += escapedCode(code);
    else out += character;
  }
  return quote + out + quote;
}

export function escapedCode(code: number): string {
  const hex = code.toString(16);
  return code < 0x100
    ? `\\x${hex.padStart(2, '0')}`
    : code < 0x10000
      ? `\\u${hex.padStart(4, '0')}`
      : `\\U${hex.padStart(8, '0')}`;
}

export function quotedBytes(data: Uint8Array): string {
  let text = '';
  for (const byte of data) text += String.fromCharCode(byte);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(/[^ -~]|['\\]/g, (sign) => {
    if (sign === "'") return quote === "'" ? "\\'" : sign;
    if (sign === '\\') return '\\\\';
    if (sign === '\n') return '\\n';
    if (sign === '\r') return '\\r';
    if (sign === '\t') return '\\t';
    return `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `b${quote}${body}${quote}`;
}

export function integerText(value: number | bigint): string {
  const text = String(value);
  if (text.length > MAX_DIGITS + 1)
    throw raised(
      'ValueError',
      `Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
    );
  return text;
}

/** Containers that are being shown: one inside of itself is `[...]`. */
const shown = new Set<PythonObject>();

export function repr(value: Value, machine: Machine): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
    case 'bigint':
      return integerText(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      return value === null ? 'None' : reprOfObject(value, machine);
  }
}

function reprOfObject(value: PythonObject, machine: Machine): string {
  const method = value.cls.isUser ? value.cls.find('__repr__') : undefined;
  if (method instanceof FunctionObject || (method !== undefined && !(method instanceof NativeFunction)))
    return textResult(machine.callNow(method, [value]), '__repr__');
  return builtinRepr(value, machine);
}

function textResult(result: Value, method: string): string {
  const text = textOf(result);
  if (text === undefined) throw typeError(`${method} returned non-string (type ${classOf(result).name})`);
  return text;
}

/** What Python's own classes show. */
export function builtinRepr(value: Value, machine: Machine): string {
  if (value === null || typeof value !== 'object') return repr(value, machine);
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof Boxed) return repr(value.value, machine);
  if (value instanceof Complex) return complexText(value);
  if (value instanceof Bytes)
    return value.cls === bytearrayType ? `bytearray(${quotedBytes(value.data)})` : quotedBytes(value.data);
  if (value instanceof List || value instanceof Tuple || value instanceof Dict || value instanceof SetObject)
    return containerRepr(value, machine);
  if (value instanceof DictView) return `${value.cls.name}(${repr(new List([...value]), machine)})`;
  if (value instanceof Range) return `range(${value.start}, ${value.stop}${value.step === 1 ? '' : `, ${value.step}`})`;
  if (value instanceof Slice)
    return `slice(${repr(value.start, machine)}, ${repr(value.stop, machine)}, ${repr(value.step, machine)})`;
  if (value instanceof ExceptionObject) {
    const { items } = value.args;
    return `${value.cls.name}(${items.map((item) => repr(item, machine)).join(', ')})`;
  }
  return plainRepr(value, machine);
}

function complexText({ real, imaginary }: Complex): string {
  const part = (number: number): string => floatText(number).replace(/\.0$/, '');
  if (real === 0 && !Object.is(real, -0)) return `${part(imaginary)}j`;
  return `(${part(real)}${imaginary < 0 || Object.is(imaginary, -0) ? '' : '+'}${part(imaginary)}j)`;
}

function containerRepr(value: List | Tuple | Dict | SetObject, machine: Machine): string {
  const isTuple = value instanceof Tuple;
  if (shown.has(value))
    return value instanceof Dict
      ? '{...}'
      : isTuple
        ? '(...)'
        : value instanceof List
          ? '[...]'
          : `${value.cls.name}(...)`;
  shown.add(value);
  try {
    const all = (items: Iterable<Value>): string => Array.from(items, (item) => repr(item, machine)).join(', ');
    if (value instanceof List) return `[${all(value.items)}]`;
    if (value instanceof Tuple) return value.items.length === 1 ? `(${all(value.items)},)` : `(${all(value.items)})`;
    if (value instanceof Dict) {
      const entries = Array.from(
        value.entries.values(),
        (entry) => `${repr(entry.key, machine)}: ${repr(entry.value, machine)}`,
      );
      return `{${entries.join(', ')}}`;
    }
    if (value.entries.size === 0) return `${value.cls.name}()`;
    const body = `{${all(value.entries.values())}}`;
    return value.cls === setType ? body : `${value.cls.name}(${body})`;
  } finally {
    shown.delete(value);
  }
}

/** An address, which Strata has none of: a number of the object, spelled like one. */
export function addressOf(value: PythonObject): string {
  return `0x7f${(0xa00000000 + identityOf(value) * 0x30).toString(16).padStart(10, '0')}`;
}

function plainRepr(value: PythonObject, machine: Machine): string {
  if (value instanceof TypeObject) {
    const module = value.attributes.get('__module__');
    const name =
      typeof module === 'string' && module !== 'builtins' ? `${module}.${value.qualifiedName}` : value.qualifiedName;
    return `<class '${name}'>`;
  }
  if (value instanceof FunctionObject) return `<function ${value.qualifiedName} at ${addressOf(value)}>`;
  if (value instanceof NativeFunction)
    return value.owner === undefined
      ? `<built-in function ${value.name}>`
      : `<method '${value.name}' of '${value.owner.name}' objects>`;
  if (value instanceof BoundMethod) {
    const { callable, self } = value;
    if (callable instanceof FunctionObject) return `<bound method ${callable.qualifiedName} of ${repr(self, machine)}>`;
    const name = callable instanceof NativeFunction ? callable.name : 'method';
    const owner = self === null || typeof self !== 'object' ? '' : ` at ${addressOf(self)}`;
    return `<built-in method ${name} of ${classOf(self).name} object${owner}>`;
  }
  if (value instanceof ModuleObject) return moduleRepr(value);
  if (value instanceof GenericAlias) return genericText(value, machine);
  if (value === ELLIPSIS) return 'Ellipsis';
  if (value === NOT_IMPLEMENTED) return 'NotImplemented';
  if (value instanceof TypeObjectUnion)
    return value.members
      .map((one) =>
        one === null ? 'None' : one instanceof TypeObject && one !== noneType ? one.qualifiedName : repr(one, machine),
      )
      .join(' | ');
  if (value instanceof GeneratorObject) return `<${value.cls.name} object ${value.name} at ${addressOf(value)}>`;
  if (value instanceof Super) return `<super: ${repr(value.after, machine)}, ${repr(value.self, machine)}>`;
  if (value instanceof CodeObject)
    return `<code object ${value.code.name} at ${addressOf(value)}, file "${value.code.file}", line ${value.code.firstLine}>`;
  const module = value.cls.find('__module__');
  const prefix = typeof module === 'string' && value.cls.isUser ? `${module}.` : '';
  const kind = value instanceof Property || value instanceof WrappedMethod ? '' : prefix;
  return `<${kind}${value.cls.qualifiedName} object at ${addressOf(value)}>`;
}

function genericText({ origin, argument }: GenericAlias, machine: Machine): string {
  const parts = argument instanceof Tuple ? argument.items : [argument];
  const shown = parts.map((part) => (part instanceof TypeObject ? part.qualifiedName : repr(part, machine)));
  return `${origin.qualifiedName}[${shown.join(', ')}]`;
}

function moduleRepr({ name, attributes }: ModuleObject): string {
  const file = attributes.get('__file__');
  return typeof file === 'string' ? `<module '${name}' from '${file}'>` : `<module '${name}' (built-in)>`;
}

export function str(value: Value, machine: Machine): string {
  if (typeof value === 'string') return value;
  if (value === null || typeof value !== 'object') return repr(value, machine);
  const { cls } = value;
  if (cls.isUser) {
    const method = cls.find('__str__');
    if (method !== undefined && !(method instanceof NativeFunction))
      return textResult(machine.callNow(method, [value]), '__str__');
  }
  if (value instanceof ExceptionObject) return exceptionText(value, machine);
  const text = textOf(value);
  if (text !== undefined && !(cls.find('__repr__') instanceof FunctionObject)) return text;
  return text ?? reprOfObject(value, machine);
}

/** `str()` of an exception: its argument, or all of them as a tuple. */
export function exceptionText(value: ExceptionObject, machine: Machine): string {
  const { items } = value.args;
  const own = value.attributes.get('strerror');
  if (own !== undefined && own !== null && value.attributes.has('errno')) {
    const file = value.attributes.get('filename') ?? null;
    const second = value.attributes.get('filename2') ?? null;
    const names =
      file === null ? '' : `: ${repr(file, machine)}${second === null ? '' : ` -> ${repr(second, machine)}`}`;
    return `[Errno ${str(value.attributes.get('errno') ?? null, machine)}] ${str(own, machine)}${names}`;
  }
  if (items.length === 0) return '';
  if (items.length > 1) {
    const message = value.attributes.get('msg');
    return typeof message === 'string' ? message : repr(value.args, machine);
  }
  return value.cls.name === 'KeyError' ? repr(items[0]!, machine) : str(items[0]!, machine);
}
