/** Spans of time on the command line. */
import { parseDurationMs } from '../../engine/docker/filters.ts';

/** Nanoseconds of a Go duration that was checked. */
export function durationNanoseconds(text: string): number {
  return Math.round((parseDurationMs(text) ?? 0) * 1e6);
}
