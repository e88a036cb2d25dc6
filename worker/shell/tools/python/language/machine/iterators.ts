/** Iterators of Strata's own. */
import { builtinType } from '../objects/containers.ts';
import type { PythonObject, TypeObject, Value } from '../objects/values.ts';
import type { Steps } from './steps.ts';

export const iteratorType = builtinType('iterator');

/** An iterator whose items are at hand. */
export class Iterator implements PythonObject {
  readonly cls: TypeObject;
  /** The next item; undefined at the end. */
  readonly next: () => Value | undefined;

  constructor(next: () => Value | undefined, cls: TypeObject = iteratorType) {
    this.next = next;
    this.cls = cls;
  }
}

/** An iterator that asks the program for its items. */
export class StepIterator implements PythonObject {
  readonly cls: TypeObject;
  readonly next: () => Steps<Value | undefined>;

  constructor(next: () => Steps<Value | undefined>, cls: TypeObject = iteratorType) {
    this.next = next;
    this.cls = cls;
  }
}

/** An iterator over anything JavaScript iterates. */
export function iteratorOver(source: Iterable<Value>, cls: TypeObject = iteratorType): Iterator {
  const items = source[Symbol.iterator]();
  return new Iterator(() => {
    const item = items.next();
    return item.done === true ? undefined : item.value;
  }, cls);
}
