/** `ascii()`: a representation in which all that is not ASCII is escaped. */
import type { Value } from '../objects/values.ts';
import type { Machine } from '../machine/machine.ts';
import { escapedCode, repr } from '../machine/representation.ts';

export function asciiRepr(value: Value, machine: Machine): string {
  return repr(value, machine).replace(/[^\0-\x7f]/gu, (character) => escapedCode(character.codePointAt(0)!));
}
