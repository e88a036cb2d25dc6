/** How long ago, as Docker says it (docker/go-units): `Less than a second`, `About an hour`, `3 weeks`. */

const HOUR_MS = 3_600_000;
const DAY = 24;
const YEAR = 365 * DAY;

/** A duration in words, to which lists add ` ago`. */
export function humanDuration(durationMs: number): string {
  const seconds = Math.trunc(durationMs / 1000);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${String(seconds)} seconds`;
  const minutes = Math.trunc(durationMs / 60_000);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${String(minutes)} minutes`;
  return humanHours(Math.trunc(durationMs / HOUR_MS + 0.5), Math.trunc(durationMs / HOUR_MS));
}

/** Hours are rounded, but years count full hours only. */
function humanHours(rounded: number, full: number): string {
  if (rounded === 1) return 'About an hour';
  if (rounded < 2 * DAY) return `${String(rounded)} hours`;
  if (rounded < 14 * DAY) return `${String(Math.trunc(rounded / DAY))} days`;
  if (rounded < 60 * DAY) return `${String(Math.trunc(rounded / DAY / 7))} weeks`;
  if (rounded < 2 * YEAR) return `${String(Math.trunc(rounded / DAY / 30))} months`;
  return `${String(Math.trunc(full / YEAR))} years`;
}
