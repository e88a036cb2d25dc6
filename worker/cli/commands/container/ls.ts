import { isEngineError } from '../../../base/errors.ts';
import type { ContainerListItem } from '../../../engine/docker/container-types.ts';
import { listSetting } from '../../client-config.ts';
import { CliError, type Command } from '../../command.ts';
import { LIST_FORMAT_HELP } from '../../help-texts.ts';
import { containerRow, HEADERS, listFormat } from '../../container/rows.ts';
import { filterProblem } from '../../container/flag-problems.ts';
import { gatherFilters } from '../../filters.ts';
import { printListing } from '../../listing-output.ts';
import { parseTemplate } from '../../template/template.ts';
import { execute } from '../../template/walk.ts';

export const containerLs: Command = {
  path: ['container', 'ls'],
  aliases: [['container', 'list'], ['container', 'ps'], ['ps']],
  summary: 'List containers',
  usage: ['[OPTIONS]'],
  arguments: { least: 0, most: 0 },
  flags: [
    { name: 'all', short: 'a', kind: 'bool', help: 'Show all containers', default: 'shows just running' },
    {
      name: 'filter',
      short: 'f',
      kind: 'filter',
      help: 'Filter output based on conditions provided',
      problem: filterProblem,
    },
    { name: 'format', kind: 'string', help: LIST_FORMAT_HELP },
    {
      name: 'last',
      short: 'n',
      kind: 'int',
      help: 'Show n last created containers (includes all states)',
      default: '-1',
    },
    { name: 'latest', short: 'l', kind: 'bool', help: 'Show the latest created container (includes all states)' },
    { name: 'no-trunc', kind: 'bool', help: "Don't truncate output" },
    { name: 'quiet', short: 'q', kind: 'bool', help: 'Only display container IDs' },
    { name: 'size', short: 's', kind: 'bool', help: 'Display total file sizes' },
  ],
  async run(context, { flags }) {
    if (flags.bool('quiet') && (flags.text('format') ?? '') !== '') {
      await context.shell.err.write('WARNING: Ignoring custom format, because both --format and --quiet are set.\n');
    }
    const given = flags.text('format') ?? (flags.bool('quiet') ? '' : await listSetting(context, 'ps'));
    const asksForSize = readTemplate(given);
    const format = listFormat(given, flags.bool('quiet'), flags.bool('size'));
    const last = flags.number('last') ?? -1;
    const limit = flags.bool('latest') ? 1 : last;
    const containers = await context.docker.containers.list({
      all: flags.bool('all') || limit > 0,
      ...(limit > 0 ? { limit } : {}),
      filters: gatherFilters(flags.list('filter')),
      size: flags.bool('size') || asksForSize,
    });
    const options = { truncate: !flags.bool('no-trunc'), nowMs: context.clock.nowMs() };
    await printListing(context, {
      format,
      headers: HEADERS,
      rows: containers.map((each) => containerRow(each, options)),
    });
    return 0;
  },
};

/**
 * This list alone is asked for only once its template was tried, on a container without anything: true when it asks for sizes.
 * Throws {@link CliError}.
 */
function readTemplate(format: string): boolean {
  if (['', 'json', 'raw'].includes(format) || format.startsWith('table')) return format.includes('.Size');
  let asksForSize = false;
  const template = toldAs('parse', () => parseTemplate(format));
  const row = containerRow(NO_CONTAINER, { truncate: true, nowMs: 0, onSize: () => (asksForSize = true) });
  toldAs('execute', () => execute(template, row));
  return asksForSize;
}

function toldAs<R>(what: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (!isEngineError(error, 'invalid-argument')) throw error;
    throw new CliError(`failed to ${what} template: ${error.message}`);
  }
}

const NO_CONTAINER: ContainerListItem = {
  Id: '',
  Names: [],
  Image: '',
  ImageID: '',
  Command: '',
  Created: 0,
  Ports: [],
  Labels: {},
  State: '',
  Status: '',
  NetworkMode: '',
  NetworkSettings: { Networks: {} },
  Mounts: [],
};
