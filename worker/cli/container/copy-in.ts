/** `docker cp PATH CONTAINER:PATH`: from the machine, or from an archive on standard input, into a container. */
import { isEngineError } from '../../base/errors.ts';
import { resolvePath } from '../../base/path.ts';
import { tarStream } from '../../engine/docker/tar-stream.ts';
import { CliError } from '../command.ts';
import type { CliContext } from '../context.ts';
import { readInput } from '../input-files.ts';
import { prepareCopy, splitPath, type CopyInfo } from './copy-rules.ts';
import { tellCopied } from './copied-note.ts';
import { absolute } from './copy-out.ts';
import { collectLocal, localPath, localSource } from './local-files.ts';

export async function copyToContainer(
  context: CliContext,
  source: string,
  container: string,
  path: string,
  { followLink }: { readonly followLink: boolean },
): Promise<void> {
  const { containers } = context.docker;
  const target = await targetOf(context, container, absolute(path));
  if (source === '-') {
    if (!target.isDirectory) throw new CliError(`destination "${container}:${path}" must be a directory`);
    await containers.writeArchive(container, target.path, await readInput(context, '-'), context.job);
    return;
  }
  const from = localSource(context, localPath(context, source), followLink);
  const files = await collectLocal(context, from);
  const { directory, files: named } = prepareCopy(files, from, target);
  await containers.writeArchive(container, directory, tarStream(named), context.job);
  await tellCopied(context, files, `${container}:${target.path}`);
}

/** What is at the path, a link followed; where nothing is, its directory is taken to be there until the engine says otherwise. */
async function targetOf({ docker }: CliContext, container: string, path: string): Promise<CopyInfo> {
  try {
    const stat = await docker.containers.statPath(container, path);
    if (stat.kind !== 'symlink' || stat.linkTarget === undefined) {
      return { path, exists: true, isDirectory: stat.kind === 'directory' };
    }
    const linked = resolvePath(stat.linkTarget, resolvePath(splitPath(path).directory));
    const { kind } = await docker.containers.statPath(container, linked);
    return { path: linked, exists: true, isDirectory: kind === 'directory' };
  } catch (error) {
    if (!isEngineError(error, 'not-found') && !isEngineError(error, 'invalid-argument')) throw error;
    return { path, exists: false, isDirectory: false };
  }
}
