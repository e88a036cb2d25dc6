/** Whether a version is affected: OSV's evaluation of ranges and lists of versions (osv-schema, "Evaluation"). */
import type { OsvAffected, OsvEvent, OsvRange } from './osv.ts';
import type { CompareVersions } from './versions/index.ts';

/** Why a version is affected. */
export interface Affection {
  /** `>=1.2.0, <1.2.6`. */
  readonly range: string;
  /** Absent where nothing mends it yet. */
  readonly fixed?: string;
}

/** Undefined where the version is not affected. `compare` undefined: only the listed versions tell. */
export function affectionOf(
  version: string,
  { ranges = [], versions = [] }: OsvAffected,
  compare: CompareVersions | undefined,
): Affection | undefined {
  if (compare !== undefined) {
    for (const range of ranges) {
      const affection = inRange(version, range, compare);
      if (affection !== undefined) return affection;
    }
  }
  return versions.includes(version) ? { range: `=${version}` } : undefined;
}

interface Bound {
  readonly kind: 'introduced' | 'fixed' | 'last_affected';
  readonly version: string;
}

function inRange(version: string, { type, events }: OsvRange, compare: CompareVersions): Affection | undefined {
  if (type === 'GIT') return undefined;
  const order = (a: string, b: string): number =>
    a === b ? 0 : a === '0' ? -1 : b === '0' ? 1 : (compare(a, b) ?? NaN);
  const bounds = events.flatMap(boundsOf);
  // a bound that is no version says nothing, and so does a range of a version that is none
  if (bounds.some((bound) => Number.isNaN(order(version, bound.version)))) return undefined;
  bounds.sort((a, b) => order(a.version, b.version));
  let from: string | undefined;
  for (const bound of bounds) {
    const place = order(version, bound.version);
    if (bound.kind === 'introduced') {
      if (from === undefined && place >= 0) from = bound.version;
    } else if (from !== undefined) {
      const isPast = bound.kind === 'fixed' ? place >= 0 : place > 0;
      if (!isPast) return affection(from, bound);
      from = undefined;
    }
  }
  return from === undefined ? undefined : affection(from, undefined);
}

function boundsOf({ introduced, fixed, last_affected: lastAffected }: OsvEvent): readonly Bound[] {
  return [
    ...(introduced === undefined ? [] : [{ kind: 'introduced', version: introduced } as const]),
    ...(fixed === undefined ? [] : [{ kind: 'fixed', version: fixed } as const]),
    ...(lastAffected === undefined ? [] : [{ kind: 'last_affected', version: lastAffected } as const]),
  ];
}

function affection(from: string, end: Bound | undefined): Affection {
  const start = from === '0' ? '' : `>=${from}`;
  if (end === undefined) return { range: start === '' ? '>=0' : start };
  const range = [start, `${end.kind === 'fixed' ? '<' : '<='}${end.version}`].filter((part) => part !== '').join(', ');
  return end.kind === 'fixed' ? { range, fixed: end.version } : { range };
}
