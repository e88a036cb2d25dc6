/** The rules about files and configuration, one line each, and what they find in an image. */
import type { Job } from '../../base/job.ts';
import { walkTree } from '../../vfs/walk.ts';
import type { Tree } from '../../vfs/tree.ts';
import type { WeakSpot } from '../report.ts';
import type { WeakSpotRule, RuleInput } from './weak-spot-rule.ts';
import { oldBase } from './old-base.ts';
import { rootUser } from './root-user.ts';
import { setId } from './set-id.ts';
import { worldWritable } from './world-writable.ts';

const RULES: readonly WeakSpotRule[] = [oldBase, rootUser, setId, worldWritable];

/** What is about the image as a whole comes first. */
export async function findWeakSpots(tree: Tree, input: RuleInput, job: Job): Promise<readonly WeakSpot[]> {
  const weakSpots = RULES.flatMap((rule) => rule.ofImage?.(input) ?? []);
  for (const entry of walkTree(tree.root)) {
    for (const rule of RULES) {
      const finding = rule.ofPath?.(entry);
      if (finding !== undefined) weakSpots.push(finding);
    }
    const pause = job.budget.checkpoint();
    if (pause) await pause;
  }
  return weakSpots;
}
