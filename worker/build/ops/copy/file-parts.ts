/** Key parts for files that a step takes from a source: one for each, named by its path. */
import { childPath, type AbsolutePath } from '../../../base/path.ts';
import type { KeyPart } from '../../../store/build-cache.ts';
import type { Inode } from '../../../vfs/inode.ts';
import type { UnionView } from '../../../vfs/view.ts';
import type { OperationContext } from '../../operation.ts';
import type { PathFilter } from './tree-copier.ts';

/** Files that are hashed at the same time: reading a Blob is waiting for the most part. */
const CONCURRENT = 16;

/** A file, and what its part is called. */
export interface NamedFile {
  readonly name: string;
  readonly inode: Inode;
}

/** Everything below a directory, names told relative to it behind `prefix`; without what `excludes` leaves out. */
export async function filesBelow(
  view: UnionView,
  directory: AbsolutePath,
  prefix: string,
  excludes: PathFilter | undefined,
  context: OperationContext,
): Promise<NamedFile[]> {
  const files: NamedFile[] = [];
  const visit = async (path: AbsolutePath, below: string): Promise<void> => {
    for (const { name, inode } of view.list(path)) {
      const pause = context.job.budget.checkpoint();
      if (pause) await pause;
      const relative = `${below}${name}`;
      if (excludes?.(relative, inode) === true) continue;
      files.push({ name: `${prefix}${relative}`, inode });
      if (inode.kind === 'directory') await visit(childPath(path, name), `${relative}/`);
    }
  };
  await visit(directory, '');
  return files;
}

/** The parts of files, in their order. */
export async function fileParts(files: readonly NamedFile[], context: OperationContext): Promise<KeyPart[]> {
  const parts: KeyPart[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < files.length; index = next++) {
      const file = files[index];
      if (file === undefined) return;
      parts[index] = {
        kind: 'file',
        name: file.name,
        value: await context.digests.ofInode(file.inode, context.job),
      };
      const pause = context.job.budget.checkpoint();
      if (pause) await pause;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, work));
  return parts;
}
