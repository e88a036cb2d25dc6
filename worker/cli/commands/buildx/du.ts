import type { DiskUsage } from '../../../engine/docker/api.ts';
import { chooseBuilder } from '../../builders/choose.ts';
import { BUILDER_FLAG } from '../../builders/flags.ts';
import type { Command } from '../../command.ts';
import type { CliContext } from '../../context.ts';
import { alignColumns } from '../../format/text-table.ts';
import { humanDuration } from '../../format/human-duration.ts';
import { humanSize } from '../../format/human-size.ts';
import { formatGoTime, goTimeAt } from '../../format/go-time.ts';

export const buildxDu: Command = {
  path: ['buildx', 'du'],
  otherSpellings: [['builder', 'du']],
  summary: 'Disk usage',
  usage: [''],
  arguments: { least: 0, most: 0 },
  buildx: true,
  flags: [
    BUILDER_FLAG,
    { name: 'filter', kind: 'filter', help: 'Provide filter values' },
    { name: 'verbose', kind: 'bool', help: 'Provide a more verbose output' },
  ],
  async run(context, { called, flags }) {
    await chooseBuilder(context, called, flags.text('builder'));
    const { buildCache } = await context.docker.system.diskUsage();
    const { out } = context.shell;
    await out.write(flags.bool('verbose') ? cacheDetails(context, buildCache) : cacheTable(context, buildCache));
    const bytes = buildCache.reduce((sum, { Size }) => sum + Size, 0);
    await out.write(`Reclaimable:\t${humanSize(bytes)}\nTotal:\t\t${humanSize(bytes)}\n`);
    return 0;
  },
};

type CacheRecord = DiskUsage['buildCache'][number];

const lastUsed = ({ clock }: CliContext, { lastUsedMs }: CacheRecord): string =>
  `${humanDuration(clock.nowMs() - lastUsedMs)} ago`;

/** A line for each record, with tabs as buildx leaves them. */
export function cacheTable(context: CliContext, records: readonly CacheRecord[]): string {
  const rows = records.map((record) => `${record.ID}\ttrue\t${humanSize(record.Size)}\t${lastUsed(context, record)}\n`);
  return alignColumns(`ID\tRECLAIMABLE\tSIZE\tLAST ACCESSED\n${rows.join('')}`);
}

function cacheDetails(context: CliContext, records: readonly CacheRecord[]): string {
  return records
    .map((record) =>
      [
        `ID:\t\t${record.ID}`,
        `Created at:\t${formatGoTime(goTimeAt(record.createdMs))}`,
        'Mutable:\tfalse',
        'Reclaimable:\ttrue',
        `Shared:\t\t${String(record.Shared)}`,
        `Size:\t\t${humanSize(record.Size)}`,
        `Description:\t${record.Description}`,
        `Usage count:\t${record.UsageCount}`,
        `Last used:\t${lastUsed(context, record)}`,
        `Type:\t\t${record.Type}`,
        '\n',
      ].join('\n'),
    )
    .join('');
}
