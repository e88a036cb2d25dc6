import type { Command } from '../../command.ts';
import { printLine } from '../../context.ts';
import { gatherFilters } from '../../filters.ts';
import { confirmed } from '../../prompt.ts';

const WARNING = 'WARNING! This will remove all custom networks not used by at least one container.';

export const networkPrune: Command = {
  path: ['network', 'prune'],
  summary: 'Remove all unused networks',
  usage: ['[OPTIONS]'],
  arguments: { least: 0, most: 0 },
  flags: [
    { name: 'filter', kind: 'filter', help: 'Provide filter values (e.g. "until=<timestamp>")' },
    { name: 'force', short: 'f', kind: 'bool', help: 'Do not prompt for confirmation' },
  ],
  async run(context, { flags }) {
    const goesOn = flags.bool('force') || (await confirmed(context, `${WARNING}\nAre you sure you want to continue?`));
    if (!goesOn) return 0;
    const { NetworksDeleted: gone } = await context.docker.networks.prune(gatherFilters(flags.list('filter')));
    if (gone.length > 0) await printLine(context, `Deleted Networks:\n${gone.join('\n')}\n`);
    return 0;
  },
};
