/**
 * JSON as Go's encoding/json writes it. A config's bytes are the image ID and a manifest's bytes its digest, so they must
 * come out as Docker's do: compact, `<`, `>`, `&` and the two Unicode line separators escaped.
 */
import { utf8, utf8Text, type Bytes } from './bytes.ts';

/**
 * What JSON can say. An object stands for a Go struct: its keys keep their order, undefined ones are left out. A Map
 * stands for a Go map: its keys are sorted.
 */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | ReadonlyMap<string, JsonValue>
  | { readonly [key: string]: JsonValue | undefined };

/** The value as compact JSON. Numbers must be finite. */
export function goJson(value: JsonValue): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(goJson).join(',')}]`;
  const members = isMap(value) ? [...value].sort(([a], [b]) => compareUtf8(a, b)) : Object.entries(value);
  const written = members.flatMap(([key, item]) => (item === undefined ? [] : [`${quote(key)}:${goJson(item)}`]));
  return `{${written.join(',')}}`;
}

/** The UTF-8 bytes of `goJson`. */
export function goJsonBytes(value: JsonValue): Bytes {
  return utf8(goJson(value));
}

const isList = (value: object): value is readonly JsonValue[] => Array.isArray(value);
const isMap = (value: object): value is ReadonlyMap<string, JsonValue> => value instanceof Map;

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

function quote(text: string): string {
  // a Go string cannot hold half a surrogate pair; U+FFFD stands for it, as UTF-8 encoding has it
  const wellFormed = /[\ud800-\udfff]/.test(text) ? utf8Text(utf8(text)) : text;
  return JSON.stringify(wellFormed).replace(/[<>&\u2028\u2029]/g, (character) => ESCAPES[character]!);
}

/** Orders texts by their UTF-8 bytes, as Go and POSIX do; negative when `a` comes first. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = utf8Rank(a.charCodeAt(i)) - utf8Rank(b.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** UTF-16 puts surrogates, which stand for what is beyond U+FFFF, before U+E000; UTF-8 puts them last. */
function utf8Rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
