/** What the page asks about images and Dockerfiles beyond their trees: waste, what would save it, stages, shared layers. */
import { createUnstoppableJob } from '../base/job.ts';
import type { Clock } from '../base/ports.ts';
import { createContentDigests } from '../build/content-digest.ts';
import { savingOf, type Saving, type WasteFacts } from '../dockerfile/savings/savings.ts';
import { analyseWaste, type WasteReport } from '../layer/analyse-waste.ts';
import type { Store } from '../store/index.ts';
import { outlineBuild } from './build-outline.ts';
import type { Images } from './images.ts';
import type { BuildOutline, ContextFile, LayerSize } from './model.ts';

/** The engine's calls that look and change nothing. */
export function createAnalysis(store: Store, images: Images, clock: Clock) {
  const digests = createContentDigests();
  return {
    /** Throws `not-found` for an image that is not here. */
    async waste(image: string): Promise<WasteReport> {
      const { chainID } = await images.find(image);
      const job = createUnstoppableJob('waste', clock);
      return analyseWaste(await store.snapshots.tree(chainID), (body) => digests.ofBody(body, job));
    },

    savings: (dockerfile: string, waste: readonly WasteFacts[]): Promise<readonly Saving[]> =>
      Promise.resolve(waste.map((facts) => savingOf(dockerfile, facts))),

    outline: async (dockerfile: string, files: readonly ContextFile[]): Promise<BuildOutline> =>
      outlineBuild(dockerfile, files),

    async layers(): Promise<readonly LayerSize[]> {
      const layers = await store.snapshots.listLayers();
      return layers.map(({ diffID, sizeBytes, storedBytes }) => ({ diffID, sizeBytes, tarBytes: storedBytes }));
    },
  };
}
