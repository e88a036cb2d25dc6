/** A software bill of materials in SPDX 2.3's JSON (spdx.github.io/spdx-spec/v2.3). */
import { licenseExpression } from './license-expression.ts';
import type { SbomInput } from './sbom-input.ts';
import type { ScannedPackage } from '../report.ts';

const IMAGE = 'SPDXRef-Image';

/** Equal inputs give equal documents: IDs come of the image's digest and the packages' places in the list. */
export function spdxDocument({ contents, name, createdMs }: SbomInput): string {
  const { imageID, packages, platform } = contents;
  const digest = imageID.replace(/^sha256:/, '');
  const refs = packages.map((one, index) => `SPDXRef-Package-${one.type}-${index + 1}`);
  const document = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name,
    documentNamespace: `https://spdx.org/spdxdocs/strata-${digest}`,
    creationInfo: { created: spdxTime(createdMs), creators: ['Tool: Strata'] },
    documentDescribes: [IMAGE],
    packages: [
      {
        SPDXID: IMAGE,
        name,
        versionInfo: imageID,
        downloadLocation: 'NOASSERTION',
        filesAnalyzed: false,
        licenseConcluded: 'NOASSERTION',
        licenseDeclared: 'NOASSERTION',
        copyrightText: 'NOASSERTION',
        primaryPackagePurpose: 'CONTAINER',
        comment: `An image for ${platform}; versionInfo is its ID, the digest of its configuration.`,
      },
      ...packages.map((one, index) => packageEntry(one, refs[index] ?? '')),
    ],
    relationships: [
      { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: IMAGE },
      ...refs.map((ref) => ({ spdxElementId: IMAGE, relationshipType: 'CONTAINS', relatedSpdxElement: ref })),
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function packageEntry({ name, version, purl, license, path, layer }: ScannedPackage, ref: string) {
  const expression = licenseExpression(license);
  return {
    SPDXID: ref,
    name,
    versionInfo: version,
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    sourceInfo: `named by ${path}, brought by layer ${layer + 1}`,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: expression ?? 'NOASSERTION',
    ...(license === undefined || expression !== undefined ? {} : { licenseComments: license }),
    copyrightText: 'NOASSERTION',
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }],
  };
}

/** SPDX's times have no fractions. */
function spdxTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
