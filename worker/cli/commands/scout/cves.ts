import { writeCves, type CvesFormat } from '../../scan/cves-report.ts';
import { writeReport } from '../../scan/report-file.ts';
import { advisoryNote, scanImage, type ScannedImage } from '../../scan/scanned-image.ts';
import { SEVERITIES, type AdvisoryMatch } from '../../../scan/report.ts';
import { CliError, type Command } from '../../command.ts';
import type { Flags } from '../../flags.ts';

/** Status with `--exit-code` where there is a vulnerability. */
const VULNERABLE = 2;

export const scoutCves: Command = {
  path: ['scout', 'cves'],
  summary: 'Display CVEs identified in a software artifact',
  usage: ['[OPTIONS] [IMAGE]'],
  arguments: { least: 0, most: 1 },
  flags: [
    { name: 'exit-code', short: 'e', kind: 'bool', help: "Return exit code '2' if vulnerabilities are detected" },
    {
      name: 'format',
      kind: 'string',
      help: `Output format of the generated vulnerability report:
- packages: default output, plain text with vulnerabilities grouped by packages
- sarif: json Sarif output
- spdx: json SPDX output
- markdown: markdown output`,
      default: '"packages"',
    },
    { name: 'ignore-base', kind: 'bool', help: 'Filter out CVEs introduced from base image' },
    { name: 'locations', kind: 'bool', help: 'Print package locations including file paths and layer diff_id' },
    {
      name: 'only-cve-id',
      kind: 'strings',
      help: 'Comma separated list of CVE ids (like CVE-2021-45105) to search for',
    },
    { name: 'only-fixed', kind: 'bool', help: 'Filter to fixable CVEs' },
    {
      name: 'only-package-type',
      kind: 'strings',
      help: 'Comma separated list of package types (like apk, deb, rpm, npm, pypi, golang, etc)',
    },
    {
      name: 'only-severity',
      kind: 'strings',
      help: 'Comma separated list of severities (critical, high, medium, low, unspecified) to filter CVEs by',
    },
    { name: 'only-unfixed', kind: 'bool', help: 'Filter to unfixed CVEs' },
    { name: 'output', short: 'o', kind: 'string', help: 'Write the report to a file' },
    { name: 'platform', kind: 'string', help: 'Platform of image to analyze', hidden: true },
  ],
  async run(context, { flags, operands: [given] }) {
    const format = formatOf(flags.text('format') ?? 'packages');
    const severities = flags.list('only-severity').map((name) => name.toLowerCase());
    const unknown = severities.find((name) => !SEVERITIES.some((known) => known === name));
    if (unknown !== undefined) throw new CliError(`ERROR: invalid severity "${unknown}"`);
    const image = await scanImage(context, given);
    const advisories = image.report.advisories.filter((match) => isWanted(match, image, flags, severities));
    const { err } = context.shell;
    await err.write(`    ✓ SBOM obtained from image layers, ${image.report.packages.length} packages indexed\n`);
    await err.write(`    ${detectedLine(advisories)}\n    i ${advisoryNote(image.report)}\n\n`);
    const text =
      format === 'spdx'
        ? await context.engine.sbom(image.detail.id, 'spdx', context.job, () => undefined)
        : writeCves(format, { ...image, advisories, locations: flags.bool('locations') });
    await writeReport(context, flags.text('output'), text);
    return flags.bool('exit-code') && advisories.length > 0 ? VULNERABLE : 0;
  },
};

function formatOf(name: string): CvesFormat | 'spdx' {
  if (name === 'packages' || name === 'sarif' || name === 'markdown' || name === 'spdx') return name;
  throw new CliError(`ERROR: unknown format "${name}": packages, sarif, spdx or markdown`);
}

function isWanted(
  match: AdvisoryMatch,
  { detail, report }: ScannedImage,
  flags: Flags,
  severities: readonly string[],
): boolean {
  const [ids, types] = [flags.list('only-cve-id'), flags.list('only-package-type')];
  if (severities.length > 0 && !severities.includes(match.severity)) return false;
  if (flags.bool('only-fixed') && match.fixedVersion === undefined) return false;
  if (flags.bool('only-unfixed') && match.fixedVersion !== undefined) return false;
  if (ids.length > 0 && !ids.includes(match.id)) return false;
  if (types.length > 0 && !types.includes(match.subject.type)) return false;
  if (!flags.bool('ignore-base')) return true;
  const baseLayers = new Set(detail.stack.flatMap(({ base, layer }) => (base && layer !== undefined ? [layer] : [])));
  return report.packages.some(({ purl, layer }) => match.purls.includes(purl) && !baseLayers.has(layer));
}

function detectedLine(advisories: readonly AdvisoryMatch[]): string {
  if (advisories.length === 0) return '✓ No vulnerable package detected';
  const packages = new Set(advisories.map(({ subject }) => `${subject.type} ${subject.name} ${subject.version}`)).size;
  const word = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
  return `✗ Detected ${word(packages, 'vulnerable package', 'vulnerable packages')} with ${
    advisories.length === 1 ? '1 vulnerability' : `a total of ${advisories.length} vulnerabilities`
  }`;
}
