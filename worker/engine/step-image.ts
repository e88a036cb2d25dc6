/** The world after one step of a build as an image: what any panel can show, and what a container can be made of. */
import { createUnstoppableJob } from '../base/job.ts';
import { EngineError } from '../base/errors.ts';
import { exportImage } from '../build/exporters/image.ts';
import type { ImageDraft } from '../build/plan/image-draft.ts';
import type { BuildStep } from '../build/types.ts';
import type { ImageID, ImageRecord } from '../store/images.ts';
import type { EngineParts } from './parts.ts';

/**
 * Stores it, marked so that no list shows it, unless it is an image that lists show already. It was built when its build was, at
 * `builtMs`. Throws `not-found` for a step that left no file system.
 */
export async function storeStepImage(
  { store, clock }: EngineParts,
  steps: readonly BuildStep[],
  step: BuildStep,
  builtMs: number,
): Promise<ImageID> {
  const { snapshot: chainID, times } = step;
  if (step.failed === true && chainID === undefined) {
    throw new EngineError('not-found', 'The step failed before it had a file system.', { data: { step: step.name } });
  }
  const before = steps.slice(0, steps.indexOf(step) + 1).filter(({ stage }) => stage === step.stage);
  const simulated = before.some((each) => each.simulated !== undefined);
  const marks: ImageRecord['marks'] = simulated ? ['build-cache', 'simulated'] : ['build-cache'];
  const lease = store.leases.create();
  try {
    if (chainID !== undefined) await lease.add(`snapshots/${chainID}`);
    const request = {
      draft: draftWithTimes(step),
      chainID,
      layerTimesMs: times.layersMs,
      names: [],
      marks,
      nowMs: builtMs,
      ownTimes: times.own,
    };
    return (await exportImage(store, lease, request, createUnstoppableJob('step-image', clock))).id;
  } finally {
    await lease.release();
  }
}

/**
 * Before the first layer of its own an image's lines would be as old as its base, as BuildKit has them where no layer follows. A step
 * was done when its build was.
 */
function draftWithTimes({ image, times }: BuildStep): ImageDraft {
  if (times.layersMs.length > 0) return image;
  const created = new Date(times.nextMs).toISOString();
  const ownFrom = image.base?.historyLength ?? 0;
  return {
    ...image,
    history: image.history.map((entry, row) => (row < ownFrom ? entry : { created, ...entry })),
  };
}
