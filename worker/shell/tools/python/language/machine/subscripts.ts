/** Items of sequences and mappings by index, key or slice. */
import { classOf, className, integerOf, textOf } from '../objects/classes.ts';
import { Bytes, Dict, List, Range, Slice, Tuple } from '../objects/containers.ts';
import { raised, typeError, valueError } from '../objects/exceptions.ts';
import { TypeObject, type Value } from '../objects/values.ts';
import { GenericAlias } from '../objects/generic-alias.ts';
import type { Machine } from './machine.ts';
import { indexOf, isFlat, smallIndex } from './truth.ts';

/** The item, for values of Python's own classes; undefined for others. */
export function builtinItem(value: Value, index: Value, machine: Machine): Value | undefined {
  if (value instanceof List) {
    if (typeof index === 'number') {
      const item = value.items[index < 0 ? index + value.items.length : index];
      if (item !== undefined) return item;
    }
    return itemOf(value.items, index, machine, 'list', (items) => new List(items));
  }
  if (value instanceof Dict) {
    const found = value.get(index);
    if (found === undefined) throw raised('KeyError', index);
    return found;
  }
  if (value instanceof Tuple) return itemOf(value.items, index, machine, 'tuple', (items) => new Tuple(items));
  const text = textOf(value);
  if (text !== undefined) return textItem(text, index, machine);
  if (value instanceof Bytes)
    return itemOf(
      [...value.data],
      index,
      machine,
      className(value),
      (items) => new Bytes(Uint8Array.from(items, Number), value.cls),
    );
  if (value instanceof Range) return rangeItem(value, index, machine);
  return value instanceof TypeObject ? new GenericAlias(value, index) : undefined;
}

function itemOf(
  items: readonly Value[],
  index: Value,
  machine: Machine,
  name: string,
  make: (items: Value[]) => Value,
): Value {
  if (index instanceof Slice) return make(sliced(items, index, machine));
  const at = checkedIndex(index, items.length, machine, name);
  return items[at]!;
}

/** An index into `length` items, counted from the start. */
export function checkedIndex(index: Value, length: number, machine: Machine, name: string, verb = ''): number {
  if (
    integerOf(index) === undefined &&
    (index === null || typeof index !== 'object' || classOf(index).find('__index__') === undefined)
  )
    throw typeError(
      name === 'string'
        ? `string indices must be integers, not '${className(index)}'`
        : `${name === 'bytes' ? 'byte' : name} indices must be integers or slices, not ${className(index)}`,
    );
  const given = indexOf(index, machine);
  if (typeof given === 'bigint') throw raised('IndexError', `cannot fit 'int' into an index-sized integer`);
  const at = given < 0 ? given + length : given;
  if (at < 0 || at >= length)
    throw raised('IndexError', `${name === 'bytes' ? '' : `${name} `}${verb}index out of range`.trim());
  return at;
}

function textItem(text: string, index: Value, machine: Machine): string {
  const flat = isFlat(text);
  if (index instanceof Slice) {
    if (flat) {
      const { start, stop, step } = sliceBounds(index, text.length, machine);
      if (step === 1) return text.slice(start, Math.max(start, stop));
    }
    return sliced(flat ? text.split('') : [...text], index, machine).join('');
  }
  if (flat) return text[checkedIndex(index, text.length, machine, 'string')]!;
  const characters = [...text];
  return characters[checkedIndex(index, characters.length, machine, 'string')]!;
}

function rangeItem(range: Range, index: Value, machine: Machine): Value {
  const { start, step, length } = range;
  if (index instanceof Slice) {
    const bounds = sliceBounds(index, length, machine);
    return new Range(start + bounds.start * step, start + bounds.stop * step, step * bounds.step);
  }
  return start + step * checkedIndex(index, length, machine, 'range object');
}

export interface SliceBounds {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

/** What a slice means for a sequence of `length` items. */
export function sliceBounds(slice: Slice, length: number, machine: Machine): SliceBounds {
  const bound = (value: Value): number | undefined => {
    if (value === null) return undefined;
    if (integerOf(value) === undefined && classOf(value).find('__index__') === undefined)
      throw typeError('slice indices must be integers or None or have an __index__ method');
    return Number(indexOf(value, machine));
  };
  const step = bound(slice.step) ?? 1;
  if (step === 0) throw valueError('slice step cannot be zero');
  const clamp = (value: number | undefined, otherwise: number): number => {
    if (value === undefined) return otherwise;
    const at = value < 0 ? value + length : value;
    return step > 0 ? Math.min(Math.max(at, 0), length) : Math.min(Math.max(at, -1), length - 1);
  };
  return {
    start: clamp(bound(slice.start), step > 0 ? 0 : length - 1),
    stop: clamp(bound(slice.stop), step > 0 ? length : -1),
    step,
  };
}

function sliced<T>(items: readonly T[], slice: Slice, machine: Machine): T[] {
  const { start, stop, step } = sliceBounds(slice, items.length, machine);
  if (step === 1) return items.slice(start, Math.max(start, stop));
  const result: T[] = [];
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) result.push(items[at]!);
  return result;
}

/** Sets an item of a list, bytearray or dict. False for what is none of them. */
export function setBuiltinItem(
  value: Value,
  index: Value,
  to: Value,
  items: readonly Value[] | undefined,
  machine: Machine,
): boolean {
  if (value instanceof Dict) {
    value.set(index, to);
    return true;
  }
  if (value instanceof List) {
    if (index instanceof Slice) replaceSlice(value, index, items ?? [], machine);
    else value.items[checkedIndex(index, value.items.length, machine, 'list', 'assignment ')] = to;
    return true;
  }
  if (value instanceof Bytes && value.cls.name === 'bytearray') {
    value.data[checkedIndex(index, value.data.length, machine, 'bytearray')] = smallIndex(to, machine);
    return true;
  }
  return false;
}

function replaceSlice(list: List, slice: Slice, items: readonly Value[], machine: Machine): void {
  const { start, stop, step } = sliceBounds(slice, list.items.length, machine);
  if (step === 1) {
    list.items.splice(start, Math.max(0, stop - start), ...items);
    return;
  }
  const places: number[] = [];
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) places.push(at);
  if (places.length !== items.length)
    throw valueError(`attempt to assign sequence of size ${items.length} to extended slice of size ${places.length}`);
  places.forEach((place, index) => (list.items[place] = items[index]!));
}

/** Removes an item. False for what has none to remove. */
export function deleteBuiltinItem(value: Value, index: Value, machine: Machine): boolean {
  if (value instanceof Dict) {
    if (!value.has(index)) throw raised('KeyError', index);
    value.delete(index);
    return true;
  }
  if (!(value instanceof List)) return false;
  if (!(index instanceof Slice)) {
    value.items.splice(checkedIndex(index, value.items.length, machine, 'list', 'assignment '), 1);
    return true;
  }
  const { start, stop, step } = sliceBounds(index, value.items.length, machine);
  const gone = new Set<number>();
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) gone.add(at);
  value.items = value.items.filter((_, at) => !gone.has(at));
  return true;
}
