/** A line that is being typed, as a value, and every edit of it as a function. */
import type { KeyName } from './keys.ts';

export interface TypedLine {
  readonly text: string;
  /** Where the next character goes: an index into `text`, never inside a character. */
  readonly cursor: number;
  /** What was erased last by word or by line, for Ctrl-Y. */
  readonly erased: string;
}

export const EMPTY_LINE: TypedLine = { text: '', cursor: 0, erased: '' };

export function insertText(line: TypedLine, added: string): TypedLine {
  return replaceRange(line, line.cursor, line.cursor, added);
}

/** The line with `text` between two places; the cursor stands behind it. */
export function replaceRange(line: TypedLine, start: number, end: number, text: string): TypedLine {
  return { ...line, text: line.text.slice(0, start) + text + line.text.slice(end), cursor: start + text.length };
}

/** Another text, with the cursor at its end. */
export function withText(line: TypedLine, text: string): TypedLine {
  return { ...line, text, cursor: text.length };
}

/** What a key makes of the line; the same line for a key that edits nothing. */
export function pressKey(line: TypedLine, key: KeyName): TypedLine {
  const { text, cursor, erased } = line;
  switch (key) {
    case 'left':
      return { ...line, cursor: before(text, cursor) };
    case 'right':
      return { ...line, cursor: after(text, cursor) };
    case 'word-left':
      return { ...line, cursor: wordStart(text, cursor) };
    case 'word-right':
      return { ...line, cursor: wordEnd(text, cursor) };
    case 'home':
      return { ...line, cursor: 0 };
    case 'end':
      return { ...line, cursor: text.length };
    case 'backspace':
      return replaceRange(line, before(text, cursor), cursor, '');
    case 'delete':
      return replaceRange(line, cursor, after(text, cursor), '');
    case 'erase-word':
      return erase(line, blankStart(text, cursor), cursor);
    case 'erase-word-right':
      return erase(line, cursor, wordEnd(text, cursor));
    case 'erase-before':
      return erase(line, 0, cursor);
    case 'erase-after':
      return erase(line, cursor, text.length);
    case 'yank':
      return insertText(line, erased);
    default:
      return line;
  }
}

function erase(line: TypedLine, start: number, end: number): TypedLine {
  if (start === end) return line;
  return { ...replaceRange(line, start, end, ''), erased: line.text.slice(start, end) };
}

function before(text: string, at: number): number {
  return at - ([...text.slice(0, at)].at(-1)?.length ?? 0);
}

function after(text: string, at: number): number {
  return at + ([...text.slice(at, at + 2)][0]?.length ?? 0);
}

/** Start of the word of letters and digits that the place is in or behind. */
function wordStart(text: string, at: number): number {
  return at - (/[\p{L}\p{N}_]*[^\p{L}\p{N}_]*$/u.exec(text.slice(0, at))?.[0].length ?? 0);
}

function wordEnd(text: string, at: number): number {
  return at + (/^[^\p{L}\p{N}_]*[\p{L}\p{N}_]*/u.exec(text.slice(at))?.[0].length ?? 0);
}

/** Start of the word between blanks, which Ctrl-W erases. */
function blankStart(text: string, at: number): number {
  return at - (/\S*\s*$/u.exec(text.slice(0, at))?.[0].length ?? 0);
}
