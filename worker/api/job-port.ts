/** The worker's end of a job's port: gives the job its signal, and sends its reports, coalesced. */
import type { Clock } from '../base/ports.ts';
import { createJob, type Job } from '../base/job.ts';
import type { LogChunk, SolveStatus, StatusItem, VertexStatus, WarningItem } from '../base/progress.ts';
import type { JobMessage } from './wire.ts';

/** Reports within this many milliseconds travel together. */
const COALESCE_MS = 60;

/** A running job with where it reports to. */
export interface ReportingJob extends Job {
  readonly status: (status: SolveStatus) => void;
  readonly output: (stream: 1 | 2, data: Uint8Array) => void;
}

let jobs = 0;

/**
 * Runs `work` as a job on a port. Everything it reported is sent, and `end` after it, before this settles.
 * Of vertexes and statuses the latest of each goes; logs and output all go, in order.
 */
export async function runJob<R>(port: MessagePort, clock: Clock, work: (job: ReportingJob) => Promise<R>): Promise<R> {
  const controller = new AbortController();
  // the page has one thing to say, `JobControl`: cancel
  port.onmessage = () => controller.abort();
  const send = (message: JobMessage): void => port.postMessage(message);
  const statuses = coalesceStatuses((status) => send({ kind: 'status', status }));
  let scheduled = false;
  const flush = (): void => {
    scheduled = false;
    statuses.flush();
  };
  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    void clock.sleep(COALESCE_MS).then(flush);
  };
  try {
    return await work({
      ...createJob(`job-${++jobs}`, controller.signal, clock),
      status(status) {
        statuses.add(status);
        schedule();
      },
      output: (stream, data) => send({ kind: 'output', stream, data }),
    });
  } finally {
    flush();
    send({ kind: 'end' });
  }
}

/** Collects reports and sends them as one. */
export function coalesceStatuses(send: (status: SolveStatus) => void): {
  add(status: SolveStatus): void;
  flush(): void;
} {
  const vertexes = new Map<string, VertexStatus>();
  const statuses = new Map<string, StatusItem>();
  let logs: LogChunk[] = [];
  let warnings: WarningItem[] = [];
  return {
    add(status) {
      for (const vertex of status.vertexes ?? []) vertexes.set(vertex.id, vertex);
      for (const item of status.statuses ?? []) statuses.set(`${item.vertex} ${item.id}`, item);
      logs.push(...(status.logs ?? []));
      warnings.push(...(status.warnings ?? []));
    },
    flush() {
      if (vertexes.size + statuses.size + logs.length + warnings.length === 0) return;
      send({ vertexes: [...vertexes.values()], statuses: [...statuses.values()], logs, warnings });
      vertexes.clear();
      statuses.clear();
      logs = [];
      warnings = [];
    },
  };
}
