/** Gives a function's parameters their values (reference, 6.3.4), with Python's messages where that fails. */
import { dictOfNames, Tuple } from '../objects/containers.ts';
import { typeError } from '../objects/exceptions.ts';
import type { FunctionObject, Value } from '../objects/values.ts';

type Slots = (Value | undefined)[];

/** The locals a call begins with. */
export function bindArguments(
  callable: FunctionObject,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value> | undefined,
): Slots {
  const { code } = callable;
  const { parameters } = code;
  const locals = new Array<Value | undefined>(code.localNames.length);
  const { positional, keywordOnly, rest, keywords: takesKeywords } = parameters;
  const given = args.length;
  const taken = Math.min(given, positional);
  for (let i = 0; i < taken; i++) locals[i] = args[i];
  if (given === positional && keywords === undefined && keywordOnly === 0 && !rest && !takesKeywords) return locals;
  const restSlot = positional + keywordOnly;
  if (rest) locals[restSlot] = new Tuple(args.slice(taken));
  const extra = new Map<string, Value>();
  if (keywords !== undefined) bindKeywords(callable, keywords, locals, extra);
  if (given > positional && !rest) throw tooMany(callable, given, locals);
  fillDefaults(callable, locals, given);
  if (takesKeywords) locals[restSlot + (rest ? 1 : 0)] = dictOfNames(extra);
  return locals;
}

function bindKeywords(
  callable: FunctionObject,
  keywords: ReadonlyMap<string, Value>,
  locals: Slots,
  extra: Map<string, Value>,
): void {
  const { names, positionalOnly, positional, keywordOnly, keywords: takesKeywords } = callable.code.parameters;
  const name = callable.qualifiedName;
  for (const [keyword, value] of keywords) {
    const slot = names.indexOf(keyword);
    const isNamed = slot !== -1 && slot < positional + keywordOnly;
    if (isNamed && slot >= positionalOnly) {
      if (locals[slot] !== undefined) throw typeError(`${name}() got multiple values for argument '${keyword}'`);
      locals[slot] = value;
    } else if (takesKeywords) extra.set(keyword, value);
    else if (isNamed)
      throw typeError(`${name}() got some positional-only arguments passed as keyword arguments: '${keyword}'`);
    else throw typeError(`${name}() got an unexpected keyword argument '${keyword}'`);
  }
}

function fillDefaults(callable: FunctionObject, locals: Slots, given: number): void {
  const { names, positional, keywordOnly } = callable.code.parameters;
  const { defaults, keywordDefaults } = callable;
  const firstDefault = positional - defaults.length;
  const missing: string[] = [];
  for (let slot = given; slot < positional; slot++) {
    if (locals[slot] !== undefined) continue;
    const value = slot < firstDefault ? undefined : defaults[slot - firstDefault];
    if (value === undefined) missing.push(names[slot]!);
    else locals[slot] = value;
  }
  if (missing.length > 0) throw missingArguments(callable, missing, 'positional');
  for (let slot = positional; slot < positional + keywordOnly; slot++) {
    if (locals[slot] !== undefined) continue;
    const value = keywordDefaults.get(names[slot]!);
    if (value === undefined) missing.push(names[slot]!);
    else locals[slot] = value;
  }
  if (missing.length > 0) throw missingArguments(callable, missing, 'keyword-only');
}

function missingArguments(callable: FunctionObject, names: readonly string[], sort: string): Error {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.at(-1) ?? '';
  const list =
    quoted.length === 1
      ? last
      : quoted.length === 2
        ? quoted.join(' and ')
        : `${quoted.slice(0, -1).join(', ')}, and ${last}`;
  return typeError(
    `${callable.qualifiedName}() missing ${names.length} required ${sort} argument${names.length === 1 ? '' : 's'}: ${list}`,
  );
}

function tooMany(callable: FunctionObject, given: number, locals: Slots): Error {
  const { positional, keywordOnly } = callable.code.parameters;
  const least = positional - callable.defaults.length;
  const takes = least === positional ? String(positional) : `from ${least} to ${positional}`;
  const named = locals.slice(positional, positional + keywordOnly).filter((value) => value !== undefined).length;
  const plural = (count: number): string => (count === 1 ? '' : 's');
  const also =
    named === 0 ? '' : ` positional argument${plural(given)} (and ${named} keyword-only argument${plural(named)})`;
  const was = given === 1 && named === 0 ? 'was' : 'were';
  return typeError(
    `${callable.qualifiedName}() takes ${takes} positional argument${takes === '1' ? '' : 's'} but ${given}${also} ${was} given`,
  );
}
