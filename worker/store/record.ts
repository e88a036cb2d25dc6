/**
 * Records read back from storage are outside data: an older version, a half-finished migration or a hand in the
 * developer tools may have left anything there. A shape says what each field must be.
 */
import { EngineError } from '../base/errors.ts';
import { isDigest } from '../oci/digest.ts';
import type { TableName } from './database.ts';

type Check = (value: unknown) => boolean;

/** One check a field. */
export type Shape<R> = { readonly [K in keyof R]-?: Check };

export const isText: Check = (value) => typeof value === 'string';
/** A size, a count or a time: a finite number, not negative. */
export const isAmount: Check = (value) => typeof value === 'number' && value >= 0 && Number.isFinite(value);
export const isDigestText: Check = (value) => typeof value === 'string' && isDigest(value);
export const isObject: Check = (value) => typeof value === 'object' && value !== null;

/** A field that may be absent. */
export function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

/** A list whose members all pass. */
export function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

/** One of these texts. */
export function oneOf(...texts: readonly string[]): Check {
  return (value) => typeof value === 'string' && texts.includes(value);
}

/** A list of objects of this shape. */
export function listOfShape<R>(shape: Shape<R>): Check {
  return listOf((value) => wrongField(value, shape) === undefined);
}

/** A record of this shape; throws `corrupt` naming table, key and field for anything else. */
export function checkRecord<R>(table: TableName, key: string, value: unknown, shape: Shape<R>): R {
  const field = wrongField(value, shape);
  if (field !== undefined) throw corruptRecord(table, key, field);
  return value as R;
}

function wrongField<R>(value: unknown, shape: Shape<R>): string | undefined {
  if (typeof value !== 'object' || value === null) return 'the record itself';
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const [field, check] of Object.entries<Check>(shape)) if (!check(fields.get(field))) return field;
  return undefined;
}

/** What is stored under a key is not what belongs there. */
export function corruptRecord(table: TableName, key: string, field: string): EngineError {
  return new EngineError(
    'corrupt',
    `The stored record ${table}/${key} is damaged (${field}). Remove it, then pull or build it again.`,
    {
      data: { table, key, field },
    },
  );
}
