import { EngineError, isEngineError } from '../../../base/errors.ts';
import type { Command } from '../../command.ts';
import { printLine } from '../../context.ts';

export const imageRm: Command = {
  path: ['image', 'rm'],
  aliases: [['image', 'remove'], ['rmi']],
  summary: 'Remove one or more images',
  usage: ['[OPTIONS] IMAGE [IMAGE...]'],
  arguments: { least: 1, most: Infinity },
  flags: [
    { name: 'force', short: 'f', kind: 'bool', help: 'Force removal of the image' },
    { name: 'no-prune', kind: 'bool', help: 'Do not delete untagged parents' },
  ],
  async run(context, { flags, operands }) {
    const force = flags.bool('force');
    const problems: string[] = [];
    let failed = false;
    for (const name of operands) {
      try {
        if (name === '') throw new EngineError('not-found', 'page not found');
        const rows = await context.docker.images.remove(name, { force, pruneParents: !flags.bool('no-prune') });
        for (const row of rows) {
          await printLine(context, 'Deleted' in row ? `Deleted: ${row.Deleted}` : `Untagged: ${row.Untagged}`);
        }
      } catch (error) {
        if (!isEngineError(error) || error.code === 'internal' || error.code === 'cancelled') throw error;
        // with --force, what is not there need not be removed
        failed ||= !force || error.code !== 'not-found';
        problems.push(`Error response from daemon: ${error.message}\n`);
      }
    }
    await context.shell.out.flush();
    await context.shell.err.write(problems.join(''));
    return failed ? 1 : 0;
  },
};
