/** Where a path of an input leads, for what takes files from it: COPY, ADD, a bind mount. */
import type { AbsolutePath } from '../../../base/path.ts';
import { isEngineError } from '../../../base/errors.ts';
import { quote } from '../../../dockerfile/go-quote.ts';
import type { UnionView } from '../../../vfs/view.ts';
import type { OperationContext } from '../../operation.ts';
import { inputError } from '../../step-view.ts';
import { rootPath } from './root-path.ts';

/** The path with every link followed. Throws `build` where nothing is there. */
export function followSource(view: UnionView, path: AbsolutePath, context: OperationContext): AbsolutePath {
  const target = followed(view, path);
  if (target === undefined) throw inputError(`too many symlinks: ${path}`, path, context);
  if (view.lookup(target, { follow: false }) === undefined) {
    throw inputError(`${quote(target)}: not found`, path, context);
  }
  return target;
}

/** Undefined for links without end; a path below a file is one that does not exist. */
function followed(view: UnionView, path: AbsolutePath): AbsolutePath | undefined {
  try {
    return rootPath(view, path);
  } catch (error) {
    if (!isEngineError(error, 'build')) throw error;
    return error.message === 'too many links' ? undefined : path;
  }
}
