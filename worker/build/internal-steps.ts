/**
 * Steps that are no vertices of the graph and are shown like them: BuildKit's `[internal] load …` and `exporting to image`, in its
 * words.
 */
import { errorToWire } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { Clock } from '../base/ports.ts';
import type { ProgressSink } from '../base/progress.ts';
import { digestOfValue } from './graph.ts';

/** Where a step reports to. */
export interface StepReports {
  readonly job: Job;
  readonly clock: Clock;
  readonly progress: ProgressSink;
}

/** Something a step says of itself when it is done: `transferring dockerfile:`, with an amount of bytes. */
export interface StepNote {
  readonly id: string;
  readonly bytes?: number;
}

/** Does something and reports it as a vertex of this name; `notes` are reported when it is done. */
export async function reportedStep<R>(
  { job, clock, progress }: StepReports,
  name: string,
  work: () => Promise<R>,
  notes: (result: R) => readonly StepNote[] = () => [],
): Promise<R> {
  const id = digestOfValue([job.id, name]);
  const startedMs = clock.nowMs();
  const vertex = { id, name, inputs: [], startedMs };
  progress({ vertexes: [vertex] });
  try {
    const result = await work();
    const completedMs = clock.nowMs();
    const statuses = notes(result).map((note) => ({
      id: note.id,
      vertex: id,
      current: note.bytes ?? 0,
      total: 0,
      startedMs,
      completedMs,
    }));
    progress({ statuses, vertexes: [{ ...vertex, completedMs }] });
    return result;
  } catch (error) {
    progress({ vertexes: [{ ...vertex, completedMs: clock.nowMs(), error: errorToWire(error) }] });
    throw error;
  }
}
