/** Error and its kin. */
import { isObject, type Obj } from '../callable.ts';
import { collect } from '../iteration.ts';
import type { Steps, Value } from '../machine.ts';
import { textOf } from '../operators.ts';
import { define, type Realm } from '../realm.ts';
import { headOf } from '../stack-trace.ts';

const KINDS = ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];

export function installErrors(realm: Realm): void {
  const base = realm.prototype('Error');
  const make = errorConstructor(realm, 'Error') as Obj;
  realm.natives(base, { toString: [0, (self) => (isObject(self) ? headOf(self) : String(self))] });
  realm.natives(make, {
    captureStackTrace: [
      2,
      (_self, [target]) => {
        if (isObject(target)) realm.captureStack(target);
        return undefined;
      },
    ],
  });
  make['stackTraceLimit'] = 10;
  for (const name of KINDS) {
    Object.setPrototypeOf(realm.prototype(name), base);
    errorConstructor(realm, name, make);
  }
  installAggregate(realm, base, make);
}

function errorConstructor(realm: Realm, name: string, parent?: Obj): unknown {
  const prototype = realm.prototype(name);
  define(prototype, 'name', name);
  define(prototype, 'message', '');
  return realm.constructorOf(
    name,
    1,
    (_self, [message, options], newTarget) => createError(realm, name, newTarget, message, options),
    parent === undefined ? {} : { parent },
  );
}

function createError(realm: Realm, name: string, newTarget: Value, message: Value, options: Value): Obj {
  const error = Object.create(realm.prototypeFor(newTarget, name)) as Obj;
  realm.errors.add(error);
  if (message !== undefined) define(error, 'message', textOf(message));
  if (isObject(options) && 'cause' in options) define(error, 'cause', options['cause']);
  realm.captureStack(error, newTarget !== undefined && newTarget !== realm.global[name]);
  return error;
}

function installAggregate(realm: Realm, base: Obj, parent: Obj): void {
  const prototype = realm.prototype('AggregateError');
  Object.setPrototypeOf(prototype, base);
  define(prototype, 'name', 'AggregateError');
  define(prototype, 'message', '');
  realm.constructorOf(
    'AggregateError',
    2,
    function* (_self, [errors, message, options], newTarget): Steps {
      const error = createError(realm, 'AggregateError', newTarget, message, options);
      define(error, 'errors', realm.array(yield* collect(realm, errors)));
      return error;
    },
    { parent, isStepped: true },
  );
}
