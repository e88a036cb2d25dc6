/** Pieces of an instruction's text that have a colour of their own. */

/** What a piece is. */
export type TokenType =
  | 'keyword'
  | 'flag'
  | 'string'
  | 'variable'
  | 'comment'
  | 'directive'
  | 'stage'
  | 'operator'
  | 'number'
  | 'path'
  | 'heredoc'
  /** A word of the shell that steers: `if`, `done`. */
  | 'control'
  /** The program of a shell's command. */
  | 'command';

/** A piece of a text: `start` is part of it, `end` is not. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
}

const VARIABLE = /\\.|\$(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}?|[A-Za-z_]\w*|[\d@*#?$!-])/g;

/** The pieces of a text that are variables, and those between them of the type given. */
export function variableSpans(text: string, start: number, end: number, type: TokenType | undefined): Span[] {
  const spans: Span[] = [];
  let position = start;
  const fill = (until: number): void => {
    if (type !== undefined && until > position) spans.push({ start: position, end: until, type });
  };
  for (const match of text.slice(start, end).matchAll(VARIABLE)) {
    if (!match[0].startsWith('$')) continue;
    const from = start + match.index;
    fill(from);
    position = from + match[0].length;
    spans.push({ start: from, end: position, type: 'variable' });
  }
  fill(end);
  return spans;
}

/** Words between blanks, quoted blanks among the words. */
export function wordsBetween(text: string, start: number, end: number): { start: number; end: number }[] {
  const words: { start: number; end: number }[] = [];
  for (const match of text.slice(start, end).matchAll(/(?:\\[^]|"(?:\\[^]|[^"\\])*"?|'[^']*'?|[^\s"'\\]|\\$)+/g)) {
    words.push({ start: start + match.index, end: start + match.index + match[0].length });
  }
  return words;
}

/** The strings and the punctuation of a JSON array. */
export function jsonSpans(text: string, start: number, end: number): Span[] {
  const spans: Span[] = [];
  for (const match of text.slice(start, end).matchAll(/"(?:\\[^]|[^"\\])*"?|[[\],]/g)) {
    const from = start + match.index;
    spans.push({ start: from, end: from + match[0].length, type: match[0].startsWith('"') ? 'string' : 'operator' });
  }
  return spans;
}
