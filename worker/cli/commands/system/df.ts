import type { DiskUsage } from '../../../engine/docker/api.ts';
import type { Command } from '../../command.ts';
import type { CliContext } from '../../context.ts';
import { humanSize } from '../../format/human-size.ts';
import { LIST_FORMAT_HELP } from '../../help-texts.ts';
import { listingRow, printListing } from '../../listing-output.ts';
import type { GoValue } from '../../template/go-value.ts';
import { formatDetails, printDetails } from './df-details.ts';

const TABLE = 'table {{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}';
const HEADERS: ReadonlyMap<string, string> = new Map([
  ['Type', 'TYPE'],
  ['TotalCount', 'TOTAL'],
  ['Active', 'ACTIVE'],
  ['Size', 'SIZE'],
  ['Reclaimable', 'RECLAIMABLE'],
]);
/** States of containers that count as active. */
const ACTIVE_STATES = ['running', 'paused', 'restarting'];

export const systemDf: Command = {
  path: ['system', 'df'],
  summary: 'Show docker disk usage',
  usage: ['[OPTIONS]'],
  arguments: { least: 0, most: 0 },
  flags: [
    { name: 'format', kind: 'string', help: LIST_FORMAT_HELP },
    { name: 'verbose', short: 'v', kind: 'bool', help: 'Show detailed information on space usage' },
  ],
  async run(context, { flags }) {
    const usage = await context.docker.system.diskUsage();
    const format = flags.text('format') ?? 'table';
    const counted = withContainerCounts(usage);
    const plain = format === 'table' || format === '';
    if (!flags.bool('verbose')) await printSummary(context, counted, plain ? TABLE : format);
    else if (plain) await printDetails(context, counted);
    else await context.shell.out.write(formatDetails(context, counted, format));
    return 0;
  },
};

/** Images with the number of containers that use them. */
function withContainerCounts(usage: DiskUsage): DiskUsage {
  const counts = new Map<string, number>();
  for (const { ImageID } of usage.containers) counts.set(ImageID, (counts.get(ImageID) ?? 0) + 1);
  return { ...usage, images: usage.images.map((image) => ({ ...image, Containers: counts.get(image.Id) ?? 0 })) };
}

/** A line of the summary. */
interface Summary {
  /** What Go calls the row, in errors of templates. */
  readonly goType: string;
  readonly type: string;
  readonly count: number;
  readonly active: number;
  readonly bytes: number;
  readonly reclaimableBytes: number;
  /** Shown with the part of all that can be had back. */
  readonly percentage: boolean;
}

async function printSummary(context: CliContext, usage: DiskUsage, format: string): Promise<void> {
  const rows = [imageSummary(usage), containerSummary(usage), volumeSummary(usage), cacheSummary(usage)];
  await printListing(context, { format, headers: HEADERS, rows: rows.map(summaryRow) });
}

function summaryRow({ goType, type, count, active, bytes, reclaimableBytes, percentage }: Summary): GoValue {
  const part = percentage && bytes > 0 ? ` (${Math.trunc((reclaimableBytes * 100) / bytes)}%)` : '';
  return listingRow(goType, {
    Type: type,
    TotalCount: String(count),
    Active: String(active),
    Size: humanSize(bytes),
    Reclaimable: `${humanSize(reclaimableBytes)}${part}`,
  });
}

const total = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);

function imageSummary({ images, layersBytes }: DiskUsage): Summary {
  const used = images.filter(({ Containers }) => Containers > 0);
  const usedBytes = total(used.map(({ Size, SharedSize }) => Size - Math.max(0, SharedSize)));
  return {
    goType: 'formatter.diskUsageImagesContext',
    type: 'Images',
    count: images.length,
    active: used.length,
    bytes: layersBytes,
    reclaimableBytes: layersBytes - usedBytes,
    percentage: true,
  };
}

function containerSummary({ containers }: DiskUsage): Summary {
  const idle = containers.filter(({ State }) => !ACTIVE_STATES.includes(State));
  return {
    goType: 'formatter.diskUsageContainersContext',
    type: 'Containers',
    count: containers.length,
    active: containers.length - idle.length,
    bytes: total(containers.map(({ SizeRw = 0 }) => SizeRw)),
    reclaimableBytes: total(idle.map(({ SizeRw = 0 }) => SizeRw)),
    percentage: true,
  };
}

function volumeSummary({ volumes }: DiskUsage): Summary {
  const idle = volumes.filter(({ references }) => references === 0);
  return {
    goType: 'formatter.diskUsageVolumesContext',
    type: 'Local Volumes',
    count: volumes.length,
    active: volumes.length - idle.length,
    bytes: total(volumes.map(({ sizeBytes }) => sizeBytes)),
    reclaimableBytes: total(idle.map(({ sizeBytes }) => sizeBytes)),
    percentage: true,
  };
}

function cacheSummary({ buildCache }: DiskUsage): Summary {
  const bytes = total(buildCache.filter(({ Shared }) => !Shared).map(({ Size }) => Size));
  const used = buildCache.filter(({ InUse }) => InUse);
  return {
    goType: 'formatter.diskUsageBuilderContext',
    type: 'Build Cache',
    count: buildCache.length,
    active: used.length,
    bytes,
    reclaimableBytes: bytes - total(used.filter(({ Shared }) => !Shared).map(({ Size }) => Size)),
    percentage: false,
  };
}
