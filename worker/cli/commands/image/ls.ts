import type { ImageListItem } from '../../../engine/docker/image-types.ts';
import { familiarName, parseReference } from '../../../oci/reference.ts';
import { clientSettings } from '../../client-config.ts';
import { CliError, type Command } from '../../command.ts';
import type { Flags } from '../../flags.ts';
import { printTree, TREE_FEATURE } from './tree-view.ts';
import type { CliContext } from '../../context.ts';
import { addFilter, gatherFilters } from '../../filters.ts';
import { humanDuration } from '../../format/human-duration.ts';
import { humanSize } from '../../format/human-size.ts';
import { shortId } from '../../format/shorten.ts';
import { formatGoTime, goTimeAt } from '../../format/go-time.ts';
import { LIST_FORMAT_HELP } from '../../help-texts.ts';
import { listingRow, printListing } from '../../listing-output.ts';
import type { GoValue } from '../../template/go-value.ts';

const CREATED = '{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}';
const TABLE = `table {{.Repository}}\t{{.Tag}}\t{{.ID}}\t${CREATED}\t{{.Size}}`;
const DIGESTS_TABLE = `table {{.Repository}}\t{{.Tag}}\t{{.Digest}}\t{{.ID}}\t${CREATED}\t{{.Size}}`;
const RAW = `repository: {{.Repository}}
tag: {{.Tag}}
image_id: {{.ID}}
created_at: {{.CreatedAt}}
virtual_size: {{.Size}}
`;
const RAW_DIGESTS = RAW.replace('image_id', 'digest: {{.Digest}}\nimage_id');

export const HEADERS: ReadonlyMap<string, string> = new Map([
  ['ID', 'IMAGE ID'],
  ['Repository', 'REPOSITORY'],
  ['Tag', 'TAG'],
  ['Digest', 'DIGEST'],
  ['CreatedSince', 'CREATED'],
  ['CreatedAt', 'CREATED AT'],
  ['Size', 'SIZE'],
  ['Containers', 'CONTAINERS'],
  ['VirtualSize', 'SIZE'],
  ['SharedSize', 'SHARED SIZE'],
  ['UniqueSize', 'UNIQUE SIZE'],
]);

const TREE_REFUSED = '"--tree" requires API version 1.47, but the Docker daemon API version is 1.45';
/** Go's zero time in seconds: an image without a time. */
const NO_TIME = -62135596800;
const NONE = '<none>';

export const imageLs: Command = {
  path: ['image', 'ls'],
  aliases: [['image', 'list'], ['images']],
  summary: 'List images',
  usage: ['[OPTIONS] [REPOSITORY[:TAG]]'],
  arguments: { least: 0, most: 1 },
  flags: [
    { name: 'all', short: 'a', kind: 'bool', help: 'Show all images', default: 'hides intermediate images' },
    { name: 'digests', kind: 'bool', help: 'Show digests' },
    { name: 'filter', short: 'f', kind: 'filter', help: 'Filter output based on conditions provided' },
    { name: 'format', kind: 'string', help: LIST_FORMAT_HELP },
    { name: 'no-trunc', kind: 'bool', help: "Don't truncate output" },
    { name: 'quiet', short: 'q', kind: 'bool', help: 'Only show image IDs' },
    { name: 'tree', kind: 'bool', help: 'List multi-platform images as a tree', hidden: true },
  ],
  async run(context, { flags, operands: [repository] }) {
    const filters = gatherFilters(flags.list('filter'));
    if (repository !== undefined) addFilter(filters, 'reference', repository);
    const { features, formats } = await clientSettings(context);
    const isTree = features[TREE_FEATURE] === 'true' || context.listsImagesAsTree?.() === true;
    const expanded = flags.bool('tree');
    if (expanded && !isTree) throw new CliError(TREE_REFUSED);
    const all = flags.bool('all');
    const quiet = flags.bool('quiet');
    const format = flags.text('format') ?? (quiet ? '' : (formats['images'] ?? ''));
    if (isTree && format === '' && !quiet && !flags.bool('no-trunc') && !flags.bool('digests')) {
      const images = await context.docker.images.list({ all, filters, manifests: true });
      await printTree(context, images, { untagged: all || filters.has('dangling'), expanded });
    } else {
      await printTable(context, flags, format, await context.docker.images.list({ all, filters }));
    }
    return 0;
  },
};

async function printTable(
  context: CliContext,
  flags: Flags,
  asked: string,
  images: readonly ImageListItem[],
): Promise<void> {
  const digests = flags.bool('digests');
  const format = listFormat(asked, flags.bool('quiet'), digests);
  const options = {
    digests: digests || format.includes('{{.Digest}}'),
    digestRows: digests,
    truncate: !flags.bool('no-trunc'),
  };
  const rows = images.flatMap((image) => imageRows(context, image, options));
  await printListing(context, { format, headers: HEADERS, rows });
}

function listFormat(format: string, quiet: boolean, digests: boolean): string {
  if (format === 'table' || format === '') return quiet ? '{{.ID}}' : digests ? DIGESTS_TABLE : TABLE;
  if (format === 'raw') return quiet ? 'image_id: {{.ID}}' : digests ? RAW_DIGESTS : RAW;
  return format.startsWith('table') && digests && !format.includes('{{.Digest}}') ? `${format}\t{{.Digest}}` : format;
}

interface RowOptions {
  /** Digests are asked for: a tag has a row for each. */
  readonly digests: boolean;
  /** Digests without a tag have rows of their own, told in full. */
  readonly digestRows: boolean;
  readonly truncate: boolean;
}

/** A row for each name of an image. */
function imageRows(context: CliContext, image: ImageListItem, options: RowOptions): GoValue[] {
  const row = (repository: string, tag: string, digest: string): GoValue =>
    imageRow(context, image, { repository, tag, digest, truncate: options.truncate });
  if (image.RepoTags.length === 0 && image.RepoDigests.length === 0) return [row(NONE, NONE, NONE)];
  const tags = byRepository(image.RepoTags);
  const digests = byRepository(image.RepoDigests);
  const rows: GoValue[] = [];
  for (const [repository, own] of tags) {
    const known = options.digests ? (digests.get(repository) ?? []) : [];
    for (const tag of own) {
      for (const digest of known.length === 0 ? [NONE] : known) rows.push(row(repository, tag, digest));
    }
  }
  for (const [repository, known] of digests) {
    if (tags.has(repository)) continue;
    for (const digest of options.digestRows ? known : ['']) rows.push(row(repository, NONE, digest));
  }
  return rows;
}

/** Tags or digests by the repository they are of. */
function byRepository(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const name of names) {
    const reference = parseReference(name);
    const repository = familiarName(reference);
    found.set(repository, [...(found.get(repository) ?? []), reference.digest ?? reference.tag ?? 'latest']);
  }
  return found;
}

/** One row, under the name it is shown by. */
export function imageRow(
  context: CliContext,
  image: ImageListItem,
  shown: { repository: string; tag: string; digest: string; truncate: boolean },
): GoValue {
  const amount = (value: number, text: () => string): string => (value === -1 ? 'N/A' : text());
  const size = humanSize(image.Size, 3);
  return listingRow('formatter.imageContext', {
    ID: shown.truncate ? shortId(image.Id) : image.Id,
    Repository: shown.repository,
    Tag: shown.tag,
    Digest: shown.digest,
    CreatedSince: () =>
      image.Created === NO_TIME ? '' : `${humanDuration(context.clock.nowMs() - image.Created * 1000)} ago`,
    CreatedAt: () => formatGoTime(goTimeAt(image.Created * 1000)),
    Size: size,
    Containers: amount(image.Containers, () => String(image.Containers)),
    VirtualSize: () => humanSize(image.Size),
    SharedSize: amount(image.SharedSize, () => humanSize(image.SharedSize)),
    UniqueSize: amount(image.SharedSize, () => humanSize(image.Size - image.SharedSize)),
  });
}
