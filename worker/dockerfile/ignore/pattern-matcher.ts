/**
 * Which paths of a build context are left out (moby/patternmatcher, as the client walks the context with it): patterns are asked
 * in order, one that matched a directory holds for all below it, and `!` takes back what an earlier one left out.
 */
import { EngineError } from '../../base/errors.ts';
import { trimSpace } from '../go-space.ts';
import { cleanPath } from './clean-path.ts';
import { parseGlob, type Glob } from './glob.ts';

/** What was decided for a path. */
export interface IgnoreDecision {
  readonly ignored: boolean;
  /** Index, in the list given, of the pattern that had the last word; undefined if none had a say. */
  readonly pattern?: number;
}

export interface PatternMatcher {
  /** True if some pattern is an exception (`!`). */
  readonly hasExceptions: boolean;
  /** How many patterns there are, empty ones left out. */
  readonly size: number;
  /** `path` is relative to the context, with slashes. The context itself is never left out. */
  matches(path: string): boolean;
  /** The same, saying which pattern decided. */
  decide(path: string): IgnoreDecision;
}

interface Pattern {
  readonly glob: Glob;
  readonly exception: boolean;
  /** Its place in the list given. */
  readonly index: number;
}

/** The patterns, by place, that match a path or a directory it lies in. */
type MatchedPatterns = readonly boolean[];

interface Result {
  readonly decision: IgnoreDecision;
  readonly matched: MatchedPatterns;
}

/** Makes a matcher of patterns in order. Throws `invalid-argument`, worded as Docker words it, for a malformed one. */
export function createPatternMatcher(patterns: readonly string[]): PatternMatcher {
  const parsed = patterns.flatMap((text, index) => {
    const pattern = parsePattern(text, index);
    return pattern === undefined ? [] : [pattern];
  });
  // Paths come in by the thousand from the same directories, whose results all below them need.
  const directories = new Map<string, Result>();

  const resultOf = (path: string): Result => {
    const slash = path.lastIndexOf('/');
    return applyPatterns(parsed, path, slash <= 0 ? undefined : directoryResult(path.slice(0, slash)).matched);
  };
  const directoryResult = (path: string): Result => {
    const known = directories.get(path);
    if (known !== undefined) return known;
    const result = resultOf(path);
    directories.set(path, result);
    return result;
  };
  const decide = (path: string): IgnoreDecision => {
    const cleaned = cleanPath(path);
    return cleaned === '.' ? { ignored: false } : resultOf(cleaned).decision;
  };
  return {
    hasExceptions: parsed.some(({ exception }) => exception),
    size: parsed.length,
    matches: (path) => decide(path).ignored,
    decide,
  };
}

function parsePattern(text: string, index: number): Pattern | undefined {
  const trimmed = trimSpace(text);
  if (trimmed === '') return undefined;
  const cleaned = cleanPath(trimmed);
  if (cleaned === '!') throw new EngineError('invalid-argument', 'illegal exclusion pattern: "!"');
  const exception = cleaned.startsWith('!');
  try {
    return { glob: parseGlob(exception ? cleaned.slice(1) : cleaned), exception, index };
  } catch (error) {
    throw new EngineError('invalid-argument', error instanceof Error ? error.message : String(error));
  }
}

function applyPatterns(patterns: readonly Pattern[], path: string, parent: MatchedPatterns | undefined): Result {
  let decision: IgnoreDecision = { ignored: false };
  const matched = patterns.map(({ glob, exception, index }, i) => {
    // A pattern that could change nothing is not asked, and so not remembered for what lies below.
    const asked = exception === decision.ignored;
    const matches = parent?.[i] === true || (asked && glob.matches(path));
    if (matches && asked) decision = { ignored: !exception, pattern: index };
    return matches;
  });
  return { decision, matched };
}
