import { chooseBuilder } from '../../builders/choose.ts';
import { BUILDER_FLAG } from '../../builders/flags.ts';
import type { Command } from '../../command.ts';
import { humanSize } from '../../format/human-size.ts';
import { confirmed } from '../../prompt.ts';
import { cacheTable } from './du.ts';

export const buildxPrune: Command = {
  path: ['buildx', 'prune'],
  otherSpellings: [['builder', 'prune']],
  summary: 'Remove build cache',
  usage: [''],
  arguments: { least: 0, most: 0 },
  buildx: true,
  flags: [
    { name: 'all', short: 'a', kind: 'bool', help: 'Include internal/frontend images' },
    BUILDER_FLAG,
    { name: 'filter', kind: 'filter', help: 'Provide filter values (e.g., "until=24h")' },
    { name: 'force', short: 'f', kind: 'bool', help: 'Do not prompt for confirmation' },
    { name: 'keep-storage', kind: 'bytes', help: 'Amount of disk space to keep for cache' },
    { name: 'verbose', kind: 'bool', help: 'Provide a more verbose output' },
  ],
  async run(context, { called, flags }) {
    await chooseBuilder(context, called, flags.text('builder'));
    const which = flags.bool('all') ? 'all' : 'all dangling';
    const question = `WARNING! This will remove ${which} build cache. Are you sure you want to continue?`;
    if (!flags.bool('force') && !(await confirmed(context, question))) return 0;
    const { buildCache } = await context.docker.system.diskUsage();
    const { freedBytes } = await context.engine.prune({ buildCache: true, images: false, containers: false });
    const { out } = context.shell;
    if (buildCache.length > 0) await out.write(cacheTable(context, buildCache));
    await out.write(`Total:\t${humanSize(freedBytes)}\n`);
    return 0;
  },
};
