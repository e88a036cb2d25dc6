/** All there is to say against a Dockerfile without building it. */
import { lines, type Diagnostic } from '../../base/source.ts';
import { analyse, type Analysis } from '../analysis/analyse.ts';
import { NO_IMAGES, type KnownImages } from '../analysis/known-images.ts';
import { cleanPath } from '../ignore/clean-path.ts';
import { lint } from '../lint/lint.ts';
import { parseDockerfile } from '../parser.ts';
import { isTooLarge, MAX_FINDINGS } from './limits.ts';

/** What is around a Dockerfile. */
export interface Surroundings {
  /** Paths of the build context; what is copied is not looked for where there are none. */
  readonly contextPaths: readonly string[];
  /** Sizes of these, one for each. */
  readonly contextBytes?: readonly number[];
  /** The text of .dockerignore. */
  readonly dockerignore?: string;
  readonly images?: KnownImages;
}

/**
 * Mistakes, and findings of the build checks, in the order of the file, each with its lines; without errors the file can be
 * planned. Of very many findings some are told, with the number of the others.
 */
export function diagnose(text: string, surroundings: Surroundings): readonly Diagnostic[] {
  return isTooLarge(text) ? syntaxAlone(text) : limited(findings(text, surroundings));
}

function findings(text: string, surroundings: Surroundings): readonly Diagnostic[] {
  const analysis = analyse(text, surroundings.images ?? NO_IMAGES);
  const found = [
    ...analysis.syntax.filter(({ severity }) => severity === 'error'),
    ...problems(analysis),
    ...missingSources(analysis, surroundings.contextPaths),
    ...lint(analysis, surroundings).findings,
  ];
  return found.sort((a, b) => a.range.startLine - b.range.startLine);
}

function syntaxAlone(text: string): readonly Diagnostic[] {
  const message = 'This Dockerfile has more than a million characters: only its syntax is checked while you type';
  const errors = parseDockerfile(text).diagnostics.filter(({ severity }) => severity === 'error');
  return limited([{ severity: 'info', message, range: lines(1) }, ...errors]);
}

/** Errors before others where there are very many. */
function limited(found: readonly Diagnostic[]): readonly Diagnostic[] {
  if (found.length <= MAX_FINDINGS) return found;
  const errors = found.filter(({ severity }) => severity === 'error');
  const others = found.filter(({ severity }) => severity !== 'error');
  const shown = new Set([...errors, ...others].slice(0, MAX_FINDINGS));
  const more = `${found.length - MAX_FINDINGS} more findings are not shown`;
  const last = found.findLast((diagnostic) => shown.has(diagnostic));
  return [
    ...found.filter((diagnostic) => shown.has(diagnostic)),
    { severity: 'info', message: more, range: last?.range ?? lines(1) },
  ];
}

function problems({ instructions }: Analysis): readonly Diagnostic[] {
  return instructions.flatMap(({ node, problem }) =>
    problem === undefined ? [] : [{ severity: 'error' as const, message: problem, range: node.range }],
  );
}

function missingSources({ instructions }: Analysis, contextPaths: readonly string[]): readonly Diagnostic[] {
  if (contextPaths.length === 0) return [];
  const wanted = instructions.flatMap(({ node, contextSources }) =>
    contextSources
      .map((source) => cleanPath('/' + source))
      .filter((path) => path !== '/' && !/[*?[\\]/.test(path))
      .map((path) => ({ path, range: node.range })),
  );
  const missing = missingPaths(new Set(wanted.map(({ path }) => path)), contextPaths);
  return wanted
    .filter(({ path }) => missing.has(path))
    .map(({ path, range }) => ({ severity: 'warning', message: `"${path}" is not in the build context`, range }));
}

/** Which absolute paths are no file of the context, and no directory one lies in. There may be very many files, so all are asked for at once. */
function missingPaths(wanted: ReadonlySet<string>, contextPaths: readonly string[]): ReadonlySet<string> {
  const missing = new Set(wanted);
  for (const relative of contextPaths) {
    if (missing.size === 0) break;
    const path = `/${relative}`;
    for (let end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) missing.delete(path.slice(0, end));
    missing.delete(path);
  }
  return missing;
}
