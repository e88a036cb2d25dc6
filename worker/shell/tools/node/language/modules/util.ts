/** `util`. */
import { callableOf, isFunction, isObject, type Obj } from '../callable.ts';
import { format } from '../inspect/format.ts';
import { CUSTOM, inspect } from '../inspect/inspect.ts';
import { inspectOptions } from '../inspect/options.ts';
import type { Value } from '../machine.ts';
import { define } from '../realm.ts';
import type { NodeHost } from '../runtime/host.ts';
import type { BuiltinModule } from './module.ts';
import { equalDeeply } from './deep-equality.ts';

export const util: BuiltinModule = {
  create: createBinding,
  source: `
const { inspect, format, types, isDeepStrictEqual } = binding;
const custom = Symbol.for('nodejs.util.promisify.custom');
const promisify = (run) => {
  if (run[custom]) return run[custom];
  return function (...args) {
    return new Promise((resolve, reject) => {
      run.call(this, ...args, (error, ...values) => error ? reject(error) : resolve(values[0]));
    });
  };
};
promisify.custom = custom;
// a timer's callback comes first
globalThis['setTimeout'][custom] = (delay, value) => new Promise((resolve) => { globalThis['setTimeout'](() => resolve(value), delay); });
module.exports = {
  inspect,
  format,
  types,
  isDeepStrictEqual,
  promisify,
  callbackify: (run) => (...args) => {
    const callback = args.pop();
    run(...args).then((value) => process.nextTick(callback, null, value), (error) => process.nextTick(callback, error));
  },
  inherits: (child, parent) => {
    Object.defineProperty(child, 'super_', { value: parent, writable: true, configurable: true });
    Object.setPrototypeOf(child.prototype, parent.prototype);
  },
  deprecate: (run) => run,
  debuglog: () => () => {},
  isArray: Array.isArray,
  stripVTControlCharacters: (text) => text.replace(/\\u001b\\[[0-9;]*[A-Za-z]/g, ''),
  toUSVString: (text) => text.toWellFormed(),
  TextEncoder,
  TextDecoder,
};
`,
};

function createBinding({ realm }: NodeHost): Obj {
  const show = realm.native('inspect', 2, (_self, [value, options]) => inspect(realm, value, inspectOptions(options)));
  define(show, 'custom', CUSTOM);
  define(show, 'defaultOptions', realm.object());
  const is = (test: (value: Value) => boolean) => realm.native('', 1, (_self, [value]) => test(value));
  const tagged = (name: string) => is((value) => Object.prototype.toString.call(value) === `[object ${name}]`);
  const types = realm.object({
    isPromise: is((value) => realm.promises.isPromise(value)),
    isDate: tagged('Date'),
    isRegExp: tagged('RegExp'),
    isMap: tagged('Map'),
    isSet: tagged('Set'),
    isNativeError: is((value) => isObject(value) && realm.errors.has(value)),
    isAsyncFunction: is((value) => isFunction(value) && callableOf(value)?.isAsync === true),
    isGeneratorFunction: is((value) => isFunction(value) && callableOf(value)?.isGenerator === true),
    isProxy: is((value) => isObject(value) && realm.proxies.has(value)),
    isTypedArray: is((value) => ArrayBuffer.isView(value)),
    isUint8Array: tagged('Uint8Array'),
  });
  return realm.object({
    inspect: show,
    format: realm.native('format', 0, (_self, args) => format(realm, args)),
    types,
    isDeepStrictEqual: realm.native('isDeepStrictEqual', 2, (_self, [one, other]) =>
      equalDeeply(realm, one, other, true),
    ),
  });
}
