/**
 * What a build, a pull or a push has reported so far, reduced from its stream of SolveStatus. The log, the gutter and the
 * progress line are renderings of this one value.
 */
import type { SolveStatus, StatusItem, VertexStatus, WarningItem } from '../../worker/api/types.ts';
import { appendOutput, NO_OUTPUT, type Output } from './output.ts';

/** A step as reported so far. */
export interface StepProgress {
  /** From 1, in the order of first report, as BuildKit's plain log counts. */
  readonly number: number;
  readonly vertex: VertexStatus;
  readonly statuses: readonly StatusItem[];
  readonly output: Output;
}

export interface BuildProgress {
  readonly steps: readonly StepProgress[];
  readonly warnings: readonly WarningItem[];
}

export const NO_PROGRESS: BuildProgress = { steps: [], warnings: [] };

/** The progress after one more report. */
export function reduceProgress(progress: BuildProgress, status: SolveStatus): BuildProgress {
  const steps = new Map(progress.steps.map((step) => [step.vertex.id, step]));
  const touch = (id: string, change: (step: StepProgress) => StepProgress): void => {
    const step = steps.get(id) ?? newStep({ id, name: '', inputs: [] }, steps.size + 1);
    steps.set(id, change(step));
  };
  for (const vertex of status.vertexes ?? []) touch(vertex.id, (step) => ({ ...step, vertex }));
  for (const item of status.statuses ?? []) touch(item.vertex, (step) => withStatus(step, item));
  for (const chunk of status.logs ?? [])
    touch(chunk.vertex, (step) => ({ ...step, output: appendOutput(step.output, [chunk]) }));
  const warnings = status.warnings === undefined ? progress.warnings : [...progress.warnings, ...status.warnings];
  return { steps: [...steps.values()], warnings };
}

function newStep(vertex: VertexStatus, number: number): StepProgress {
  return { number, vertex, statuses: [], output: NO_OUTPUT };
}

function withStatus(step: StepProgress, item: StatusItem): StepProgress {
  const at = step.statuses.findIndex((status) => status.id === item.id);
  return { ...step, statuses: at < 0 ? [...step.statuses, item] : step.statuses.with(at, item) };
}

export type StepState = 'waiting' | 'running' | 'cached' | 'done' | 'failed' | 'cancelled';

/** Where a step stands. */
export function stateOf({ vertex }: StepProgress): StepState {
  if (vertex.error !== undefined) return vertex.error.code === 'cancelled' ? 'cancelled' : 'failed';
  if (vertex.cache?.hit === true) return 'cached';
  if (vertex.completedMs !== undefined) return 'done';
  return vertex.startedMs === undefined ? 'waiting' : 'running';
}

/** Bytes moved and to be moved by all transfers that are under way; undefined when none is. */
export function transferOf(
  progress: BuildProgress,
): { readonly currentBytes: number; readonly totalBytes: number } | undefined {
  const moving = progress.steps.flatMap((step) => step.statuses).filter((status) => status.total > 0);
  if (moving.every((status) => status.completedMs !== undefined)) return undefined;
  return {
    currentBytes: moving.reduce((sum, status) => sum + status.current, 0),
    totalBytes: moving.reduce((sum, status) => sum + status.total, 0),
  };
}
