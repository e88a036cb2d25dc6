import type { ImageHistoryItem } from '../../../engine/docker/image-types.ts';
import type { Command } from '../../command.ts';
import type { CliContext } from '../../context.ts';
import { humanDuration } from '../../format/human-duration.ts';
import { humanSize } from '../../format/human-size.ts';
import { ellipsis, shortId } from '../../format/shorten.ts';
import { LIST_FORMAT_HELP } from '../../help-texts.ts';
import { listingRow, printListing } from '../../listing-output.ts';
import type { GoValue } from '../../template/go-value.ts';

const TABLE =
  'table {{.ID}}\t{{if .CreatedSince}}{{.CreatedSince}}{{else}}N/A{{end}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}';
const PLAIN_TABLE = 'table {{.ID}}\t{{.CreatedAt}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}';
const HEADERS: ReadonlyMap<string, string> = new Map([
  ['ID', 'IMAGE'],
  ['CreatedSince', 'CREATED'],
  ['CreatedAt', 'CREATED AT'],
  ['CreatedBy', 'CREATED BY'],
  ['Size', 'SIZE'],
  ['Comment', 'COMMENT'],
]);
/** Columns a command is cut to. */
const COMMAND_COLUMNS = 45;
const NO_TIME = -62135596800;

export const imageHistory: Command = {
  path: ['image', 'history'],
  aliases: [['history']],
  summary: 'Show the history of an image',
  usage: ['[OPTIONS] IMAGE'],
  arguments: { least: 1, most: 1 },
  flags: [
    { name: 'format', kind: 'string', help: LIST_FORMAT_HELP },
    {
      name: 'human',
      short: 'H',
      kind: 'bool',
      help: 'Print sizes and dates in human readable format',
      default: 'true',
    },
    { name: 'no-trunc', kind: 'bool', help: "Don't truncate output" },
    { name: 'platform', kind: 'string', help: 'Show history for the given platform', hidden: true },
    { name: 'quiet', short: 'q', kind: 'bool', help: 'Only show image IDs' },
  ],
  async run(context, { flags, operands: [name = ''] }) {
    const human = !flags.given('human') || flags.bool('human');
    const format = flags.text('format') ?? 'table';
    const table = flags.bool('quiet') ? '{{.ID}}' : human ? TABLE : PLAIN_TABLE;
    const items = await context.docker.images.history(name);
    await printListing(context, {
      format: format === 'table' || format === '' ? table : format,
      headers: HEADERS,
      rows: items.map((item) => historyRow(context, item, human, !flags.bool('no-trunc'))),
    });
    return 0;
  },
};

function historyRow(context: CliContext, item: ImageHistoryItem, human: boolean, truncate: boolean): GoValue {
  const command = item.CreatedBy.replaceAll('\t', ' ');
  return listingRow('image.historyContext', {
    ID: truncate ? shortId(item.Id) : item.Id,
    CreatedAt: () =>
      item.Created === NO_TIME ? '' : new Date(item.Created * 1000).toISOString().replace('.000Z', 'Z'),
    CreatedSince: () =>
      item.Created === NO_TIME ? '' : `${humanDuration(context.clock.nowMs() - item.Created * 1000)} ago`,
    CreatedBy: truncate ? ellipsis(command, COMMAND_COLUMNS) : command,
    Size: human ? humanSize(item.Size, 3) : String(item.Size),
    Comment: item.Comment,
  });
}
