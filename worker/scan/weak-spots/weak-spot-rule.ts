/** What a rule about an image is: one value. Adding one is a file that exports it, and a line in `weak-spots/index.ts`. */
import type { ImageConfig } from '../../oci/config.ts';
import type { WalkEntry } from '../../vfs/walk.ts';
import type { Distribution, WeakSpot } from '../report.ts';

/** What rules look at, beyond the files. */
export interface RuleInput {
  readonly config: ImageConfig;
  readonly distribution: Distribution | undefined;
  /** Wall clock, milliseconds. */
  readonly nowMs: number;
}

export interface WeakSpotRule {
  /** Looks at each path that is seen. */
  readonly ofPath?: (entry: WalkEntry) => WeakSpot | undefined;
  /** Looks at the image as a whole. */
  readonly ofImage?: (input: RuleInput) => WeakSpot | undefined;
}
