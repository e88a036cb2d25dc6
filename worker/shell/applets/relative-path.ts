/** The way from a directory to a path, both absolute and without links: `../b`, `.` for the directory itself. */
export function relativePath(directory: string, path: string): string {
  const from = directory.split('/').filter((segment) => segment !== '');
  const to = path.split('/').filter((segment) => segment !== '');
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/') || '.';
}
