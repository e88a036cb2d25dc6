/** `sys`: made with the machine, since the program's arguments and streams are in it. */
import type { AppletContext } from '../../../../applets/context.ts';
import { builtinType, Dict, List, moduleType, Tuple, tupleType } from '../objects/containers.ts';
import { raised } from '../objects/exceptions.ts';
import { Instance, ModuleObject, type TypeObject, type Value } from '../objects/values.ts';
import { tracebackOf } from '../machine/attributes.ts';
import type { Machine } from '../machine/machine.ts';
import { plain } from '../machine/native.ts';
import { StandardStream } from '../files/standard-streams.ts';
import { smallIndex } from '../machine/truth.ts';

export interface Surroundings {
  readonly version: string;
  readonly executable: string;
  readonly prefix: string;
  readonly arguments: readonly string[];
  /** Folders that modules are looked for in. */
  readonly path: readonly string[];
  readonly unbuffered: boolean;
}

const versionInfoType = builtinType('sys.version_info', [tupleType]);

/** A tuple whose parts have names too. */
function namedTuple(type: TypeObject, parts: readonly (readonly [string, Value])[]): Tuple {
  const tuple = new Tuple(
    parts.map(([, value]) => value),
    type,
  );
  tuple.attributes = new Map(parts);
  return tuple;
}

export function installSys(machine: Machine, context: AppletContext, around: Surroundings): void {
  const [major = 3, minor = 0, micro = 0] = around.version.split('.').map(Number);
  const parts: readonly (readonly [string, Value])[] = [
    ['major', major],
    ['minor', minor],
    ['micro', micro],
    ['releaselevel', 'final'],
    ['serial', 0],
  ];
  const { descriptors } = context.process;
  const isTerminal = (descriptor: number): boolean =>
    descriptors.has(descriptor) && descriptors.get(descriptor).terminal;
  const stdin = new StandardStream(0, '<stdin>', { input: context.stdin(), isTerminal: isTerminal(0), flushes: false });
  const stdout = new StandardStream(1, '<stdout>', {
    output: context.out,
    isTerminal: isTerminal(1),
    flushes: around.unbuffered || isTerminal(1),
  });
  const stderr = new StandardStream(2, '<stderr>', { output: context.err, isTerminal: isTerminal(2), flushes: true });
  const modules = new Dict();
  const values: readonly (readonly [string, Value])[] = [
    ['__name__', 'sys'],
    ['argv', new List([...around.arguments])],
    ['path', new List([...around.path])],
    ['stdin', stdin],
    ['stdout', stdout],
    ['stderr', stderr],
    ['__stdin__', stdin],
    ['__stdout__', stdout],
    ['__stderr__', stderr],
    ['version', `${around.version} (main, Jan  1 2026, 00:00:00) [GCC 12.2.0]`],
    ['version_info', namedTuple(versionInfoType, parts)],
    ['hexversion', (major << 24) | (minor << 16) | (micro << 8) | 0xf0],
    ['platform', 'linux'],
    ['executable', around.executable],
    ['prefix', around.prefix],
    ['base_prefix', around.prefix],
    ['exec_prefix', around.prefix],
    ['byteorder', 'little'],
    ['maxsize', 9223372036854775807n],
    ['maxunicode', 0x10ffff],
    ['modules', modules],
    ['implementation', implementation(around.version)],
    ['flags', new Tuple([])],
    ['dont_write_bytecode', true],
    ...functions(machine),
  ];
  machine.modules.set('sys', new ModuleObject(moduleType, 'sys', new Map(values)));
  for (const [name, module] of machine.modules) modules.set(name, module);
}

function implementation(version: string): Value {
  const made = new Instance(builtinType('SimpleNamespace'));
  made.attributes.set('name', 'cpython');
  made.attributes.set('cache_tag', `cpython-${version.split('.').slice(0, 2).join('')}`);
  return made;
}

function functions(machine: Machine): readonly (readonly [string, Value])[] {
  const all = [
    plain('exit(status=, /)', ([status]) => {
      throw status === undefined ? raised('SystemExit') : raised('SystemExit', status);
    }),
    plain('getrecursionlimit()', () => machine.recursionLimit),
    plain('setrecursionlimit(limit, /)', ([limit]) => {
      machine.recursionLimit = Math.min(smallIndex(limit!, machine), 100_000);
      return null;
    }),
    plain('getsizeof(object, default=)', ([value]) => sizeOf(value!)),
    plain('getdefaultencoding()', () => 'utf-8'),
    plain('getfilesystemencoding()', () => 'utf-8'),
    plain('intern(string, /)', ([text]) => text!),
    plain('getrefcount(object, /)', () => 2),
    plain('gettrace()', () => null),
    plain('set_int_max_str_digits(maxdigits)', () => null),
    plain('exc_info()', () => {
      const { handled } = machine;
      return handled === undefined
        ? new Tuple([null, null, null])
        : new Tuple([handled.cls, handled, tracebackOf(handled.traceback)]);
    }),
    plain('exception()', () => machine.handled ?? null),
  ];
  return all.map((one) => [one.name, one] as const);
}

/** What CPython says of small values on 64-bit machines. */
function sizeOf(value: Value): number {
  if (typeof value === 'number' || typeof value === 'bigint')
    return value == 0 ? 28 : 24 + 4 * Math.ceil(value.toString(2).replace('-', '').length / 30);
  if (typeof value === 'string') return 49 + value.length;
  if (value instanceof List) return 56 + 8 * value.items.length;
  if (value instanceof Tuple) return 40 + 8 * value.items.length;
  return value === null ? 16 : typeof value === 'boolean' ? 28 : 64;
}
