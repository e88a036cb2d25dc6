import { EngineError } from '../../../base/errors.ts';
import type { Command } from '../../command.ts';
import { gatherFilters } from '../../filters.ts';
import { shortId } from '../../format/shorten.ts';
import { LIST_FORMAT_HELP } from '../../help-texts.ts';
import { listingRow, printListing } from '../../listing-output.ts';
import { NETWORKS, type Network } from '../../networks.ts';

const TABLE = 'table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}';
const HEADERS: ReadonlyMap<string, string> = new Map([
  ['ID', 'NETWORK ID'],
  ['Name', 'NAME'],
  ['Driver', 'DRIVER'],
  ['Scope', 'SCOPE'],
  ['IPv4', 'IPV4'],
  ['IPv6', 'IPV6'],
  ['Internal', 'INTERNAL'],
  ['Labels', 'LABELS'],
  ['CreatedAt', 'CREATED AT'],
]);

/** What a network has for each filter; the empty list for what none here has. */
const FILTERED: Readonly<Record<string, (network: Network, value: string) => boolean>> = {
  driver: ({ driver }, value) => driver === value,
  id: ({ id }, value) => id.startsWith(value),
  label: () => false,
  name: ({ name }, value) => name.includes(value),
  scope: (_network, value) => value === 'local',
  type: (_network, value) => value === 'builtin',
};

export const networkLs: Command = {
  path: ['network', 'ls'],
  aliases: [['network', 'list']],
  summary: 'List networks',
  usage: ['[OPTIONS]'],
  arguments: { least: 0, most: 0 },
  flags: [
    { name: 'filter', short: 'f', kind: 'filter', help: 'Provide filter values (e.g. "driver=bridge")' },
    { name: 'format', kind: 'string', help: LIST_FORMAT_HELP },
    { name: 'no-trunc', kind: 'bool', help: 'Do not truncate the output' },
    { name: 'quiet', short: 'q', kind: 'bool', help: 'Only display network IDs' },
  ],
  async run(context, { flags }) {
    const filters = gatherFilters(flags.list('filter'));
    for (const key of filters.keys()) {
      if (!(key in FILTERED)) throw new EngineError('invalid-argument', `invalid filter '${key}'`);
    }
    const shown = NETWORKS.filter((network) =>
      [...filters].every(([key, values]) => values.some((value) => FILTERED[key]?.(network, value))),
    );
    const format = flags.text('format') ?? 'table';
    const table = flags.bool('quiet') ? '{{.ID}}' : TABLE;
    await printListing(context, {
      format: format === 'table' || format === '' ? table : format,
      headers: HEADERS,
      rows: shown.map((network) => networkRow(network, !flags.bool('no-trunc'))),
    });
    return 0;
  },
};

function networkRow({ id, name, driver }: Network, truncate: boolean) {
  return listingRow('formatter.networkContext', {
    ID: truncate ? shortId(id) : id,
    Name: name,
    Driver: driver,
    Scope: 'local',
    IPv4: 'true',
    IPv6: 'false',
    Internal: 'false',
    Labels: '',
    CreatedAt: '0001-01-01 00:00:00 +0000 UTC',
  });
}
