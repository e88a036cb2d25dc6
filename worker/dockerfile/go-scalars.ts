/** Values of options as Go reads them: `strconv.ParseBool`, `strconv.ParseUint`, go-units' `RAMInBytes`. */

const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

/** A truth value; undefined for what is none. */
export function parseBoolean(text: string): boolean | undefined {
  if (TRUE.has(text)) return true;
  return FALSE.has(text) ? false : undefined;
}

const MAX_UINT32 = 4_294_967_295;

/** A number without sign, of 32 bits, in base 8 or 10; undefined for what is none. */
export function parseUnsigned(text: string, base: 8 | 10): number | undefined {
  if (!(base === 8 ? /^[0-7]+$/ : /^\d+$/).test(text)) return undefined;
  const value = Number.parseInt(text, base);
  return value <= MAX_UINT32 ? value : undefined;
}

const SIZE = /^(\d+(?:\.\d*)?|\.\d+) ?([kmgtp]?)(i?b)?$/i;

/** Bytes of `64m`, `1.5GiB`, `1024`; units are powers of 1024. Undefined for what is no size. */
export function parseSizeBytes(text: string): number | undefined {
  const [, number, unit = '', suffix = ''] = SIZE.exec(text) ?? [];
  if (number === undefined || (unit === '' && suffix.length > 1)) return undefined;
  return Math.trunc(Number(number) * 1024 ** ' kmgtp'.indexOf(unit.toLowerCase() || ' '));
}
