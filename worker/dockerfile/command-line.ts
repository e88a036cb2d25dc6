/** An instruction's joined line taken apart: its keyword, its flags, and the rest (BuildKit's `split_command.go`). */
import { utf8, utf8Text } from '../base/bytes.ts';
import { isSpace, trimSpace } from './go-space.ts';
import { cutAtBlanks } from './words.ts';

export interface CommandLine {
  /** As written. */
  readonly keyword: string;
  /** With their dashes, quotes removed: `--from=build`. */
  readonly flags: readonly string[];
  readonly rest: string;
}

/** Takes a line apart. Every line has a keyword. */
export function splitCommandLine(line: string, escape: string): CommandLine {
  const [keyword, behind = ''] = cutAtBlanks(trimSpace(line));
  // BuildKit reads flags byte by byte: another character than ASCII falls apart into several there, and so it must here.
  if (!behind.startsWith('--') || isAscii(behind)) {
    const { flags, rest } = splitFlags(behind, escape);
    return { keyword, flags, rest: trimSpace(rest) };
  }
  const { flags, rest } = splitFlags(bytesAsCharacters(behind), escape);
  return { keyword, flags, rest: trimSpace(charactersAsBytes(rest)) };
}

/** Splits the words that begin with two dashes off the front; a lone `--` ends them. */
function splitFlags(text: string, escape: string): { flags: string[]; rest: string } {
  const flags: string[] = [];
  let position = 0;
  for (;;) {
    while (position < text.length && isSpace(text.charCodeAt(position))) position++;
    if (!text.startsWith('--', position)) return { flags, rest: text.slice(position) };
    const { word, end } = flagAt(text, position, escape);
    if (word === '--') return { flags, rest: text.slice(end) };
    flags.push(word);
    position = end;
  }
}

/** The flag that begins at `start`, quotes and escapes undone, and where it ends. */
function flagAt(text: string, start: number, escape: string): { word: string; end: number } {
  let word = '';
  let quote = '';
  let position = start;
  for (; position < text.length; position++) {
    const char = text[position]!;
    if (quote === '' && isSpace(text.charCodeAt(position))) break;
    if (char === quote) quote = '';
    else if (quote === '' && (char === "'" || char === '"')) quote = char;
    else if (char === escape) word += text[++position] ?? '';
    else word += char;
  }
  return { word, end: position };
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

function bytesAsCharacters(text: string): string {
  let out = '';
  for (const byte of utf8(text)) out += String.fromCharCode(byte);
  return out;
}

function charactersAsBytes(text: string): string {
  return utf8Text(Uint8Array.from(text, (char) => char.charCodeAt(0)));
}
