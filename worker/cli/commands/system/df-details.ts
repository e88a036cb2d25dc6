/** `docker system df -v`: every object with what it takes. */
import { isEngineError } from '../../../base/errors.ts';
import type { DiskUsage } from '../../../engine/docker/api.ts';
import { familiarName, parseReference } from '../../../oci/reference.ts';
import { CliError } from '../../command.ts';
import { containerRow } from '../../container/rows.ts';
import { formatGoTime, goTimeAt } from '../../format/go-time.ts';
import type { CliContext } from '../../context.ts';
import { humanDuration } from '../../format/human-duration.ts';
import { humanSize } from '../../format/human-size.ts';
import { listingRow, printListing } from '../../listing-output.ts';
import { ANY, sliceOf, structField, structType } from '../../template/go-type.ts';
import type { GoValue } from '../../template/go-value.ts';
import { parseTemplate } from '../../template/template.ts';
import { execute } from '../../template/walk.ts';
import { HEADERS as IMAGE_HEADERS, imageRow } from '../image/ls.ts';

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

/** The objects of each kind, as rows of its table. */
interface Rows {
  readonly images: readonly GoValue[];
  readonly containers: readonly GoValue[];
  readonly volumes: readonly GoValue[];
  readonly cache: readonly GoValue[];
}

/** Prints the four tables. */
export async function printDetails(context: CliContext, usage: DiskUsage): Promise<void> {
  const { out } = context.shell;
  const { images, containers, volumes, cache } = detailRows(context, usage, true);
  await out.write('Images space usage:\n\n');
  await printListing(context, { format: IMAGES, headers: IMAGE_HEADERS, rows: images });
  await out.write('\nContainers space usage:\n\n');
  await printListing(context, { format: CONTAINERS, headers: CONTAINER_HEADERS, rows: containers });
  await out.write('\nLocal Volumes space usage:\n\n');
  await printListing(context, { format: VOLUMES, headers: VOLUME_HEADERS, rows: volumes });
  const cacheBytes = usage.buildCache.reduce((sum, { Shared, Size }) => sum + (Shared ? 0 : Size), 0);
  await out.write(`\nBuild cache usage: ${humanSize(cacheBytes)}\n\n`);
  await printListing(context, { format: CACHE, headers: CACHE_HEADERS, rows: cache });
}

const ROW_LIST = sliceOf(ANY);
const DETAILS = structType('*formatter.diskUsageContext', [
  structField('Images', ROW_LIST),
  structField('Containers', ROW_LIST),
  structField('Volumes', ROW_LIST),
  structField('BuildCache', ROW_LIST),
]);

/** The text of a template on all four at once. Throws {@link CliError} for a template that cannot be used. */
export function formatDetails(context: CliContext, usage: DiskUsage, format: string): string {
  const { images, containers, volumes, cache } = detailRows(context, usage, false);
  const list = (items: readonly GoValue[]): GoValue => ({ kind: 'list', type: ROW_LIST, items });
  const fields = new Map([
    ['Images', list(images)],
    ['Containers', list(containers)],
    ['Volumes', list(volumes)],
    ['BuildCache', list(cache)],
  ]);
  try {
    const template = parseTemplate(format === 'json' ? '{{json .}}' : format);
    return execute(template, { kind: 'struct', type: DETAILS, fields, methods: new Map() });
  } catch (error) {
    if (isEngineError(error, 'invalid-argument')) throw new CliError(error.message);
    throw error;
  }
}

function detailRows(context: CliContext, usage: DiskUsage, truncate: boolean): Rows {
  const nowMs = context.clock.nowMs();
  return {
    images: usage.images.map((image) => usedImageRow(context, image, truncate)),
    containers: usage.containers.map((container) => containerRow({ ...container, SizeRootFs: 0 }, { truncate, nowMs })),
    volumes: usage.volumes.map(usedVolumeRow),
    cache: usage.buildCache.map((record) => cacheRow(context, record, truncate)),
  };
}

/** An image has one row, with its first name. */
function usedImageRow(context: CliContext, image: DiskUsage['images'][number], truncate: boolean): GoValue {
  const [name] = image.RepoTags;
  const reference = name === undefined ? undefined : parseReference(name);
  return imageRow(context, image, {
    repository: reference === undefined ? '<none>' : familiarName(reference),
    tag: reference?.tag ?? '<none>',
    digest: '',
    truncate,
  });
}

function usedVolumeRow({
  Name,
  Driver,
  Scope,
  Mountpoint,
  Labels,
  references,
  sizeBytes,
}: DiskUsage['volumes'][number]) {
  const labels = Object.entries(Labels ?? {}).map(([name, value]) => `${name}=${value}`);
  return listingRow(
    'formatter.volumeContext',
    {
      Availability: 'N/A',
      Driver,
      Group: 'N/A',
      Labels: labels.join(','),
      Links: String(references),
      Mountpoint,
      Name,
      Scope,
      Size: humanSize(sizeBytes),
      Status: 'N/A',
    },
    Labels ?? {},
  );
}

const ago = ({ clock }: CliContext, timeMs: number): string => `${humanDuration(clock.nowMs() - timeMs)} ago`;

function cacheRow(context: CliContext, record: DiskUsage['buildCache'][number], truncate: boolean): GoValue {
  return listingRow('formatter.buildCacheContext', {
    ID: truncate ? record.ID.slice(0, CACHE_ID_LENGTH) : record.ID,
    CacheType: record.Type,
    Size: humanSize(record.Size, 3),
    CreatedAt: () => formatGoTime(goTimeAt(record.createdMs)),
    CreatedSince: ago(context, record.createdMs),
    Description: record.Description,
    InUse: String(record.InUse),
    LastUsedAt: () => formatGoTime(goTimeAt(record.lastUsedMs)),
    Parent: '',
    LastUsedSince: ago(context, record.lastUsedMs),
    UsageCount: String(record.UsageCount),
    Shared: String(record.Shared),
  });
}
