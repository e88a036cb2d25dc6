/**
 * `docker images` in the form of Docker 29: a row for each name, with what an image takes on disk and what of it is content as
 * registries have it, and a mark for images that containers use. Where features of config.json ask for it.
 */
import type { ImageListItem } from '../../../engine/docker/image-types.ts';
import { familiarName, familiarReference, parseReference } from '../../../oci/reference.ts';
import type { CliContext } from '../../context.ts';
import { displayWidth } from '../../format/display-width.ts';
import { humanSize } from '../../format/human-size.ts';
import { shortId } from '../../format/shorten.ts';

/** The key of config.json's `features`; its value is a text, as all there are. */
export const TREE_FEATURE = 'images-tree';

const WARNING =
  'WARNING: This output is designed for human readability. For machine-readable output, please use --format.\n';
const UNTAGGED = '<untagged>';
const SPACING = '   ';
/** Names narrower than this cost columns behind them. */
const LEAST_NAME_COLUMNS = 12;
const PRECISION = 3;

const BOLD = '\u001b[1m';
const FAINT = '\u001b[2m';
const CHIP = '\u001b[30;42m';
const PLAIN = '\u001b[0m';

interface Row {
  readonly name: string;
  readonly image: ImageListItem;
  readonly used: boolean;
  /** A platform below the image, told with `--tree`. */
  readonly child: boolean;
}

interface Column {
  readonly title: string;
  readonly width: number;
  readonly right: boolean;
  value(row: Row): string;
}

const COLUMNS: readonly Column[] = [
  { title: 'ID', width: 12, right: false, value: ({ image }) => shortId(image.Id) },
  { title: 'DISK USAGE', width: 10, right: true, value: ({ image }) => humanSize(image.Size, PRECISION) },
  {
    title: 'CONTENT SIZE',
    width: 12,
    right: true,
    value: ({ image }) => humanSize(image.contentBytes ?? 0, PRECISION),
  },
  { title: 'EXTRA', width: 5, right: false, value: ({ used }) => (used ? ' U ' : '') },
];

/** How the view was asked for. */
interface TreeOptions {
  /** Images without a name, too. */
  readonly untagged: boolean;
  /** With the platforms of each. */
  readonly expanded: boolean;
}

/** Prints the view, for a terminal with colours and as wide as that is. */
export async function printTree(
  context: CliContext,
  images: readonly ImageListItem[],
  options: TreeOptions,
): Promise<void> {
  const { shell, terminal, docker } = context;
  const containers = await docker.containers.list({ all: true, filters: new Map(), size: false });
  const used = new Set(containers.map(({ ImageID }) => ImageID));
  const rows = images.flatMap((image) => rowsOf(image, used.has(image.Id), options)).sort(byName);
  const shown = options.expanded ? rows.flatMap((row) => [row, platformOf(row)]) : rows;
  if (terminal === undefined) {
    await shell.out.flush();
    await shell.err.write(WARNING);
  }
  await shell.out.write(viewText(shown, terminal?.columns));
}

function rowsOf(image: ImageListItem, used: boolean, { untagged }: TreeOptions): Row[] {
  const row = (name: string): Row => ({ name, image, used, child: false });
  if (image.RepoTags.length > 0) return image.RepoTags.map((tag) => row(familiarReference(parseReference(tag))));
  if (!untagged) return [];
  const [digest] = image.RepoDigests;
  return [row(digest === undefined ? UNTAGGED : digestName(digest))];
}

function digestName(text: string): string {
  const reference = parseReference(text);
  return `${familiarName(reference)}@${reference.digest ?? ''}`;
}

/** By name, and those without one last. */
function byName(a: Row, b: Row): number {
  const unnamed = Number(a.name === UNTAGGED) - Number(b.name === UNTAGGED);
  return unnamed !== 0 ? unnamed : a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function platformOf({ image, used }: Row): Row {
  return { name: `└─ ${image.platform ?? 'unknown'}`, image, used, child: true };
}

function viewText(rows: readonly Row[], terminalColumns: number | undefined): string {
  const paint = (colour: string, text: string): string =>
    terminalColumns === undefined || text.trim() === '' ? text : `${colour}${text}${PLAIN}`;
  const { columns, nameWidth } = fittingColumns(rows, terminalColumns);
  const cell = ({ width, right }: Column, text: string, colour: string): string => {
    const blanks = ' '.repeat(Math.max(0, width - text.length));
    return right ? blanks + paint(colour, text) : paint(colour, text) + blanks;
  };
  const line = (name: string, colour: string, cells: readonly string[]): string => {
    const cut = displayWidth(name) > nameWidth ? `${name.slice(0, nameWidth - 3)}...` : name;
    const blanks = ' '.repeat(Math.max(0, nameWidth - displayWidth(cut)));
    return `${[paint(colour, cut) + blanks, ...cells].join(SPACING)}\n`;
  };
  const heading = line('IMAGE', BOLD, columns.map((column) => cell(column, column.title, BOLD))); // prettier-ignore
  const body = rows.map((row) => {
    const colour = row.child ? '' : row.name === UNTAGGED ? FAINT : BOLD;
    const cells = columns.map((column) => cell(column, column.value(row), column.title === 'EXTRA' ? CHIP : ''));
    return line(row.name, colour, cells);
  });
  return `${terminalColumns === undefined ? '' : legend(terminalColumns, paint)}${heading}${body.join('')}`;
}

/** As many columns as leave room for the names, which are as wide as the widest of them. */
function fittingColumns(
  rows: readonly Row[],
  terminalColumns = Infinity,
): { readonly columns: readonly Column[]; readonly nameWidth: number } {
  const columns: Column[] = [];
  let left = terminalColumns;
  for (const column of COLUMNS) {
    const taken = column.width + SPACING.length;
    if (left - taken < LEAST_NAME_COLUMNS) break;
    columns.push(column);
    left -= taken;
  }
  const widest = Math.max('IMAGE'.length, ...rows.map(({ name }) => displayWidth(name)));
  return { columns, nameWidth: Math.min(widest, left) };
}

function legend(columns: number, paint: (colour: string, text: string) => string): string {
  const width = displayWidth('i Info →   U  In Use');
  const blanks = ' '.repeat(Math.max(0, columns - width));
  return `${blanks}${paint(BOLD, 'i Info →')}  ${paint(CHIP, ' U ')} In Use\n`;
}
