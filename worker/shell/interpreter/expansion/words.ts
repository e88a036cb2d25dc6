/** Word expansion (XCU 2.6): from the words of a script to fields, texts and patterns. */
import {
  parse,
  type Word,
  type WordPart,
  type DoubleQuotedChild,
  type BraceExpansionPart,
  type ExtendedGlobPart,
} from 'unbash';
import { ShellError } from '../failures.ts';
import type { Shell } from '../shell.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import { expandBraces } from './braces.ts';
import type { Expansion } from './expansion.ts';
import { expandParameter, expandSimpleParameter } from './parameters.ts';
import { expandPathname } from './pathnames.ts';
import { hasWildcard, unescapePattern } from './patterns.ts';
import { ExpressionSink, FieldSink, TextSink, type Field, type Sink } from './sinks.ts';

const ASSIGNMENT_NAME = /^[A-Za-z_]\w*=/;

/**
 * Where tildes are expanded besides the start of a word: nowhere else, after colons (the value of an assignment), or after
 * the `=` and the colons of a word that is like an assignment.
 */
type TildePlaces = 'no' | 'after-colons' | 'behind-name';

/** The fields of some words: every expansion, field splitting, pathname expansion, quote removal. */
export function* expandWords(shell: Shell, words: readonly Word[]): Expansion<string[]> {
  const fields: string[] = [];
  for (const word of words) {
    for (const one of shell.dialect.features.braceExpansion === true ? bracedWords(word) : [word]) {
      if (one.parts === undefined && !one.text.includes('~')) fields.push(one.value);
      else yield* expandInto(shell, one, fields);
    }
  }
  return fields;
}

function* expandInto(shell: Shell, word: Word, fields: string[]): Expansion<void> {
  const sink = new FieldSink(shell.fieldSeparators);
  // bash expands tildes in every word that looks like an assignment.
  const looksLikeOne = shell.dialect.name === 'bash' && ASSIGNMENT_NAME.test(word.text);
  yield* expandWordParts(shell, word, sink, false, looksLikeOne ? 'behind-name' : 'no');
  for (const field of sink.finish()) {
    const matches = field.active && !shell.options.has('noglob') ? globbed(shell, field.pattern) : [];
    if (matches.length > 0) fields.push(...matches);
    else if (!dropsUnmatched(shell, field)) fields.push(field.value);
  }
}

/** bash's nullglob: a pattern that matches nothing is no field. */
function dropsUnmatched(shell: Shell, field: Field): boolean {
  return field.active && shell.shoptions.has('nullglob') && hasWildcard(field.pattern, shell.extendedGlobs);
}

function globbed(shell: Shell, pattern: string): string[] {
  const extended = shell.extendedGlobs;
  if (!hasWildcard(pattern, extended)) return [];
  return expandPathname(pattern, shell.process.files, {
    extended,
    globstar: shell.shoptions.has('globstar'),
    dotglob: shell.shoptions.has('dotglob'),
    skipDots: shell.dialect.name === 'bash',
    ignoreCase: shell.shoptions.has('nocaseglob'),
  });
}

/** One text: no splitting, no pathnames (assignments, redirections, the word of `case`, here-strings). */
export function* expandToText(shell: Shell, word: Word, assignment: TildePlaces = 'no'): Expansion<string> {
  if (word.parts === undefined && !word.value.includes('~')) return word.value;
  const sink = new TextSink();
  yield* expandWordParts(shell, word, sink, false, assignment);
  return sink.value;
}

/** A pattern in which what was quoted is escaped (`case`, `${x#…}`, `[[ = ]]`). */
export function* expandToPattern(shell: Shell, word: Word): Expansion<string> {
  const sink = new TextSink();
  yield* expandWordParts(shell, word, sink, false);
  return sink.asPattern;
}

/** A regular expression in which what was quoted matches itself (`[[ =~ ]]`). */
export function* expandToExpression(shell: Shell, word: Word): Expansion<string> {
  const sink = new ExpressionSink();
  yield* expandWordParts(shell, word, sink, false);
  return sink.value;
}

/** The parts of a here-document or of another text with the rules of double quotes. */
export function* expandQuotedParts(shell: Shell, parts: readonly WordPart[]): Expansion<string> {
  const sink = new TextSink();
  yield* expandParts(shell, parts, sink, true);
  return sink.value;
}

/** Expands a word into a sink. `assignment` lets a tilde follow a colon. */
export function* expandWordParts(
  shell: Shell,
  word: Word,
  sink: Sink,
  quoted: boolean,
  assignment: TildePlaces = 'no',
): Expansion<void> {
  const { parts } = word;
  if (parts === undefined) {
    expandLiteral(shell, word.text, word.value, sink, quoted, true, assignment);
    return;
  }
  const [first, ...rest] = parts;
  if (first?.type !== 'Literal') {
    yield* expandParts(shell, parts, sink, quoted);
    return;
  }
  expandLiteral(shell, first.text, first.value, sink, quoted, true, assignment, rest.length === 0);
  yield* expandParts(shell, rest, sink, quoted, assignment);
}

function expandLiteral(
  shell: Shell,
  text: string,
  value: string,
  sink: Sink,
  quoted: boolean,
  atStart: boolean,
  assignment: TildePlaces,
  atEnd = true,
): void {
  if (quoted) sink.quoted(value);
  else if (text.includes('~')) sink.quoted(expandTildes(shell, text, value, atStart, assignment, atEnd));
  else sink.literal(value, text);
}

/** Replaces `~` and `~user` at the start, and in an assignment after each colon. */
function expandTildes(
  shell: Shell,
  text: string,
  value: string,
  atStart: boolean,
  assignment: TildePlaces,
  atEnd: boolean,
): string {
  if (assignment === 'no') {
    return atStart && text.startsWith('~') ? expandTilde(shell, value, atEnd) : value;
  }
  const name = assignment === 'behind-name' && atStart ? (ASSIGNMENT_NAME.exec(value)?.[0] ?? '') : '';
  const pieces = value.slice(name.length).split(':');
  const expanded = pieces.map((piece, index) =>
    (index > 0 || atStart) && piece.startsWith('~') ? expandTilde(shell, piece, true) : piece,
  );
  return name + expanded.join(':');
}

function expandTilde(shell: Shell, text: string, atEnd: boolean): string {
  const slash = text.indexOf('/');
  if (slash === -1 && !atEnd) return text;
  const user = slash === -1 ? text.slice(1) : text.slice(1, slash);
  const rest = slash === -1 ? '' : text.slice(slash);
  const home = user === '' ? shell.variables.get('HOME') : shell.homeOf(user);
  return home === undefined ? text : home + rest;
}

/** Expands parts in order. */
export function* expandParts(
  shell: Shell,
  parts: readonly WordPart[],
  sink: Sink,
  quoted: boolean,
  assignment: TildePlaces = 'no',
): Expansion<void> {
  for (const part of parts) {
    switch (part.type) {
      case 'Literal':
        expandLiteral(shell, part.text, part.value, sink, quoted, false, assignment);
        break;
      case 'SimpleExpansion':
        expandSimpleParameter(shell, part.text.slice(1), sink, quoted);
        break;
      case 'DoubleQuoted':
      case 'LocaleString':
        yield* expandDoubleQuoted(shell, part.parts, sink);
        break;
      case 'SingleQuoted':
        sink.quoted(part.value);
        break;
      case 'AnsiCQuoted':
        sink.quoted(
          shell.dialect.features.ansiQuotes === true && !quoted
            ? part.value
            : `$${part.text.slice(1, quoted ? undefined : -1).replace(/^'/, quoted ? "'" : '')}`,
        );
        break;
      case 'Glob':
        yield* expandGlob(shell, part.kind === 'bracket' ? part.parts : undefined, part.text, sink, quoted);
        break;
      case 'ExtendedGlob':
        yield* expandExtendedGlob(shell, part, sink, quoted);
        break;
      case 'ParameterExpansion':
        yield* expandParameter(shell, part, sink, quoted);
        break;
      case 'CommandExpansion': {
        const output = yield part;
        if (quoted) sink.quoted(output);
        else sink.split(output);
        break;
      }
      case 'ArithmeticExpansion': {
        const value = String(yield* expandArithmetic(shell, part.text));
        if (quoted) sink.quoted(value);
        else sink.split(value);
        break;
      }
      case 'ProcessSubstitution':
        sink.quoted(shell.dialect.features.processSubstitution === true ? yield part : part.text);
        break;
      case 'BraceExpansion':
        yield* expandUnexpandedBraces(shell, part, sink, quoted);
        break;
    }
  }
}

function* expandDoubleQuoted(shell: Shell, parts: readonly DoubleQuotedChild[], sink: Sink): Expansion<void> {
  // Nothing but `"$@"` without parameters gives no field; bash says so of several of them, too.
  const empty = shell.positional.length === 0 && parts.length > 0 && parts.every((part) => isAllParameters(part.text));
  if (empty && (parts.length === 1 || shell.dialect.name === 'bash')) return;
  if (parts.length === 0 || empty) sink.quoted('');
  yield* expandParts(shell, parts, sink, true);
}

/** `"$@"` alone gives no field where there are no parameters. */
function isAllParameters(text: string): boolean {
  return text === '$@' || text === '${@}';
}

function* expandGlob(
  shell: Shell,
  parts: readonly WordPart[] | undefined,
  text: string,
  sink: Sink,
  quoted: boolean,
): Expansion<void> {
  if (quoted) {
    sink.quoted(text);
  } else if (parts === undefined || parts.every((part) => part.type === 'Literal')) {
    sink.pattern(text);
  } else {
    sink.pattern('[');
    for (const part of parts) {
      if (part.type === 'Literal') sink.pattern(part.text);
      else yield* expandParts(shell, [part], sink, false);
    }
    sink.pattern(']');
  }
}

function* expandExtendedGlob(shell: Shell, part: ExtendedGlobPart, sink: Sink, quoted: boolean): Expansion<void> {
  if (quoted) {
    sink.quoted(part.text);
    return;
  }
  sink.pattern(`${part.operator}(`);
  if (part.parts === undefined) sink.pattern(part.pattern);
  else
    for (const inner of part.parts) {
      if (inner.type === 'Literal') sink.pattern(inner.text);
      else yield* expandParts(shell, [inner], sink, false);
    }
  sink.pattern(')');
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

const braced = new WeakMap<Word, readonly Word[]>();

/** The words brace expansion makes of one. */
function bracedWords(word: Word): readonly Word[] {
  if (word.parts === undefined || !hasBraces(word.parts)) return [word];
  const known = braced.get(word);
  if (known !== undefined) return known;
  const words = expandBraces(word.text).flatMap((text) => (text === '' ? [] : [wordOf(text)]));
  braced.set(word, words);
  return words;
}

function hasBraces(parts: readonly WordPart[]): boolean {
  return parts.some(
    (part) => part.type === 'BraceExpansion' || (part.type === 'ExtendedGlob' && part.text.includes('{')),
  );
}

/** One word parsed from its text. */
function wordOf(text: string): Word {
  const command = parse(`: ${text}`).commands[0]?.command;
  const word = command?.type === 'Command' ? command.args[0] : undefined;
  if (word?.type !== 'Word') throw new ShellError(`${text}: bad word`);
  return word;
}

/** The value of `$((…))` or `$[…]`, given whole. */
export function* expandArithmetic(shell: Shell, text: string): Expansion<bigint> {
  const inner = text.startsWith('$((') ? text.slice(3, -2) : text.slice(2, -1);
  return evaluateArithmetic(yield* expandArithmeticText(shell, inner), shell);
}

/** Arithmetic text after its own expansions, which are those of double quotes. */
export function* expandArithmeticText(shell: Shell, text: string): Expansion<string> {
  if (!/[$`\\"']/.test(text)) return text;
  const expanded = yield* expandQuotedParts(shell, quotedPartsOf(text));
  return shell.dialect.name === 'bash' ? expanded.replaceAll('"', '') : expanded;
}

const quotedTexts = new Map<string, readonly WordPart[]>();
const MAX_QUOTED_TEXTS = 500;
const DELIMITER = 'END-OF-QUOTED-TEXT';

/** A text parsed by the rules of double quotes, quotes in it being plain characters: a here-document's. */
export function quotedPartsOf(text: string): readonly WordPart[] {
  const known = quotedTexts.get(text);
  if (known !== undefined) return known;
  const command = parse(`: <<${DELIMITER}\n${text}\n${DELIMITER}\n`).commands[0]?.command;
  const redirect = command?.type === 'Command' ? command.redirects[0] : undefined;
  const parts = redirect?.type === 'HereDoc' ? heredocParts(redirect.body.text, redirect.body.parts) : [];
  const trimmed = withoutLastNewline(parts);
  if (quotedTexts.size >= MAX_QUOTED_TEXTS) quotedTexts.clear();
  quotedTexts.set(text, trimmed);
  return trimmed;
}

/** The parts of a here-document's body; a body without expansions has none, but its backslashes still quote. */
export function heredocParts(text: string, parts: readonly WordPart[] | undefined): readonly WordPart[] {
  return parts ?? [{ type: 'Literal', pos: 0, end: text.length, text, value: text.replace(/\\([$`\\])|\\\n/g, '$1') }];
}

function withoutLastNewline(parts: readonly WordPart[]): readonly WordPart[] {
  const last = parts.at(-1);
  if (last?.type !== 'Literal') return parts;
  return [...parts.slice(0, -1), { ...last, text: last.text.replace(/\n$/, ''), value: last.value.replace(/\n$/, '') }];
}
