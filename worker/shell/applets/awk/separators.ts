/** How FS cuts a record into fields, and RS the input into records. */
import type { AwkExpression, RegexCache } from './regex.ts';

/** `blanks`: runs of blanks, none at the ends. `split`: cuts a text that is not empty. */
export type FieldSeparator =
  | { readonly kind: 'blanks' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'characters' }
  | { readonly kind: 'regex'; readonly regex: AwkExpression };

export type RecordSeparator =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'paragraph' }
  | { readonly kind: 'regex'; readonly regex: AwkExpression };

/** What FS, or the third argument of `split`, means. In paragraphs a newline separates fields too. */
export function fieldSeparator(text: string, cache: RegexCache, paragraphs = false): FieldSeparator {
  if (text === ' ') return { kind: 'blanks' };
  if (text === '') return { kind: 'characters' };
  if (text.length > 1 || cache.ignoreCase) return regexSeparator(text, cache, paragraphs);
  if (!paragraphs || text === '\n') return { kind: 'text', text };
  return regexSeparator(text === '\\' ? '\\\\' : `[${text}]`, cache, paragraphs);
}

/** A separator that was written as an expression, or is longer than a character. */
export function regexSeparator(source: string, cache: RegexCache, paragraphs = false): FieldSeparator {
  return { kind: 'regex', regex: cache.get(paragraphs ? `(${source})|\n` : source) };
}

export function recordSeparator(text: string, cache: RegexCache): RecordSeparator {
  if (text === '') return { kind: 'paragraph' };
  if (text.length === 1) return { kind: 'character', character: text };
  return { kind: 'regex', regex: cache.get(text) };
}

/** The pieces of a text. */
export function splitText(text: string, separator: FieldSeparator): string[] {
  if (text === '') return [];
  switch (separator.kind) {
    case 'blanks':
      return text.split(/[ \t\n]+/).filter((field) => field !== '');
    case 'text':
      return text.split(separator.text);
    case 'characters':
      return text.split('');
    case 'regex':
      return splitByRegex(text, separator.regex);
  }
}

function splitByRegex(text: string, regex: AwkExpression): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (const match of regex.findAll(text)) {
    if (match[0] === '') continue;
    pieces.push(text.slice(start, match.index));
    start = match.index + match[0].length;
  }
  pieces.push(text.slice(start));
  return pieces;
}
