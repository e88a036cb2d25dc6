/** `_re`: Python's regular expressions put into JavaScript's, matched so that none takes longer than the process may. */
import { Expression } from '../../../../regex/expression.ts';
import { classOf, textOf } from '../objects/classes.ts';
import { builtinType, Bytes, Dict, Tuple } from '../objects/containers.ts';
import { typeError } from '../objects/exceptions.ts';
import { latin1 } from '../objects/hashing.ts';
import type { PythonObject, Value } from '../objects/values.ts';
import { plain } from '../machine/native.ts';
import { isFlat } from '../machine/truth.ts';
import type { BundledModule } from './index.ts';
import { translatePattern } from './re-translation.ts';

const compiledType = builtinType('_re.Compiled');

class Compiled implements PythonObject {
  readonly cls = compiledType;
  readonly search: Expression;
  readonly sticky: Expression;
  readonly full: Expression;

  constructor(source: string, flags: string) {
    this.search = expression(source, flags);
    this.sticky = expression(`(?:${source})`, `${flags}y`);
    this.full = expression(`(?:${source})(?![\\s\\S])`, `${flags}y`);
  }
}

/** Unicode where JavaScript takes the expression so; some escapes it only knows without. */
function expression(source: string, flags: string): Expression {
  try {
    return new Expression(source, `${flags}u`);
  } catch {
    return new Expression(source, flags);
  }
}

function asText(value: Value | undefined): string {
  if (value instanceof Bytes) return latin1(value.data);
  const text = textOf(value);
  if (text === undefined) throw typeError(`expected string or bytes-like object, got '${classOf(value ?? null).name}'`);
  return text;
}

const compile = plain('compile(pattern, flags, /)', ([pattern, flags]) => {
  const translated = translatePattern(asText(pattern), Number(flags));
  if (typeof translated === 'string') return new Tuple([translated, null, 0, new Dict(), 0]);
  try {
    const made = new Compiled(translated.source, translated.flags);
    const names = new Dict();
    for (const [name, index] of translated.names) names.set(name, index);
    return new Tuple([null, made, translated.groups, names, translated.inlineFlags]);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return new Tuple([error.message.replace(/^.*: /, '').toLowerCase(), null, 0, new Dict(), 0]);
  }
});

/** Spans of the match and its groups, or None. */
const match = plain('match(compiled, text, pos, mode, /)', ([compiled, given, from, mode], machine) => {
  if (!(compiled instanceof Compiled)) throw typeError('not compiled');
  const text = asText(given);
  const flat = isFlat(text);
  const units = flat ? undefined : unitOffsets(text);
  const start = Math.max(0, Number(from));
  const at = units === undefined ? start : (units[start] ?? text.length);
  if (at > text.length) return null;
  const which = mode === 'search' ? compiled.search : mode === 'match' ? compiled.sticky : compiled.full;
  const found = which.find(text, machine.process, at);
  if (found === undefined || (mode !== 'search' && found.index !== at)) return null;
  const place = (unit: number): number => (units === undefined ? unit : units.indexOf(unit));
  const spans = Array.from(found.indices ?? [], (span) =>
    span === undefined ? null : new Tuple([place(span[0]), place(span[1])]),
  );
  return new Tuple(spans);
});

/** Where each code point begins, and the end. */
function unitOffsets(text: string): number[] {
  const offsets = [0];
  for (const character of text) offsets.push(offsets.at(-1)! + character.length);
  return offsets;
}

export const reNative: BundledModule = {
  kind: 'native',
  make: () => [
    ['compile', compile],
    ['match', match],
  ],
};
