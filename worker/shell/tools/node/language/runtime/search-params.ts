/** `URLSearchParams`: the host's, behind an object of the program. */
import { isObject, type Obj } from '../callable.ts';
import { CUSTOM } from '../inspect/inspect.ts';
import type { Steps, Value } from '../machine.ts';
import { textOf } from '../operators.ts';
import { define, type Realm } from '../realm.ts';

/** Gives what makes the program's object of parameters that the host has. */
export function installSearchParams(realm: Realm): (own: URLSearchParams) => Obj {
  const hostParams = new WeakMap<object, URLSearchParams>();
  const prototype = realm.prototype('URLSearchParams');
  const paramsOf = (self: Value): URLSearchParams =>
    (isObject(self) ? hostParams.get(self) : undefined) ??
    realm.fail('TypeError', 'Value of "this" must be of type URLSearchParams');
  const wrap = (own: URLSearchParams, parent = prototype): Obj => {
    const made = Object.create(parent) as Obj;
    hostParams.set(made, own);
    return made;
  };
  realm.constructorOf('URLSearchParams', 0, (_self, [source], newTarget) => {
    const known = isObject(source) ? hostParams.get(source) : undefined;
    return wrap(
      known === undefined ? paramsFrom(source) : new URLSearchParams(known),
      realm.prototypeFor(newTarget, 'URLSearchParams'),
    );
  });
  for (const name of ['append', 'delete', 'get', 'getAll', 'has', 'set', 'sort', 'toString'] as const)
    define(
      prototype,
      name,
      realm.native(name, 2, (self, args) =>
        Reflect.apply(URLSearchParams.prototype[name], paramsOf(self), args.map(textOf)),
      ),
    );
  for (const name of ['entries', 'keys', 'values'] as const)
    define(
      prototype,
      name,
      realm.native(name, 0, (self) => realm.wrapIterator(paramsOf(self)[name](), 'Array Iterator')),
    );
  define(prototype, Symbol.iterator, prototype['entries']);
  realm.steppedNatives(prototype, {
    forEach: [
      1,
      function* (self, [callback]): Steps {
        for (const [name, value] of paramsOf(self)) yield* realm.call(callback, undefined, [value, name, self]);
        return undefined;
      },
    ],
  });
  define(
    prototype,
    CUSTOM,
    realm.native('inspect', 0, (self) => {
      const pairs = [...paramsOf(self)].map(([name, value]) => `'${name}' => '${value}'`);
      return pairs.length === 0 ? 'URLSearchParams {}' : `URLSearchParams { ${pairs.join(', ')} }`;
    }),
  );
  return wrap;
}

/** Of pairs, of an object's fields, or of text. */
function paramsFrom(source: Value): URLSearchParams {
  if (source === undefined) return new URLSearchParams();
  if (!isObject(source)) return new URLSearchParams(textOf(source));
  const pairs = Array.isArray(source)
    ? (source as Value[][]).map(([name, value]) => [name, value])
    : Object.keys(source).map((name) => [name, source[name]]);
  return new URLSearchParams(pairs.map(([name, value]) => [textOf(name), textOf(value)]));
}
