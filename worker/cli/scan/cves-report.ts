/** What `docker scout cves` prints: tables, Markdown or SARIF. */
import type { ImageDetail, ScanReport } from '../../engine/model.ts';
import { packageUrl } from '../../scan/purl.ts';
import { SEVERITIES, type AdvisoryMatch } from '../../scan/report.ts';
import { humanSize } from '../format/human-size.ts';
import { shortId } from '../format/shorten.ts';
import { severityCells, severityCounts } from './severity-cells.ts';
import { sarifReport } from './sarif.ts';

export type CvesFormat = 'packages' | 'sarif' | 'markdown';

export interface CvesInput {
  readonly name: string;
  readonly detail: ImageDetail;
  readonly report: ScanReport;
  /** Those that were asked for. */
  readonly advisories: readonly AdvisoryMatch[];
  /** Tell where the packages lie. */
  readonly locations: boolean;
}

export function writeCves(format: CvesFormat, input: CvesInput): string {
  switch (format) {
    case 'packages':
      return packagesReport(input);
    case 'markdown':
      return markdownReport(input);
    case 'sarif':
      return sarifReport(input.advisories, input.name);
  }
}

/** The advisories of each package, those with the worst first. */
function byPackage(advisories: readonly AdvisoryMatch[]): readonly (readonly AdvisoryMatch[])[] {
  const groups = new Map<string, AdvisoryMatch[]>();
  for (const match of advisories) {
    const { type, name, version } = match.subject;
    const key = `${type} ${name} ${version}`;
    groups.set(key, [...(groups.get(key) ?? []), match]);
  }
  return [...groups.values()];
}

const HEADING_COLUMNS = 20;
const CELL_COLUMNS = 30;

function overviewTable({ name, detail, report, advisories }: CvesInput): string {
  const rows: readonly (readonly [string, string])[] = [
    ['  Target', `  ${name}`],
    ['    digest', `  ${shortId(detail.id)}`],
    ['    platform', ` ${report.platform}`],
    ['    vulnerabilities', ` ${severityCells(advisories).slice(1)}`],
    ['    size', ` ${humanSize(detail.sizeBytes, 2).replace(/(\d)([a-zA-Z])/, '$1 $2')}`],
    ['    packages', ` ${report.packages.length}`],
  ];
  const width = Math.max(CELL_COLUMNS, ...rows.map(([, value]) => value.length + 2));
  const title = 'Analyzed Image';
  const left = Math.floor((width - title.length) / 2);
  return [
    `${' '.repeat(HEADING_COLUMNS)}│${' '.repeat(left)}${title}${' '.repeat(width - left - title.length)}`,
    `${'─'.repeat(HEADING_COLUMNS)}┼${'─'.repeat(width)}`,
    ...rows.map(([heading, value]) => `${heading.padEnd(HEADING_COLUMNS)}│${value.padEnd(width)}`),
  ].join('\n');
}

function packagesReport(input: CvesInput): string {
  const groups = byPackage(input.advisories);
  return [
    `\n## Overview\n\n${overviewTable(input)}\n\n\n## Packages and Vulnerabilities\n`,
    ...(groups.length === 0
      ? ['  No vulnerable packages detected\n']
      : groups.map((group) => packageBlock(group, input))),
    totals(input.advisories, groups.length),
  ].join('\n');
}

function packageBlock(matches: readonly AdvisoryMatch[], input: CvesInput): string {
  const [first] = matches;
  if (first === undefined) return '';
  const { name, version } = first.subject;
  return [
    `${severityCells(matches).slice(2)}  ${name} ${version}`,
    subjectUrl(first, input.report),
    ...(input.locations ? locationLines(first, input) : []),
    '',
    ...matches.flatMap((match) => [
      `    ✗ ${match.severity.toUpperCase()} ${match.id} [${match.summary}]`,
      ...(match.url === undefined ? [] : [`      ${match.url}`]),
      `      Affected range : ${match.affectedRange}`,
      `      Fixed version  : ${match.fixedVersion ?? 'not fixed'}`,
      ...(match.score === undefined ? [] : [`      CVSS Score     : ${match.score}`]),
      '',
    ]),
  ].join('\n');
}

function subjectUrl({ subject: { type, name, version } }: AdvisoryMatch, { distribution }: ScanReport): string {
  const scoped = /^(@[^/]+)\/(.+)$/.exec(name);
  if (scoped !== null) return packageUrl({ type, namespace: scoped[1] ?? '', name: scoped[2] ?? '', version });
  if (type === 'npm' || type === 'pypi' || distribution === undefined) return packageUrl({ type, name, version });
  const qualifiers = { os_name: distribution.id, os_version: distribution.versionID };
  return packageUrl({ type, namespace: distribution.id, name, version, qualifiers });
}

function locationLines({ purls }: AdvisoryMatch, { report, detail }: CvesInput): readonly string[] {
  return report.packages
    .filter(({ purl }) => purls.includes(purl))
    .map(({ name, path, layer }) => `  ${name}: ${path} (layer ${layer + 1}, ${detail.layers[layer] ?? ''})`);
}

function totals(advisories: readonly AdvisoryMatch[], packages: number): string {
  const counts = [...severityCounts(advisories)].filter(([severity, count]) => severity !== 'unspecified' || count > 0);
  const found = `${advisories.length} ${advisories.length === 1 ? 'vulnerability' : 'vulnerabilities'}`;
  const where = `${packages} ${packages === 1 ? 'package' : 'packages'}`;
  const rows = counts.map(([severity, count]) => `  ${severity.toUpperCase().padEnd(11)} ${count}`);
  return `\n${found} found in ${where}\n${rows.join('\n')}\n`;
}

function markdownReport({ name, advisories }: CvesInput): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const ordered = [...advisories].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  return [
    `# Vulnerabilities of ${name}\n`,
    '| Severity | ID | Package | Installed | Fixed | Summary |',
    '| --- | --- | --- | --- | --- | --- |',
    ...ordered.map(({ severity, id, url, subject, fixedVersion, summary }) =>
      [
        '',
        severity,
        url === undefined ? id : `[${id}](${url})`,
        cell(subject.name),
        cell(subject.version),
        fixedVersion ?? 'not fixed',
        cell(summary),
        '',
      ]
        .join(' | ')
        .trim(),
    ),
    '',
  ].join('\n');
}
