/** One layer of a whole tree: the tar that `docker export` gives, and what a squashed image has as its only layer. */
import type { Job } from '../base/job.ts';
import type { Tree } from '../vfs/tree.ts';
import { treeEntries } from './diff.ts';
import { writeLayer, type WriteLayerOptions, type WrittenLayer } from './write-layer.ts';

/** All that is seen in a tree as one layer, nothing hidden, no whiteouts. Of a view: `squash(view.freeze(), …)`. */
export async function squash(tree: Tree, options: WriteLayerOptions, job: Job): Promise<WrittenLayer> {
  return writeLayer(treeEntries(tree.root), options, job);
}
