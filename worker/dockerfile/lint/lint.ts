/** Runs the build checks over an analysed Dockerfile. */
import { isEngineError } from '../../base/errors.ts';
import type { Diagnostic } from '../../base/source.ts';
import type { Analysis } from '../analysis/analyse.ts';
import { NO_IMAGES, type KnownImages } from '../analysis/known-images.ts';
import { lintRules } from './index.ts';
import { commentOptions, DEFAULT_OPTIONS, holds, parseLintOptions, type LintOptions } from './options.ts';
import { skipFix } from './skip-fix.ts';
import type { Finding, LintedFile, LintRule } from './rule.ts';

export interface LintSurroundings {
  readonly contextPaths: readonly string[];
  readonly dockerignore?: string;
  readonly images?: KnownImages;
}

export interface LintResult {
  /** In the order of the rules. */
  readonly findings: readonly Diagnostic[];
  /** What `# check=error=true` makes of the findings of BuildKit's own checks: the message a build fails with. */
  readonly violation?: string;
}

/** All findings that nobody skips. Never throws: options that cannot be read are a finding themselves. */
export function lint(analysis: Analysis, surroundings: LintSurroundings): LintResult {
  const file: LintedFile = {
    ...analysis,
    contextPaths: surroundings.contextPaths,
    dockerignore: surroundings.dockerignore ?? '',
    images: surroundings.images ?? NO_IMAGES,
  };
  const { options, complaints } = fileOptions(analysis);
  const findings: Diagnostic[] = [...complaints];
  const violated = new Set<string>();
  for (const rule of lintRules) {
    for (const finding of rule.check(file)) {
      if (!counts(rule, options, commentOptions(finding.node.comments))) continue;
      findings.push(diagnosticOf(rule, finding, file));
      if (rule.origin === 'buildkit') violated.add(rule.name);
    }
  }
  if (!options.error || violated.size === 0) return { findings };
  return { findings, violation: `lint violation found for rules: ${[...violated].join(', ')}` };
}

function fileOptions({ ast }: Analysis): { options: LintOptions; complaints: readonly Diagnostic[] } {
  const directive = ast.directives.find(({ name }) => name === 'check');
  if (directive === undefined) return { options: DEFAULT_OPTIONS, complaints: [] };
  try {
    return { options: parseLintOptions(directive.value), complaints: [] };
  } catch (error) {
    if (!isEngineError(error)) throw error;
    const message = `failed to parse check options: ${error.message}`;
    return { options: DEFAULT_OPTIONS, complaints: [{ severity: 'warning', message, range: directive.range }] };
  }
}

/** An experimental rule is asked for by name and cannot be skipped; of the others, what is said above an instruction adds to what the file says. */
function counts(rule: LintRule, file: LintOptions, above: LintOptions | undefined): boolean {
  const sets = (which: 'skip' | 'experimental'): boolean =>
    holds(file[which], rule.name) || (above !== undefined && holds(above[which], rule.name));
  return rule.experimental === true ? sets('experimental') : !sets('skip');
}

function diagnosticOf(rule: LintRule, finding: Finding, file: LintedFile): Diagnostic {
  const skip = skipFix(rule, finding.node, file);
  return {
    severity: rule.severity,
    rule: rule.name,
    message: finding.message,
    detail: rule.why,
    range: finding.range ?? finding.node.range,
    ...(rule.url === undefined ? {} : { url: rule.url }),
    fixes: [...(finding.fix === undefined ? [] : [finding.fix]), ...skip],
  };
}
