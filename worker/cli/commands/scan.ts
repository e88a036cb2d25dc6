import { jsonScan, textScan } from '../scan/scan-report.ts';
import { advisoryNote, scanImage } from '../scan/scanned-image.ts';
import { SEVERITIES, type AdvisoryMatch } from '../../scan/report.ts';
import { CliError, type Command } from '../command.ts';

const LEVELS = ['low', 'medium', 'high'];

export const scan: Command = {
  path: ['scan'],
  summary: 'Docker Scan',
  description: 'A tool to scan your images: vulnerable packages, secrets in all layers, and what else is weak',
  usage: ['[OPTIONS] IMAGE'],
  arguments: { least: 1, most: 1 },
  flags: [
    { name: 'accept-license', kind: 'bool', help: 'Accept using a third party scanning provider', hidden: true },
    { name: 'exclude-base', kind: 'bool', help: 'Exclude base image from vulnerability scanning' },
    { name: 'json', kind: 'bool', help: 'Output results in JSON format' },
    {
      name: 'severity',
      kind: 'string',
      help: 'Only report vulnerabilities of provided level or higher (low|medium|high)',
    },
  ],
  async run(context, { flags, operands: [given] }) {
    const level = flags.text('severity') ?? 'low';
    if (!LEVELS.includes(level)) throw new CliError(`invalid severity "${level}": low, medium or high`);
    const image = await scanImage(context, given);
    const { detail, report } = image;
    const baseLayers = new Set(
      flags.bool('exclude-base')
        ? detail.stack.flatMap(({ base, layer }) => (base && layer !== undefined ? [layer] : []))
        : [],
    );
    const isOwn = ({ purls }: AdvisoryMatch): boolean =>
      report.packages.some(({ purl, layer }) => purls.includes(purl) && !baseLayers.has(layer));
    const worst = new Set<string>(SEVERITIES.slice(0, SEVERITIES.findIndex((severity) => severity === level) + 1));
    const isShown = (severity: string): boolean =>
      worst.has(severity) || (level === 'low' && severity === 'unspecified');
    const shown = {
      ...image,
      advisories: report.advisories.filter((match) => isShown(match.severity) && isOwn(match)),
      secrets: report.secrets.filter(({ severity }) => isShown(severity)),
      weakSpots: report.weakSpots.filter(({ severity }) => isShown(severity)),
    };
    await context.shell.err.write(`${advisoryNote(report)}\n`);
    await context.shell.out.write(flags.bool('json') ? jsonScan(shown) : textScan(shown));
    return shown.advisories.length + shown.secrets.length > 0 ? 1 : 0;
  },
};
