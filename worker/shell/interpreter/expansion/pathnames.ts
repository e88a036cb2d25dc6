/** Pathname expansion (XCU 2.13.3): the files a pattern matches, as the process sees them. */
import { sortNames } from '../../../vfs/byte-order.ts';
import type { Files } from '../../kernel/files.ts';
import { hasWildcard, matchesPattern, unescapePattern } from './patterns.ts';

export interface GlobOptions {
  readonly extended: boolean;
  /** `**` matches any number of directories (bash's globstar). */
  readonly globstar?: boolean;
  /** A wildcard matches a leading dot. */
  readonly dotglob?: boolean;
  readonly ignoreCase?: boolean;
  /** `.*` leaves out `.` and `..` (bash 5.2). */
  readonly skipDots?: boolean;
}

/** The paths that match, sorted by bytes; empty when none does. */
export function expandPathname(pattern: string, files: Files, options: GlobOptions): string[] {
  const root = /^\/*/.exec(pattern)?.[0] ?? '';
  const segments = pattern.slice(root.length).match(/[^/]+\/*/g) ?? [];
  const found: string[] = [];
  collect(root, pattern.endsWith('/') ? [...segments, ''] : segments, files, options, found);
  return sortNames(found);
}

/** A segment has the slashes behind it with it, which a match repeats as they are written. */
function collect(
  prefix: string,
  segments: readonly string[],
  files: Files,
  options: GlobOptions,
  found: string[],
): void {
  const [written, ...rest] = segments;
  if (written === undefined) return;
  const segment = written.replace(/\/+$/, '');
  const slashes = written.slice(segment.length);
  if (segment === '' && rest.length === 0) {
    if (prefix === '') return;
    if (files.find(prefix === '' ? '.' : prefix)?.inode.kind === 'directory') found.push(prefix);
    return;
  }
  if (!hasWildcard(segment, options.extended)) {
    const path = prefix + unescapePattern(segment);
    if (files.find(path, false) !== undefined) descend(path, slashes, rest, files, options, found);
    return;
  }
  if (options.globstar === true && segment === '**') {
    collectDeep(prefix, rest, files, options, found);
    return;
  }
  for (const name of namesIn(prefix, files, options, segment)) {
    if (matchesPattern(name, segment, options.extended, options.ignoreCase ?? false)) {
      descend(prefix + name, slashes, rest, files, options, found);
    }
  }
}

function descend(
  path: string,
  slashes: string,
  rest: readonly string[],
  files: Files,
  options: GlobOptions,
  found: string[],
): void {
  if (rest.length === 0) found.push(path);
  else if (files.find(path)?.inode.kind === 'directory') collect(path + slashes, rest, files, options, found);
}

function collectDeep(
  prefix: string,
  rest: readonly string[],
  files: Files,
  options: GlobOptions,
  found: string[],
): void {
  if (rest.length === 0 && prefix !== '') found.push(prefix);
  collectBelow(prefix, rest, files, options, found);
}

/** The matches of `**` below a directory, itself left out. */
function collectBelow(
  prefix: string,
  rest: readonly string[],
  files: Files,
  options: GlobOptions,
  found: string[],
): void {
  if (rest.length > 0) collect(prefix, rest, files, options, found);
  for (const name of namesIn(prefix, files, options, '*')) {
    const path = prefix + name;
    if (rest.length === 0) found.push(path);
    if (files.lstat(path).inode.kind === 'directory') collectBelow(`${path}/`, rest, files, options, found);
  }
}

/** The names a wildcard may match: not those with a leading dot, unless the pattern has one. */
function namesIn(prefix: string, files: Files, options: GlobOptions, segment: string): string[] {
  const hidden = options.dotglob === true || segment.startsWith('.') || segment.startsWith('\\.');
  try {
    const names = files.list(prefix === '' ? '.' : prefix).map((entry) => entry.name);
    const dots = options.skipDots !== true && /^\\?\./.test(segment) ? ['.', '..'] : [];
    return hidden ? [...dots, ...names] : names.filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}
