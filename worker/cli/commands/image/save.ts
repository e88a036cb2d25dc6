import { baseName, parentPath, resolvePath } from '../../../base/path.ts';
import { CliError, type Command } from '../../command.ts';
import type { CliContext } from '../../context.ts';

export const imageSave: Command = {
  path: ['image', 'save'],
  aliases: [['save']],
  summary: 'Save one or more images to a tar archive (streamed to STDOUT by default)',
  usage: ['[OPTIONS] IMAGE [IMAGE...]'],
  arguments: { least: 1, most: Infinity },
  flags: [{ name: 'output', short: 'o', kind: 'string', help: 'Write to a file, instead of STDOUT' }],
  async run(context, { flags, operands }) {
    const path = flags.text('output');
    if (path === undefined && context.terminal !== undefined) {
      throw new CliError('cowardly refusing to save to a terminal. Use the -o flag or redirect');
    }
    if (path !== undefined) checkOutputPath(context, path, 'failed to save image');
    await writeArchive(context, await context.docker.images.save(operands, context.job), path);
    return 0;
  },
};

/** Where an archive cannot be written is told before it is made. */
export function checkOutputPath({ shell }: CliContext, path: string, what: string): void {
  const whole = resolvePath(path, shell.process.cwd);
  const directory = parentPath(whole);
  if (shell.files.find(directory) === undefined) {
    const shown = path.startsWith('/') ? directory : path.slice(0, -baseName(whole).length).replace(/\/$/, '');
    throw new CliError(`${what}: invalid output path: stat ${shown}: no such file or directory`);
  }
  if (shell.files.find(whole)?.inode.kind === 'directory') {
    throw new CliError(`${what}: cannot write to a directory`);
  }
}

/** Writes a stream to a file, or to standard output. */
export async function writeArchive(
  { shell }: CliContext,
  archive: ReadableStream<Uint8Array>,
  path: string | undefined,
): Promise<void> {
  const file = path === undefined || path === '-' ? undefined : await shell.create(path, undefined, 0o600);
  const output = file ?? shell.out;
  for await (const bytes of archive) await output.write(bytes);
  await output.flush();
  await file?.close();
}
