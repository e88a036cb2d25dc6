import { SILENT } from '../../../base/progress.ts';
import type { ScanReport } from '../../../engine/model.ts';
import { shortId } from '../../format/shorten.ts';
import { writeReport } from '../../scan/report-file.ts';
import { advisoryNote, scanImage, type ScannedImage } from '../../scan/scanned-image.ts';
import { severityCells } from '../../scan/severity-cells.ts';
import { ruledRows } from '../../scan/text-table.ts';
import type { Command } from '../../command.ts';
import type { CliContext } from '../../context.ts';

export const scoutQuickview: Command = {
  path: ['scout', 'quickview'],
  aliases: [['scout', 'qv']],
  summary: 'Quick overview of an image',
  usage: ['[IMAGE]'],
  arguments: { least: 0, most: 1 },
  flags: [
    { name: 'output', short: 'o', kind: 'string', help: 'Write the report to a file' },
    { name: 'platform', kind: 'string', help: 'Platform of image to analyze', hidden: true },
  ],
  async run(context, { flags, operands: [given] }) {
    const image = await scanImage(context, given);
    const { err } = context.shell;
    await err.write(`    ✓ SBOM obtained from image layers, ${image.report.packages.length} packages indexed\n`);
    await err.write(`    i ${advisoryNote(image.report)}\n\n`);
    await writeReport(context, flags.text('output'), await overview(context, image));
    return 0;
  },
};

async function overview(context: CliContext, { name, detail, report }: ScannedImage): Promise<string> {
  const { baseName } = detail;
  const rows = ruledRows([
    ['Target', name, countCells(report)],
    ['  digest', shortId(detail.id)],
    ...(baseName === undefined ? [] : [['Base image', baseName, await baseCells(context, detail.id)]]),
  ]);
  return `${rows.join('\n')}\n\nWhat's next:\n    View vulnerabilities → docker scout cves ${name}\n${secretsLine(report, name)}`;
}

/** The columns bring two blanks of their own. */
const countCells = ({ advisories }: ScanReport): string => severityCells(advisories).slice(3);

/** Empty where the base image is not here any more. */
async function baseCells({ engine, job }: CliContext, image: string): Promise<string> {
  const base = await engine.baseImageOf(image);
  return base === undefined ? '' : countCells(await engine.scan(base, job, SILENT));
}

function secretsLine({ secrets }: ScanReport, name: string): string {
  if (secrets.length === 0) return '';
  const hidden = secrets.filter((secret) => secret.hidden !== undefined).length;
  const recoverable = hidden === 0 ? '' : `, ${hidden} of them deleted later and still in a layer`;
  return `    View ${secrets.length} ${secrets.length === 1 ? 'secret' : 'secrets'} in the image${recoverable} → docker scan ${name}\n`;
}
