/** `.Name` on a value: a field of a struct, or an entry of a map (text/template's evalField). */
import { quoteGo } from '../format/go-quote.ts';
import type { Execution } from './execution.ts';
import { assignable, STRING, type StructField, type StructType } from './go-type.ts';
import { dereference, zeroValue, type GoMap, type GoStruct, type GoValue } from './go-value.ts';

/**
 * The value of `.name` on `receiver`. Throws where Go does, with its message. `called` says that arguments follow, which
 * only a method could take.
 */
export function fieldOf(
  execution: Execution,
  receiver: GoValue | undefined,
  name: string,
  called: boolean,
): GoValue | undefined {
  if (receiver === undefined) {
    if (execution.missingKey === 'error') throw execution.failure(`nil data; no entry for key ${quoteGo(name)}`);
    return undefined;
  }
  const { value, nil } = dereference(receiver);
  if (nil && (value?.kind === 'interface' || (value?.kind === 'pointer' && mayHaveField(value.type.element, name)))) {
    throw execution.failure(`nil pointer evaluating ${receiver.type.name}.${name}`);
  }
  if (value?.kind === 'map' && assignable(STRING, value.type.key)) {
    if (called) throw execution.failure(`${name} is not a method but has arguments`);
    return entryOf(execution, value, name);
  }
  const path = value?.kind === 'struct' ? fieldPath(value.type, name) : undefined;
  if (value?.kind === 'struct' && path !== undefined) {
    if (called) throw execution.failure(`${name} has arguments but cannot be invoked as function`);
    return followPath(execution, value, path);
  }
  throw execution.failure(`can't evaluate field ${name} in type ${receiver.type.name}`);
}

function entryOf(execution: Execution, map: GoMap, name: string): GoValue | undefined {
  const entry = map.entries?.get(name);
  if (entry !== undefined || execution.missingKey === 'invalid') return entry;
  if (execution.missingKey === 'zero') return zeroValue(map.type.element);
  throw execution.failure(`map has no entry for key ${quoteGo(name)}`);
}

/** A nil pointer to a struct without such a field is told as a missing field. */
function mayHaveField(type: GoValue['type'], name: string): boolean {
  return type.kind !== 'struct' || fieldPath(type, name) !== undefined;
}

/** The fields to go through to a field of this name, those of embedded structs included; the outermost wins. */
function fieldPath(type: StructType, name: string): readonly StructField[] | undefined {
  const own = type.fields.find((field) => field.name === name);
  if (own !== undefined) return [own];
  for (const field of type.fields) {
    const inner = field.embedded === true ? embeddedStruct(field) : undefined;
    const path = inner === undefined ? undefined : fieldPath(inner, name);
    if (path !== undefined) return [field, ...path];
  }
  return undefined;
}

/** The struct type an embedded field adds to its own. */
export function embeddedStruct({ type }: StructField): StructType | undefined {
  const inner = type.kind === 'pointer' ? type.element : type;
  return inner.kind === 'struct' ? inner : undefined;
}

function followPath(execution: Execution, from: GoStruct, path: readonly StructField[]): GoValue | undefined {
  let struct = from;
  for (const { name } of path.slice(0, -1)) {
    const { value } = dereference(struct.fields.get(name));
    if (value?.kind !== 'struct') {
      throw execution.failure(`reflect: indirection through nil pointer to embedded struct field ${name}`);
    }
    struct = value;
  }
  return struct.fields.get(path.at(-1)?.name ?? '');
}
