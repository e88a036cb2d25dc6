/** Numbers of vulnerabilities by severity, as Docker Scout sets them: `    0C     2H     1M     0L`. */
import { SEVERITIES, type AdvisoryMatch, type Severity } from '../../scan/report.ts';

const LETTERS: Readonly<Record<Severity, string>> = {
  critical: 'C',
  high: 'H',
  medium: 'M',
  low: 'L',
  unspecified: '?',
};
/** Columns of a number and its letter. */
const CELL_COLUMNS = 7;

export function severityCounts(advisories: readonly AdvisoryMatch[]): ReadonlyMap<Severity, number> {
  return new Map(
    SEVERITIES.map((severity) => [severity, advisories.filter((match) => match.severity === severity).length]),
  );
}

/** Unspecified ones have a cell where there are any. */
export function severityCells(advisories: readonly AdvisoryMatch[]): string {
  return [...severityCounts(advisories)]
    .filter(([severity, count]) => severity !== 'unspecified' || count > 0)
    .map(([severity, count]) => `${count}${LETTERS[severity]}`.padStart(CELL_COLUMNS))
    .join('');
}
