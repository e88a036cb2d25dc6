/** Views of a step, and what its messages call them. */
import { EngineError } from '../base/errors.ts';
import { digestHex, type Digest } from '../oci/digest.ts';
import type { Tree } from '../vfs/tree.ts';
import { createUnionView } from '../vfs/union-view.ts';
import type { UnionView } from '../vfs/view.ts';
import type { OperationContext } from './operation.ts';

/** A view over a tree in which whatever a step changes has the step's time. */
export function stepView(tree: Tree, context: Pick<OperationContext, 'timeMs'>): UnionView {
  return createUnionView(tree, { now: () => context.timeMs() });
}

const ID_LENGTH = 25;

/** A step's root in messages: Docker names the directory its storage driver keeps the layer in while it works on it. */
export function rootNameOf({ vertex }: OperationContext): string {
  return `/var/lib/docker/overlay2/${digestHex(vertex as Digest).slice(0, ID_LENGTH)}/merged`;
}

/** The error of a step whose input lacks what it names, worded as BuildKit's content hash words it. */
export function inputError(problem: string, path: string, { vertex }: OperationContext): EngineError {
  const reference = digestHex(vertex as Digest).slice(0, ID_LENGTH);
  return new EngineError(
    'build',
    `failed to compute cache key: failed to calculate checksum of ref ${reference}: ${problem}`,
    {
      data: { path },
    },
  );
}
