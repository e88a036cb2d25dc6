/** Containers as rows of a list (docker/cli `formatter.ContainerContext`). */
import type { ContainerListItem } from '../../engine/docker/container-types.ts';
import { formatGoTime, goTimeAt } from '../format/go-time.ts';
import { quoteGo } from '../format/go-quote.ts';
import { humanDuration } from '../format/human-duration.ts';
import { humanSize } from '../format/human-size.ts';
import { ellipsis, shortId } from '../format/shorten.ts';
import { listingRow } from '../listing-output.ts';
import type { GoValue } from '../template/go-value.ts';
import { portsText } from './ports-text.ts';

const TABLE = 'table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}';
const RAW = `container_id: {{.ID}}
image: {{.Image}}
command: {{.Command}}
created_at: {{.CreatedAt}}
state: {{.State}}
status: {{.Status}}
names: {{.Names}}
labels: {{.Labels}}
ports: {{.Ports}}
`;

export const HEADERS: ReadonlyMap<string, string> = new Map([
  ['ID', 'CONTAINER ID'],
  ['Names', 'NAMES'],
  ['Image', 'IMAGE'],
  ['Command', 'COMMAND'],
  ['CreatedAt', 'CREATED AT'],
  ['RunningFor', 'CREATED'],
  ['Ports', 'PORTS'],
  ['State', 'STATE'],
  ['Status', 'STATUS'],
  ['Size', 'SIZE'],
  ['Labels', 'LABELS'],
  ['Mounts', 'MOUNTS'],
  ['LocalVolumes', 'LOCAL VOLUMES'],
  ['Networks', 'NETWORKS'],
  ['Platform', 'PLATFORM'],
]);

const COMMAND_COLUMNS = 20;
const MOUNT_COLUMNS = 15;

/** The template of a `--format`. */
export function listFormat(format: string, quiet: boolean, size: boolean): string {
  if (quiet && format !== 'raw') return '{{.ID}}';
  if (format === '' || format === 'table') return size ? `${TABLE}\t{{.Size}}` : TABLE;
  if (format === 'raw') return quiet ? 'container_id: {{.ID}}' : size ? `${RAW}size: {{.Size}}\n` : RAW;
  return format;
}

export function containerRow(
  item: ContainerListItem,
  { truncate, nowMs, onSize }: { readonly truncate: boolean; readonly nowMs: number; readonly onSize?: () => void },
): GoValue {
  const createdMs = item.Created * 1000;
  const mounts = item.Mounts.map(({ Name, Source }) => (Name === undefined || Name === '' ? Source : Name));
  return listingRow(
    'formatter.ContainerContext',
    {
      ID: truncate ? shortId(item.Id) : item.Id,
      Names: item.Names.map((name) => name.replace(/^\//, '')).join(','),
      Image: imageText(item, truncate),
      Command: quoteGo(truncate ? ellipsis(item.Command, COMMAND_COLUMNS) : item.Command),
      CreatedAt: () => formatGoTime(goTimeAt(createdMs)),
      RunningFor: () => `${humanDuration(nowMs - createdMs)} ago`,
      Ports: () => portsText(item.Ports),
      State: item.State,
      Status: item.Status,
      Size: () => {
        onSize?.();
        return sizeText(item);
      },
      Labels: () => pairs(item.Labels),
      Mounts: mounts.map((mount) => (truncate ? ellipsis(mount, MOUNT_COLUMNS) : mount)).join(','),
      LocalVolumes: String(item.Mounts.filter(({ Type }) => Type === 'volume').length),
      Networks: Object.keys(item.NetworkSettings.Networks).sort().join(','),
      Platform: undefined,
    },
    item.Labels,
  );
}

function imageText({ Image, ImageID }: ContainerListItem, truncate: boolean): string {
  if (Image === '') return '<no image>';
  if (!truncate) return Image;
  if (Image.startsWith('sha256:') || shortId(Image) === shortId(ImageID)) return shortId(ImageID);
  return Image.replace(/(.)@sha256:[0-9a-f]+$/, '$1');
}

function sizeText({ SizeRw = 0, SizeRootFs = 0 }: ContainerListItem): string {
  const written = humanSize(SizeRw, 3);
  return SizeRootFs > 0 ? `${written} (virtual ${humanSize(SizeRootFs, 3)})` : written;
}

function pairs(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(',');
}
