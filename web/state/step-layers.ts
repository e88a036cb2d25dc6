/** Which layers of the image on screen each step of its build stands for. */
import type { BuildResult, ImageDetail, StepSummary } from '../../worker/api/types.ts';
import { oneLayer, type LayerRange } from './layer-range.ts';

/**
 * The layers of the image that each step made, by vertex: after a failed build the image is that of an earlier text, and its
 * lines are not ours. The last FROM stands for all that the base image brought.
 */
export function layersByVertex(steps: BuildResult['steps'], image: ImageDetail): Map<string, LayerRange> {
  const found = new Map<string, LayerRange>();
  for (const row of image.stack) {
    if (row.layer !== undefined && row.vertex !== undefined) found.set(row.vertex, oneLayer(row.layer));
  }
  const base = image.stack.filter((row) => row.base && row.layer !== undefined).length;
  const stage = steps.at(-1)?.stage;
  const from = steps.find((step) => step.stage === stage && isFrom(step));
  if (base > 0 && from !== undefined) found.set(from.vertex, { first: 0, last: base - 1 });
  return found;
}

/** Whether a step is the begin of a stage. */
export const isFrom = (step: StepSummary): boolean => /^from\s/i.test(step.instruction);
