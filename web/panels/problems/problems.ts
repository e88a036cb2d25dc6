/** What is wrong with the project, in one list: the language worker's findings and the last build's error. */
import type { Diagnostic, QuickFix, WireError } from '../../../worker/api/types.ts';

export interface Problem {
  readonly severity: Diagnostic['severity'];
  readonly message: string;
  readonly line: number | undefined;
  readonly rule?: string;
  readonly detail?: string;
  readonly url?: string;
  /** What mends it; the best first. */
  readonly fixes: readonly QuickFix[];
  /** What leaves it out, for a reason. */
  readonly skips: readonly QuickFix[];
}

const RANK: Readonly<Record<Diagnostic['severity'], number>> = { error: 0, warning: 1, info: 2, hint: 3 };

/** A sentence with `code` in it, in parts: every other one is code. */
export function withCode(text: string): readonly string[] {
  return text.split('`');
}

/** The worst first, then by line. A build error that a finding tells already is not told twice. */
export function problemsOf(diagnostics: readonly Diagnostic[], buildError: WireError | undefined): Problem[] {
  const problems = diagnostics.map((found): Problem => ({
    severity: found.severity,
    message: found.message,
    line: found.range.startLine,
    ...(found.rule === undefined ? {} : { rule: found.rule }),
    ...(found.detail === undefined ? {} : { detail: found.detail }),
    ...(found.url === undefined ? {} : { url: found.url }),
    fixes: found.fixes?.filter(({ skips }) => skips !== true) ?? [],
    skips: found.fixes?.filter(({ skips }) => skips === true) ?? [],
  }));
  const line = buildError?.source?.startLine;
  const told = problems.some((problem) => problem.severity === 'error' && problem.line === line);
  if (buildError !== undefined && buildError.code !== 'cancelled' && !told) {
    problems.push({ severity: 'error', message: buildError.message, line, fixes: [], skips: [] });
  }
  return problems.sort((a, b) => RANK[a.severity] - RANK[b.severity] || (a.line ?? 0) - (b.line ?? 0));
}
