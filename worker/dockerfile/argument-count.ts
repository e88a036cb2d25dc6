/** Checks shared by many directives: how many arguments there are, and names that must not be empty. */
import { EngineError } from '../base/errors.ts';

/** The only argument. Throws `dockerfile` if there is not exactly one. */
export function exactlyOne(directive: string, args: readonly string[]): string {
  const [first] = args;
  if (first !== undefined && args.length === 1) return first;
  throw new EngineError('dockerfile', `${directive} requires exactly one argument`);
}

/** Throws `dockerfile` if there is no argument. */
export function requireSome(directive: string, args: readonly string[]): void {
  if (args.length === 0) throw new EngineError('dockerfile', `${directive} requires at least one argument`);
}

/** Throws `dockerfile` for an empty name. */
export function requireName(directive: string, name: string): void {
  if (name === '') throw new EngineError('dockerfile', `${directive} names can not be blank`);
}
