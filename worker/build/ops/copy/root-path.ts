/**
 * Paths below a root whose end need not exist yet: what containerd's `fs.RootPath` answers. Links are resolved inside the
 * root, `..` stops at it, and what does not exist is taken as written.
 */
import { EngineError } from '../../../base/errors.ts';
import { ROOT, childPath, parentPath, type AbsolutePath } from '../../../base/path.ts';
import type { UnionView } from '../../../vfs/view.ts';

/** Links followed before a path is given up, as the kernel and containerd count. */
const MAX_LINKS = 255;

/**
 * Where `path` leads in the view, with every link in it followed, the last segment's too; it and absolute links begin at `base`, a
 * directory of the view. Throws `build` for links without end, and for a path below a file, which messages call by `rootName`.
 */
export function rootPath(view: UnionView, path: string, rootName = '', base: AbsolutePath = ROOT): AbsolutePath {
  let current = base;
  let links = 0;
  const pending = path.split('/').reverse();
  while (pending.length > 0) {
    const segment = pending.pop();
    if (segment === undefined || segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (current !== base) current = parentPath(current);
      continue;
    }
    const next = childPath(current, segment);
    const parent = view.lookup(current, { follow: false });
    if (parent !== undefined && parent.kind !== 'directory') {
      throw new EngineError('build', `lstat ${rootName}${next}: not a directory`, { data: { path: next } });
    }
    const inode = view.lookup(next, { follow: false });
    if (inode?.kind !== 'symlink') {
      current = next;
      continue;
    }
    if (++links > MAX_LINKS) {
      throw new EngineError('build', 'too many links', { data: { path } });
    }
    if (inode.target.startsWith('/')) current = base;
    pending.push(...inode.target.split('/').reverse());
  }
  return current;
}
