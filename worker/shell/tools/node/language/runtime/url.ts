/** `URL`: the host's, behind an object of the program. */
import { isObject, type Obj } from '../callable.ts';
import { CUSTOM } from '../inspect/inspect.ts';
import type { Value } from '../machine.ts';
import { textOf } from '../operators.ts';
import { define, type Realm } from '../realm.ts';

/** The parts of an address that a program may read and write, in the order Node shows them. */
const PARTS = [
  'href',
  'origin',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;

/** `wrapParams` makes the program's object of an address's parameters. */
export function installUrl(realm: Realm, wrapParams: (own: URLSearchParams) => Obj): void {
  const hostUrls = new WeakMap<object, URL>();
  const prototype = realm.prototype('URL');
  const urlOf = (self: Value): URL =>
    (isObject(self) ? hostUrls.get(self) : undefined) ?? realm.fail('TypeError', 'Value of "this" must be of type URL');
  const constructor = realm.constructorOf('URL', 2, (_self, [text, base], newTarget) => {
    if (newTarget === undefined) realm.fail('TypeError', "Class constructor URL cannot be invoked without 'new'");
    const made = Object.create(realm.prototypeFor(newTarget, 'URL')) as Obj;
    const own = parsedUrl(realm, text, base);
    hostUrls.set(made, own);
    define(made, 'searchParams', wrapParams(own.searchParams));
    return made;
  });
  realm.natives(constructor, {
    canParse: [2, (_self, [text, base]) => URL.canParse(textOf(text), base === undefined ? undefined : textOf(base))],
  });
  for (const part of PARTS)
    Object.defineProperty(prototype, part, {
      get: realm.native(`get ${part}`, 0, (self) => urlOf(self)[part]),
      ...(part === 'origin'
        ? {}
        : {
            set: realm.native(`set ${part}`, 1, (self, [value]) => {
              urlOf(self)[part] = textOf(value);
              return undefined;
            }),
          }),
      enumerable: true,
      configurable: true,
    });
  realm.natives(prototype, { toString: [0, (self) => urlOf(self).href], toJSON: [0, (self) => urlOf(self).href] });
  // shown as an object of its parts, under the name URL
  const shownPrototype = realm.prototype('URL shown');
  realm.constructorOf('URL', 0, () => undefined, { prototype: shownPrototype, isGlobal: false });
  define(
    prototype,
    CUSTOM,
    realm.native('inspect', 0, (self) => {
      const url = urlOf(self);
      const { hash, ...others } = Object.fromEntries(PARTS.map((part) => [part, url[part]]));
      const searchParams = isObject(self) ? self['searchParams'] : undefined;
      return Object.setPrototypeOf(realm.object({ ...others, searchParams, hash }), shownPrototype) as Obj;
    }),
  );
}

function parsedUrl(realm: Realm, text: Value, base: Value): URL {
  const [input, above] = [textOf(text), base === undefined ? undefined : textOf(base)];
  if (URL.canParse(input, above)) return new URL(input, above);
  const fields = { code: 'ERR_INVALID_URL', input, ...(above === undefined ? {} : { base: above }) };
  return realm.fail('TypeError', 'Invalid URL', fields);
}
