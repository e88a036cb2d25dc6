/** The directory a build is given, as a tree: what the client sends to the builder. */
import { utf8 } from '../../base/bytes.ts';
import { childPath, resolvePath, ROOT, type AbsolutePath } from '../../base/path.ts';
import type { Job } from '../../base/job.ts';
import { bodyOf } from '../../vfs/body.ts';
import type { Files } from '../../shell/kernel/files.ts';
import { EMPTY_TREE } from '../../vfs/merge.ts';
import type { Tree } from '../../vfs/tree.ts';
import { createUnionView } from '../../vfs/union-view.ts';
import type { UnionView } from '../../vfs/view.ts';

/** All files belong to root there, whoever owns them here. */
const OWNER = { uid: 0, gid: 0 };

/** A directory of the machine as a tree. */
export async function directoryTree(files: Files, path: string, job: Job): Promise<Tree> {
  const view = createUnionView(EMPTY_TREE, { now: () => 0 });
  const { inode } = files.stat(path);
  await copyInto(files, path, view, ROOT, job);
  view.setAttributes(ROOT, { mode: inode.mode, mtimeMs: inode.mtimeMs, ...OWNER });
  return view.freeze();
}

async function copyInto(files: Files, from: string, view: UnionView, to: AbsolutePath, job: Job): Promise<void> {
  for (const { name, inode } of files.list(from)) {
    const pause = job.budget.checkpoint();
    if (pause) await pause;
    const path = childPath(to, name);
    const attributes = { mode: inode.mode, mtimeMs: inode.mtimeMs, ...OWNER };
    if (inode.kind === 'file') view.writeFile(path, inode.body, attributes);
    else if (inode.kind === 'symlink') view.symlink(path, inode.target, attributes);
    else if (inode.kind === 'directory') {
      view.mkdir(path, attributes);
      await copyInto(files, `${from}/${name}`, view, path, job);
      view.setAttributes(path, { mtimeMs: inode.mtimeMs });
    }
  }
}

/** A tree of one file. */
export function fileTree(name: string, text: string): Tree {
  const view = createUnionView(EMPTY_TREE, { now: () => 0 });
  view.writeFile(resolvePath(name), bodyOf(utf8(text)), { mode: 0o644, ...OWNER });
  return view.freeze();
}
