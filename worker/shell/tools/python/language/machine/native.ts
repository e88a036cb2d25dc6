/** Making functions and methods of Strata's own. */
import { methodDescriptorType, nativeFunctionType, staticMethodType, WrappedMethod } from '../objects/containers.ts';
import { NativeFunction, type NativeParameters, type TypeObject, type Value } from '../objects/values.ts';
import type { Machine } from './machine.ts';
import type { Steps } from './steps.ts';

type Plain = (args: readonly Value[], machine: Machine) => Value;
type Stepped = (args: readonly Value[], machine: Machine) => Steps<Value>;

/**
 * Reads parameters as Python writes them: `self, iterable, /, *, key=, reverse=`. Behind `=` nothing follows: what was left out is
 * undefined. `*args` and `**keywords` come last, as a tuple and a dict.
 */
export function parseParameters(text: string): NativeParameters {
  const names: string[] = [];
  let [required, positionalOnly, positional] = [0, 0, -1];
  let [rest, keywords] = [false, false];
  for (const word of text.split(',').map((one) => one.trim())) {
    if (word === '') continue;
    if (word === '/') positionalOnly = names.length;
    else if (word === '*') positional = names.length;
    else if (word.startsWith('**')) keywords = true;
    else if (word.startsWith('*')) {
      rest = true;
      if (positional === -1) positional = names.length;
    } else {
      names.push(word.replace('=', ''));
      if (!word.endsWith('=')) required = names.length;
    }
  }
  return { names, required, positionalOnly, positional: positional === -1 ? names.length : positional, rest, keywords };
}

/** A function: `name(parameters)`. */
export function plain(signature: string, run: Plain): NativeFunction {
  const [name, parameters] = split(signature);
  return new NativeFunction(nativeFunctionType, name, parseParameters(parameters), { kind: 'plain', run }, false);
}

/** A function that calls back into the program, or waits. */
export function stepped(signature: string, run: Stepped): NativeFunction {
  const [name, parameters] = split(signature);
  return new NativeFunction(nativeFunctionType, name, parseParameters(parameters), { kind: 'steps', run }, false);
}

function split(signature: string): readonly [name: string, parameters: string] {
  const open = signature.indexOf('(');
  return [signature.slice(0, open), signature.slice(open + 1, -1)];
}

/** Adds methods to a class, by their signatures without `self`. */
export function methods(
  type: TypeObject,
  plainOnes: Readonly<Record<string, Plain>>,
  steppedOnes: Readonly<Record<string, Stepped>> = {},
): void {
  for (const [signature, run] of Object.entries(plainOnes)) add(type, signature, { kind: 'plain', run });
  for (const [signature, run] of Object.entries(steppedOnes)) add(type, signature, { kind: 'steps', run });
}

function add(type: TypeObject, signature: string, body: NativeFunction['body']): void {
  const [name, parameters] = split(signature);
  // `__new__` names its class itself, and class methods begin with `cls`
  const own = name === '__new__' || parameters.startsWith('cls') ? parameters : `self, ${parameters}`;
  const withSlash =
    own.includes('/') || parameters === '' ? own : own.replace(/^self, /, 'self, /, ').replace('/, /', '/');
  const made = new NativeFunction(methodDescriptorType, name, parseParameters(withSlash), body, name !== '__new__');
  made.owner = type;
  type.set(name, made);
}

/** A function that is found in a class without becoming a method. */
export function staticMethod(type: TypeObject, made: NativeFunction): void {
  type.set(made.name, new WrappedMethod(staticMethodType, made));
}
