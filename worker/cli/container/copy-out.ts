/** `docker cp CONTAINER:PATH PATH`: from a container to the machine, or to standard output as an archive. */
import { readTarFiles } from '../../engine/docker/tar-stream.ts';
import { resolvePath } from '../../base/path.ts';
import type { CliContext } from '../context.ts';
import { writeArchive } from '../commands/image/save.ts';
import { prepareCopy, rebase, splitPath, type CopyInfo } from './copy-rules.ts';
import { tellCopied } from './copied-note.ts';
import { assertOutputPath, localPath, localTarget, writeLocal } from './local-files.ts';

export async function copyFromContainer(
  context: CliContext,
  container: string,
  path: string,
  target: string,
  { followLink }: { readonly followLink: boolean },
): Promise<void> {
  const { containers } = context.docker;
  if (target !== '-') assertOutputPath(context, localPath(context, target));
  const { from, rebaseName } = await followed(context, container, path, followLink);
  const { stat, archive } = await containers.readArchive(container, from);
  if (target === '-') {
    await writeArchive(context, archive, undefined);
    return;
  }
  const whole = localPath(context, target);
  const source: CopyInfo = {
    path: from,
    exists: true,
    isDirectory: stat.kind === 'directory',
    ...(rebaseName === undefined ? {} : { rebaseName }),
  };
  const read = await readTarFiles(archive, context.job);
  const files = rebaseName === undefined ? read : rebase(read, splitPath(from).base, rebaseName);
  const { directory, files: named } = prepareCopy(files, source, localTarget(context, whole));
  await writeLocal(context, directory, named);
  await tellCopied(context, files, whole);
}

/** What a link at the path leads to, which keeps the link's name; the path itself where none is to be followed. */
async function followed(
  { docker }: CliContext,
  container: string,
  path: string,
  followLink: boolean,
): Promise<{ readonly from: string; readonly rebaseName?: string }> {
  if (!followLink) return { from: path };
  const { kind, linkTarget } = await docker.containers.statPath(container, path);
  if (kind !== 'symlink' || linkTarget === undefined) return { from: path };
  const { directory, base } = splitPath(path);
  return { from: resolvePath(linkTarget, resolvePath(directory)), rebaseName: base };
}

/** Paths of a container start at its root. */
export function absolute(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
