/**
 * Checked reading of JSON documents from outside: a small set of checks that name the field that is wrong, with the path
 * to it (`layers[2].size`). What a check passes has the type it says.
 */
import { EngineError } from '../base/errors.ts';
import { utf8Text } from '../base/bytes.ts';

/** Throws `invalid-document` naming `path` when the value is not what it should be. */
export type Check = (value: unknown, path: string) => void;

export function invalidDocument(path: string, problem: string): EngineError {
  return new EngineError('invalid-document', `${path === '' ? 'the document' : path} ${problem}`, { data: { path } });
}

/** The value of a JSON text. Throws `invalid-document`. */
export function parseJSON(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8Text(bytes));
  } catch (cause) {
    throw new EngineError('invalid-document', 'the document is not JSON', { cause });
  }
}

export const text: Check = (value, path) => {
  if (typeof value !== 'string') throw invalidDocument(path, 'must be a string');
};
export const flag: Check = (value, path) => {
  if (typeof value !== 'boolean') throw invalidDocument(path, 'must be true or false');
};
export const integer: Check = (value, path) => {
  if (!Number.isSafeInteger(value)) throw invalidDocument(path, 'must be an integer');
};
/** A number of bytes. */
export const size: Check = (value, path) => {
  integer(value, path);
  if ((value as number) < 0) throw invalidDocument(path, 'must not be negative');
};
/** A string that `rule` matches; `what` ends the sentence "must be". */
export function matching(rule: RegExp, what: string): Check {
  return (value, path) => {
    if (typeof value !== 'string' || !rule.test(value)) throw invalidDocument(path, `must be ${what}`);
  };
}
export function exactly(wanted: string | number): Check {
  return (value, path) => {
    if (value !== wanted) throw invalidDocument(path, `must be ${JSON.stringify(wanted)}`);
  };
}
export function listOf(member: Check, atLeast = 0): Check {
  return (value, path) => {
    if (!Array.isArray(value)) throw invalidDocument(path, 'must be a list');
    if (value.length < atLeast) throw invalidDocument(path, `must have at least ${atLeast} member`);
    value.forEach((item, index) => member(item, `${path}[${index}]`));
  };
}
/** An object whose every value passes. */
export function mapOf(member: Check): Check {
  return (value, path) => {
    for (const [key, item] of Object.entries(objectAt(value, path))) member(item, `${path}.${key}`);
  };
}
/** Wraps a check so that null passes too: Go writes nil lists and maps so. */
export function nullable(check: Check): Check {
  return (value, path) => {
    if (value !== null) check(value, path);
  };
}
/** An object with these fields; further ones are let through, as the specs ask. */
export function shape(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  return (value, path) => {
    const object = objectAt(value, path);
    const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
    for (const [key, check] of Object.entries(required)) {
      if (object[key] === undefined) throw invalidDocument(at(key), 'is missing');
      check(object[key], at(key));
    }
    for (const [key, check] of Object.entries(optional)) if (object[key] !== undefined) check(object[key], at(key));
  };
}

function objectAt(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalidDocument(path, 'must be an object');
  return value as Readonly<Record<string, unknown>>;
}
