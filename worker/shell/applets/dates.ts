/** Dates as `touch -d`, `date -d` and `date -s` of busybox take them. Times are UTC: a container has no other zone. */

const UTC = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number => {
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  date.setUTCFullYear(year);
  return date.getTime();
};

/**
 * Milliseconds since 1970 of a date: `@SECONDS`, `hh:mm[:ss]`, `YYYY-MM-DD[ hh:mm[:ss]]` (with `T` and a zone too),
 * `[[CC]YY]MMDDhhmm[.ss]`. Undefined when it is none. Parts that are missing are those of now.
 */
export function parseDate(text: string, nowMs: number, form: 'any' | 'compact' = 'any'): number | undefined {
  const trimmed = text.trim();
  if (form === 'any') {
    const seconds = /^@(-?\d+(?:\.\d+)?)$/.exec(trimmed)?.[1];
    if (seconds !== undefined) return Number(seconds) * 1000;
    const parsed = parseCalendarDate(trimmed, nowMs) ?? parseTimeOfDay(trimmed, nowMs);
    if (parsed !== undefined) return parsed;
  }
  return parseCompactDate(trimmed, nowMs);
}

function parseCalendarDate(text: string, nowMs: number): number | undefined {
  const match =
    /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ T-](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|UTC|[-+]\d{2}:?\d{2})?$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, zone] = match;
  if (!inRange(Number(month), Number(day), Number(hour ?? 0), Number(minute ?? 0))) return undefined;
  const now = new Date(nowMs);
  // A date alone means this time of day.
  const time =
    hour === undefined
      ? [now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds()]
      : [Number(hour), Number(minute), Number(second ?? 0)];
  return UTC(Number(year), Number(month), Number(day), ...time) - zoneOffsetMs(zone);
}

function zoneOffsetMs(zone: string | undefined): number {
  const match = /^([-+])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

function parseTimeOfDay(text: string, nowMs: number): number | undefined {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (match === null) return undefined;
  const now = new Date(nowMs);
  const [, hour, minute, second] = match;
  return UTC(
    now.getUTCFullYear(),
    now.getUTCMonth() + 1,
    now.getUTCDate(),
    Number(hour),
    Number(minute),
    Number(second ?? 0),
  );
}

function parseCompactDate(text: string, nowMs: number): number | undefined {
  const match = /^(\d{2}|\d{4})?(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  if (!inRange(Number(month), Number(day), Number(hour), Number(minute))) return undefined;
  const thisYear = new Date(nowMs).getUTCFullYear();
  const fullYear =
    year === undefined ? thisYear : year.length === 4 ? Number(year) : Number(year) + (Number(year) < 69 ? 2000 : 1900);
  return UTC(fullYear, Number(month), Number(day), Number(hour), Number(minute), Number(second ?? 0));
}

function inRange(month: number, day: number, hour: number, minute: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 23 && minute <= 59;
}
