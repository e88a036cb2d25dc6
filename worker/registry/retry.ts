/** When a failed exchange is tried again, and after how long. */
import type { Job } from '../base/job.ts';
import type { Clock } from '../base/ports.ts';

/** Tries in all, the first included, as Docker's transfer manager has it. */
export const MAX_ATTEMPTS = 5;

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;
/** A registry that asks for a longer pause than this is reported, not waited for. */
const LONGEST_WAIT_MS = 60_000;

/** Statuses that may be gone a moment later. A 500 is retried too: storage back ends answer so when busy. */
export function isTransientStatus(status: number): boolean {
  return status === 408 || status === 429 || status === 500 || status === 502 || status === 503 || status === 504;
}

/**
 * Milliseconds to wait before the next try, after `attempt` tries failed; undefined when another is pointless.
 * `Retry-After` (RFC 9110, 10.2.3: seconds or a date) outweighs the exponential back-off.
 */
export function retryDelayMs(attempt: number, retryAfter: string | null, nowMs: number): number | undefined {
  if (attempt >= MAX_ATTEMPTS) return undefined;
  const asked = retryAfter === null ? undefined : retryAfterMs(retryAfter, nowMs);
  if (asked !== undefined) return asked > LONGEST_WAIT_MS ? undefined : asked;
  return Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), MAX_DELAY_MS);
}

/** Waits before another try, and tells whoever watches the job. Throws `cancelled` as soon as the job is stopped. */
export async function waitToRetry(clock: Clock, delayMs: number, job: Job): Promise<void> {
  job.onWait?.(delayMs);
  try {
    await clock.sleep(delayMs, job.signal);
  } finally {
    job.budget.throwIfCancelled();
    job.onWait?.(0);
  }
}

function retryAfterMs(value: string, nowMs: number): number | undefined {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
