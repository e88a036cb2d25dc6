import { listSetting } from '../../client-config.ts';
import type { Command } from '../../command.ts';
import type { GoValue } from '../../template/go-value.ts';
import type { Volume } from '../../../engine/docker/api.ts';
import { LIST_FORMAT_HELP } from '../../help-texts.ts';
import { gatherFilters } from '../../filters.ts';
import { listingRow, printListing } from '../../listing-output.ts';

const HEADERS: ReadonlyMap<string, string> = new Map([
  ['Name', 'VOLUME NAME'],
  ['Driver', 'DRIVER'],
  ['Scope', 'SCOPE'],
  ['Mountpoint', 'MOUNTPOINT'],
  ['Labels', 'LABELS'],
  ['Links', 'LINKS'],
  ['Size', 'SIZE'],
  ['Availability', 'AVAILABILITY'],
  ['Group', 'GROUP'],
  ['Status', 'STATUS'],
]);

export const volumeLs: Command = {
  path: ['volume', 'ls'],
  aliases: [['volume', 'list']],
  summary: 'List volumes',
  usage: ['[OPTIONS]'],
  arguments: { least: 0, most: 0 },
  flags: [
    { name: 'filter', short: 'f', kind: 'filter', help: 'Provide filter values (e.g. "dangling=true")' },
    { name: 'format', kind: 'string', help: LIST_FORMAT_HELP },
    { name: 'quiet', short: 'q', kind: 'bool', help: 'Only display volume names' },
  ],
  async run(context, { flags }) {
    const given = flags.text('format') ?? (await listSetting(context, 'volumes'));
    const quiet = flags.bool('quiet');
    const volumes = await context.docker.volumes.list(gatherFilters(flags.list('filter')));
    const rows = [...volumes].sort((a, b) => (a.Name < b.Name ? -1 : 1)).map(volumeRow);
    await printListing(context, { format: listFormat(given, quiet), headers: HEADERS, rows });
    return 0;
  },
};

function listFormat(format: string, quiet: boolean): string {
  if (format === '' || format === 'table') return quiet ? '{{.Name}}' : 'table {{.Driver}}\t{{.Name}}';
  return format === 'raw' ? 'name: {{.Name}}\ndriver: {{.Driver}}\n' : format;
}

function volumeRow({ Name, Driver, Scope, Mountpoint, Labels }: Volume): GoValue {
  const labels = Labels ?? {};
  const text = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return listingRow(
    'formatter.volumeContext',
    {
      Name,
      Driver,
      Scope,
      Mountpoint,
      Labels: text.join(','),
      Links: 'N/A',
      Size: 'N/A',
      Availability: 'N/A',
      Group: 'N/A',
      Status: 'N/A',
    },
    labels,
  );
}
