/** Paths inside an image: absolute, normalised POSIX strings, told apart from other strings by their type. */

declare const brand: unique symbol;

/** `/` or `/a/b`: starts with a slash, no empty, `.` or `..` segment, no slash at the end. Never a path of the host. */
export type AbsolutePath = string & { readonly [brand]: 'AbsolutePath' };

/** The root directory. */
export const ROOT = '/' as AbsolutePath;

/**
 * The path that `path` means seen from `base`, lexically: `.` and `..` are resolved without looking at links, as
 * Go's `path.Join` does, and `..` at the root stays at the root.
 */
export function resolvePath(path: string, base: AbsolutePath = ROOT): AbsolutePath {
  if (isNormal(path)) return path;
  const segments: string[] = path.startsWith('/') || base === ROOT ? [] : base.slice(1).split('/');
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(segment);
  }
  return ('/' + segments.join('/')) as AbsolutePath;
}

function isNormal(path: string): path is AbsolutePath {
  if (path === '/') return true;
  return path.startsWith('/') && !path.endsWith('/') && !/\/(?:\.{0,2})(?:\/|$)/.test(path);
}

/** The entry `name` of the directory `directory`; `name` is one plain segment. */
export function childPath(directory: AbsolutePath, name: string): AbsolutePath {
  return (directory === ROOT ? '/' + name : directory + '/' + name) as AbsolutePath;
}

/** The directory that holds `path`; the root holds itself. */
export function parentPath(path: AbsolutePath): AbsolutePath {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? ROOT : (path.slice(0, slash) as AbsolutePath);
}

/** The last segment; empty for the root. */
export function baseName(path: AbsolutePath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The segments from the root down; none for the root. */
export function segmentsOf(path: AbsolutePath): string[] {
  return path === ROOT ? [] : path.slice(1).split('/');
}

/** True when `path` is `directory` or lies below it. */
export function isWithin(path: AbsolutePath, directory: AbsolutePath): boolean {
  return directory === ROOT || path === directory || path.startsWith(directory + '/');
}
