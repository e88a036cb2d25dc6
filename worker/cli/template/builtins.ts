/** The functions every Go template has (text/template/funcs.go, Go 1.24). */
import { EngineError } from '../../base/errors.ts';
import { utf8, utf8Text } from '../../base/bytes.ts';
import { compareEqual, compareLess } from './comparison.ts';
import { escapeHtml, escapeJavaScript, escapeQuery } from './escape.ts';
import type { FunctionMap } from './execution.ts';
import { ANY, assignable, STRING, type GoType } from './go-type.ts';
import {
  dereference,
  goBool,
  goInt,
  goString,
  isTrue,
  withoutInterface,
  zeroValue,
  type GoFunction,
  type GoList,
  type GoMap,
  type GoValue,
  type ParameterType,
} from './go-value.ts';
import { sprint, sprintln, sprintPrintable } from './print.ts';
import { sprintf } from './printf.ts';

type Value = GoValue | undefined;
type Call = GoFunction['call'];

const fixed = (parameters: readonly ParameterType[], call: Call): GoFunction => ({ parameters, call });
const variadic = (parameters: readonly ParameterType[], call: Call): GoFunction => ({
  parameters,
  variadic: true,
  call,
});

const comparison = (compare: (a: Value, b: Value) => boolean): GoFunction =>
  fixed(['reflect', 'reflect'], (a, b) => goBool(compare(a, b)));

const text = (write: (values: readonly Value[]) => string): GoFunction =>
  variadic([ANY], (...values) => goString(write(values)));

/** They are decided while their arguments are evaluated, so as not to evaluate those after the deciding one. */
const shortCircuit: GoFunction = variadic(['reflect', 'reflect'], (...values) => values.at(-1));

/** Go's builtin functions by name. */
export const BUILTINS: FunctionMap = new Map<string, GoFunction>([
  ['and', shortCircuit],
  ['or', shortCircuit],
  ['not', fixed(['reflect'], (value) => goBool(!isTrue(withoutInterface(value))))],
  ['call', variadic(['reflect', 'reflect'], call)],
  ['len', fixed(['reflect'], (value) => goInt(lengthOf(value)))],
  ['index', variadic(['reflect', 'reflect'], (item, ...indexes) => indexed(item, indexes))],
  ['slice', variadic(['reflect', 'reflect'], (item, ...indexes) => sliced(item, indexes))],
  ['print', text(sprint)],
  ['println', text(sprintln)],
  [
    'printf',
    variadic([STRING, ANY], (format, ...values) =>
      goString(sprintf(format?.kind === 'string' ? format.value : '', values)),
    ),
  ],
  ['html', text((values) => escapeHtml(sprintPrintable(values)))],
  ['js', text((values) => escapeJavaScript(sprintPrintable(values)))],
  ['urlquery', text((values) => escapeQuery(sprintPrintable(values)))],
  ['eq', variadic(['reflect', 'reflect'], (first, ...others) => goBool(equalsOne(first, others)))],
  ['ne', comparison((a, b) => !compareEqual(a, b))],
  ['lt', comparison(compareLess)],
  ['le', comparison((a, b) => compareLess(a, b) || compareEqual(a, b))],
  ['gt', comparison((a, b) => !(compareLess(a, b) || compareEqual(a, b)))],
  ['ge', comparison((a, b) => !compareLess(a, b))],
]);

const failure = (message: string): EngineError => new EngineError('invalid-argument', message);

function equalsOne(first: Value, others: readonly Value[]): boolean {
  if (others.length === 0) throw failure('missing argument for comparison');
  return others.some((other) => compareEqual(first, other));
}

/** No value here is a function, so there is nothing `call` could call. */
function call(name: Value, called: Value): never {
  const value = withoutInterface(called);
  if (value === undefined) throw failure('call of nil');
  const shown = name?.kind === 'string' && name.value !== '' ? name.value : `<${value.type.name} Value>`;
  throw failure(`non-function ${shown} of type ${value.type.name}`);
}

function lengthOf(item: Value): number {
  const { value, nil } = dereference(item);
  if (nil) throw failure('len of nil pointer');
  if (value === undefined) throw failure('reflect: call of reflect.Value.Type on zero Value');
  switch (value.kind) {
    case 'string':
      return utf8(value.value).byteLength;
    case 'list':
      return value.items?.length ?? 0;
    case 'map':
      return value.entries?.size ?? 0;
    default:
      throw failure(`len of type ${value.type.name}`);
  }
}

function indexed(item: Value, indexes: readonly Value[]): Value {
  const whole = withoutInterface(item);
  if (whole === undefined) throw failure('index of untyped nil');
  return indexes.reduce<Value>((current, index) => {
    const { value, nil } = dereference(current);
    if (nil) throw failure('index of nil pointer');
    return elementOf(value, withoutInterface(index));
  }, whole);
}

function elementOf(item: Value, index: Value): Value {
  if (item?.kind === 'map') return entryOf(item, index);
  if (item?.kind === 'list') {
    const at = listIndex(index, item.items?.length ?? 0);
    const element = item.items?.[at];
    // Go lets the index be the length, then panics
    if (element === undefined) throw failure(`reflect: ${isArray(item) ? 'array' : 'slice'} index out of range`);
    return element;
  }
  if (item?.kind === 'string') {
    const bytes = utf8(item.value);
    const at = listIndex(index, bytes.byteLength);
    const byte = bytes[at];
    if (byte === undefined) throw failure('reflect: string index out of range');
    return { kind: 'uint', type: { kind: 'uint', name: 'uint8' }, value: BigInt(byte) };
  }
  throw failure(`can't index item of type ${item?.type.name ?? 'nil'}`);
}

function entryOf(map: GoMap, index: Value): GoValue {
  const key = mapKey(index, map.type.key);
  return map.entries?.get(key) ?? zeroValue(map.type.element);
}

function mapKey(index: Value, type: GoType): string {
  if (index === undefined) {
    if (type.kind !== 'interface') throw failure(`value is nil; should be of type ${type.name}`);
    return '';
  }
  if (!assignable(index.type, type)) {
    throw failure(`value has type ${index.type.name}; should be ${type.name}`);
  }
  return index.kind === 'string' ? index.value : '';
}

function listIndex(index: Value, length: number): number {
  if (index === undefined) throw failure('cannot index slice/array with nil');
  if (index.kind !== 'int' && index.kind !== 'uint') {
    throw failure(`cannot index slice/array with type ${index.type.name}`);
  }
  if (index.value < 0n || index.value > BigInt(length)) throw failure(`index out of range: ${String(index.value)}`);
  return Number(index.value);
}

function sliced(item: Value, indexes: readonly Value[]): GoValue {
  const value = withoutInterface(item);
  if (value === undefined) throw failure('slice of untyped nil');
  if (indexes.length > 3) throw failure(`too many slice indexes: ${String(indexes.length)}`);
  // an array is sliced through a pointer to it
  const list = value.kind === 'pointer' && isArray(value.target) ? value.target : value;
  if (list.kind !== 'string' && list.kind !== 'list') throw failure(`can't slice item of type ${list.type.name}`);
  if (list.kind === 'string' && indexes.length === 3) throw failure('cannot 3-index slice a string');
  const bytes = list.kind === 'string' ? utf8(list.value) : undefined;
  const length = bytes?.byteLength ?? (list.kind === 'list' ? (list.items?.length ?? 0) : 0);
  const [from = 0, to = length, capacity = length] = indexes.map((index) => listIndex(withoutInterface(index), length));
  if (from > to) throw failure(`invalid slice index: ${String(from)} > ${String(to)}`);
  if (to > capacity) throw failure(`invalid slice index: ${String(to)} > ${String(capacity)}`);
  if (list.kind === 'string') return { ...list, value: utf8Text(utf8(list.value).subarray(from, to)) };
  return { ...list, items: list.items?.slice(from, to) };
}

const isArray = (value: Value): value is GoList => value?.kind === 'list' && value.type.length !== undefined;
