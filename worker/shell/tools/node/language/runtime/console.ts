/** `console`. */
import { textOf } from '../operators.ts';
import { isObject, type Obj } from '../callable.ts';
import { format } from '../inspect/format.ts';
import { inspect } from '../inspect/inspect.ts';
import { inspectOptions } from '../inspect/options.ts';
import type { Value } from '../machine.ts';
import { define, type Realm } from '../realm.ts';
import { tableOf } from './console-table.ts';

export interface ConsoleStreams {
  readonly write: (descriptor: 1 | 2, text: string) => void;
  readonly nowMs: () => number;
}

export function installConsole(realm: Realm, { write, nowMs }: ConsoleStreams): Obj {
  const console = realm.object();
  define(realm.global, 'console', console);
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();
  let indent = '';
  const print = (descriptor: 1 | 2, text: string): undefined => {
    write(descriptor, `${indent}${indent === '' ? text : text.replaceAll('\n', `\n${indent}`)}\n`);
    return undefined;
  };
  const printer = (descriptor: 1 | 2) => (_self: Value, args: readonly Value[]) =>
    print(descriptor, format(realm, args));
  const labelOf = ([label]: readonly Value[]): string => (label === undefined ? 'default' : textOf(label));
  const elapsed = (label: string): string => {
    const ms = nowMs() - (timers.get(label) ?? nowMs());
    return ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${Number(ms.toFixed(3))}ms`;
  };
  const methods: Record<string, (self: Value, args: readonly Value[]) => Value> = {
    log: printer(1),
    info: printer(1),
    debug: printer(1),
    error: printer(2),
    warn: printer(2),
    trace: (_self, args) => print(2, `Trace${args.length > 0 ? `: ${format(realm, args)}` : ''}${traceOf(realm)}`),
    dir: (_self, [value, options]) => print(1, inspect(realm, value, inspectOptions(options))),
    table: (_self, [data, columns]) => print(1, isObject(data) ? tableOf(realm, data, columns) : format(realm, [data])),
    group: (_self, args) => {
      if (args.length > 0) print(1, format(realm, args));
      indent += '  ';
      return undefined;
    },
    groupEnd: () => {
      indent = indent.slice(2);
      return undefined;
    },
    count: (_self, args) => {
      const label = labelOf(args);
      counts.set(label, (counts.get(label) ?? 0) + 1);
      print(1, `${label}: ${counts.get(label) ?? 0}`);
    },
    countReset: (_self, args) => void counts.delete(labelOf(args)),
    assert: (_self, [condition, ...args]) => {
      if (condition) return undefined;
      print(2, args.length === 0 ? 'Assertion failed' : `Assertion failed: ${format(realm, args)}`);
    },
    time: (_self, args) => void timers.set(labelOf(args), nowMs()),
    timeEnd: (_self, args) => {
      const label = labelOf(args);
      print(1, `${label}: ${elapsed(label)}`);
      timers.delete(label);
      return undefined;
    },
    timeLog: (_self, [label, ...args]) =>
      print(1, format(realm, [`${labelOf([label])}: ${elapsed(labelOf([label]))}`, ...args])),
  };
  methods['groupCollapsed'] = methods['group'] ?? printer(1);
  for (const [name, run] of Object.entries(methods)) console[name] = realm.native(name, 0, run);
  return console;
}

function traceOf(realm: Realm): string {
  const { stack } = realm.makeError('Error', '');
  return String(stack).replace(/^Error/, '');
}
