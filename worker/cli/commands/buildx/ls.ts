import { buildError } from '../../build/build-inputs.ts';
import { allBuilders, BUILDKIT_VERSION } from '../../builders/choose.ts';
import { currentBuilder, type Builder } from '../../builders/instances.ts';
import { platformsOf, statusOf } from '../../builders/shown.ts';
import { CliError, type Command } from '../../command.ts';
import { formatRfc3339Nano, goTimeAt } from '../../format/go-time.ts';
import { alignColumns } from '../../format/text-table.ts';
import { listingRow, printListing } from '../../listing-output.ts';
import type { GoValue } from '../../template/go-value.ts';

export const buildxLs: Command = {
  path: ['buildx', 'ls'],
  otherSpellings: [['builder', 'ls']],
  summary: 'List builder instances',
  usage: [''],
  arguments: { least: 0, most: 0 },
  buildx: true,
  flags: [{ name: 'format', kind: 'string', help: 'Format the output', default: '"table"' }],
  async run(context, { flags }) {
    const builders = await allBuilders(context);
    const format = flags.text('format') ?? 'table';
    if (format === 'table') {
      await context.shell.out.write(table(builders, await currentBuilder(context)));
    } else if (format === 'json') {
      const lines = builders.map((builder) => `${JSON.stringify(builderObject(builder))}\n`);
      await context.shell.out.write(lines.join(''));
    } else await printRows(context, format, builders);
    return 0;
  },
};

/** Every line ends all of its columns, so that it is as long as the widest. */
function table(builders: readonly Builder[], current: string): string {
  const rows = builders.flatMap((builder) => [
    `${builder.name}${builder.name === current ? '*' : ''}\t${builder.driver}\t\t\t`,
    ...builder.nodes.map((node) => {
      const version = node.booted ? BUILDKIT_VERSION : '';
      return ` \\_ ${node.name}\t \\_ ${node.endpoint}\t${statusOf(node)}\t${version}\t${platformsOf(node).join(', ')}`;
    }),
  ]);
  return alignColumns(`${['NAME/NODE\tDRIVER/ENDPOINT\tSTATUS\tBUILDKIT\tPLATFORMS', ...rows].join('\n')}\n`);
}

const HEADERS: ReadonlyMap<string, string> = new Map([
  ['Name', 'NAME/NODE'],
  ['DriverEndpoint', 'DRIVER/ENDPOINT'],
  ['LastActivity', 'LAST ACTIVITY'],
  ['Status', 'STATUS'],
  ['Buildkit', 'BUILDKIT'],
  ['Platforms', 'PLATFORMS'],
  ['Error', 'ERROR'],
]);

/** A row for each builder and each of its nodes. */
async function printRows(
  context: Parameters<typeof printListing>[0],
  format: string,
  builders: readonly Builder[],
): Promise<void> {
  const row = (columns: Readonly<Record<string, string>>): GoValue => listingRow('commands.lsContext', columns);
  const rows = builders.flatMap((builder) => [
    row({ ...builderColumns(builder), Status: '', Buildkit: '', Platforms: '', Error: '' }),
    ...builder.nodes.map((node) =>
      row({
        Name: node.name,
        DriverEndpoint: node.endpoint,
        LastActivity: '',
        Status: statusOf(node),
        Buildkit: node.booted ? BUILDKIT_VERSION : '',
        Platforms: platformsOf(node).join(', '),
        Error: '',
      }),
    ),
  ]);
  try {
    await printListing(context, { format, headers: HEADERS, rows });
  } catch (error) {
    throw error instanceof CliError ? buildError(error.message) : error;
  }
}

function builderColumns({ name, driver, activeMs }: Builder): Readonly<Record<string, string>> {
  return { Name: name, DriverEndpoint: driver, LastActivity: activityOf(activeMs) };
}

function activityOf(activeMs: number): string {
  return activeMs === 0 ? '' : formatRfc3339Nano(goTimeAt(activeMs));
}

/** What `--format json` tells of one. */
function builderObject({ name, driver, nodes, activeMs }: Builder): unknown {
  return {
    Name: name,
    Driver: driver,
    ...(activeMs === 0 ? {} : { LastActivity: activityOf(activeMs) }),
    Dynamic: false,
    Nodes: nodes.map((node) => {
      const platforms = [...new Set(platformsOf(node).map((platform) => platform.replace('*', '')))];
      return {
        Name: node.name,
        Endpoint: node.endpoint,
        ...(Object.keys(node.driverOptions).length === 0 ? {} : { DriverOpts: node.driverOptions }),
        ...(node.flags.length === 0 ? {} : { Flags: node.flags }),
        Status: statusOf(node),
        ...(node.booted ? { Version: BUILDKIT_VERSION } : {}),
        ...(platforms.length === 0 ? {} : { Platforms: platforms }),
      };
    }),
  };
}
