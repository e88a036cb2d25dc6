/** The build context seen through `.dockerignore`: what is sent, and which line said so. */
import { EngineError } from '../../base/errors.ts';
import { readIgnoreFile } from '../ignore/ignore-file.ts';
import { createPatternMatcher, type PatternMatcher } from '../ignore/pattern-matcher.ts';

export interface IgnoredPath {
  readonly path: string;
  readonly ignored: boolean;
  /** The line of `.dockerignore`, counted from 1, that had the last word; absent if none had a say. */
  readonly line?: number;
}

/** For each path whether a build leaves it out. Nothing is left out by a file that is malformed, which no build accepts. */
export function ignored(dockerignore: string, paths: readonly string[]): readonly IgnoredPath[] {
  const patterns = readIgnoreFile(dockerignore);
  const matcher = matcherOf(patterns.map(({ pattern }) => pattern));
  return paths.map((path) => {
    const decision = matcher?.decide(path) ?? { ignored: false };
    const line = decision.pattern === undefined ? undefined : patterns[decision.pattern]?.line;
    return { path, ignored: decision.ignored, ...(line === undefined ? {} : { line }) };
  });
}

function matcherOf(patterns: readonly string[]): PatternMatcher | undefined {
  try {
    return createPatternMatcher(patterns);
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}
