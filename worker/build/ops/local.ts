/** A build context. What is left out of it is left out when a step first needs it, and never when none does. */
import type { Job } from '../../base/job.ts';
import { inodeSize } from '../../vfs/inode.ts';
import type { Tree, TreeNode } from '../../vfs/tree.ts';
import type { Operation } from '../operation.ts';

/** Bytes of all files at and below a node. */
function fileBytes(node: TreeNode): number {
  let bytes = inodeSize(node.inode);
  for (const child of node.children?.values() ?? []) bytes += fileBytes(child);
  return bytes;
}

/** `name` tells the contexts of one build apart. */
export function localContext(name: string, load: (job: Job) => Promise<Tree>): Operation {
  return {
    kind: 'local',
    definition: { name },
    keyParts: () => Promise.resolve(undefined),
    async execute(_base, _sources, { environment, job, progress, vertex }) {
      const startedMs = environment.clock.nowMs();
      const tree = await load(job);
      const completedMs = environment.clock.nowMs();
      const current = fileBytes(tree.root);
      progress({ statuses: [{ id: 'transferring context:', vertex, current, total: 0, startedMs, completedMs }] });
      return { kind: 'file-system', fileSystem: { tree } };
    },
  };
}
