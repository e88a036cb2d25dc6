import { listSetting } from '../../client-config.ts';
import type { Command } from '../../command.ts';
import { LIST_FORMAT_HELP } from '../../help-texts.ts';
import { STATS_HEADERS, statsFormat, statsRows } from '../../container/stats-rows.ts';
import { printListing } from '../../listing-output.ts';

const CLEAR_SCREEN = '\u001b[H\u001b[J';
/** Between two looks. */
const REFRESH_MS = 1_000;

export const containerStats: Command = {
  path: ['container', 'stats'],
  aliases: [['stats']],
  summary: 'Display a live stream of container(s) resource usage statistics',
  usage: ['[OPTIONS] [CONTAINER...]'],
  arguments: { least: 0, most: Infinity },
  flags: [
    { name: 'all', short: 'a', kind: 'bool', help: 'Show all containers', default: 'shows just running' },
    { name: 'format', kind: 'string', help: LIST_FORMAT_HELP },
    { name: 'no-stream', kind: 'bool', help: 'Disable streaming stats and only pull the first result' },
    { name: 'no-trunc', kind: 'bool', help: 'Do not truncate output' },
  ],
  async run(context, { flags, operands }) {
    const format = statsFormat(flags.text('format') ?? (await listSetting(context, 'stats')));
    const truncate = !flags.bool('no-trunc');
    const once = flags.bool('no-stream');
    for (;;) {
      const rows = await statsRows(context, operands, flags.bool('all'), truncate);
      if (!once && context.terminal !== undefined) await context.shell.out.write(CLEAR_SCREEN);
      await printListing(context, { format, headers: STATS_HEADERS, rows });
      if (once) return 0;
      await context.shell.out.flush();
      await context.clock.sleep(REFRESH_MS, context.job.signal);
    }
  },
};
