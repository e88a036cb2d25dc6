/** `--filter` of images, beside what all objects share. */
import { EngineError } from '../../../base/errors.ts';
import type { Clock } from '../../../base/ports.ts';
import type { Filters } from '../api.ts';
import { parseMoment } from '../filters.ts';

/** A filter that is true or false; `fallback` when it was not given. Throws `invalid-argument`. */
export function booleanFilter(filters: Filters, name: string, fallback: boolean): boolean {
  const values = filters.get(name);
  if (values === undefined || values.length === 0) return fallback;
  const [value] = values;
  if (values.length === 1 && (value === '1' || value === 'true')) return true;
  if (values.length === 1 && (value === '0' || value === 'false')) return false;
  throw new EngineError('invalid-argument', `invalid filter '${name}=[${[...values].sort().join(' ')}]'`);
}

/** Milliseconds of `until=…`; undefined without such a filter. Throws `invalid-argument`. */
export function untilFilter(filters: Filters, clock: Clock): number | undefined {
  const [value, ...others] = filters.get('until') ?? [];
  if (value === undefined) return undefined;
  if (others.length > 0) throw new EngineError('invalid-argument', 'more than one until filter specified');
  return parseMoment(value, clock.nowMs());
}
