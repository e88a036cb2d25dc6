/**
 * Instants as Go's time package reads and writes them: RFC 3339 with nanoseconds (what the engine's JSON holds) and the
 * layout of `time.Time.String`, which Docker's tables show as CREATED AT.
 */
import { EngineError } from '../../base/errors.ts';

/** An instant, exact to the nanosecond, with the offset it is told in. */
export interface GoTime {
  /** Whole seconds since 1970-01-01T00:00:00Z; negative before. */
  readonly seconds: number;
  readonly nanoseconds: number;
  /** Seconds east of UTC. */
  readonly offsetSeconds: number;
}

/** Go's zero time: the first of January of the year 1, UTC. */
export const ZERO_TIME: GoTime = { seconds: -62_135_596_800, nanoseconds: 0, offsetSeconds: 0 };

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Reads `2006-01-02T15:04:05.999999999Z07:00`. Throws `invalid-argument`. */
export function parseGoTime(text: string): GoTime {
  const match = RFC3339.exec(text);
  if (match === null) throw notATime(text);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const offset = (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)) * 60 * (match[8] === '-' ? -1 : 1);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) {
    throw notATime(text);
  }
  const nanoseconds = Number((match[7] ?? '').slice(0, 9).padEnd(9, '0'));
  return { seconds: date.getTime() / 1000 - offset, nanoseconds, offsetSeconds: offset };
}

function notATime(text: string): EngineError {
  const layout = '"2006-01-02T15:04:05Z07:00"';
  return new EngineError('invalid-argument', `parsing time ${JSON.stringify(text)} as ${layout}: cannot parse it`);
}

/** The instant so many milliseconds after 1970-01-01T00:00:00Z, in UTC. */
export function goTimeAt(epochMs: number): GoTime {
  const seconds = Math.floor(epochMs / 1000);
  return { seconds, nanoseconds: Math.round((epochMs - seconds * 1000) * 1_000_000), offsetSeconds: 0 };
}

/** RFC 3339 with as many fractional digits as the instant has, as `time.RFC3339Nano` and Go's JSON. */
export function formatRfc3339Nano(time: GoTime): string {
  const zone = time.offsetSeconds === 0 ? 'Z' : offsetText(time.offsetSeconds, ':');
  return `${dateText(time)}T${clockText(time)}${fractionText(time)}${zone}`;
}

/** `2006-01-02 15:04:05.999999999 -0700 MST`, as `time.Time.String`; zones have no names here but UTC. */
export function formatGoTime(time: GoTime): string {
  return `${dateText(time)} ${clockText(time)}${fractionText(time)} ${zoneText(time)}`;
}

function zoneText({ offsetSeconds }: GoTime): string {
  const offset = offsetText(offsetSeconds, '');
  return offsetSeconds === 0 ? `${offset} UTC` : `${offset} ${offset}`;
}

function offsetText(offsetSeconds: number, between: string): string {
  const minutes = Math.abs(offsetSeconds) / 60;
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60];
  return `${offsetSeconds < 0 ? '-' : '+'}${twoDigits(hour)}${between}${twoDigits(minute)}`;
}

const localDate = (time: GoTime): Date => new Date((time.seconds + time.offsetSeconds) * 1000);

function dateText(time: GoTime): string {
  const date = localDate(time);
  const year = String(date.getUTCFullYear()).padStart(4, '0');
  return `${year}-${twoDigits(date.getUTCMonth() + 1)}-${twoDigits(date.getUTCDate())}`;
}

function clockText(time: GoTime): string {
  const date = localDate(time);
  return [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(twoDigits).join(':');
}

function fractionText({ nanoseconds }: GoTime): string {
  return nanoseconds === 0 ? '' : `.${String(nanoseconds).padStart(9, '0').replace(/0+$/, '')}`;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
