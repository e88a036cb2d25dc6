/**
 * Copying between file systems as BuildKit's fsutil does for COPY and ADD. Bodies are shared, not read, so a copy costs its
 * metadata.
 *
 * What is special, next to `cp -a`: the directory named as source gives its content but not its mode; directories below it
 * overwrite the mode and owner of those they meet; a file replaces whatever file or link has its name, and never a directory.
 */
import { EngineError } from '../../../base/errors.ts';
import type { Job } from '../../../base/job.ts';
import { ROOT, childPath, parentPath, segmentsOf, type AbsolutePath } from '../../../base/path.ts';
import type { Inode } from '../../../vfs/inode.ts';
import type { CreateOptions, UnionView } from '../../../vfs/view.ts';
import type { Owner } from '../users.ts';
import { rootPath } from './root-path.ts';

/** Decides about a path relative to the copied directory. */
export type PathFilter = (path: string, inode: Inode) => boolean;

export interface CopySettings {
  /** Owner of all that is made; as in the source by default (directories made on the way are root's then). */
  readonly owner: Owner | undefined;
  /** Permission bits of what is copied; as in the source by default. */
  readonly mode: number | undefined;
  /** Paths below a copied directory that stay behind. */
  readonly excludes: PathFilter | undefined;
  /** Time of directories made on the way. */
  readonly timeMs: number;
  /** How messages call the root of the target: Docker names the directory it keeps the layer in. */
  readonly rootName: string;
  readonly job: Job;
}

/** Copies from one view into another. One copier serves all sources of one instruction, so that hard links stay links. */
export interface TreeCopier {
  /**
   * Copies `source` (all links followed) to `destination` as written: a slash at its end, or an existing directory, takes a file in;
   * a directory always gives its content. `name` is what a file is called in a directory. Throws `build`.
   */
  copy(source: AbsolutePath, name: string, destination: string): Promise<void>;
  /** Makes the directory `target`, where it is missing, as `source` is; without what is in it. Its parent must exist. Throws `build`. */
  copyDirectoryAlone(source: AbsolutePath, target: AbsolutePath): void;
}

const DIRECTORY_MODE = 0o755;
const SET_GROUP_ID = 0o2000;

export function createTreeCopier(from: UnionView, to: UnionView, settings: CopySettings): TreeCopier {
  /** First name in the target of each hard-linked file of the source. */
  const linked = new Map<number, AbsolutePath>();

  const copyFile = (inode: Inode, target: AbsolutePath): void => {
    makeRoomForFile(to, target, settings.rootName);
    const options = attributesFor(inode, settings);
    if (inode.kind === 'symlink') to.symlink(target, inode.target, { ...options, mode: inode.mode });
    else if (inode.kind === 'file') {
      const known = inode.linkGroup === undefined ? undefined : linked.get(inode.linkGroup);
      if (known !== undefined) to.link(known, target);
      else to.writeFile(target, inode.body, options);
      if (inode.linkGroup !== undefined) linked.set(inode.linkGroup, target);
    } else if (inode.kind !== 'directory') {
      const device = inode.kind === 'character' || inode.kind === 'block' ? inode.device : undefined;
      to.mknod(target, inode.kind, device, options);
    }
  };

  const copyDirectory = async (path: AbsolutePath, below: string, target: AbsolutePath): Promise<void> => {
    for (const { name, inode } of from.list(path)) {
      const pause = settings.job.budget.checkpoint();
      if (pause) await pause;
      const relative = below === '' ? name : `${below}/${name}`;
      if (settings.excludes?.(relative, inode) === true) continue;
      const child = childPath(target, name);
      if (inode.kind !== 'directory') {
        copyFile(inode, child);
        continue;
      }
      ensureDirectory(to, child, settings.rootName);
      await copyDirectory(childPath(path, name), relative, child);
      to.setAttributes(child, attributesFor(inode, settings));
    }
  };

  return {
    async copy(source, name, destination) {
      const directory = destination.replace(/[^/]*$/, '');
      const last = destination.slice(directory.length);
      makeDirectories(
        to,
        rootPath(to, last === '' || last === '.' ? destination : directory, settings.rootName),
        settings,
      );
      const inode = from.lookup(source, { follow: false });
      if (inode === undefined) throw new EngineError('build', `lstat ${source}: no such file or directory`);
      const target = rootPath(to, destination, settings.rootName);
      const existing = to.lookup(target);
      if (inode.kind !== 'directory') {
        const into = existing?.kind === 'directory' ? childPath(target, name) : target;
        makeDirectories(to, parentPath(into), settings);
        copyFile(inode, into);
        return;
      }
      if (existing === undefined) makeDirectories(to, target, settings);
      ensureDirectory(to, target, settings.rootName);
      await copyDirectory(source, '', target);
      to.setAttributes(target, { mtimeMs: inode.mtimeMs });
    },
    copyDirectoryAlone(source, target) {
      const inode = from.lookup(source);
      if (inode === undefined || to.lookup(target, { follow: false })?.kind === 'directory') return;
      ensureDirectory(to, target, settings.rootName);
      to.setAttributes(target, attributesFor(inode, settings));
    },
  };
}

/**
 * Makes a directory and what is missing above it, 0755 and the given owner's (root's by default; below a directory with the
 * set-group-ID bit its group's, and with that bit, as the kernel has it). Throws `build`.
 */
export function makeDirectories(
  view: UnionView,
  path: AbsolutePath,
  settings: Pick<CopySettings, 'owner' | 'timeMs' | 'rootName'>,
): void {
  let current = ROOT;
  let parent = view.lookup(ROOT);
  for (const segment of segmentsOf(path)) {
    current = childPath(current, segment);
    const inode = view.lookup(current);
    if (inode?.kind === 'directory') {
      parent = inode;
      continue;
    }
    if (inode !== undefined) {
      throw new EngineError('build', `mkdir ${settings.rootName}${current}: not a directory`, {
        data: { path: current },
      });
    }
    const passedOn = (parent?.mode ?? 0) & SET_GROUP_ID;
    const { uid, gid } = settings.owner ?? { uid: 0, gid: passedOn === 0 ? 0 : (parent?.gid ?? 0) };
    view.mkdir(current, { mode: DIRECTORY_MODE | passedOn, uid, gid, mtimeMs: settings.timeMs });
    parent = view.lookup(current);
  }
}

function attributesFor(inode: Inode, settings: CopySettings): CreateOptions {
  return {
    mode: settings.mode ?? inode.mode,
    uid: settings.owner?.uid ?? inode.uid,
    gid: settings.owner?.gid ?? inode.gid,
    mtimeMs: inode.mtimeMs,
    ...(inode.xattrs === undefined ? {} : { xattrs: inode.xattrs }),
  };
}

/** Removes a file or link in the way. Throws `build` for a directory. */
function makeRoomForFile(view: UnionView, target: AbsolutePath, rootName: string): void {
  const existing = view.lookup(target, { follow: false });
  if (existing === undefined) return;
  if (existing.kind === 'directory') {
    throw new EngineError('build', `cannot replace to directory ${rootName}${target} with file`, {
      data: { path: target },
    });
  }
  view.unlink(target);
}

/** Makes a directory whose parent exists; its attributes are set once it is filled. Throws `build` where something else has its name, a link to a directory too. */
function ensureDirectory(view: UnionView, target: AbsolutePath, rootName: string): void {
  const existing = view.lookup(target, { follow: false });
  if (existing?.kind === 'directory') return;
  if (existing !== undefined) {
    throw new EngineError('build', `cannot copy to non-directory: ${rootName}${target}`, { data: { path: target } });
  }
  view.mkdir(target, { mode: DIRECTORY_MODE, uid: 0, gid: 0 });
}
