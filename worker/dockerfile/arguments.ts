/**
 * The text behind an instruction's flags, split into arguments (BuildKit's `line_parsers.go`). Each directive says which of
 * these ways is its own.
 */
import { EngineError } from '../base/errors.ts';
import { quote } from './go-quote.ts';
import { isSpace, trimSpaceStart } from './go-space.ts';
import { cutAtBlanks, splitAtBlanks, splitWords } from './words.ts';

/**
 * - `line`: one argument, all of it
 * - `blanks`: words at blanks, quotes meaning nothing
 * - `words`: words at blanks outside quotes, quotes kept
 * - `assignments`: `name=value …`, or the old `name rest of the line`; flattened to name, value, separator
 * - `exec-or-line`, `exec-or-blanks`: a JSON array of strings, or else one of the above
 * - `type-then-exec-or-line`: a word, then as above
 * - `instruction`: another instruction
 */
export type ArgumentSyntax =
  | 'line'
  | 'blanks'
  | 'words'
  | 'assignments'
  | 'exec-or-line'
  | 'exec-or-blanks'
  | 'type-then-exec-or-line'
  | 'instruction';

export interface SplitArguments {
  readonly args: readonly string[];
  /** They were a JSON array. */
  readonly json: boolean;
}

/** Splits by any syntax but `instruction`. Throws `dockerfile` where the text is not of that form. */
export function splitArguments(
  syntax: Exclude<ArgumentSyntax, 'instruction'>,
  text: string,
  keyword: string,
  escape: string,
): SplitArguments {
  switch (syntax) {
    case 'line':
      return plain(oneLine(text));
    case 'blanks':
      return plain(splitAtBlanks(text));
    case 'words':
      return plain(splitWords(text, escape));
    case 'assignments':
      return plain(splitAssignments(text, keyword, escape));
    case 'exec-or-line':
      return splitExec(text) ?? plain(oneLine(text));
    case 'exec-or-blanks':
      return splitExec(text) ?? plain(splitAtBlanks(text));
    case 'type-then-exec-or-line':
      return splitTyped(text);
  }
}

function plain(args: readonly string[]): SplitArguments {
  return { args, json: false };
}

function oneLine(text: string): readonly string[] {
  return text === '' ? [] : [text];
}

/** `name=value …`, or `name value` if the first word has no `=`. */
function splitAssignments(text: string, keyword: string, escape: string): readonly string[] {
  const words = splitWords(text, escape);
  const first = words[0];
  if (first === undefined) return [];
  if (!first.includes('=')) {
    const [name, value] = cutAtBlanks(text);
    if (value === undefined) throw new EngineError('dockerfile', `${keyword.toUpperCase()} must have two arguments`);
    return [name, value, ''];
  }
  return words.flatMap((word) => {
    const equals = word.indexOf('=');
    if (equals >= 0) return [word.slice(0, equals), word.slice(equals + 1), '='];
    throw new EngineError(
      'dockerfile',
      `Syntax error - can't find = in ${quote(word)}. Must be of the form: name=value`,
    );
  });
}

function splitTyped(text: string): SplitArguments {
  let end = 0;
  while (end < text.length && !isSpace(text.charCodeAt(end))) end++;
  if (end === 0) return plain([]);
  const command = trimSpaceStart(text.slice(end));
  const { args, json } = splitExec(command) ?? plain(oneLine(command));
  return { args: [text.slice(0, end), ...args], json };
}

/**
 * The strings of a JSON array at the start of the text; what follows it is ignored, as Docker 26 does. Undefined where the
 * text does not begin with an array. Throws `dockerfile` for one that holds anything but strings.
 */
export function splitExec(text: string): SplitArguments | undefined {
  const values = leadingArray(trimSpaceStart(text));
  if (values === undefined) return undefined;
  const args = values.map((value) => {
    if (typeof value === 'string') return value.replace(LONE_SURROGATE, '\uFFFD');
    throw new EngineError('dockerfile', 'when using JSON array syntax, arrays must be comprised of strings only');
  });
  return { args, json: true };
}

const LONE_SURROGATE = /\p{Cs}/gu;

function leadingArray(text: string): readonly unknown[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text.slice(0, endOfArray(text)));
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Where the bracket that opens the text is closed, brackets in strings aside; the text's length if it is not. */
function endOfArray(text: string): number {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '[') depth++;
    else if (char === ']' && --depth === 0) return i + 1;
  }
  return text.length;
}
