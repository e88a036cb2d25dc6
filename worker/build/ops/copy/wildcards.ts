/** Wildcards of COPY and ADD sources, resolved as BuildKit's fsutil does: links are followed up to the first wildcard, not below it. */
import { childPath, segmentsOf, type AbsolutePath } from '../../../base/path.ts';
import { hasWildcard, matchPattern } from '../../../vfs/glob.ts';
import type { UnionView } from '../../../vfs/view.ts';
import { rootPath } from './root-path.ts';

/**
 * The paths a source names. One without wildcards names itself, existing or not; one with wildcards names what matches, in byte order.
 * Throws `invalid-argument` for a malformed pattern.
 */
export function resolveSource(view: UnionView, source: AbsolutePath): AbsolutePath[] {
  const segments = segmentsOf(source);
  const first = segments.findIndex(hasWildcard);
  if (first < 0) return [source];
  let matches = [rootPath(view, segments.slice(0, first).join('/'))];
  for (const pattern of segments.slice(first))
    matches = matches.flatMap((directory) => matchesIn(view, directory, pattern));
  return matches;
}

function matchesIn(view: UnionView, directory: AbsolutePath, pattern: string): AbsolutePath[] {
  if (view.lookup(directory, { follow: false })?.kind !== 'directory') return [];
  const names = view.list(directory).map(({ name }) => name);
  return names.filter((name) => matchPattern(pattern, name)).map((name) => childPath(directory, name));
}
