/** A build context. What is left out of it is left out when a step first needs it, and never when none does. */
import type { Job } from '../../base/job.ts';
import type { Tree } from '../../vfs/tree.ts';
import type { Operation } from '../operation.ts';

/** `name` tells the contexts of one build apart. */
export function localContext(name: string, load: (job: Job) => Promise<Tree>): Operation {
  return {
    kind: 'local',
    definition: { name },
    keyParts: () => Promise.resolve(undefined),
    execute: async (_base, _sources, { job }) => ({ kind: 'file-system', fileSystem: { tree: await load(job) } }),
  };
}
