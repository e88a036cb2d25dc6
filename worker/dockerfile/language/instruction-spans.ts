/** The pieces of one instruction, by the way its directive takes its arguments. */
import type { Directive } from '../directive.ts';
import { findDirective } from '../directives/index.ts';
import { heredocWord } from '../heredoc.ts';
import { ShellColours } from './shell-colours.ts';
import { jsonSpans, variableSpans, wordsBetween, type Span, type TokenType } from './spans.ts';

/** Spans of an instruction's joined text, nested ones of ONBUILD included. */
export function instructionSpans(text: string): Span[] {
  const spans: Span[] = [];
  const keyword = /\S+/g;
  for (;;) {
    const match = keyword.exec(text);
    if (match === null) return spans;
    const end = match.index + match[0].length;
    const directive = findDirective(match[0].toLowerCase());
    const flags = flagSpans(text, end);
    spans.push({ start: match.index, end, type: 'keyword' });
    addAll(spans, flags.spans);
    if (directive?.argumentSyntax !== 'instruction') {
      if (directive !== undefined) addAll(spans, argumentSpans(directive, text, flags.end));
      return spans;
    }
    keyword.lastIndex = flags.end;
  }
}

/** One by one: there may be more than a call can take as arguments. */
function addAll(spans: Span[], more: readonly Span[]): void {
  for (const span of more) spans.push(span);
}

/** `--name=value` at the start of the arguments. */
function flagSpans(text: string, start: number): { spans: Span[]; end: number } {
  const spans: Span[] = [];
  let end = start;
  const first = /\s*--/y;
  first.lastIndex = start;
  if (!first.test(text)) return { spans, end };
  for (const word of wordsBetween(text, start, text.length)) {
    if (!text.startsWith('--', word.start)) break;
    end = word.end;
    const equals = text.slice(word.start, word.end).indexOf('=');
    const nameEnd = equals < 0 ? word.end : word.start + equals;
    spans.push({ start: word.start, end: nameEnd, type: 'flag' });
    if (equals < 0) continue;
    spans.push({ start: nameEnd, end: nameEnd + 1, type: 'operator' });
    const type = text.slice(word.start, nameEnd) === '--from' ? 'stage' : 'string';
    spans.push(...variableSpans(text, nameEnd + 1, word.end, type));
  }
  return { spans, end };
}

function argumentSpans({ name, argumentSyntax }: Directive, text: string, start: number): Span[] {
  if (argumentSyntax.includes('exec') && /\s*\[/y.test(text.slice(start))) return jsonSpans(text, start, text.length);
  switch (argumentSyntax) {
    case 'instruction':
      return [];
    case 'assignments':
    case 'words':
      return assignmentSpans(text, start);
    case 'type-then-exec-or-line':
      return typedSpans(text, start);
    case 'exec-or-line':
      return new ShellColours().spans(text, start);
    case 'exec-or-blanks':
      return wordSpans(text, start, () => 'path');
    case 'blanks':
      return wordSpans(text, start, name === 'FROM' ? fromWordType : () => 'number');
    case 'line':
      return variableSpans(text, start, text.length, name === 'WORKDIR' ? 'path' : 'string').map(withoutBlanks(text));
  }
}

/** FROM image AS name */
function fromWordType(word: string, index: number): TokenType {
  if (index === 1 && word.toLowerCase() === 'as') return 'keyword';
  return index === 2 ? 'stage' : 'string';
}

function wordSpans(text: string, start: number, typeOf: (word: string, index: number) => TokenType): Span[] {
  return wordsBetween(text, start, text.length).flatMap((word, i) => {
    const written = text.slice(word.start, word.end);
    if (heredocWord(written) !== undefined) return [{ ...word, type: 'heredoc' as const }];
    return variableSpans(text, word.start, word.end, typeOf(written, i));
  });
}

/** `name=value …`, or `name value` where the first word has no `=`. */
function assignmentSpans(text: string, start: number): Span[] {
  const words = wordsBetween(text, start, text.length);
  const isOldForm = words[0] !== undefined && !text.slice(words[0].start, words[0].end).includes('=');
  return words.flatMap((word, i) => {
    if (isOldForm && i > 0) return variableSpans(text, word.start, word.end, 'string');
    const equals = text.slice(word.start, word.end).indexOf('=');
    if (equals < 0) return [{ ...word, type: 'variable' as const }];
    const at = word.start + equals;
    return [
      { start: word.start, end: at, type: 'variable' as const },
      { start: at, end: at + 1, type: 'operator' as const },
      ...variableSpans(text, at + 1, word.end, 'string'),
    ];
  });
}

/** HEALTHCHECK's CMD or NONE, then the command. */
function typedSpans(text: string, start: number): Span[] {
  const [type] = wordsBetween(text, start, text.length);
  if (type === undefined) return [];
  const isJson = /^\s*\[/.test(text.slice(type.end));
  const command = isJson ? jsonSpans(text, type.end, text.length) : new ShellColours().spans(text, type.end);
  return [{ ...type, type: 'keyword' }, ...command];
}

function withoutBlanks(text: string): (span: Span) => Span {
  return (span) => {
    const written = text.slice(span.start, span.end);
    const start = span.start + written.length - written.trimStart().length;
    return { ...span, start, end: Math.max(start, span.end - written.length + written.trimEnd().length) };
  };
}
