/** The kinds of flags of Docker's command line: how a value is checked, and what help calls it. Errors as Go words them. */

/** Each kind with the word help shows for its value. */
export const FLAG_KINDS = {
  bool: '',
  string: 'string',
  int: 'int',
  int64: 'int',
  uint: 'uint',
  uint16: 'uint16',
  /** A size like `64m`; kept as text once it was checked. */
  bytes: 'bytes',
  /** The same, or -1 for no limit. */
  bytesOrNone: 'bytes',
  /** A rational number like `1.5`. */
  decimal: 'decimal',
  duration: 'duration',
  /** May be given several times. */
  list: 'list',
  /** May be given several times, or once with commas. */
  strings: 'strings',
  stringArray: 'stringArray',
  /** `key=value`, several times. */
  filter: 'filter',
  map: 'map',
} as const;

export type FlagKind = keyof typeof FLAG_KINDS;

/** True for kinds that collect what they are given. */
export function isRepeatable(kind: FlagKind): boolean {
  return kind === 'list' || kind === 'strings' || kind === 'stringArray' || kind === 'filter' || kind === 'map';
}

const INTEGERS: Readonly<Partial<Record<FlagKind, readonly [parser: string, least: bigint, most: bigint]>>> = {
  int: ['ParseInt', -(2n ** 63n), 2n ** 63n - 1n],
  int64: ['ParseInt', -(2n ** 63n), 2n ** 63n - 1n],
  uint: ['ParseUint', 0n, 2n ** 64n - 1n],
  uint16: ['ParseUint', 0n, 65535n],
};

/** What is wrong with a value of a kind, as Docker says it; undefined when nothing is. */
export function valueProblem(kind: FlagKind, value: string): string | undefined {
  const integer = INTEGERS[kind];
  if (integer !== undefined) return integerProblem(integer, value);
  switch (kind) {
    case 'bool':
      return parseBool(value) === undefined ? numberError('ParseBool', value, 'invalid syntax') : undefined;
    case 'bytes':
    case 'bytesOrNone':
      return SIZE.test(value) || (kind === 'bytesOrNone' && value === '-1') ? undefined : `invalid size: '${value}'`;
    case 'decimal':
      return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i.test(value)
        ? undefined
        : `failed to parse ${value} as a rational number`;
    case 'duration':
      return DURATION.test(value) ? undefined : `time: invalid duration ${JSON.stringify(value)}`;
    case 'filter':
      return value === '' || value.includes('=') ? undefined : 'bad format of filter (expected name=value)';
    default:
      return undefined;
  }
}

const SIZE = /^\d+(?:\.\d+)? ?(?:[kKmMgGtTpP])?i?[bB]?$/;
const DURATION = /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

/** Go's strconv.ParseBool. */
export function parseBool(value: string): boolean | undefined {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(value)) return false;
  return undefined;
}

function integerProblem([parser, least, most]: readonly [string, bigint, bigint], value: string): string | undefined {
  if (
    !/^[-+]?(?:0x[0-9a-f]+|0b[01]+|0o?[0-7]*|[1-9]\d*)$/i.test(value) ||
    (parser === 'ParseUint' && /^[-+]/.test(value))
  )
    return numberError(parser, value, 'invalid syntax');
  const number = integerOf(value);
  return number < least || number > most ? numberError(parser, value, 'value out of range') : undefined;
}

/** The value of a text that {@link valueProblem} found to be an integer. */
export function integerOf(value: string): bigint {
  const negative = value.startsWith('-');
  const digits = value.replace(/^[-+]/, '').replace(/^0([0-7]+)$/, '0o$1');
  const size = BigInt(digits);
  return negative ? -size : size;
}

function numberError(parser: string, value: string, problem: string): string {
  return `strconv.${parser}: parsing ${JSON.stringify(value)}: ${problem}`;
}
