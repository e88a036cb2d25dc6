/** Reading `.dockerignore` (moby/patternmatcher `ignorefile.ReadAll`), with the line each pattern stands on. */
import { trimSpace } from '../go-space.ts';
import { cleanPath } from './clean-path.ts';

export interface IgnorePattern {
  /** Cleaned, without a leading slash; begins with `!` where it is an exception. */
  readonly pattern: string;
  /** Counts from 1. */
  readonly line: number;
}

/** The patterns of a file in order. Blank lines, and comments (`#` in the first column), hold none. */
export function readIgnoreFile(text: string): readonly IgnorePattern[] {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return content.split('\n').flatMap((line, i) => {
    const pattern = line.startsWith('#') ? '' : readPattern(trimSpace(line));
    return pattern === '' ? [] : [{ pattern, line: i + 1 }];
  });
}

function readPattern(text: string): string {
  const exception = text.startsWith('!');
  const written = exception ? trimSpace(text.slice(1)) : text;
  const cleaned = written === '' ? '' : cleanPath(written);
  const relative = cleaned.length > 1 && cleaned.startsWith('/') ? cleaned.slice(1) : cleaned;
  return (exception ? '!' : '') + relative;
}
