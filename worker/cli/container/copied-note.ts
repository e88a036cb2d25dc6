/** What `docker cp` says on a terminal when it is done. */
import type { TarFile } from '../../engine/docker/tar-stream.ts';
import type { CliContext } from '../context.ts';
import { humanSize } from '../format/human-size.ts';

const BLOCK_BYTES = 512;

export async function tellCopied(context: CliContext, files: readonly TarFile[], target: string): Promise<void> {
  if (context.terminal === undefined) return;
  await context.shell.err.write(`Successfully copied ${humanSize(archiveBytes(files), 3)} to ${target}\n`);
}

/** Bytes of the archive that carried them: a block for each header, bodies in whole blocks, two blocks at the end. */
function archiveBytes(files: readonly TarFile[]): number {
  const body = ({ inode }: TarFile): number => (inode.kind === 'file' ? inode.body.sizeBytes : 0);
  return files.reduce(
    (sum, file) => sum + BLOCK_BYTES + Math.ceil(body(file) / BLOCK_BYTES) * BLOCK_BYTES,
    2 * BLOCK_BYTES,
  );
}
