/** Looks through an image: its packages, the secrets of all its layers, and what makes an intruder's life easier. */
import type { Job } from '../base/job.ts';
import { censusOf } from '../layer/hidden-files.ts';
import type { ImageConfig } from '../oci/config.ts';
import { formatPlatform } from '../oci/platform.ts';
import type { Tree } from '../vfs/tree.ts';
import { findDistribution } from './distribution.ts';
import { findWeakSpots } from './weak-spots/index.ts';
import { findPackages } from './packages/find-packages.ts';
import { SEVERITIES, type ImageContents, type SecretFinding } from './report.ts';
import { findConfigSecrets } from './secrets/config-secrets.ts';
import { findSecrets } from './secrets/find-secrets.ts';

export interface InspectedImage {
  readonly imageID: string;
  readonly config: ImageConfig;
  readonly tree: Tree;
}

/** `progress` is told how many of all files were looked at. `nowMs`: wall clock, for what is out of support. */
export async function inspectImage(
  { imageID, config, tree }: InspectedImage,
  nowMs: number,
  job: Job,
  progress: (done: number, total: number) => void,
): Promise<ImageContents> {
  const census = censusOf(tree);
  const distribution = await findDistribution(tree);
  const packages = await findPackages(tree, census, distribution, job);
  const { secrets, coverage } = await findSecrets(tree, census, job, progress);
  return {
    imageID,
    platform: formatPlatform(config),
    ...(distribution === undefined ? {} : { distribution }),
    packages,
    secrets: [...findConfigSecrets(config), ...secrets].sort(byImportance),
    weakSpots: await findWeakSpots(tree, { config, distribution, nowMs }, job),
    coverage,
  };
}

/** Worst first; of equals those that someone thinks are gone. */
function byImportance(a: SecretFinding, b: SecretFinding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    Number(b.hidden !== undefined) - Number(a.hidden !== undefined)
  );
}
