/** `list[int]`: a class with what annotations say of its items, which has no effect on a run. */
import { builtinType } from './containers.ts';
import type { PythonObject, TypeObject, Value } from './values.ts';

const genericAliasType = builtinType('GenericAlias');

export class GenericAlias implements PythonObject {
  readonly cls = genericAliasType;
  readonly origin: TypeObject;
  readonly argument: Value;

  constructor(origin: TypeObject, argument: Value) {
    this.origin = origin;
    this.argument = argument;
  }
}
