/** What is wrong with the project, in one list: the language worker's findings and the last build's error. */
import type { Diagnostic, WireError } from '../../../worker/api/types.ts';

export interface Problem {
  readonly severity: Diagnostic['severity'];
  readonly message: string;
  readonly line: number | undefined;
  readonly rule?: string;
  readonly detail?: string;
}

const RANK: Readonly<Record<Diagnostic['severity'], number>> = { error: 0, warning: 1, info: 2, hint: 3 };

/** The worst first, then by line. A build error that a finding tells already is not told twice. */
export function problemsOf(diagnostics: readonly Diagnostic[], buildError: WireError | undefined): Problem[] {
  const problems = diagnostics.map((found): Problem => ({
    severity: found.severity,
    message: found.message,
    line: found.range.startLine,
    ...(found.rule === undefined ? {} : { rule: found.rule }),
    ...(found.detail === undefined ? {} : { detail: found.detail }),
  }));
  const line = buildError?.source?.startLine;
  const told = problems.some((problem) => problem.severity === 'error' && problem.line === line);
  if (buildError !== undefined && buildError.code !== 'cancelled' && !told) {
    problems.push({ severity: 'error', message: buildError.message, line });
  }
  return problems.sort((a, b) => RANK[a.severity] - RANK[b.severity] || (a.line ?? 0) - (b.line ?? 0));
}
