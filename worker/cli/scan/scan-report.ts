/** What `docker scan` prints: the form that Docker's scanner had, with secrets and weak spots told in the same way. */
import type { AdvisoryMatch, WeakSpot, SecretFinding } from '../../scan/report.ts';
import { withoutSecrets } from '../../scan/secrets/config-secrets.ts';
import { ellipsis } from '../format/shorten.ts';
import type { ScannedImage } from './scanned-image.ts';

export interface ScanInput extends ScannedImage {
  readonly advisories: readonly AdvisoryMatch[];
  readonly secrets: readonly SecretFinding[];
  readonly weakSpots: readonly WeakSpot[];
}

/** Of an instruction, at most. */
const INSTRUCTION_COLUMNS = 60;
const MANAGERS: Readonly<Record<string, string>> = { deb: 'deb', apk: 'apk', npm: 'npm', pypi: 'pip' };

export function textScan(input: ScanInput): string {
  const { name, report, advisories, secrets, weakSpots } = input;
  const managers = [...new Set(report.packages.map(({ type }) => MANAGERS[type] ?? type))];
  return [
    `\nTesting ${name}...\n`,
    // the worst stand last, where a terminal shows them
    ...[...weakSpots].reverse().map(weakSpotBlock),
    ...[...advisories].reverse().map(advisoryBlock),
    ...[...secrets].reverse().map((secret) => secretBlock(secret, input)),
    `\nPackage manager:   ${managers.join(', ') || 'none'}`,
    `Project name:      docker-image|${name.replace(/:[^:/]*$/, '')}`,
    `Docker image:      ${name}`,
    `Platform:          ${report.platform}`,
    ...(input.detail.baseName === undefined ? [] : [`Base image:        ${input.detail.baseName}`]),
    `\n${totals(input)}\n`,
  ].join('\n');
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const level = (severity: string): string => (severity === 'unspecified' ? 'Unknown' : capital(severity));

function advisoryBlock({ severity, subject, summary, url, purls, fixedVersion, id }: AdvisoryMatch): string {
  return [
    `✗ ${level(severity)} severity vulnerability found in ${subject.name}`,
    `  Description: ${summary}`,
    `  Info: ${url ?? id}`,
    `  Introduced through: ${purls.map(shortPackage).join(', ')}`,
    fixedVersion === undefined ? '  Fixed in: not yet' : `  Fixed in: ${fixedVersion}`,
    '',
  ].join('\n');
}

/** `openssl/libssl3@3.5.0-r0` from a package URL. */
function shortPackage(purl: string): string {
  return decodeURIComponent(purl.replace(/^pkg:[^/]+\//, '').replace(/\?.*$/, ''));
}

function secretBlock(
  { severity, title, place, masked, hidden, why, advice }: SecretFinding,
  { detail }: ScanInput,
): string {
  const layerName = (index: number): string => {
    const row = detail.stack.find(({ layer }) => layer === index);
    return `layer ${index + 1}${row === undefined ? '' : ` (${ellipsis(withoutSecrets(row.instruction), INSTRUCTION_COLUMNS)})`}`;
  };
  const where =
    place.kind === 'file'
      ? `${place.path}:${place.line} of ${layerName(place.layer)}`
      : place.kind === 'env'
        ? `ENV ${place.name}`
        : `line ${place.row + 1} of docker history${place.name === '' ? '' : `, ${place.name}`}`;
  return [
    `✗ ${level(severity)} severity secret found: ${title}`,
    `  Where: ${where}`,
    `  Secret: ${masked}`,
    ...(hidden === undefined
      ? []
      : [`  Still recoverable: ${layerName(hidden.by)} has it ${hidden.how}, the layer below keeps it`]),
    `  Why: ${why}`,
    `  What to do: ${advice}`,
    '',
  ].join('\n');
}

function weakSpotBlock({ severity, title, path, layer, why, advice }: WeakSpot): string {
  return [
    `✗ ${level(severity)} severity issue: ${title}`,
    ...(path === undefined ? [] : [`  Where: ${path}${layer === undefined ? '' : ` of layer ${layer + 1}`}`]),
    `  Why: ${why}`,
    `  What to do: ${advice}`,
    '',
  ].join('\n');
}

function totals({ report, advisories, secrets, weakSpots }: ScanInput): string {
  const tested = `Tested ${report.packages.length} dependencies for known issues`;
  const found = advisories.length === 0 ? 'no vulnerable paths found.' : `found ${advisories.length} issues.`;
  const beside = [
    secrets.length === 0 ? '' : `${secrets.length} ${secrets.length === 1 ? 'secret' : 'secrets'}`,
    weakSpots.length === 0 ? '' : `${weakSpots.length} weak ${weakSpots.length === 1 ? 'spot' : 'spots'}`,
  ].filter((part) => part !== '');
  return `${advisories.length === 0 ? '✓ ' : ''}${tested}, ${found}${beside.length === 0 ? '' : ` Beside them: ${beside.join(', ')}.`}`;
}

/** For programs: the fields of Docker's scanner that can be told. */
export function jsonScan({ name, report, advisories, secrets, weakSpots }: ScanInput): string {
  const document = {
    vulnerabilities: advisories.map(({ id, severity, summary, subject, fixedVersion, purls, score }) => ({
      id,
      title: summary,
      severity,
      packageName: subject.name,
      version: subject.version,
      from: purls,
      ...(score === undefined ? {} : { cvssScore: score }),
      fixedIn: fixedVersion === undefined ? [] : [fixedVersion],
    })),
    secrets,
    weakSpots,
    ok: advisories.length + secrets.length === 0,
    dependencyCount: report.packages.length,
    uniqueCount: advisories.length,
    path: name,
    platform: report.platform,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
