/**
 * The lines of the Dockerfile that Docker's client marks with an error. They are the error's place and further ones in its data
 * (`furtherLines`), but for the few errors whose place Docker does not know, or takes for another: those keep the place a
 * person needs as their source, and say in their data (`shownLines`) what Docker marks.
 */
import { EngineError } from '../base/errors.ts';

/** First and last line, both counted from 1. */
export type LineRange = readonly [first: number, last: number];

/** The error, marked as Docker marks it: at no line, or at these (`3-4`). */
export function shownAt(error: EngineError, shownLines: readonly string[]): EngineError {
  const { code, message, data, source, cause } = error;
  return new EngineError(code, message, { data: { ...data, shownLines }, ...(source && { source }), cause });
}

/** What Docker's client marks for an error. */
export function markedLines({ source, data }: EngineError): readonly LineRange[] {
  const { shownLines, furtherLines } = data;
  if (Array.isArray(shownLines)) return shownLines.map(lineRange);
  if (source === undefined) return [];
  return [[source.startLine, source.endLine], ...(Array.isArray(furtherLines) ? furtherLines.map(lineRange) : [])];
}

function lineRange(text: unknown): LineRange {
  const [first = 0, last = first] = String(text).split('-').map(Number);
  return [first, last];
}
