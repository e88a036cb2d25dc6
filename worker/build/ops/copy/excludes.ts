/** `COPY --exclude`: patterns of an ignore file, about paths below what is copied. */
import { createPatternMatcher } from '../../../dockerfile/ignore/pattern-matcher.ts';
import type { PathFilter } from './tree-copier.ts';

/** Undefined for no patterns. Throws `invalid-argument` for a malformed one. */
export function excludeFilter(patterns: readonly string[]): PathFilter | undefined {
  if (patterns.length === 0) return undefined;
  const matcher = createPatternMatcher(patterns);
  return (path) => matcher.matches(path);
}
