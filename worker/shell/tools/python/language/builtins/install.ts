/** A machine with all that is built in. */
import '../types/object-type.ts';
import '../types/number-types.ts';
import '../types/text-type.ts';
import '../types/bytes-type.ts';
import '../types/list-type.ts';
import '../types/dict-type.ts';
import '../types/set-type.ts';
import '../types/exception-type.ts';
import '../types/generator-type.ts';
import '../files/file-type.ts';
import type { AppletContext } from '../../../../applets/context.ts';
import { className } from '../objects/classes.ts';
import * as types from '../objects/containers.ts';
import { exceptionTypes, typeError } from '../objects/exceptions.ts';
import { identityOf, setHashAsker, type HashKey } from '../objects/hashing.ts';
import type { PythonObject, Value } from '../objects/values.ts';
import { ModuleObject, NativeFunction } from '../objects/values.ts';
import { equals } from '../machine/comparison.ts';
import { Machine } from '../machine/machine.ts';
import { valueFunctions } from './functions.ts';
import { iteratorTypes } from './iterators.ts';
import { programFunctions } from './streams.ts';

const TYPES = [
  types.objectType,
  types.typeType,
  types.intType,
  types.boolType,
  types.floatType,
  types.complexType,
  types.strType,
  types.bytesType,
  types.bytearrayType,
  types.listType,
  types.tupleType,
  types.dictType,
  types.setType,
  types.frozensetType,
  types.rangeType,
  types.sliceType,
  types.propertyType,
  types.staticMethodType,
  types.classMethodType,
  ...iteratorTypes,
];

export function createMachine(context: AppletContext): Machine {
  const machine = new Machine(context);
  const { builtins } = machine;
  for (const type of TYPES) builtins.set(type.name, type);
  for (const [name, type] of exceptionTypes) builtins.set(name, type);
  builtins.set('IOError', exceptionTypes.get('OSError') ?? null);
  builtins.set('EnvironmentError', exceptionTypes.get('OSError') ?? null);
  for (const one of [...valueFunctions, ...programFunctions]) builtins.set(one.name, one);
  builtins.set('NotImplemented', types.NOT_IMPLEMENTED);
  builtins.set('Ellipsis', types.ELLIPSIS);
  builtins.set('__debug__', true);
  builtins.set('__name__', 'builtins');
  machine.modules.set('builtins', new ModuleObject(types.moduleType, 'builtins', builtins));
  const known = new Map<HashKey, PythonObject[]>();
  setHashAsker((value) => askForHash(value, machine, known));
  return machine;
}

/** Finds the object that stands for all that are equal to one whose class says what that means. */
function askForHash(value: PythonObject, machine: Machine, known: Map<HashKey, PythonObject[]>): HashKey {
  const method = value.cls.find('__hash__');
  if (method === null || method === undefined) throw typeError(`unhashable type: '${className(value)}'`);
  const isOwn = !(method instanceof NativeFunction);
  const hash: Value = isOwn ? machine.callNow(method, [value]) : identityOf(value);
  const key: HashKey = typeof hash === 'number' || typeof hash === 'bigint' ? hash : identityOf(value);
  const alike = known.get(key) ?? [];
  known.set(key, alike);
  const found = alike.find((one) => one === value || equals(one, value, machine));
  if (found !== undefined) return found;
  alike.push(value);
  return value;
}
