/** What Node has of the web's own globals: URL, fetch (refused), performance. */
import { isObject, type Obj } from '../callable.ts';
import { CUSTOM } from '../inspect/inspect.ts';
import type { Steps, Value } from '../machine.ts';
import { textOf } from '../operators.ts';
import { define } from '../realm.ts';
import type { NodeHost } from './host.ts';

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

export function installWebGlobals(host: NodeHost): void {
  const { realm, context } = host;
  const urls = new WeakMap<object, URL>();
  const params = new WeakMap<object, URLSearchParams>();
  const paramsOf = (self: Value): URLSearchParams =>
    (isObject(self) ? params.get(self) : undefined) ??
    realm.fail('TypeError', 'Value of "this" must be of type URLSearchParams');
  const wrapParams = (own: URLSearchParams, prototype = realm.prototype('URLSearchParams')): Obj => {
    const made = Object.create(prototype) as Obj;
    params.set(made, own);
    return made;
  };
  realm.constructorOf('URLSearchParams', 0, (_self, [source], newTarget) => {
    const own = new URLSearchParams();
    if (isObject(source) && isObject(params.get(source)))
      for (const [name, value] of paramsOf(source)) own.append(name, value);
    else if (Array.isArray(source))
      for (const pair of source as Value[][]) own.append(textOf(pair[0]), textOf(pair[1]));
    else if (isObject(source)) for (const name of Object.keys(source)) own.append(name, textOf(source[name]));
    else if (source !== undefined)
      for (const [name, value] of new URLSearchParams(textOf(source))) own.append(name, value);
    return wrapParams(own, realm.prototypeFor(newTarget, 'URLSearchParams'));
  });
  const searchParams = realm.prototype('URLSearchParams');
  for (const name of ['append', 'delete', 'get', 'getAll', 'has', 'set', 'sort', 'toString'] as const)
    define(
      searchParams,
      name,
      realm.native(name, 2, (self, args) => {
        const method = URLSearchParams.prototype[name];
        return Reflect.apply(method, paramsOf(self), args.map(textOf));
      }),
    );
  for (const name of ['entries', 'keys', 'values'] as const)
    define(
      searchParams,
      name,
      realm.native(name, 0, (self) => realm.wrapIterator(paramsOf(self)[name](), 'Array Iterator')),
    );
  define(searchParams, Symbol.iterator, searchParams['entries']);
  realm.steppedNatives(searchParams, {
    forEach: [
      1,
      function* (self, [callback]): Steps {
        for (const [name, value] of paramsOf(self)) yield* realm.call(callback, undefined, [value, name, self]);
        return undefined;
      },
    ],
  });
  const url = realm.constructorOf('URL', 2, (_self, [text, base], newTarget) => {
    if (newTarget === undefined) realm.fail('TypeError', "Class constructor URL cannot be invoked without 'new'");
    const [input, above] = [textOf(text), base === undefined ? undefined : textOf(base)];
    if (!URL.canParse(input, above))
      realm.fail('TypeError', 'Invalid URL', {
        code: 'ERR_INVALID_URL',
        input,
        ...(above === undefined ? {} : { base: above }),
      });
    const made = Object.create(realm.prototypeFor(newTarget, 'URL')) as Obj;
    const own = new URL(input, above);
    urls.set(made, own);
    define(made, 'searchParams', wrapParams(own.searchParams));
    return made;
  });
  realm.natives(url, {
    canParse: [2, (_self, [text, base]) => URL.canParse(textOf(text), base === undefined ? undefined : textOf(base))],
  });
  const prototype = realm.prototype('URL');
  const urlOf = (self: Value): URL =>
    (isObject(self) ? urls.get(self) : undefined) ?? realm.fail('TypeError', 'Value of "this" must be of type URL');
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
  define(
    prototype,
    CUSTOM,
    realm.native('inspect', 0, (self) => {
      const shown = realm.object(
        Object.fromEntries(
          ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search'].map(
            (part) => [part, urlOf(self)[part as 'href']],
          ),
        ),
      );
      shown['searchParams'] = isObject(self) ? self['searchParams'] : undefined;
      shown['hash'] = urlOf(self).hash;
      Object.setPrototypeOf(shown, realm.prototype('URL shown'));
      return shown;
    }),
  );
  realm.constructorOf('URL', 0, () => undefined, { prototype: realm.prototype('URL shown'), isGlobal: false });
  define(
    searchParams,
    CUSTOM,
    realm.native('inspect', 0, (self) => {
      const pairs = [...paramsOf(self)].map(([name, value]) => `'${name}' => '${value}'`);
      return pairs.length === 0 ? 'URLSearchParams {}' : `URLSearchParams { ${pairs.join(', ')} }`;
    }),
  );
  const started = context.process.kernel.clock.monotonicMs();
  const performance = realm.object({ timeOrigin: context.process.kernel.clock.nowMs() });
  realm.natives(performance, { now: [0, () => context.process.kernel.clock.monotonicMs() - started] });
  for (const name of ['mark', 'measure'])
    define(
      performance,
      name,
      realm.native(name, 1, () => undefined),
    );
  define(realm.global, 'performance', performance);
  realm.natives(realm.global, {
    fetch: [
      1,
      () =>
        realm.promises.rejected(
          realm.makeError(
            'TypeError',
            'fetch failed: Strata lets programs of containers reach servers by http.get alone',
          ),
        ),
    ],
  });
}
