import type { Command } from '../../command.ts';
import { addFilter, gatherFilters } from '../../filters.ts';
import { confirmed } from '../../prompt.ts';
import { humanSize } from '../../format/human-size.ts';

export const volumePrune: Command = {
  path: ['volume', 'prune'],
  summary: 'Remove unused local volumes',
  usage: ['[OPTIONS]'],
  arguments: { least: 0, most: 0 },
  flags: [
    { name: 'all', short: 'a', kind: 'bool', help: 'Remove all unused volumes, not just anonymous ones' },
    { name: 'filter', kind: 'filter', help: 'Provide filter values (e.g. "label=<label>")' },
    { name: 'force', short: 'f', kind: 'bool', help: 'Do not prompt for confirmation' },
  ],
  async run(context, { flags }) {
    const filters = gatherFilters(flags.list('filter'));
    const all = flags.bool('all');
    if (all) addFilter(filters, 'all', 'true');
    const what = all ? 'all' : 'anonymous';
    const question = `WARNING! This will remove ${what} local volumes not used by at least one container.\nAre you sure you want to continue?`;
    if (!flags.bool('force') && !(await confirmed(context, question))) return 0;
    const { VolumesDeleted, SpaceReclaimed } = await context.docker.volumes.prune(filters);
    const { out } = context.shell;
    if (VolumesDeleted.length > 0) await out.write(`Deleted Volumes:\n${VolumesDeleted.join('\n')}\n\n`);
    await out.write(`Total reclaimed space: ${humanSize(SpaceReclaimed)}\n`);
    return 0;
  },
};
