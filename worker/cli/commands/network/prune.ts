import type { Command } from '../../command.ts';
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
    // there are no networks but those that stay
    if (!flags.bool('force')) await confirmed(context, `${WARNING}\nAre you sure you want to continue?`);
    return 0;
  },
};
