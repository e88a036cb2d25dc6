/** `eq` and `lt` on Go values (text/template/funcs.go): by kind, with integers of either sign comparable. */
import { EngineError } from '../../base/errors.ts';
import { compareUtf8 } from '../../base/json.ts';
import { withoutInterface, type GoValue } from './go-value.ts';
import { formatValue } from './print.ts';

type Value = GoValue | undefined;

const failure = (message: string): EngineError => new EngineError('invalid-argument', message);

const isInteger = (value: Value): value is Extract<GoValue, { kind: 'int' | 'uint' }> =>
  value?.kind === 'int' || value?.kind === 'uint';

const BASIC: ReadonlySet<string> = new Set(['bool', 'int', 'uint', 'float', 'string']);

/** True when equal. Throws `invalid-argument` for values that cannot be compared. */
export function compareEqual(first: Value, second: Value): boolean {
  const [a, b] = [withoutInterface(first), withoutInterface(second)];
  if (isInteger(a) && isInteger(b)) return a.value === b.value;
  if (a !== undefined && b !== undefined && BASIC.has(a.kind) !== BASIC.has(b.kind)) {
    throw failure('incompatible types for comparison');
  }
  if (a === undefined || b === undefined) return isNil(a) && isNil(b);
  switch (a.kind) {
    case 'bool':
    case 'float':
    case 'string':
      if (b.kind !== a.kind) throw failure('incompatible types for comparison');
      return a.value === b.value;
    case 'int':
    case 'uint':
      throw failure('incompatible types for comparison');
    default:
      return equalReferences(a, b);
  }
}

/** Pointers and structs compare by identity here; lists and maps compare with nil alone. */
function equalReferences(a: GoValue, b: GoValue): boolean {
  if (a.kind !== b.kind) {
    throw failure(`non-comparable types ${shown(a)}: ${a.type.name}, ${b.type.name}: ${formatValue(b, 'v', {})}`);
  }
  if (isNil(a) || isNil(b)) return isNil(a) && isNil(b);
  if (b.kind === 'list' || b.kind === 'map') throw failure(`non-comparable type ${shown(b)}: ${b.type.name}`);
  return a === b;
}

const shown = (value: GoValue): string => formatValue(value, 's', {});

function isNil(value: Value): boolean {
  switch (value?.kind) {
    case undefined:
      return true;
    case 'list':
      return value.items === undefined && value.type.length === undefined;
    case 'map':
      return value.entries === undefined;
    case 'pointer':
      return value.target === undefined;
    default:
      return false;
  }
}

/** True when `first` comes before `second`. Throws `invalid-argument` for values that have no order. */
export function compareLess(first: Value, second: Value): boolean {
  const [a, b] = [withoutInterface(first), withoutInterface(second)];
  if (a === undefined || b === undefined || !BASIC.has(a.kind) || !BASIC.has(b.kind)) {
    throw failure('invalid type for comparison');
  }
  if (isInteger(a) && isInteger(b)) return a.value < b.value;
  if (a.kind === 'bool' && b.kind === 'bool') throw failure('invalid type for comparison');
  if (a.kind === 'float' && b.kind === 'float') return a.value < b.value;
  if (a.kind === 'string' && b.kind === 'string') return compareUtf8(a.value, b.value) < 0;
  throw failure('incompatible types for comparison');
}
