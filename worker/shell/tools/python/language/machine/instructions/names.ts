/** Instructions for names, attributes and items. Those that store or delete leave a value which the next one takes away. */
import type { Instruction } from '../../compile/code.ts';
import { Dict, List, objectType, Slice, Super, Tuple } from '../../objects/containers.ts';
import { raised, typeError } from '../../objects/exceptions.ts';
import { className, classOf } from '../../objects/classes.ts';
import {
  FunctionObject,
  Instance,
  ModuleObject,
  NativeFunction,
  TypeObject,
  type PythonObject,
  type Value,
} from '../../objects/values.ts';
import {
  deleteAttribute,
  fallbackOf,
  findAttribute,
  getAttribute,
  ownAttributes,
  setAttribute,
  storeAttribute,
} from '../attributes.ts';
import { invoke } from '../calls.ts';
import { toArray } from '../iteration.ts';
import { Call, call } from '../steps.ts';
import { builtinItem, deleteBuiltinItem, setBuiltinItem } from '../subscripts.ts';

export const loadConstant: Instruction = (frame, argument) => {
  frame.stack.push(frame.code.constants[argument]!);
};

export const loadLocal: Instruction = (frame, argument) => {
  const value = frame.locals[argument];
  if (value === undefined) throw unbound(frame.code.localNames[argument]!);
  frame.stack.push(value);
};

export const storeLocal: Instruction = (frame, argument) => {
  frame.locals[argument] = frame.stack.pop()!;
};

export const deleteLocal: Instruction = (frame, argument) => {
  if (frame.locals[argument] === undefined) throw unbound(frame.code.localNames[argument]!);
  frame.locals[argument] = undefined;
};

function unbound(name: string): Error {
  return raised('UnboundLocalError', `cannot access local variable '${name}' where it is not associated with a value`);
}

export const loadCell: Instruction = (frame, argument) => {
  const value = frame.cells[argument]!.value;
  if (value === undefined) {
    const { cellNames, freeNames } = frame.code;
    const name = cellNames[argument] ?? freeNames[argument - cellNames.length] ?? '';
    throw argument < cellNames.length
      ? unbound(name)
      : raised(
          'NameError',
          `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
        );
  }
  frame.stack.push(value);
};

export const storeCell: Instruction = (frame, argument) => {
  frame.cells[argument]!.value = frame.stack.pop()!;
};

export const deleteCell: Instruction = (frame, argument) => {
  frame.cells[argument]!.value = undefined;
};

function unknownName(name: string): Error {
  const error = raised('NameError', `name '${name}' is not defined`);
  error.exception.attributes.set('name', name);
  return error;
}

export const loadGlobal: Instruction = (frame, argument, machine) => {
  const name = frame.code.names[argument]!;
  let value = frame.globals.get(name);
  if (value === undefined) value = machine.builtins.get(name);
  if (value === undefined) throw unknownName(name);
  frame.stack.push(value);
};

export const storeGlobal: Instruction = (frame, argument) => {
  frame.globals.set(frame.code.names[argument]!, frame.stack.pop()!);
};

export const deleteGlobal: Instruction = (frame, argument) => {
  const name = frame.code.names[argument]!;
  if (!frame.globals.delete(name)) throw unknownName(name);
};

/** A name in a class body: its own, then global, then built in. */
export const loadName: Instruction = (frame, argument, machine) => {
  const name = frame.code.names[argument]!;
  const own = frame.namespace?.get(name);
  if (own === undefined) loadGlobal(frame, argument, machine);
  else frame.stack.push(own);
};

export const storeName: Instruction = (frame, argument) => {
  (frame.namespace ?? frame.globals).set(frame.code.names[argument]!, frame.stack.pop()!);
};

export const deleteName: Instruction = (frame, argument) => {
  const name = frame.code.names[argument]!;
  if (!(frame.namespace ?? frame.globals).delete(name)) throw unknownName(name);
};

/** A variable of a function around a class body, which the body may have set itself. */
export const loadClassCell: Instruction = (frame, argument, machine) => {
  const { cellNames, freeNames } = frame.code;
  const own = frame.namespace?.get(freeNames[argument - cellNames.length] ?? '');
  if (own === undefined) loadCell(frame, argument, machine);
  else frame.stack.push(own);
};

export const loadAttribute: Instruction = (frame, argument, machine) => {
  const value = frame.stack.pop()!;
  const name = frame.code.names[argument]!;
  const isCustom = value instanceof Instance && value.cls.find('__getattribute__') instanceof FunctionObject;
  if (!isCustom && fallbackOf(value) === undefined) {
    const found = findAttribute(value, name);
    if (found !== undefined && !(found instanceof Call)) {
      frame.stack.push(found);
      return;
    }
    if (found instanceof Call) {
      const result = invoke(machine, found.callable, found.args);
      if (result !== undefined) frame.stack.push(result);
      return;
    }
  }
  machine.pushSteps(getAttribute(value, name));
};

/** Stands below a function that was found bound already. */
export const NO_SELF: PythonObject = { cls: objectType };

/** Finds a method without binding it: leaves its object and the function, or {@link NO_SELF} and what is to be called. */
export const loadMethod: Instruction = (frame, argument, machine) => {
  const { stack } = frame;
  const value = stack.at(-1)!;
  const name = frame.code.names[argument]!;
  const hasOwn =
    value instanceof Instance
      ? value.attributes.has(name)
      : value instanceof TypeObject || value instanceof ModuleObject || value instanceof Super;
  if (!hasOwn) {
    const found = classOf(value).find(name);
    if (
      (found instanceof FunctionObject || (found instanceof NativeFunction && found.binds)) &&
      ownAttributes(value)?.has(name) !== true
    ) {
      stack.push(found);
      return;
    }
  }
  stack[stack.length - 1] = NO_SELF;
  stack.push(value);
  loadAttribute(frame, argument, machine);
};

export const storeAttributeOf: Instruction = (frame, argument, machine) => {
  const object = frame.stack.pop()!;
  const value = frame.stack.pop()!;
  const name = frame.code.names[argument]!;
  if (object instanceof Instance && object.cls.find(name) === undefined && !hasOwnSetter(object)) {
    if (object.cls.find('__slots__') === undefined && !name.startsWith('__')) object.attributes.set(name, value);
    else storeAttribute(object, name, value);
    frame.stack.push(null);
    return;
  }
  machine.pushSteps(setAttribute(object, name, value, machine));
};

function hasOwnSetter(object: Instance): boolean {
  return object.cls.find('__setattr__') instanceof FunctionObject;
}

export const deleteAttributeOf: Instruction = (frame, argument, machine) => {
  machine.pushSteps(deleteAttribute(frame.stack.pop()!, frame.code.names[argument]!));
};

export const loadItem: Instruction = (frame, _argument, machine) => {
  const index = frame.stack.pop()!;
  const value = frame.stack.pop()!;
  const type = classOf(value);
  const method =
    type.isUser || type.find('__getitem__') instanceof FunctionObject ? type.find('__getitem__') : undefined;
  if (method !== undefined && !(method instanceof NativeFunction)) {
    const result = invoke(machine, method, [value, index]);
    if (result !== undefined) frame.stack.push(result);
    return;
  }
  if (value instanceof Dict) {
    const found = value.get(index);
    if (found !== undefined) {
      frame.stack.push(found);
      return;
    }
    const missing = value.cls.find('__missing__');
    if (missing !== undefined) {
      const result = invoke(machine, missing, [value, index]);
      if (result !== undefined) frame.stack.push(result);
      return;
    }
  }
  frame.stack.push(itemOrFail(value, index, machine));
};

function itemOrFail(value: Value, index: Value, machine: Parameters<Instruction>[2]): Value {
  // a class says itself what is made of it with arguments; the others become a `list[int]`
  const generic = value instanceof TypeObject ? findAttribute(value, '__class_getitem__') : undefined;
  if (generic !== undefined && !(generic instanceof Call)) return machine.callNow(generic, [index]);
  const item = builtinItem(value, index, machine);
  if (item !== undefined) return item;
  const method = classOf(value).find('__getitem__');
  if (method !== undefined) return machine.callNow(method, [value, index]);
  throw typeError(`'${className(value)}' object is not subscriptable`);
}

export const storeItem: Instruction = (frame, _argument, machine) => {
  const index = frame.stack.pop()!;
  const object = frame.stack.pop()!;
  const value = frame.stack.pop()!;
  const type = classOf(object);
  const method = type.find('__setitem__');
  if (method !== undefined && !(method instanceof NativeFunction)) {
    machine.pushSteps(call(method, [object, index, value]));
    return;
  }
  if (object instanceof List && index instanceof Slice && !(value instanceof List) && !(value instanceof Tuple)) {
    machine.pushSteps(
      (function* () {
        const items = yield* toArray(value, machine);
        setBuiltinItem(object, index, value, items, machine);
        return null;
      })(),
    );
    return;
  }
  const items = value instanceof List || value instanceof Tuple ? [...value.items] : undefined;
  if (!setBuiltinItem(object, index, value, items, machine)) {
    if (method === undefined) throw typeError(`'${type.name}' object does not support item assignment`);
    machine.callNow(method, [object, index, value]);
  }
  frame.stack.push(null);
};

export const deleteItem: Instruction = (frame, _argument, machine) => {
  const index = frame.stack.pop()!;
  const object = frame.stack.pop()!;
  const method = classOf(object).find('__delitem__');
  if (method !== undefined && !(method instanceof NativeFunction)) {
    machine.pushSteps(call(method, [object, index]));
    return;
  }
  if (!deleteBuiltinItem(object, index, machine)) {
    if (method === undefined) throw typeError(`'${className(object)}' object doesn't support item deletion`);
    machine.callNow(method, [object, index]);
  }
  frame.stack.push(null);
};
