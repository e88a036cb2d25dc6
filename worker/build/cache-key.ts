/**
 * Cache keys: composed of named parts, so that a miss can be explained. What the parts of an operation are is said in its
 * file; here they become a key, and two lists of parts become the differences between them.
 */
import type { CacheDifference } from '../base/progress.ts';
import type { Digest } from '../oci/digest.ts';
import type { BuildCacheRecord, KeyPart } from '../store/build-cache.ts';
import { digestOfValue } from './graph.ts';

/** Results of other forms were made in other ways, from the same parts: those before 2 told when they were made. */
const FORM = 2;

/** The key of a list of parts. How what the step stands on is called is no part of it: `[2/3] COPY …` becomes `[2/4]` by a line below. */
export function cacheKey(parts: readonly KeyPart[]): Digest {
  return digestOfValue([FORM, ...parts.map((part) => [nameOf(part), part.value])]);
}

/** The part for what an instruction comes down to; where the instruction itself differs, it tells nothing more. */
export const SETTINGS_PART = 'settings';

/** How a step differs from the last record of its lineage; `no-record` for a step never built before. */
export function explainMiss(parts: readonly KeyPart[], latest: BuildCacheRecord | undefined): CacheDifference[] {
  if (latest === undefined) return [{ kind: 'no-record', name: '' }];
  const before = new Map(latest.parts.map((part) => [nameOf(part), part]));
  const differences: CacheDifference[] = [];
  for (const part of parts) {
    const old = before.get(nameOf(part));
    before.delete(nameOf(part));
    if (old?.value === part.value) continue;
    differences.push({
      kind: part.kind,
      name: part.name,
      ...(old === undefined ? {} : { before: old.value }),
      after: part.value,
    });
  }
  for (const gone of before.values()) differences.push({ kind: gone.kind, name: gone.name, before: gone.value });
  if (differences.some(({ kind }) => kind === 'instruction')) {
    return differences.filter(({ kind, name }) => kind !== 'other' || name !== SETTINGS_PART);
  }
  // equal parts with another key: its record (or what it stands for) was removed since
  return differences.length === 0 ? [{ kind: 'no-record', name: '' }] : differences;
}

/** Two parts of one name are the same part. There is one parent or base image, however it is called now. */
function nameOf(part: KeyPart): string {
  return part.kind === 'parent' || part.kind === 'image' ? part.kind : `${part.kind} ${part.name}`;
}
