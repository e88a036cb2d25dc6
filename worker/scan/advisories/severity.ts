/** How bad an advisory is: the word of who publishes it where there is one, else what its CVSS vector comes to. */
import type { Severity } from '../report.ts';
import { cvss3Score } from './cvss3.ts';
import type { OsvAffected, OsvDocument } from './osv.ts';

const WORDS: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  important: 'high',
  high: 'high',
  moderate: 'medium',
  medium: 'medium',
  low: 'low',
  negligible: 'low',
  unimportant: 'low',
};

export interface RatedSeverity {
  readonly severity: Severity;
  readonly score?: number;
}

export function severityOf(document: OsvDocument, affected: OsvAffected): RatedSeverity {
  const vectors = [...(affected.severity ?? []), ...(document.severity ?? [])];
  const score = vectors.map((each) => cvss3Score(each.score)).find((each) => each !== undefined);
  const told = [
    affected.ecosystem_specific?.['severity'],
    affected.ecosystem_specific?.['urgency'],
    affected.database_specific?.['severity'],
    document.database_specific?.['severity'],
    // Ubuntu gives its priority as the score of a type of its own
    ...vectors.map((each) => each.score),
  ];
  const word = told.flatMap((each) => (typeof each === 'string' ? (WORDS[each.toLowerCase()] ?? []) : []))[0];
  return { severity: word ?? ratingOf(score), ...(score === undefined ? {} : { score }) };
}

/** CVSS 3.1, section 5. */
function ratingOf(score: number | undefined): Severity {
  if (score === undefined || score === 0) return 'unspecified';
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  return score >= 4 ? 'medium' : 'low';
}
