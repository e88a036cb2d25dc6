/**
 * Go values for templates: a small closed set, each value with its Go type. `undefined` in place of a value is what Go's
 * reflection calls invalid: a missing map entry, or what a nil interface holds.
 */
import { compareUtf8 } from '../../base/json.ts';
import type { GoTime } from '../format/go-time.ts';
import { ZERO_TIME } from '../format/go-time.ts';
import {
  ANY,
  BOOL,
  FLOAT64,
  INT,
  pointerTo,
  sliceOf,
  STRING,
  structType,
  type BasicType,
  type GoType,
  type InterfaceType,
  type ListType,
  type MapType,
  type PointerType,
  type StructType,
  type TimeType,
} from './go-type.ts';

export type GoValue =
  | { readonly kind: 'bool'; readonly type: BasicType; readonly value: boolean }
  | { readonly kind: 'int' | 'uint'; readonly type: BasicType; readonly value: bigint }
  | { readonly kind: 'float'; readonly type: BasicType; readonly value: number }
  | { readonly kind: 'string'; readonly type: BasicType; readonly value: string }
  | GoList
  | GoMap
  | { readonly kind: 'pointer'; readonly type: PointerType; readonly target: GoValue | undefined }
  | GoStruct
  | { readonly kind: 'interface'; readonly type: InterfaceType; readonly value: GoValue | undefined }
  | { readonly kind: 'time'; readonly type: TimeType; readonly value: GoTime };

/** A slice (nil without items) or an array. */
export interface GoList {
  readonly kind: 'list';
  readonly type: ListType;
  readonly items: readonly GoValue[] | undefined;
}

/** A map, nil without entries; the entries are in the order of their keys' bytes. */
export interface GoMap {
  readonly kind: 'map';
  readonly type: MapType;
  readonly entries: ReadonlyMap<string, GoValue> | undefined;
  readonly methods?: ReadonlyMap<string, GoFunction>;
}

/** A struct: fields by name, and methods, which a template calls as `.Name argument…`. */
export interface GoStruct {
  readonly kind: 'struct';
  readonly type: StructType;
  readonly fields: ReadonlyMap<string, GoValue>;
  readonly methods: ReadonlyMap<string, GoFunction>;
}

/** `reflect` stands for Go's reflect.Value: any argument as it is, interfaces and invalid values included. */
export type ParameterType = GoType | 'reflect';

/** Something a template can call. */
export interface GoFunction {
  readonly parameters: readonly ParameterType[];
  /** The last parameter may be given any number of times. */
  readonly variadic?: boolean;
  /** Throws `invalid-argument` with the message Go's function would return. */
  readonly call: (...parameters: readonly (GoValue | undefined)[]) => GoValue | undefined;
}

export function goBool(value: boolean): GoValue {
  return { kind: 'bool', type: BOOL, value };
}

/** An int, or another signed integer type. */
export function goInt(value: number | bigint, type: BasicType = INT): GoValue {
  return { kind: 'int', type, value: BigInt(value) };
}

export function goFloat(value: number): GoValue {
  return { kind: 'float', type: FLOAT64, value };
}

/** A string, or another type of its kind. */
export function goString(value: string, type: BasicType = STRING): GoValue {
  return { kind: 'string', type, value };
}

/** A slice or array; the items must be of the element type. */
export function goList(type: ListType, items: readonly GoValue[]): GoList {
  return { kind: 'list', type, items };
}

/** `[]string`. */
export function goStrings(values: readonly string[]): GoList {
  return goList(
    sliceOf(STRING),
    values.map((value) => goString(value)),
  );
}

/** A map; the values must be of the element type. */
export function goMap(type: MapType, entries: Iterable<readonly [string, GoValue]>): GoMap {
  return { kind: 'map', type, entries: new Map([...entries].sort(([a], [b]) => compareUtf8(a, b))) };
}

/** A value as an `interface {}` holds it. */
export function goAny(value: GoValue | undefined): GoValue {
  return value?.kind === 'interface' ? value : { kind: 'interface', type: ANY, value };
}

/** A struct with the given fields, which must be all of its type's. */
export function goStruct(type: StructType, fields: Iterable<readonly [string, GoValue]>): GoStruct {
  return { kind: 'struct', type, fields: new Map(fields), methods: new Map() };
}

/**
 * A pointer to a struct that has only methods, such as the `*formatter.imageContext` which `docker images --format` hands
 * to a template. `typeName` is without the star. As JSON it is what its methods without arguments return.
 */
export function goObject(typeName: string, methods: Iterable<readonly [string, GoFunction]>): GoValue {
  const type = structType(typeName, []);
  const target: GoStruct = { kind: 'struct', type, fields: new Map(), methods: new Map(methods) };
  return { kind: 'pointer', type: pointerTo(type), target };
}

/** The value a Go variable of this type starts with. */
export function zeroValue(type: GoType): GoValue {
  switch (type.kind) {
    case 'bool':
      return goBool(false);
    case 'int':
    case 'uint':
      return { kind: type.kind, type, value: 0n };
    case 'float':
      return { kind: 'float', type, value: 0 };
    case 'string':
      return goString('', type);
    case 'list':
      return { kind: 'list', type, items: zeroItems(type) };
    case 'map':
      return { kind: 'map', type, entries: undefined };
    case 'pointer':
      return { kind: 'pointer', type, target: undefined };
    case 'struct':
      return goStruct(
        type,
        type.fields.map((field) => [field.name, zeroValue(field.type)] as const),
      );
    case 'interface':
      return { kind: 'interface', type, value: undefined };
    case 'time':
      return { kind: 'time', type, value: ZERO_TIME };
  }
}

function zeroItems(type: ListType): readonly GoValue[] | undefined {
  return type.length === undefined ? undefined : Array.from({ length: type.length }, () => zeroValue(type.element));
}

/** What an interface holds; any other value as it is. */
export function withoutInterface(value: GoValue | undefined): GoValue | undefined {
  return value?.kind === 'interface' ? value.value : value;
}

/**
 * Follows pointers and interfaces to the value at their end. `nil` is set when one of them points nowhere; the value is
 * then that pointer or interface.
 */
export function dereference(value: GoValue | undefined): {
  readonly value: GoValue | undefined;
  readonly nil: boolean;
} {
  let current = value;
  while (current?.kind === 'pointer' || current?.kind === 'interface') {
    const next: GoValue | undefined = current.kind === 'pointer' ? current.target : current.value;
    if (next === undefined) return { value: current, nil: true };
    current = next;
  }
  return { value: current, nil: false };
}

/** True for what `if` takes as true: all but false, zero, nil, and what is empty. A struct is always true. */
export function isTrue(value: GoValue | undefined): boolean {
  switch (value?.kind) {
    case undefined:
      return false;
    case 'bool':
      return value.value;
    case 'int':
    case 'uint':
      return value.value !== 0n;
    case 'float':
      return value.value !== 0;
    case 'string':
      return value.value !== '';
    case 'list':
      return (value.items?.length ?? 0) > 0;
    case 'map':
      return (value.entries?.size ?? 0) > 0;
    case 'pointer':
      return value.target !== undefined;
    case 'interface':
      return value.value !== undefined;
    case 'struct':
    case 'time':
      return true;
  }
}
