/** Word expansion (XCU 2.6): from the words of a script to fields, texts and patterns. */
import type { Word } from 'unbash';
import { ShellError } from '../failures.ts';
import type { Shell } from '../shell.ts';
import { bracedWords } from './braced-words.ts';
import type { Expansion } from './expansion.ts';
import { areImmediate, expandWordAtOnce, expandWordParts } from './parts.ts';
import { expandPathname } from './pathnames.ts';
import { hasWildcard } from './patterns.ts';
import { ExpressionSink, FieldSink, TextSink, type Field } from './sinks.ts';
import { ASSIGNMENT_NAME, type TildePlaces } from './tildes.ts';

/**
 * The fields of some words: every expansion, field splitting, pathname expansion, quote removal. bash looks for pathnames once
 * all words are expanded, so that files a substitution makes are found; the other shells do with each word in turn.
 */
export function* expandWords(shell: Shell, words: readonly Word[]): Expansion<string[]> {
  const fields: string[] = [];
  const pathnamesLast = shell.dialect.name === 'bash';
  const waiting: (string | FieldSink)[] = [];
  for (const word of words) {
    for (const one of shell.dialect.features.braceExpansion === true ? bracedWords(word) : [word]) {
      const field = plainField(shell, one);
      if (field !== undefined) {
        waiting.push(field);
        continue;
      }
      const sink = new FieldSink(shell.fieldSeparators);
      yield* expandWordParts(shell, one, sink, false, tildesOf(shell, one));
      waiting.push(sink);
      if (!pathnamesLast) collectWaiting(shell, waiting, fields);
    }
  }
  collectWaiting(shell, waiting, fields);
  return fields;
}

function collectWaiting(shell: Shell, waiting: (string | FieldSink)[], fields: string[]): void {
  for (const one of waiting.splice(0)) {
    if (typeof one === 'string') fields.push(one);
    else collectFields(shell, one, fields);
  }
}

/** The same where nothing has to be run; else undefined, and nothing is done. */
export function expandWordsAtOnce(shell: Shell, words: readonly Word[]): string[] | undefined {
  for (const { parts } of words) if (parts !== undefined && !areImmediate(parts)) return undefined;
  const fields: string[] = [];
  for (const word of words) {
    const field = plainField(shell, word);
    if (field !== undefined) {
      fields.push(field);
      continue;
    }
    const sink = new FieldSink(shell.fieldSeparators);
    expandWordAtOnce(shell, word, sink, false, tildesOf(shell, word));
    collectFields(shell, sink, fields);
  }
  return fields;
}

/** What neither IFS (unless the script has changed it) nor a pattern can have a part in. */
const PLAIN_TEXT = /^[\w.,:/+-]+$/;

/** The field of a word that is one without much ado: plain text, or `$x` with a plain value. */
function plainField(shell: Shell, { parts, text, value }: Word): string | undefined {
  if (parts === undefined) return text.includes('~') ? undefined : value;
  const [only] = parts;
  if (parts.length > 1 || only?.type !== 'SimpleExpansion' || !shell.hasStandardSeparators) return undefined;
  const content = shell.parameter(only.text.slice(1));
  return content !== undefined && PLAIN_TEXT.test(content) ? content : undefined;
}

/** bash expands tildes in every word that looks like an assignment. */
function tildesOf(shell: Shell, word: Word): TildePlaces {
  return shell.dialect.name === 'bash' && ASSIGNMENT_NAME.test(word.text) ? 'behind-name' : 'no';
}

function collectFields(shell: Shell, sink: FieldSink, fields: string[]): void {
  for (const field of sink.finish()) {
    const matches = field.active && !shell.options.has('noglob') ? globbed(shell, field.pattern) : [];
    if (matches.length > 0) fields.push(...matches);
    else if (failsUnmatched(shell, field)) throw new ShellError(`no match: ${field.value}`, 1);
    else if (!dropsUnmatched(shell, field)) fields.push(field.value);
  }
}

/** bash's failglob: such a pattern is an error. */
function failsUnmatched(shell: Shell, field: Field): boolean {
  return field.active && shell.shoptions.has('failglob') && hasWildcard(field.pattern, shell.extendedGlobs);
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
export function* expandToText(shell: Shell, word: Word, tildes: TildePlaces = 'no'): Expansion<string> {
  const sink = new TextSink();
  yield* expandWordParts(shell, word, sink, false, tildes);
  return sink.value;
}

/** The same where nothing has to be run; else undefined, and nothing is done. */
export function expandToTextAtOnce(shell: Shell, word: Word, tildes: TildePlaces = 'no'): string | undefined {
  if (word.parts === undefined && !word.text.includes('~')) return word.value;
  const sink = new TextSink();
  return expandWordAtOnce(shell, word, sink, false, tildes) ? sink.value : undefined;
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
