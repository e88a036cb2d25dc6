/**
 * Go types, as far as a template can tell them apart: error messages name them, `index` gives their zero values, JSON
 * follows their field tags, and a value is assignable to a parameter or not (Go specification, "Assignability").
 */

/** A boolean, number or string type; `string` and `json.Number` have one kind and two names. */
export interface BasicType {
  readonly kind: 'bool' | 'int' | 'uint' | 'float' | 'string';
  readonly name: string;
}

/** A slice, or an array when it has a `length`. */
export interface ListType {
  readonly kind: 'list';
  readonly name: string;
  readonly element: GoType;
  readonly length?: number;
}

/** A map; its keys are of a string type, or `interface {}` holding strings. */
export interface MapType {
  readonly kind: 'map';
  readonly name: string;
  readonly key: GoType;
  readonly element: GoType;
}

export interface PointerType {
  readonly kind: 'pointer';
  readonly name: string;
  readonly element: GoType;
}

/** A field of a struct. `json` is its name in JSON; without one, JSON leaves it out. */
export interface StructField {
  readonly name: string;
  readonly type: GoType;
  readonly json?: string;
  readonly omitEmpty?: boolean;
  /** Fields of an embedded struct (or pointer to one) count as fields of the outer one. */
  readonly embedded?: boolean;
}

export interface StructType {
  readonly kind: 'struct';
  readonly name: string;
  readonly fields: readonly StructField[];
}

/** The empty interface. */
export interface InterfaceType {
  readonly kind: 'interface';
  readonly name: string;
}

/** `time.Time`: a struct to Go, which prints as text. */
export interface TimeType {
  readonly kind: 'time';
  readonly name: string;
}

export type GoType = BasicType | ListType | MapType | PointerType | StructType | InterfaceType | TimeType;

export const BOOL: BasicType = { kind: 'bool', name: 'bool' };
export const INT: BasicType = { kind: 'int', name: 'int' };
export const INT64: BasicType = { kind: 'int', name: 'int64' };
export const UINT: BasicType = { kind: 'uint', name: 'uint' };
export const FLOAT64: BasicType = { kind: 'float', name: 'float64' };
export const STRING: BasicType = { kind: 'string', name: 'string' };
/** Nanoseconds, which print as `1m30s`. */
export const DURATION: BasicType = { kind: 'int', name: 'time.Duration' };
/** A number that stays the text it was in JSON. */
export const JSON_NUMBER: BasicType = { kind: 'string', name: 'json.Number' };
export const ANY: InterfaceType = { kind: 'interface', name: 'interface {}' };
export const TIME: TimeType = { kind: 'time', name: 'time.Time' };

/** `[]element`, or the defined type `name` of that form. */
export function sliceOf(element: GoType, name = `[]${element.name}`): ListType {
  return { kind: 'list', name, element };
}

/** `[length]element`. */
export function arrayOf(length: number, element: GoType): ListType {
  return { kind: 'list', name: `[${String(length)}]${element.name}`, element, length };
}

/** `map[key]element`, or the defined type `name` of that form. */
export function mapOf(key: GoType, element: GoType, name = `map[${key.name}]${element.name}`): MapType {
  return { kind: 'map', name, key, element };
}

/** `*element`. */
export function pointerTo(element: GoType): PointerType {
  return { kind: 'pointer', name: `*${element.name}`, element };
}

/** A struct type; `fields` in their order. */
export function structType(name: string, fields: readonly StructField[]): StructType {
  return { kind: 'struct', name, fields };
}

/** A field with its JSON tag as Go writes it: `Id`, `,omitempty`, `Id,omitempty`, or `-` for none. */
export function structField(name: string, type: GoType, tag = ''): StructField {
  if (tag === '-') return { name, type };
  const [json = '', option] = tag.split(',');
  return { name, type, json: json === '' ? name : json, omitEmpty: option === 'omitempty' };
}

/** An embedded struct, or pointer to one: its fields count as the outer struct's. */
export function embeddedField(name: string, type: GoType): StructField {
  return { name, type, embedded: true };
}

/** True when a value of type `from` may be given where `to` is wanted. */
export function assignable(from: GoType, to: GoType): boolean {
  if (from.name === to.name || to.kind === 'interface') return true;
  return (
    isComposite(from) && isComposite(to) && underlying(from) === underlying(to) && (isLiteral(from) || isLiteral(to))
  );
}

/** True for types whose zero value is nil. */
export function canBeNil(type: GoType): boolean {
  if (type.kind === 'list') return type.length === undefined;
  return type.kind === 'map' || type.kind === 'pointer' || type.kind === 'interface';
}

const isComposite = (type: GoType): type is ListType | MapType => type.kind === 'list' || type.kind === 'map';

/** A type written out, like `[]string`, in contrast to a defined one. */
const isLiteral = (type: ListType | MapType): boolean => type.name === underlying(type);

function underlying(type: ListType | MapType): string {
  if (type.kind === 'map') return `map[${type.key.name}]${type.element.name}`;
  return `[${type.length === undefined ? '' : String(type.length)}]${type.element.name}`;
}
