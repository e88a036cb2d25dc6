import type { Command } from '../../command.ts';
import { confirmed } from '../../prompt.ts';
import { gatherFilters } from '../../filters.ts';
import { humanSize } from '../../format/human-size.ts';

const QUESTION = `WARNING! This will remove all stopped containers.
Are you sure you want to continue?`;

export const containerPrune: Command = {
  path: ['container', 'prune'],
  summary: 'Remove all stopped containers',
  usage: ['[OPTIONS]'],
  arguments: { least: 0, most: 0 },
  flags: [
    { name: 'filter', kind: 'filter', help: 'Provide filter values (e.g. "until=<timestamp>")' },
    { name: 'force', short: 'f', kind: 'bool', help: 'Do not prompt for confirmation' },
  ],
  async run(context, { flags }) {
    if (!flags.bool('force') && !(await confirmed(context, QUESTION))) return 0;
    const { ContainersDeleted, SpaceReclaimed } = await context.docker.containers.prune(
      gatherFilters(flags.list('filter')),
    );
    const { out } = context.shell;
    if (ContainersDeleted.length > 0) await out.write(`Deleted Containers:\n${ContainersDeleted.join('\n')}\n\n`);
    await out.write(`Total reclaimed space: ${humanSize(SpaceReclaimed)}\n`);
    return 0;
  },
};
