/** Attributes: how they are found, set and removed (reference, 3.3.2). */
import { nameText } from '../objects/classes.ts';
import { classOf, className } from '../objects/classes.ts';
import {
  classMethodType,
  dictOfNames,
  EMPTY_TUPLE,
  methodType,
  mappingProxyType,
  Property,
  Slice,
  Super,
  Tuple,
  WrappedMethod,
} from '../objects/containers.ts';
import { ExceptionObject, raised, Raised, attributeErrorType, type TracebackEntry } from '../objects/exceptions.ts';
import {
  BoundMethod,
  FunctionObject,
  Instance,
  ModuleObject,
  NativeFunction,
  TypeObject,
  type Value,
} from '../objects/values.ts';
import type { Machine } from './machine.ts';
import { Call, call, type Steps } from './steps.ts';
import { CodeObject, TracebackObject } from './introspection.ts';

/** Attributes an object has of its own; undefined where it has no place for them. */
export function ownAttributes(value: Value): Map<string, Value> | undefined {
  if (value === null || typeof value !== 'object' || !('attributes' in value)) return undefined;
  const own = (value as { attributes: unknown }).attributes;
  if (own instanceof Map) return own as Map<string, Value>;
  if (!value.cls.isUser) return undefined;
  const made = new Map<string, Value>();
  (value as { attributes: unknown }).attributes = made;
  return made;
}

/** What a class attribute becomes when it is found through an object: a method, the call of a getter, itself. */
function bound(found: Value, self: Value, type: TypeObject): Value | Call {
  if (found instanceof FunctionObject) return new BoundMethod(methodType, self, found);
  if (found instanceof NativeFunction) return found.binds ? new BoundMethod(methodType, self, found) : found;
  if (found instanceof Property) {
    if (found.getter === null) throw raised('AttributeError', `property of '${type.name}' object has no getter`);
    return new Call(found.getter, [self]);
  }
  if (found instanceof WrappedMethod)
    return found.cls === classMethodType || found.cls.isSubclassOf(classMethodType)
      ? new BoundMethod(methodType, type, found.callable)
      : found.callable;
  if (found instanceof Instance) {
    const get = found.cls.find('__get__');
    if (get !== undefined) return new Call(get, [found, self, type]);
  }
  return found;
}

/** True where a class attribute comes before those of the object itself. */
function isDataDescriptor(found: Value | undefined): boolean {
  return (
    found instanceof Property ||
    (found instanceof Instance && (found.cls.find('__set__') ?? found.cls.find('__delete__')) !== undefined)
  );
}

/** The attribute, the call that gives it, or undefined where there is none (`__getattr__` was not asked). */
export function findAttribute(value: Value, name: string): Value | Call | undefined {
  if (value instanceof Instance) {
    const found = value.cls.find(name);
    if (found !== undefined && isDataDescriptor(found)) return bound(found, value, value.cls);
    const own = value.attributes.get(name);
    if (own !== undefined) return own;
    return found === undefined ? special(value, name) : bound(found, value, value.cls);
  }
  if (value instanceof ModuleObject) {
    const own = value.attributes.get(name);
    return own === undefined ? special(value, name) : own;
  }
  if (value instanceof TypeObject) return classAttribute(value, name);
  if (value instanceof Super) return superAttribute(value, name);
  const type = classOf(value);
  const found = type.find(name);
  if (isDataDescriptor(found) && found !== undefined) return bound(found, value, type);
  const own = ownAttributes(value)?.get(name);
  if (own !== undefined) return own;
  const made = special(value, name);
  if (made !== undefined && made !== null) return made;
  return found === undefined ? made : bound(found, value, type);
}

function classAttribute(type: TypeObject, name: string): Value | Call | undefined {
  const meta = type.cls.find(name);
  if (isDataDescriptor(meta) && meta !== undefined) return bound(meta, type, type.cls);
  const own = name === '__doc__' || name === '__module__' ? type.attributes.get(name) : type.find(name);
  if (own !== undefined) {
    if (own instanceof WrappedMethod) return bound(own, type, type);
    if (own instanceof Instance) {
      const get = own.cls.find('__get__');
      if (get !== undefined) return new Call(get, [own, null, type]);
    }
    // a class method of Strata's own takes the class it is called on
    return own instanceof NativeFunction && own.binds && own.parameters.names[0] === 'cls'
      ? new BoundMethod(methodType, type, own)
      : own;
  }
  const made = special(type, name);
  return made === undefined && meta !== undefined ? bound(meta, type, type.cls) : made;
}

function superAttribute(value: Super, name: string): Value | Call | undefined {
  const type = value.self instanceof TypeObject ? value.self : classOf(value.self);
  const { mro } = type;
  for (const one of mro.slice(mro.indexOf(value.after) + 1)) {
    const found = one.attributes.get(name);
    if (found === undefined) continue;
    if (value.self instanceof TypeObject && !(found instanceof WrappedMethod)) return found;
    return bound(found, value.self, type);
  }
  return undefined;
}

/** Attributes that are made when they are asked for. */
function special(value: Value, name: string): Value | undefined {
  if (name === '__class__') return classOf(value);
  if (name === 'args' && value instanceof ExceptionObject) return value.args;
  if (value instanceof Property && name === 'fget') return value.getter;
  if (value instanceof Property && name === 'fset') return value.setter;
  if (value instanceof Slice && (name === 'start' || name === 'stop' || name === 'step')) return value[name];
  if (!name.startsWith('__'))
    return value instanceof CodeObject || value instanceof TracebackObject ? value.attribute(name) : undefined;
  if (name === '__dict__') {
    const own = ownAttributes(value);
    if (own === undefined) return undefined;
    const dict = dictOfNames(own);
    return value instanceof TypeObject ? Object.assign(dict, { cls: mappingProxyType }) : dict;
  }
  if (value instanceof TypeObject) {
    switch (name) {
      case '__name__':
        return value.name;
      case '__qualname__':
        return value.qualifiedName;
      case '__module__':
        return value.attributes.get('__module__') ?? 'builtins';
      case '__mro__':
        return new Tuple(value.mro);
      case '__bases__':
        return new Tuple(value.bases);
      case '__base__':
        return value.bases[0] ?? null;
      case '__doc__':
        return null;
      default:
        return undefined;
    }
  }
  if (value instanceof BoundMethod) {
    if (name === '__self__') return value.self;
    if (name === '__func__') return value.callable;
    const found = findAttribute(value.callable, name);
    return found instanceof Call ? undefined : found;
  }
  if (value instanceof FunctionObject) return functionAttribute(value, name);
  if (value instanceof NativeFunction) return name === '__name__' || name === '__qualname__' ? value.name : undefined;
  if (value instanceof ExceptionObject) return exceptionAttribute(value, name);
  if (value instanceof WrappedMethod && (name === '__func__' || name === '__wrapped__')) return value.callable;
  if (value instanceof Property && name === '__doc__')
    return value.getter instanceof FunctionObject ? (functionAttribute(value.getter, name) ?? null) : null;
  if (value instanceof CodeObject || value instanceof TracebackObject) return value.attribute(name);
  return name === '__doc__' ? null : undefined;
}

function functionAttribute(value: FunctionObject, name: string): Value | undefined {
  switch (name) {
    case '__name__':
      return value.name;
    case '__qualname__':
      return value.qualifiedName;
    case '__doc__':
      return value.code.doc ?? null;
    case '__module__':
      return value.globals.get('__name__') ?? null;
    case '__defaults__':
      return value.defaults.length === 0 ? null : new Tuple(value.defaults);
    case '__kwdefaults__':
      return value.keywordDefaults.size === 0 ? null : dictOfNames(value.keywordDefaults);
    case '__code__':
      return new CodeObject(value.code);
    case '__globals__':
      return dictOfNames(value.globals);
    case '__annotations__':
      return dictOfNames([]);
    default:
      return undefined;
  }
}

function exceptionAttribute(value: ExceptionObject, name: string): Value | undefined {
  switch (name) {
    case '__cause__':
      return value.cause;
    case '__context__':
      return value.context ?? null;
    case '__suppress_context__':
      return value.suppressesContext;
    case '__traceback__':
      return tracebackOf(value.traceback);
    default:
      return undefined;
  }
}

export function tracebackOf(entries: readonly TracebackEntry[]): Value {
  return entries.length === 0 ? null : new TracebackObject(entries);
}

/** `'Point' object has no attribute 'z'`. */
export function noAttribute(value: Value, name: string): Raised {
  const message =
    value instanceof TypeObject
      ? `type object '${value.name}' has no attribute '${name}'`
      : value instanceof ModuleObject
        ? `module '${value.name}' has no attribute '${name}'`
        : value instanceof Super
          ? `'super' object has no attribute '${name}'`
          : `'${className(value)}' object has no attribute '${name}'`;
  const error = raised('AttributeError', message);
  error.exception.attributes.set('name', name);
  error.exception.attributes.set('obj', value);
  return error;
}

/** The attribute; asks getters and `__getattr__`. */
export function* getAttribute(value: Value, name: string): Steps<Value> {
  const found = yield* lookUp(value, name);
  if (found === undefined) throw noAttribute(value, name);
  return found;
}

/** The same; undefined where there is none. */
export function* lookUp(value: Value, name: string): Steps<Value | undefined> {
  try {
    const custom = value instanceof Instance ? value.cls.find('__getattribute__') : undefined;
    if (custom instanceof FunctionObject) return yield* call(custom, [value, name]);
    const found = findAttribute(value, name);
    if (found instanceof Call) return yield* call(found.callable, found.args);
    if (found !== undefined) return found;
  } catch (error) {
    if (!(error instanceof Raised) || !error.exception.cls.isSubclassOf(attributeErrorType)) throw error;
    if (fallbackOf(value) === undefined) throw error;
  }
  const fallback = fallbackOf(value);
  return fallback === undefined ? undefined : yield* call(fallback, [value, name]);
}

/** `__getattr__` of a value's class, or of a module. */
export function fallbackOf(value: Value): Value | undefined {
  if (value instanceof Super) return undefined;
  return classOf(value).find('__getattr__');
}

export function* setAttribute(value: Value, name: string, to: Value, machine: Machine): Steps<null> {
  const type = classOf(value);
  const custom = type.isUser && !(value instanceof TypeObject) ? type.find('__setattr__') : undefined;
  if (custom instanceof FunctionObject) {
    yield* call(custom, [value, name, to]);
    return null;
  }
  yield* setPlainAttribute(value, name, to, machine);
  return null;
}

/** What `object.__setattr__` does. */
export function* setPlainAttribute(value: Value, name: string, to: Value, _machine: Machine): Steps<null> {
  const type = classOf(value);
  const found = type.find(name);
  if (found instanceof Property && !(value instanceof TypeObject)) {
    if (found.setter === null)
      throw raised('AttributeError', `property '${name}' of '${type.name}' object has no setter`);
    yield* call(found.setter, [value, to]);
    return null;
  }
  const set = found instanceof Instance ? found.cls.find('__set__') : undefined;
  if (set !== undefined && found !== undefined) {
    yield* call(set, [found, value, to]);
    return null;
  }
  storeAttribute(value, name, to);
  return null;
}

/** Sets an attribute of the object itself. */
export function storeAttribute(value: Value, name: string, to: Value): void {
  if (value instanceof TypeObject) {
    if (!value.isUser) throw raised('TypeError', `cannot set '${name}' attribute of immutable type '${value.name}'`);
    if (name === '__name__' && typeof to === 'string') value.name = to;
    value.set(name, to);
    return;
  }
  if (name === '__class__' && value instanceof Instance && to instanceof TypeObject) {
    value.cls = to;
    return;
  }
  if (value instanceof FunctionObject && typeof to === 'string' && (name === '__name__' || name === '__qualname__')) {
    if (name === '__name__') value.name = to;
    else value.qualifiedName = to;
    return;
  }
  if (value instanceof ExceptionObject && name.startsWith('__')) {
    if (name === '__cause__') value.cause = to;
    if (name === '__suppress_context__') value.suppressesContext = to === true;
    if (name === '__cause__' || name === '__suppress_context__' || name === '__traceback__') return;
  }
  if (value instanceof ExceptionObject && name === 'args' && to instanceof Tuple) {
    value.args = to.items.length === 0 ? EMPTY_TUPLE : to;
    return;
  }
  const own = ownAttributes(value);
  const slots = value instanceof Instance ? value.cls.find('__slots__') : undefined;
  const isKnown = slots === undefined || slotNames(value as Instance).has(name);
  if (own === undefined || !isKnown) {
    const type = classOf(value);
    throw raised(
      'AttributeError',
      type.find(name) === undefined
        ? `'${type.name}' object has no attribute '${name}'`
        : `'${type.name}' object attribute '${name}' is read-only`,
    );
  }
  own.set(name, to);
}

/** Names of `__slots__` of a class and those it derives from; a class without makes room for all. */
function slotNames(value: Instance): { has(name: string): boolean } {
  const names = new Set<string>();
  for (const one of value.cls.mro) {
    if (!one.isUser) continue;
    const slots = one.attributes.get('__slots__');
    if (slots === undefined) return { has: () => true };
    if (typeof slots === 'string') names.add(slots);
    else if (slots !== null && typeof slots === 'object' && 'items' in slots)
      for (const name of slots.items as readonly Value[]) names.add(nameText(name));
  }
  return names;
}

export function* deleteAttribute(value: Value, name: string): Steps<null> {
  const found = classOf(value).find(name);
  const custom = classOf(value).isUser ? classOf(value).find('__delattr__') : undefined;
  if (custom instanceof FunctionObject) yield* call(custom, [value, name]);
  else if (found instanceof Property && !(value instanceof TypeObject)) {
    if (found.deleter === null)
      throw raised('AttributeError', `property '${name}' of '${className(value)}' object has no deleter`);
    yield* call(found.deleter, [value]);
  } else {
    const isGone = value instanceof TypeObject ? value.delete(name) : ownAttributes(value)?.delete(name) === true;
    if (!isGone) throw value instanceof TypeObject ? noAttribute(value, name) : noAttribute(value, name);
  }
  return null;
}
