/** Go's `path.Clean`: the shortest path that means the same, judged by the text alone. */

/** `a//./b/../c/` becomes `a/c`; nothing left becomes `.`. `..` at the start of a relative path stays. */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    const last = segments.at(-1);
    if (segment !== '..') segments.push(segment);
    else if (last !== undefined && last !== '..') segments.pop();
    else if (!rooted) segments.push('..');
  }
  const joined = segments.join('/');
  if (rooted) return '/' + joined;
  return joined === '' ? '.' : joined;
}
