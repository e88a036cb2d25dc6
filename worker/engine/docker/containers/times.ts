/** Times as Docker's API writes them, and spans of time as its lists tell them. */

/** What stands for a time that never was. */
export const GO_ZERO_TIME = '0001-01-01T00:00:00Z';

/** RFC 3339 with nine digits behind the point. */
export function goTime(ms: number): string {
  const whole = Math.floor(ms);
  const nanoseconds = Math.round((ms - whole) * 1e6);
  return new Date(whole).toISOString().replace('Z', `${String(nanoseconds).padStart(6, '0')}Z`);
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** A span in words: `3 seconds`, `About an hour` (go-units, HumanDuration). */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < MINUTE) return `${seconds} seconds`;
  const minutes = Math.trunc(seconds / MINUTE);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.trunc(seconds / HOUR + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  const days = Math.trunc(hours / 24);
  if (hours < 24 * 7 * 2) return `${days} days`;
  if (hours < 24 * 30 * 2) return `${Math.trunc(days / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.trunc(days / 30)} months`;
  return `${Math.trunc(Math.trunc(seconds / HOUR) / 24 / 365)} years`;
}
