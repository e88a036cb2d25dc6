/**
 * Go values to and from JSON as encoding/json does it: struct fields under their tags in the order of the type, maps with
 * sorted keys, nil slices and maps as null, `json.Number` as it was written.
 */
import { EngineError } from '../../base/errors.ts';
import { goJson, type JsonValue } from '../../base/json.ts';
import { formatRfc3339Nano, parseGoTime } from '../format/go-time.ts';
import { embeddedStruct } from './field.ts';
import { ANY, JSON_NUMBER, mapOf, sliceOf, STRING, type GoType, type StructField, type StructType } from './go-type.ts';
import {
  goAny,
  goBool,
  goList,
  goMap,
  goString,
  goStruct,
  isTrue,
  zeroValue,
  type GoStruct,
  type GoValue,
} from './go-value.ts';

/**
 * The value as compact JSON. `escapeHtml` writes `<`, `>` and `&` as escapes; what has methods instead of fields escapes
 * them always, as it marshals itself.
 */
export function encodeGoJson(value: GoValue | undefined, escapeHtml: boolean): string {
  switch (value?.kind) {
    case undefined:
      return 'null';
    case 'bool':
      return String(value.value);
    case 'int':
    case 'uint':
      return String(value.value);
    case 'float':
      return goJson(value.value);
    case 'string':
      return value.type.name === JSON_NUMBER.name ? value.value || '0' : quoted(value.value, escapeHtml);
    case 'time':
      return quoted(formatRfc3339Nano(value.value), escapeHtml);
    case 'list':
      return value.items === undefined
        ? 'null'
        : `[${value.items.map((item) => encodeGoJson(item, escapeHtml)).join(',')}]`;
    case 'map':
      return value.entries === undefined ? 'null' : object([...value.entries], escapeHtml);
    case 'pointer':
      return encodeGoJson(value.target, escapeHtml);
    case 'interface':
      return encodeGoJson(value.value, escapeHtml);
    case 'struct':
      return value.methods.size > 0 ? methodsJson(value) : object(tagged(value), escapeHtml);
  }
}

function object(members: Iterable<readonly [string, GoValue | undefined]>, escapeHtml: boolean): string {
  const written = [...members].map(([key, item]) => `${quoted(key, escapeHtml)}:${encodeGoJson(item, escapeHtml)}`);
  return `{${written.join(',')}}`;
}

function methodsJson({ methods }: GoStruct): string {
  const plain = [...methods].filter(([, method]) => method.parameters.length === 0);
  const results = plain.map(([name, method]) => [name, goAny(method.call())] as const);
  return encodeGoJson(goMap(mapOf(STRING, ANY), results), true);
}

/** The fields of a struct under their JSON names; those of embedded structs stand where these are embedded. */
function tagged(struct: GoStruct): (readonly [string, GoValue | undefined])[] {
  return struct.type.fields.flatMap((field): (readonly [string, GoValue | undefined])[] => {
    const value = struct.fields.get(field.name);
    if (field.embedded === true && field.json === undefined) {
      const inner = value?.kind === 'pointer' ? value.target : value;
      return inner?.kind === 'struct' ? tagged(inner) : [];
    }
    const omitted = field.json === undefined || (field.omitEmpty === true && isEmpty(value));
    return omitted ? [] : [[field.json, value]];
  });
}

/** What `omitempty` leaves out: as `if` has it, but a struct is never empty and an array only without items. */
const isEmpty = (value: GoValue | undefined): boolean => !isTrue(value);

function quoted(text: string, escapeHtml: boolean): string {
  const json = goJson(text);
  return escapeHtml ? json : json.replace(/\\(?:u003c|u003e|u0026|.)/g, (escape) => HTML[escape] ?? escape);
}

const HTML: Readonly<Record<string, string>> = { '\\u003c': '<', '\\u003e': '>', '\\u0026': '&' };

/** JSON as Go decodes it without knowing a type: `map[string]interface {}`, `[]interface {}`, `json.Number`. */
export function untypedValue(json: JsonValue | undefined): GoValue | undefined {
  if (json === null || json === undefined) return undefined;
  if (typeof json === 'string') return goString(json);
  if (typeof json === 'boolean') return goBool(json);
  if (typeof json === 'number') return goString(goJson(json), JSON_NUMBER);
  if (isList(json))
    return goList(
      sliceOf(ANY),
      json.map((item) => goAny(untypedValue(item))),
    );
  const members = membersOf(json).map(([key, item]) => [key, goAny(untypedValue(item))] as const);
  return goMap(mapOf(STRING, ANY), members);
}

/** JSON as a value of the given type: unknown members are skipped, missing ones and null give zero values. */
export function typedValue(type: GoType, json: JsonValue | undefined): GoValue {
  if (json === null || json === undefined) return zeroValue(type);
  switch (type.kind) {
    case 'bool':
      if (typeof json === 'boolean') return { kind: 'bool', type, value: json };
      break;
    case 'int':
    case 'uint':
      if (typeof json === 'number' && Number.isInteger(json)) return { kind: type.kind, type, value: BigInt(json) };
      break;
    case 'float':
      if (typeof json === 'number') return { kind: 'float', type, value: json };
      break;
    case 'string':
      if (typeof json === 'string') return goString(json, type);
      if (typeof json === 'number' && type.name === JSON_NUMBER.name) return goString(goJson(json), type);
      break;
    case 'time':
      if (typeof json === 'string') return { kind: 'time', type, value: parseGoTime(json) };
      break;
    case 'list':
      if (isList(json))
        return goList(
          type,
          json.map((item) => typedValue(type.element, item)),
        );
      break;
    case 'map':
      if (isObject(json)) {
        return goMap(
          type,
          membersOf(json).map(([key, item]) => [key, typedValue(type.element, item)] as const),
        );
      }
      break;
    case 'pointer':
      return { kind: 'pointer', type, target: typedValue(type.element, json) };
    case 'struct':
      if (isObject(json)) return typedStruct(type, new Map(membersOf(json)));
      break;
    case 'interface':
      return goAny(untypedValue(json));
  }
  throw new EngineError(
    'invalid-document',
    `json: cannot unmarshal ${kindOf(json)} into Go value of type ${type.name}`,
  );
}

type Members = ReadonlyMap<string, JsonValue | undefined>;

function typedStruct(type: StructType, members: Members): GoStruct {
  return goStruct(
    type,
    type.fields.map((field) => [field.name, typedField(field, members)] as const),
  );
}

function typedField(field: StructField, members: Members): GoValue {
  if (field.embedded !== true || field.json !== undefined) return typedValue(field.type, members.get(field.json ?? ''));
  const inner = embeddedStruct(field);
  if (inner === undefined) return zeroValue(field.type);
  const target = typedStruct(inner, members);
  return field.type.kind === 'pointer' ? { kind: 'pointer', type: field.type, target } : target;
}

type JsonList = readonly JsonValue[];
type JsonObject = Exclude<JsonValue, string | number | boolean | null | JsonList>;

const isList = (json: JsonValue): json is JsonList => Array.isArray(json);
const isObject = (json: JsonValue): json is JsonObject => typeof json === 'object' && json !== null && !isList(json);

function membersOf(json: JsonObject): (readonly [string, JsonValue | undefined])[] {
  return isMap(json) ? [...json] : Object.entries(json).filter(([, item]) => item !== undefined);
}

const isMap = (json: JsonObject): json is ReadonlyMap<string, JsonValue> => json instanceof Map;

function kindOf(json: JsonValue): string {
  if (typeof json === 'boolean') return 'bool';
  if (json === null) return 'null';
  return typeof json === 'object' ? (isList(json) ? 'array' : 'object') : typeof json;
}
