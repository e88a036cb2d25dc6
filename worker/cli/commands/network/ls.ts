import type { NetworkInspect } from '../../../engine/docker/api.ts';
import { listSetting } from '../../client-config.ts';
import type { Command } from '../../command.ts';
import { gatherFilters } from '../../filters.ts';
import { shortId } from '../../format/shorten.ts';
import { LIST_FORMAT_HELP } from '../../help-texts.ts';
import { listingRow, printListing } from '../../listing-output.ts';

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
    const networks = await context.docker.networks.list(gatherFilters(flags.list('filter')));
    const given = flags.text('format') ?? (await listSetting(context, 'networks'));
    const format = given === '' ? 'table' : given;
    const table = flags.bool('quiet') ? '{{.ID}}' : TABLE;
    await printListing(context, {
      format: format === 'table' || format === '' ? table : format,
      headers: HEADERS,
      rows: networks.map((network) => networkRow(network, !flags.bool('no-trunc'))),
    });
    return 0;
  },
};

function networkRow(
  { Id, Name, Driver, Scope, EnableIPv6, Internal, Labels, Created }: NetworkInspect,
  truncate: boolean,
) {
  return listingRow('network.networkContext', {
    ID: truncate ? shortId(Id) : Id,
    Name,
    Driver,
    Scope,
    // the engine's API, older than the client, does not tell of IPv4
    IPv4: 'false',
    IPv6: String(EnableIPv6),
    Internal: String(Internal),
    Labels: Object.entries(Labels)
      .map(([name, value]) => `${name}=${value}`)
      .join(','),
    CreatedAt: Created.replace('T', ' ').replace(/\.?0*Z$/, ' +0000 UTC'),
  });
}
