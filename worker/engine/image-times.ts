/**
 * When images were made, as people are told. Config and history of what was built here have times that are equal on every machine,
 * which would read "11 months ago" a second after the build: those are told as the time the image was built here.
 */
import { isStepTime } from '../build/step-time.ts';
import type { HistoryEntry } from '../oci/config.ts';
import type { ImageRecord } from '../store/images.ts';

/** When an image was made, milliseconds; undefined where nothing says. */
export function createdMs({ config, builtMs }: ImageRecord): number | undefined {
  return toldMs(config.created, builtMs);
}

/** The same of a line of its history. */
export function entryCreatedMs(entry: HistoryEntry, { builtMs }: ImageRecord): number | undefined {
  return toldMs(entry.created, builtMs);
}

function toldMs(written: string | undefined, builtMs: number | undefined): number | undefined {
  const time = written === undefined ? NaN : Date.parse(written);
  if (Number.isNaN(time)) return undefined;
  return builtMs !== undefined && isStepTime(time) ? builtMs : time;
}
