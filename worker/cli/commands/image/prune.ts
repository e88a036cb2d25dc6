import type { ImageRemoval } from '../../../engine/docker/image-types.ts';
import type { Command } from '../../command.ts';
import { addFilter, gatherFilters } from '../../filters.ts';
import { humanSize } from '../../format/human-size.ts';
import { confirmed } from '../../prompt.ts';

const WARNING_DANGLING = 'WARNING! This will remove all dangling images.';
const WARNING_ALL = 'WARNING! This will remove all images without at least one container associated to them.';

export const imagePrune: Command = {
  path: ['image', 'prune'],
  summary: 'Remove unused images',
  usage: ['[OPTIONS]'],
  arguments: { least: 0, most: 0 },
  flags: [
    { name: 'all', short: 'a', kind: 'bool', help: 'Remove all unused images, not just dangling ones' },
    { name: 'filter', kind: 'filter', help: 'Provide filter values (e.g. "until=<timestamp>")' },
    { name: 'force', short: 'f', kind: 'bool', help: 'Do not prompt for confirmation' },
  ],
  async run(context, { flags }) {
    const all = flags.bool('all');
    const warning = all ? WARNING_ALL : WARNING_DANGLING;
    if (!flags.bool('force') && !(await confirmed(context, `${warning}\nAre you sure you want to continue?`))) return 0;
    const filters = addFilter(gatherFilters(flags.list('filter')), 'dangling', String(!all));
    const { ImagesDeleted, SpaceReclaimed } = await context.docker.images.prune(filters);
    const { out } = context.shell;
    if (ImagesDeleted.length > 0) await out.write(`Deleted Images:\n${removalLines(ImagesDeleted)}\n`);
    await out.write(`Total reclaimed space: ${humanSize(SpaceReclaimed)}\n`);
    return 0;
  },
};

/** `untagged: …` and `deleted: …`, a line each. */
export function removalLines(rows: readonly ImageRemoval[]): string {
  return rows.map((row) => ('Deleted' in row ? `deleted: ${row.Deleted}\n` : `untagged: ${row.Untagged}\n`)).join('');
}
