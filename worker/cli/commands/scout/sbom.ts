import type { ScannedPackage } from '../../../scan/report.ts';
import { writeReport } from '../../scan/report-file.ts';
import { scanImage, type ScannedImage } from '../../scan/scanned-image.ts';
import { CliError, type Command } from '../../command.ts';

export const scoutSbom: Command = {
  path: ['scout', 'sbom'],
  summary: 'Generate or display SBOM of an image',
  usage: ['[IMAGE]'],
  arguments: { least: 0, most: 1 },
  flags: [
    {
      name: 'format',
      kind: 'string',
      help: `Output format:
- list: list of packages of the image
- json: json representation of the SBOM
- spdx: spdx representation of the SBOM
- cyclonedx: cyclone dx representation of the SBOM`,
      default: '"json"',
    },
    {
      name: 'only-package-type',
      kind: 'strings',
      help: `Comma separated list of package types (like apk, deb, rpm, npm, pypi, golang, etc)
Can only be used with --format list`,
    },
    { name: 'output', short: 'o', kind: 'string', help: 'Write the report to a file' },
    { name: 'platform', kind: 'string', help: 'Platform of image to analyze', hidden: true },
  ],
  async run(context, { flags, operands: [given] }) {
    const format = flags.text('format') ?? 'json';
    if (!['list', 'json', 'spdx', 'cyclonedx'].includes(format)) {
      throw new CliError(`ERROR: unknown format "${format}": list, json, spdx or cyclonedx`);
    }
    const types = flags.list('only-package-type');
    if (types.length > 0 && format !== 'list') {
      throw new CliError('ERROR: --only-package-type can only be used with --format list');
    }
    const image = await scanImage(context, given);
    const { packages } = image.report;
    await context.shell.err.write(`    ✓ SBOM obtained from image layers, ${packages.length} packages indexed\n`);
    const text =
      format === 'spdx' || format === 'cyclonedx'
        ? await context.engine.sbom(image.detail.id, format, context.job, () => undefined)
        : format === 'json'
          ? jsonSbom(image)
          : packageList(packages.filter(({ type }) => types.length === 0 || types.includes(type)));
    await writeReport(context, flags.text('output'), text);
    return 0;
  },
};

/** Docker Scout's own form, as far as there is something to tell. */
function jsonSbom({ name, detail, report }: ScannedImage): string {
  const document = {
    artifacts: report.packages.map(({ type, name: packageName, version, purl, license, path, layer }) => ({
      type,
      name: packageName,
      version,
      purl,
      licenses: license === undefined ? [] : [license],
      locations: [{ path, ordinal: layer, diff_id: detail.layers[layer] ?? '' }],
    })),
    source: {
      type: 'image',
      image: {
        name,
        digest: detail.id,
        platform: report.platform,
        ...(report.distribution === undefined
          ? {}
          : { distro: { os_name: report.distribution.id, os_version: report.distribution.versionID } }),
        size: detail.sizeBytes,
      },
    },
    descriptor: { name: 'strata' },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function packageList(packages: readonly ScannedPackage[]): string {
  const widths = (['name', 'version'] as const).map((column) =>
    Math.max(column.length, ...packages.map((one) => one[column].length)),
  );
  const [nameWidth = 0, versionWidth = 0] = widths;
  const line = (name: string, version: string, type: string): string =>
    `  ${name.padEnd(nameWidth)}  ${version.padEnd(versionWidth)}  ${type}\n`;
  const rule = `${'─'.repeat(nameWidth + versionWidth + 12)}\n`;
  return line('Name', 'Version', 'Type') + rule + packages.map((one) => line(one.name, one.version, one.type)).join('');
}
