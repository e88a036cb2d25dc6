import { CliError, type Command } from '../../command.ts';
import { copyFromContainer } from '../../container/copy-out.ts';
import { copyToContainer } from '../../container/copy-in.ts';

export const containerCp: Command = {
  path: ['container', 'cp'],
  aliases: [['cp']],
  summary: 'Copy files/folders between a container and the local filesystem',
  description: `Copy files/folders between a container and the local filesystem

Use '-' as the source to read a tar archive from stdin
and extract it to a directory destination in a container.
Use '-' as the destination to stream a tar archive of a
container source to stdout.`,
  usage: ['[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-', '[OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH'],
  arguments: { least: 2, most: 2 },
  flags: [
    { name: 'archive', short: 'a', kind: 'bool', help: 'Archive mode (copy all uid/gid information)' },
    { name: 'follow-link', short: 'L', kind: 'bool', help: 'Always follow symbol link in SRC_PATH' },
    {
      name: 'quiet',
      short: 'q',
      kind: 'bool',
      help: 'Suppress progress output during copy. Progress output is automatically suppressed if no terminal is attached',
    },
  ],
  async run(context, { flags, operands: [source = '', target = ''] }) {
    const from = splitPath(source);
    const to = splitPath(target);
    const options = { followLink: flags.bool('follow-link'), archive: flags.bool('archive') };
    if (from.container !== undefined && to.container !== undefined) {
      throw new CliError('copying between containers is not supported');
    }
    if (from.container !== undefined) await copyFromContainer(context, from.container, from.path, target, options);
    else if (to.container !== undefined) await copyToContainer(context, source, to.container, to.path, options);
    else throw new CliError('must specify at least one container source');
    return 0;
  },
};

/** `CONTAINER:PATH`; what begins with a slash or a dot is a path of the machine. */
function splitPath(text: string): { readonly container?: string; readonly path: string } {
  const colon = text.indexOf(':');
  if (text.startsWith('/') || text.startsWith('.') || colon <= 0) return { path: text };
  return { container: text.slice(0, colon), path: text.slice(colon + 1) };
}
