/** Makes classes (reference, 3.3.3). */
import { nameText } from '../objects/classes.ts';
import { classOf, className } from '../objects/classes.ts';
import {
  classMethodType,
  Dict,
  dictOfNames,
  objectType,
  Tuple,
  typeType,
  WrappedMethod,
} from '../objects/containers.ts';
import { typeError } from '../objects/exceptions.ts';
import { Cell, FunctionObject, InconsistentBases, TypeObject, type Globals, type Value } from '../objects/values.ts';
import { PythonFrame } from './frames.ts';
import { call, Run, type Steps } from './steps.ts';
import { ownAttributes } from './attributes.ts';
import { GenericAlias } from '../objects/generic-alias.ts';

/** Runs the body of a class and makes the class of what it left. */
export function* buildClass(body: FunctionObject, given: readonly Value[], keywords: Dict): Steps<Value> {
  const bases: Value[] = [];
  for (const base of given) {
    const entries =
      ownAttributes(base)?.get('__mro_entries__') ??
      (base instanceof TypeObject ? undefined : classOf(base).find('__mro_entries__'));
    if (base instanceof GenericAlias) bases.push(base.origin);
    else if (entries !== undefined) bases.push(...((yield* call(entries, [base, new Tuple(given)])) as Tuple).items);
    else bases.push(base);
  }
  const named = new Map([...keywords.entries.values()].map(({ key, value }) => [nameText(key), value]));
  const explicit = named.get('metaclass');
  named.delete('metaclass');
  const meta = metaclassOf(explicit, bases);
  const namespace: Globals = new Map();
  const prepare = meta.find('__prepare__');
  if (prepare instanceof WrappedMethod) {
    const prepared = yield* call(prepare.callable, [meta, body.name, new Tuple(bases)], named);
    if (prepared instanceof Dict)
      for (const { key, value } of prepared.entries.values()) namespace.set(nameText(key), value);
  }
  const cell = yield* runBody(body, namespace);
  const made =
    meta === typeType
      ? createClass(body.name, bases, namespace, meta)
      : yield* call(meta, [body.name, new Tuple(bases), dictOfNames(namespace)], named);
  if (cell !== undefined) cell.value = made;
  if (made instanceof TypeObject) {
    made.qualifiedName = body.qualifiedName;
    yield* announce(made, named);
  }
  return made;
}

function* runBody(body: FunctionObject, namespace: Globals): Steps<Cell | undefined> {
  const { code, globals, closure } = body;
  namespace.set('__module__', globals.get('__name__') ?? '__main__');
  namespace.set('__qualname__', body.qualifiedName);
  if (code.doc !== undefined) namespace.set('__doc__', code.doc);
  const own = code.cellNames.map(() => new Cell());
  const frame = new PythonFrame(code, globals, [], [...own, ...closure], namespace, body);
  yield new Run(frame);
  return own[code.cellNames.indexOf('__class__')];
}

function metaclassOf(explicit: Value | undefined, bases: readonly Value[]): TypeObject {
  let meta = explicit instanceof TypeObject ? explicit : typeType;
  for (const base of bases) if (base instanceof TypeObject && base.cls.isSubclassOf(meta)) meta = base.cls;
  return meta;
}

/** What `type(name, bases, namespace)` makes. */
export function createClass(name: string, given: readonly Value[], namespace: Globals, meta: TypeObject): TypeObject {
  const bases = given.map((base) => {
    if (!(base instanceof TypeObject)) throw typeError(`${className(base)} objects cannot be the base of a class`);
    if (['bool', 'NoneType', 'range', 'slice', 'function', 'generator'].includes(base.name) && !base.isUser)
      throw typeError(`type '${base.name}' is not an acceptable base type`);
    return base;
  });
  try {
    const made = new TypeObject(name, bases.length === 0 ? [objectType] : bases, meta, true);
    for (const [key, value] of namespace) made.set(key, implicit(key, value));
    if (made.attributes.has('__eq__') && !made.attributes.has('__hash__')) made.set('__hash__', null);
    return made;
  } catch (error) {
    if (!(error instanceof InconsistentBases)) throw error;
    throw typeError(`Cannot create a consistent method resolution\norder (MRO) for bases ${error.message}`);
  }
}

/** Methods that take the class without being told so. */
function implicit(name: string, value: Value): Value {
  const isClassMethod = name === '__init_subclass__' || name === '__class_getitem__';
  return isClassMethod && value instanceof FunctionObject ? new WrappedMethod(classMethodType, value) : value;
}

/** Tells the attributes their names and the base its new subclass. */
export function* announce(made: TypeObject, keywords: ReadonlyMap<string, Value>): Steps<void> {
  for (const [name, value] of [...made.attributes]) {
    const method =
      value !== null && typeof value === 'object' && !(value instanceof TypeObject)
        ? value.cls.find('__set_name__')
        : undefined;
    if (method !== undefined) yield* call(method, [value, made, name]);
  }
  for (const base of made.mro.slice(1)) {
    const hook = base.attributes.get('__init_subclass__');
    if (hook === undefined) continue;
    const callable = hook instanceof WrappedMethod ? hook.callable : hook;
    yield* call(callable, [made], keywords);
    return;
  }
  if (keywords.size > 0) throw typeError(`${made.name}.__init_subclass__() takes no keyword arguments`);
}
