/** `--filter` as the daemon takes it: which keys there are, and how values are matched. */
import { EngineError } from '../../base/errors.ts';
import type { Filters } from './api.ts';

/** Throws `invalid-argument` for a key that `known` does not have. */
export function assertKnownFilters(filters: Filters, known: readonly string[]): void {
  for (const key of filters.keys()) {
    if (!known.includes(key)) throw new EngineError('invalid-argument', `invalid filter '${key}'`);
  }
}

/** True when no value was asked for, or one of those asked for is `value`. */
export function matchesExactly(filters: Filters, key: string, value: string): boolean {
  const wanted = filters.get(key) ?? [];
  return wanted.length === 0 || wanted.includes(value);
}

/** True when no value was asked for, or one of them is found in `value`: each is a regular expression, else a text. */
export function matchesPattern(filters: Filters, key: string, value: string): boolean {
  const wanted = filters.get(key) ?? [];
  return wanted.length === 0 || wanted.some((pattern) => pattern === value || isFoundIn(pattern, value));
}

function isFoundIn(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return false;
  }
}

/** True when all `label` filters (`NAME` or `NAME=VALUE`) hold, and none of `label!`. */
export function matchesLabels(filters: Filters, labels: Readonly<Record<string, string>>): boolean {
  const holds = (wanted: string): boolean => {
    const equals = wanted.indexOf('=');
    if (equals === -1) return Object.hasOwn(labels, wanted);
    return labels[wanted.slice(0, equals)] === wanted.slice(equals + 1);
  };
  return (filters.get('label') ?? []).every(holds) && !(filters.get('label!') ?? []).some(holds);
}

/** The moment an `until` filter names, as it was understood: a duration before now, seconds since 1970, or a date. */
export function parseMoment(text: string, nowMs: number): number {
  const duration = parseDurationMs(text);
  if (duration !== undefined) return nowMs - duration;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`;
  const date = Date.parse(zoned);
  if (Number.isNaN(date))
    throw new EngineError('invalid-argument', `failed to parse value as time or duration: ${quoted(text)}`);
  return date;
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds of a Go duration such as `1h30m`; undefined when it is none. */
export function parseDurationMs(text: string): number | undefined {
  if (!/^[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, amount = '', unit = ''] of text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)) {
    sum += Number(amount) * (UNITS[unit] ?? 0);
  }
  return text.startsWith('-') ? -sum : sum;
}

const quoted = (text: string): string => JSON.stringify(text);
