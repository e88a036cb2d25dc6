/** Where a path of a source leads, for what takes files from it: COPY, ADD, a bind mount. */
import { isEngineError } from '../../../base/errors.ts';
import { parentPath, resolvePath, type AbsolutePath } from '../../../base/path.ts';
import { quote } from '../../../dockerfile/go-quote.ts';
import type { Inode } from '../../../vfs/inode.ts';
import type { UnionView } from '../../../vfs/view.ts';
import type { OperationContext } from '../../operation.ts';
import { inputError } from '../../step-view.ts';
import { rootPath } from './root-path.ts';

const MAX_LINKS = 255;

/**
 * The path with every link followed. Throws `build` where nothing is there, told by the path as BuildKit knows it then: the last link's
 * target, while links in the directories above are not shown.
 */
export function followSource(view: UnionView, path: AbsolutePath, context: OperationContext): AbsolutePath {
  let current = path;
  for (let links = 0; links <= MAX_LINKS; links++) {
    const inode = lookupLink(view, current, context);
    if (inode === undefined) throw inputError(`${quote(current)}: not found`, path, context);
    if (inode.kind !== 'symlink') return rootPath(view, current);
    current = resolvePath(inode.target, parentPath(current));
  }
  throw inputError(`too many symlinks: ${current}`, path, context);
}

/** What is there, the last segment not followed. Throws `build` for links without end above it. */
function lookupLink(view: UnionView, path: AbsolutePath, context: OperationContext): Inode | undefined {
  try {
    return view.lookup(path, { follow: false });
  } catch (error) {
    if (!isEngineError(error, 'filesystem')) throw error;
    throw inputError(`too many symlinks: ${path}`, path, context);
  }
}
