/** What `util.inspect` can be asked for. */
import { isObject } from '../callable.ts';
import type { Value } from '../machine.ts';

export interface InspectOptions {
  readonly depth: number;
  readonly showHidden: boolean;
  readonly breakLength: number;
  /** So many inner levels may share a line; 0 gives each entry its own. */
  readonly compact: number;
  readonly sorted: boolean;
  readonly maxArrayLength: number;
  readonly maxStringLength: number;
}

export const DEFAULT_OPTIONS: InspectOptions = {
  depth: 2,
  showHidden: false,
  breakLength: 80,
  compact: 3,
  sorted: false,
  maxArrayLength: 100,
  maxStringLength: 10_000,
};

/** Options as a program gives them. */
export function inspectOptions(given: Value): InspectOptions {
  if (!isObject(given)) return DEFAULT_OPTIONS;
  const number = (name: 'depth' | 'breakLength' | 'maxArrayLength' | 'maxStringLength'): number => {
    const value = given[name];
    return value === null ? Infinity : typeof value === 'number' ? value : DEFAULT_OPTIONS[name];
  };
  const { compact } = given;
  return {
    depth: number('depth'),
    breakLength: number('breakLength'),
    maxArrayLength: number('maxArrayLength'),
    maxStringLength: number('maxStringLength'),
    compact: typeof compact === 'number' ? compact : compact === false ? 0 : DEFAULT_OPTIONS.compact,
    showHidden: given['showHidden'] === true,
    sorted: given['sorted'] === true,
  };
}
