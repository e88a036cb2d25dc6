import { cleanPath } from '../ignore/clean-path.ts';
import { readIgnoreFile } from '../ignore/ignore-file.ts';
import { createPatternMatcher, type PatternMatcher } from '../ignore/pattern-matcher.ts';
import { quote } from '../go-quote.ts';
import { isEngineError } from '../../base/errors.ts';
import { placeOf } from './places.ts';
import { buildkitPage, type LintRule } from './rule.ts';

export const copyIgnoredFile: LintRule = {
  name: 'CopyIgnoredFile',
  origin: 'buildkit',
  severity: 'warning',
  description: 'Attempting to Copy file that is excluded by .dockerignore',
  why: 'What .dockerignore leaves out is not sent with the build context, so that there is nothing to copy: the step fails, or copies less than it says.',
  url: buildkitPage('copy-ignored-file'),
  *check(file) {
    const matcher = excluding(file.dockerignore);
    if (matcher === undefined) return;
    for (const { node, contextSources } of file.instructions) {
      for (const source of contextSources) {
        const path = cleanPath(source);
        if (!matcher.decide(path).ignored) continue;
        const range = placeOf(file, node, source);
        const verb = node.name === 'add' ? 'Add' : 'Copy';
        const message = `Attempting to ${verb} file ${quote(path)} that is excluded by .dockerignore`;
        yield { node, message, ...(range === undefined ? {} : { range }) };
      }
    }
  },
};

/** A file with exceptions is not looked at: what is left out may hold what is not. */
function excluding(dockerignore: string): PatternMatcher | undefined {
  const patterns = readIgnoreFile(dockerignore).map(({ pattern }) => pattern);
  if (patterns.length === 0 || patterns.some((pattern) => pattern.startsWith('!'))) return undefined;
  try {
    return createPatternMatcher(patterns);
  } catch (error) {
    if (isEngineError(error)) return undefined;
    throw error;
  }
}
