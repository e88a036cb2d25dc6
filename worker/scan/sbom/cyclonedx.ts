/** A software bill of materials in CycloneDX 1.6's JSON (cyclonedx.org/docs/1.6/json), with the advisories that were found. */
import type { AdvisoryMatch, ScannedPackage, Severity } from '../report.ts';
import { licenseExpression } from './license-expression.ts';
import type { SbomInput } from './sbom-input.ts';

const SEVERITY_NAMES: Readonly<Record<Severity, string>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  unspecified: 'unknown',
};

/** Equal inputs give equal documents: the serial number comes of the image's digest. */
export function cyclonedxDocument({ contents, name, createdMs, advisories }: SbomInput): string {
  const { imageID, packages, distribution } = contents;
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(imageID)}`,
    version: 1,
    metadata: {
      timestamp: new Date(createdMs).toISOString(),
      tools: { components: [{ type: 'application', name: 'Strata' }] },
      component: { type: 'container', 'bom-ref': imageID, name, version: imageID },
    },
    components: [
      ...(distribution === undefined
        ? []
        : [
            {
              type: 'operating-system',
              'bom-ref': `os:${distribution.id}`,
              name: distribution.id,
              ...(distribution.versionID === '' ? {} : { version: distribution.versionID }),
              description: distribution.title,
            },
          ]),
      ...packages.map(component),
    ],
    dependencies: [{ ref: imageID, dependsOn: packages.map(({ purl }) => purl) }],
    vulnerabilities: vulnerabilities(advisories),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function component({ name, version, purl, license, path, layer }: ScannedPackage) {
  const expression = licenseExpression(license);
  const licenses = expression === undefined ? license && [{ license: { name: license } }] : [{ expression }];
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    ...(licenses === undefined || licenses === '' ? {} : { licenses }),
    purl,
    properties: [
      { name: 'strata:layer', value: String(layer + 1) },
      { name: 'strata:path', value: path },
    ],
  };
}

/** An advisory once, with all packages it affects. */
function vulnerabilities(advisories: readonly AdvisoryMatch[]) {
  const byID = new Map<string, AdvisoryMatch[]>();
  for (const match of advisories) byID.set(match.osvID, [...(byID.get(match.osvID) ?? []), match]);
  return [...byID].flatMap(([osvID, matches]) => {
    const [first] = matches;
    if (first === undefined) return [];
    return [
      {
        'bom-ref': `vulnerability:${osvID}`,
        id: first.id,
        source: { name: first.source, ...(first.url === undefined ? {} : { url: first.url }) },
        ratings: [
          { severity: SEVERITY_NAMES[first.severity], ...(first.score === undefined ? {} : { score: first.score }) },
        ],
        description: first.summary,
        ...(first.fixedVersion === undefined ? {} : { recommendation: `Update to ${first.fixedVersion}.` }),
        affects: [...new Set(matches.flatMap(({ purls }) => purls))].map((ref) => ({ ref })),
      },
    ];
  });
}

/** A UUID of the form whose meaning is the maker's own (RFC 9562, version 8), of a digest's first digits. */
function uuidOf(imageID: string): string {
  const digits = imageID.replace(/^sha256:/, '').padEnd(32, '0');
  const variant = '89ab'[Number.parseInt(digits[16] ?? '0', 16) % 4] ?? '8';
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}
