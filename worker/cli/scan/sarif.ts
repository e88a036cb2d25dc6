/** Advisories as SARIF 2.1.0 (docs.oasis-open.org/sarif), which code hosts show. */
import type { AdvisoryMatch, Severity } from '../../scan/report.ts';

const LEVELS: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  unspecified: 'note',
};

/** `image` is what the results are about. */
export function sarifReport(advisories: readonly AdvisoryMatch[], image: string): string {
  const rules = [...new Map(advisories.map((match) => [match.id, match])).values()];
  const document = {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: {
          driver: {
            name: 'Strata',
            rules: rules.map(({ id, summary, url }) => ({
              id,
              shortDescription: { text: summary },
              ...(url === undefined ? {} : { helpUri: url }),
            })),
          },
        },
        results: advisories.map(({ id, severity, subject, summary, fixedVersion, purls }) => ({
          ruleId: id,
          ruleIndex: rules.findIndex((rule) => rule.id === id),
          kind: 'fail',
          level: LEVELS[severity],
          message: {
            text: `${subject.name} ${subject.version}: ${summary} Fixed version: ${fixedVersion ?? 'not fixed'}.`,
          },
          locations: [
            {
              physicalLocation: { artifactLocation: { uri: image } },
              logicalLocations: purls.map((purl) => ({ fullyQualifiedName: purl })),
            },
          ],
        })),
      },
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
