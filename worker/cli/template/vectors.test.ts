/** Go's own tests of text/template, as data. */
import { describe, expect, it } from 'vitest';
import { describeVectors } from '../../../tests/vectors.ts';
import type { JsonValue } from '../../base/json.ts';
import { quoteGo } from '../format/go-quote.ts';
import type { FunctionMap, MissingKey } from './execution.ts';
import { ANY, arrayOf, BOOL, FLOAT64, INT, mapOf, pointerTo, sliceOf, STRING, structType, UINT } from './go-type.ts';
import type { GoType } from './go-type.ts';
import {
  goAny,
  goBool,
  goFloat,
  goInt,
  goList,
  goMap,
  goString,
  goStruct,
  zeroValue,
  type GoValue,
} from './go-value.ts';
import { isEmptyList, nodeText } from './node.ts';
import { parseNumberLiteral } from './number-literal.ts';
import { parseTemplate } from './template.ts';
import { execute } from './walk.ts';

interface ExecInput {
  readonly template: string;
  readonly data: JsonValue;
  readonly types?: Readonly<Record<string, string>>;
  readonly struct?: boolean;
  readonly option?: string;
  readonly name?: string;
}

interface ExecExpectation {
  readonly output?: string;
  readonly error?: boolean;
  readonly error_contains?: string;
  readonly error_message?: string;
}

const U = structType('template.U', [{ name: 'V', type: STRING }]);
const BASICS: Readonly<Record<string, GoType>> = {
  bool: BOOL,
  int: INT,
  uint: UINT,
  uint16: { kind: 'uint', name: 'uint16' },
  string: STRING,
  float64: FLOAT64,
  any: ANY,
  U,
};

function typeNamed(name: string): GoType {
  if (name.startsWith('*')) return pointerTo(typeNamed(name.slice(1)));
  if (name.startsWith('[]')) return sliceOf(typeNamed(name.slice(2)));
  const array = /^\[(\d+)\](.*)$/.exec(name);
  if (array !== null) return arrayOf(Number(array[1]), typeNamed(array[2] ?? ''));
  const map = /^map\[(\w+)\](.*)$/.exec(name);
  if (map !== null) return mapOf(typeNamed(map[1] ?? ''), typeNamed(map[2] ?? ''));
  const basic = BASICS[name];
  if (basic === undefined) throw new Error(`unknown type ${name}`);
  return basic;
}

/** The type Go gives to data of which the vectors name none. */
function naturalType(data: JsonValue): GoType {
  if (typeof data === 'string') return STRING;
  if (typeof data === 'boolean') return BOOL;
  if (typeof data === 'number') return INT;
  if (Array.isArray(data)) return sliceOf(INT);
  return data !== null && typeof data === 'object' && 'V' in data ? U : mapOf(STRING, ANY);
}

function valueOf(data: JsonValue, type: GoType): GoValue {
  if (data === null) return zeroValue(type);
  if (type.kind === 'interface') return goAny(valueOf(data, naturalType(data)));
  if (type.kind === 'pointer') return { kind: 'pointer', type, target: valueOf(data, type.element) };
  if (typeof data === 'string' && type.kind === 'string') return goString(data, type);
  if (typeof data === 'boolean') return goBool(data);
  if (typeof data === 'number') {
    if (type.kind === 'float') return goFloat(data);
    if (type.kind === 'uint') return { kind: 'uint', type, value: BigInt(data) };
    return goInt(data);
  }
  const members = Object.entries(data) as [string, JsonValue][];
  if (type.kind === 'list')
    return goList(
      type,
      members.map(([, item]) => valueOf(item, type.element)),
    );
  if (type.kind === 'map')
    return goMap(
      type,
      members.map(([key, item]) => [key, valueOf(item, type.element)] as const),
    );
  if (type.kind !== 'struct') throw new Error(`no value of type ${type.name}`);
  return goStruct(
    type,
    type.fields.map(({ name, type: field }) => [name, valueOf(new Map(members).get(name) ?? null, field)]),
  );
}

function dataOf({ data, types = {}, struct = false }: ExecInput): GoValue | undefined {
  if (data === null) return undefined;
  if (!struct) return valueOf(data, types[''] === undefined ? naturalType(data) : typeNamed(types['']));
  const fields = Object.entries(types).map(([name, type]) => ({ name, type: typeNamed(type) }));
  return valueOf(data, pointerTo(structType('template.T', fields)));
}

const OPTIONS: Readonly<Record<string, MissingKey>> = {
  'missingkey=default': 'invalid',
  'missingkey=zero': 'zero',
  'missingkey=error': 'error',
};

function run(input: ExecInput): string {
  const template = parseTemplate(input.template, { functions: new Map(), name: input.name ?? '' });
  return execute(template, dataOf(input), OPTIONS[input.option ?? 'missingkey=default']);
}

describeVectors<ExecInput, ExecExpectation>('gotemplate', 'exec', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    if (expected.output !== undefined) expect(run(input)).toBe(expected.output);
    else expect(() => run(input)).toThrow(expected.error_message ?? expected.error_contains ?? /^template: /);
  });
});

const noFunction: FunctionMap = new Map();
const named = (names: readonly string[] = []): FunctionMap =>
  new Map(names.map((name) => [name, { parameters: [], call: () => undefined }]));

interface ParseInput {
  readonly template: string;
  readonly functions?: readonly string[];
  readonly name?: string;
}

describeVectors<ParseInput, { readonly ok: boolean; readonly tree?: string }>('gotemplate', 'parse', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    const parse = () => parseTemplate(input.template, { functions: named(input.functions) });
    if (!expected.ok) expect(parse).toThrow(/^template: :\d+: /);
    else if (expected.tree === undefined) expect(parse().lists.size).toBeGreaterThan(0);
    else {
      const root = parse().lists.get('');
      expect(root === undefined ? undefined : nodeText(root, quoteGo)).toBe(expected.tree);
    }
  });
});

describeVectors<ParseInput, { readonly error_contains: string }>('gotemplate', 'parse-error', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    const parse = () => parseTemplate(input.template, { functions: noFunction, name: input.name ?? '' });
    expect(parse).toThrow(expected.error_contains);
  });
});

describeVectors<ParseInput, { readonly empty: boolean }>('gotemplate', 'empty', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    const root = parseTemplate(input.template).lists.get('');
    expect(root !== undefined && isEmptyList(root)).toBe(expected.empty);
  });
});

interface NumberExpectation {
  readonly error?: boolean;
  readonly int?: number | null;
  readonly uint?: number | string | null;
  readonly float?: number | null;
}

describeVectors<{ readonly text: string }, NumberExpectation>('gotemplate', 'number', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    if (expected.error === true) {
      expect(() => parseNumberLiteral(input.text)).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
      return;
    }
    const { int, uint, float } = parseNumberLiteral(input.text);
    expect([int?.toString(), uint?.toString(), float]).toEqual([
      expected.int?.toString(),
      expected.uint?.toString(),
      expected.float ?? undefined,
    ]);
  });
});

describe('what the vectors leave out', () => {
  it.skip('complex numbers, channels, iterator functions and methods of Go test types: not values of templates here');
});
