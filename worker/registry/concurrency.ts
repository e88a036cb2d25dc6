/** Doing things side by side, a few at a time. */
import type { Job } from '../base/job.ts';

/**
 * Runs `work` on every item, at most `limit` at once, in order of the items. The first failure stops the others (each gets a
 * job whose signal fires then); they are waited for, so that nothing goes on behind the caller's back; then it is thrown.
 */
export async function forEachConcurrently<T>(
  items: readonly T[],
  limit: number,
  job: Job,
  work: (item: T, job: Job) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const shared: Job = { ...job, signal: AbortSignal.any([job.signal, stop.signal]) };
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  const lane = async (): Promise<void> => {
    while (failure === undefined && next < items.length) {
      const item = items[next++]!;
      try {
        await work(item, shared);
      } catch (error) {
        failure ??= { error };
        stop.abort(new DOMException('Another transfer failed.', 'AbortError'));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  if (failure !== undefined) throw failure.error;
}
