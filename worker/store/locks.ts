/** The named locks that tabs share, and what each is for. */
import type { Database } from './database.ts';

/** Exclusive: garbage collection. Shared: what makes or needs references. See gc.ts. */
export const GC_LOCK = 'gc';

/** Exclusive: names move between images. Taken before the gc lock where both are held. */
export const IMAGES_LOCK = 'images';

/** Runs a short batch that gc must not come between: checks of what exists, and the write that relies on it. */
export function againstGc<R>(database: Database, work: () => Promise<R>): Promise<R> {
  return database.withLock(GC_LOCK, 'shared', work);
}
