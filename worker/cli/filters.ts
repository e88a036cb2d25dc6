/** `--filter key=value` of a command line as the engine takes it. */
import type { Filters } from '../engine/docker/api.ts';

/** Gathers filters by key; a key is written in any case, as Docker takes it. */
export function gatherFilters(values: readonly string[]): Map<string, string[]> {
  const filters = new Map<string, string[]>();
  for (const value of values)
    addFilter(
      filters,
      value.slice(0, value.indexOf('=')).trim().toLowerCase(),
      value.slice(value.indexOf('=') + 1).trim(),
    );
  return filters;
}

/** Adds one more value to a key. */
export function addFilter(filters: Map<string, string[]>, key: string, value: string): Filters {
  filters.set(key, [...(filters.get(key) ?? []), value]);
  return filters;
}
