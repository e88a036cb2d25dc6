/** `docker system df -v`: every object with what it takes. */
import type { DiskUsage } from '../../../engine/docker/api.ts';
import type { CliContext } from '../../context.ts';
import { humanDuration } from '../../format/human-duration.ts';
import { humanSize } from '../../format/human-size.ts';
import { ellipsis, shortId } from '../../format/shorten.ts';
import { listingRow, printListing } from '../../listing-output.ts';
import { HEADERS as IMAGE_HEADERS, imageRows } from '../image/ls.ts';

const COMMAND_COLUMNS = 20;
const CACHE_ID_LENGTH = 12;
const IMAGES =
  'table {{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}\t{{.Size}}\t{{.SharedSize}}\t{{.UniqueSize}}\t{{.Containers}}';
const CONTAINERS =
  'table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.LocalVolumes}}\t{{.Size}}\t{{.RunningFor}}\t{{.Status}}\t{{.Names}}';
const VOLUMES = 'table {{.Name}}\t{{.Links}}\t{{.Size}}';
const CACHE =
  'table {{.ID}}\t{{.CacheType}}\t{{.Size}}\t{{.CreatedSince}}\t{{.LastUsedSince}}\t{{.UsageCount}}\t{{.Shared}}';

const CONTAINER_HEADERS: ReadonlyMap<string, string> = new Map([
  ['ID', 'CONTAINER ID'],
  ['Image', 'IMAGE'],
  ['Command', 'COMMAND'],
  ['LocalVolumes', 'LOCAL VOLUMES'],
  ['Size', 'SIZE'],
  ['RunningFor', 'CREATED'],
  ['Status', 'STATUS'],
  ['Names', 'NAMES'],
]);
const VOLUME_HEADERS: ReadonlyMap<string, string> = new Map([
  ['Name', 'VOLUME NAME'],
  ['Links', 'LINKS'],
  ['Size', 'SIZE'],
]);
const CACHE_HEADERS: ReadonlyMap<string, string> = new Map([
  ['ID', 'CACHE ID'],
  ['CacheType', 'CACHE TYPE'],
  ['Size', 'SIZE'],
  ['CreatedSince', 'CREATED'],
  ['LastUsedSince', 'LAST USED'],
  ['UsageCount', 'USAGE'],
  ['Shared', 'SHARED'],
]);

/** Prints the four tables. */
export async function printDetails(context: CliContext, usage: DiskUsage): Promise<void> {
  const { out } = context.shell;
  await out.write('Images space usage:\n\n');
  const shown = { digests: false, digestRows: false, truncate: true };
  const images = usage.images.flatMap((image) => imageRows(context, image, shown));
  await printListing(context, { format: IMAGES, headers: IMAGE_HEADERS, rows: images });
  await out.write('\nContainers space usage:\n\n');
  await printListing(context, {
    format: CONTAINERS,
    headers: CONTAINER_HEADERS,
    rows: usage.containers.map((container) => containerRow(context, container)),
  });
  await out.write('\nLocal Volumes space usage:\n\n');
  await printListing(context, {
    format: VOLUMES,
    headers: VOLUME_HEADERS,
    rows: usage.volumes.map(({ Name, references, sizeBytes }) =>
      listingRow('formatter.diskUsageVolumesContext', {
        Name,
        Links: String(references),
        Size: humanSize(sizeBytes),
      }),
    ),
  });
  const cacheBytes = usage.buildCache.reduce((sum, { Shared, Size }) => sum + (Shared ? 0 : Size), 0);
  await out.write(`\nBuild cache usage: ${humanSize(cacheBytes)}\n\n`);
  await printListing(context, {
    format: CACHE,
    headers: CACHE_HEADERS,
    rows: usage.buildCache.map((record) => cacheRow(context, record)),
  });
}

const ago = ({ clock }: CliContext, timeMs: number): string => `${humanDuration(clock.nowMs() - timeMs)} ago`;

function containerRow(context: CliContext, container: DiskUsage['containers'][number]) {
  const volumes = container.Mounts.filter(({ Type }) => Type === 'volume').length;
  return listingRow('formatter.ContainerContext', {
    ID: shortId(container.Id),
    Image: container.Image.startsWith('sha256:') ? shortId(container.Image) : container.Image,
    Command: JSON.stringify(ellipsis(container.Command, COMMAND_COLUMNS)),
    LocalVolumes: String(volumes),
    Size: humanSize(container.SizeRw ?? 0, 3),
    RunningFor: ago(context, container.Created * 1000),
    Status: container.Status,
    Names: container.Names.map((name) => name.replace(/^\//, '')).join(','),
  });
}

function cacheRow(context: CliContext, record: DiskUsage['buildCache'][number]) {
  return listingRow('formatter.buildCacheContext', {
    ID: record.ID.slice(0, CACHE_ID_LENGTH),
    CacheType: record.Type,
    Size: humanSize(record.Size, 3),
    CreatedSince: ago(context, record.createdMs),
    LastUsedSince: ago(context, record.lastUsedMs),
    UsageCount: String(record.UsageCount),
    Shared: String(record.Shared),
  });
}
