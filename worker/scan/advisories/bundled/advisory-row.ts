/** Bundled advisories as they are written down: a row an advisory, from which OSV documents are made. */
import type { OsvDocument } from '../osv.ts';

/** A package that an advisory is about. */
export interface AffectedRow {
  /** As OSV names it: `Alpine:v3.22`. */
  readonly ecosystem: string;
  readonly name: string;
  /** The first version that has it; all before the fix where absent. */
  readonly introduced?: string;
  /** Absent where its keepers have not mended it. */
  readonly fixed?: string;
}

export interface AdvisoryRow {
  readonly id: string;
  /** The word of who keeps the package, or of the national database where they give none. */
  readonly severity: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW';
  readonly summary: string;
  /** Where it is told. */
  readonly url: string;
  readonly affected: readonly AffectedRow[];
}

/** Several names or releases of one fix. */
export const affected = (
  ecosystems: readonly string[],
  name: string,
  fixed?: string,
  introduced?: string,
): readonly AffectedRow[] =>
  ecosystems.map((ecosystem) => ({
    ecosystem,
    name,
    ...(fixed === undefined ? {} : { fixed }),
    ...(introduced === undefined ? {} : { introduced }),
  }));

/** An advisory that GitHub's database tells of, found there by its id. */
export function githubAdvisory(
  id: string,
  severity: AdvisoryRow['severity'],
  summary: string,
  rows: readonly AffectedRow[],
): AdvisoryRow {
  return { id, severity, summary, url: `https://github.com/advisories?query=${id}`, affected: rows };
}

export function osvDocument({ id, severity, summary, url, affected: rows }: AdvisoryRow): OsvDocument {
  return {
    id,
    summary,
    database_specific: { severity },
    references: [{ type: 'ADVISORY', url }],
    affected: rows.map(({ ecosystem, name, introduced = '0', fixed }) => ({
      package: { ecosystem, name },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced }, ...(fixed === undefined ? [] : [{ fixed }])] }],
    })),
  };
}
