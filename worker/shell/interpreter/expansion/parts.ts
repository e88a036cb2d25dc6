/**
 * The parts of words. Most can be expanded at once (plain text, `$x`, `$((i+1))`); those that may have to run something
 * are generators (see expansion.ts).
 */
import type { BraceExpansionPart, DoubleQuotedChild, ExtendedGlobPart, Word, WordPart } from 'unbash';
import type { Shell } from '../shell.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import type { Expansion } from './expansion.ts';
import { expandParameter, expandSimpleParameter } from './parameters.ts';
import { unescapePattern } from './patterns.ts';
import { quotedPartsOf } from './quoted-text.ts';
import { TextSink, type Sink } from './sinks.ts';
import { expandLiteral, type TildePlaces } from './tildes.ts';

const immediate = new WeakMap<readonly WordPart[], boolean>();

/** True when none of the parts can have to run something, so that {@link expandAtOnce} does for all of them. */
export function areImmediate(parts: readonly WordPart[]): boolean {
  const known = immediate.get(parts);
  if (known !== undefined) return known;
  const result = parts.every(isImmediate);
  immediate.set(parts, result);
  return result;
}

function isImmediate(part: WordPart): boolean {
  switch (part.type) {
    case 'Literal':
    case 'SimpleExpansion':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return true;
    case 'DoubleQuoted':
    case 'LocaleString':
      return areImmediate(part.parts);
    case 'Glob':
      return part.kind !== 'bracket' || part.parts.every((inner) => inner.type === 'Literal');
    case 'ArithmeticExpansion':
      return !NEEDS_EXPANSION.test(arithmeticText(part.text));
    default:
      return false;
  }
}

/** Expands a word into a sink. */
export function* expandWordParts(
  shell: Shell,
  word: Word,
  sink: Sink,
  quoted: boolean,
  tildes: TildePlaces = 'no',
): Expansion<void> {
  if (expandWordAtOnce(shell, word, sink, quoted, tildes)) return;
  const [first, ...rest] = word.parts ?? [];
  if (first?.type === 'Literal') {
    expandLiteral(shell, first.text, first.value, sink, quoted, true, tildes, rest.length === 0);
    yield* expandParts(shell, rest, sink, quoted, tildes);
  } else {
    yield* expandParts(shell, word.parts ?? [], sink, quoted, tildes);
  }
}

/** Expands a word into a sink, if that needs nothing to be run; else does nothing, and gives false. */
export function expandWordAtOnce(
  shell: Shell,
  word: Word,
  sink: Sink,
  quoted: boolean,
  tildes: TildePlaces = 'no',
): boolean {
  const { parts } = word;
  if (parts === undefined) {
    expandLiteral(shell, word.text, word.value, sink, quoted, true, tildes, true);
    return true;
  }
  if (!areImmediate(parts)) return false;
  for (const [index, part] of parts.entries()) {
    if (index === 0 && part.type === 'Literal') {
      expandLiteral(shell, part.text, part.value, sink, quoted, true, tildes, parts.length === 1);
    } else {
      expandAtOnce(shell, part, sink, quoted, tildes);
    }
  }
  return true;
}

/** Expands parts in order. */
export function* expandParts(
  shell: Shell,
  parts: readonly WordPart[],
  sink: Sink,
  quoted: boolean,
  tildes: TildePlaces = 'no',
): Expansion<void> {
  for (const part of parts) {
    if (isImmediate(part)) expandAtOnce(shell, part, sink, quoted, tildes);
    else yield* expandPart(shell, part, sink, quoted);
  }
}

/** Expands a part that is immediate. */
function expandAtOnce(shell: Shell, part: WordPart, sink: Sink, quoted: boolean, tildes: TildePlaces): void {
  switch (part.type) {
    case 'Literal':
      expandLiteral(shell, part.text, part.value, sink, quoted, false, tildes, true);
      break;
    case 'SimpleExpansion':
      expandSimpleParameter(shell, part.text.slice(1), sink, quoted);
      break;
    case 'SingleQuoted':
      sink.quoted(part.value);
      break;
    case 'AnsiCQuoted':
      sink.quoted(ansiText(shell, part.text, part.value, quoted));
      break;
    case 'DoubleQuoted':
    case 'LocaleString':
      if (!givesNoField(shell, part.parts, sink)) {
        for (const inner of part.parts) expandAtOnce(shell, inner, sink, true, 'no');
      }
      break;
    case 'Glob':
      if (quoted) sink.quoted(part.text);
      else sink.pattern(part.text);
      break;
    case 'ArithmeticExpansion':
      deliver(String(evaluateArithmetic(arithmeticText(part.text), shell)), sink, quoted);
      break;
    default:
      break;
  }
}

function* expandPart(shell: Shell, part: WordPart, sink: Sink, quoted: boolean): Expansion<void> {
  switch (part.type) {
    case 'DoubleQuoted':
    case 'LocaleString':
      if (!givesNoField(shell, part.parts, sink)) yield* expandParts(shell, part.parts, sink, true);
      break;
    case 'ParameterExpansion':
      yield* expandParameter(shell, part, sink, quoted);
      break;
    case 'CommandExpansion':
      deliver(yield part, sink, quoted);
      break;
    case 'ArithmeticExpansion': {
      const text = yield* expandArithmeticText(shell, arithmeticText(part.text));
      deliver(String(evaluateArithmetic(text, shell)), sink, quoted);
      break;
    }
    case 'ProcessSubstitution':
      sink.quoted(shell.dialect.features.processSubstitution === true ? yield part : part.text);
      break;
    case 'Glob':
      yield* expandBracket(shell, part.parts ?? [], part.text, sink, quoted);
      break;
    case 'ExtendedGlob':
      yield* expandExtendedGlob(shell, part, sink, quoted);
      break;
    case 'BraceExpansion':
      yield* expandUnexpandedBraces(shell, part, sink, quoted);
      break;
    default:
      break;
  }
}

/** What an expansion gave goes into the word as it is, or is split. */
function deliver(text: string, sink: Sink, quoted: boolean): void {
  if (quoted) sink.quoted(text);
  else sink.split(text);
}

/** `$'…'`, which in a shell that does not know it is a dollar and a quoted text. */
function ansiText(shell: Shell, text: string, value: string, quoted: boolean): string {
  if (quoted) return text;
  return shell.dialect.features.ansiQuotes === true ? value : `$${text.slice(2, -1)}`;
}

/**
 * True for `"$@"` without parameters, which gives no field; bash says so of several of them, too. An empty pair of quotes makes
 * an empty field here.
 */
function givesNoField(shell: Shell, parts: readonly DoubleQuotedChild[], sink: Sink): boolean {
  const empty = shell.positional.length === 0 && parts.length > 0 && parts.every((part) => isAllParameters(part.text));
  if (empty && (parts.length === 1 || shell.dialect.name === 'bash')) return true;
  if (parts.length === 0 || empty) sink.quoted('');
  return false;
}

function isAllParameters(text: string): boolean {
  return text === '$@' || text === '${@}';
}

/** A bracket expression with expansions in it. */
function* expandBracket(
  shell: Shell,
  parts: readonly WordPart[],
  text: string,
  sink: Sink,
  quoted: boolean,
): Expansion<void> {
  if (quoted) {
    sink.quoted(text);
    return;
  }
  sink.pattern('[');
  yield* expandPatternParts(shell, parts, sink);
  sink.pattern(']');
}

function* expandExtendedGlob(shell: Shell, part: ExtendedGlobPart, sink: Sink, quoted: boolean): Expansion<void> {
  if (quoted) {
    sink.quoted(part.text);
    return;
  }
  sink.pattern(`${part.operator}(`);
  if (part.parts === undefined) sink.pattern(part.pattern);
  else yield* expandPatternParts(shell, part.parts, sink);
  sink.pattern(')');
}

/** Plain text inside a pattern belongs to the pattern. */
function* expandPatternParts(shell: Shell, parts: readonly WordPart[], sink: Sink): Expansion<void> {
  for (const part of parts) {
    if (part.type === 'Literal') sink.pattern(part.text);
    else yield* expandParts(shell, [part], sink, false);
  }
}

/** Braces that are left: in a dialect without brace expansion, or where it does not take place. */
function* expandUnexpandedBraces(shell: Shell, part: BraceExpansionPart, sink: Sink, quoted: boolean): Expansion<void> {
  if (part.parts === undefined) {
    sink.quoted(unescapePattern(part.text));
    return;
  }
  sink.quoted('{');
  yield* expandParts(shell, part.parts, sink, quoted);
  sink.quoted('}');
}

const NEEDS_EXPANSION = /[$`\\"']/;

/** What stands in `$((…))` or `$[…]`. */
function arithmeticText(text: string): string {
  return text.startsWith('$((') ? text.slice(3, -2) : text.slice(2, -1);
}

/** Arithmetic text after its own expansions, which are those of double quotes. */
export function* expandArithmeticText(shell: Shell, text: string): Expansion<string> {
  if (!NEEDS_EXPANSION.test(text)) return text;
  const expanded = yield* expandQuotedParts(shell, quotedPartsOf(text));
  return shell.dialect.name === 'bash' ? expanded.replaceAll('"', '') : expanded;
}

/** The parts of a here-document or of another text with the rules of double quotes. */
export function* expandQuotedParts(shell: Shell, parts: readonly WordPart[]): Expansion<string> {
  const sink = new TextSink();
  yield* expandParts(shell, parts, sink, true);
  return sink.value;
}
