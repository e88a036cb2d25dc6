/**
 * What the `-slim` variants of Debian's image leave out: documentation, locales and manual pages, by dpkg's own filters
 * (debuerreotype's `slimify`), which stay in the image and so hold for what is installed later too.
 */
import { utf8 } from '../../worker/base/bytes.ts';
import type { MirrorLayer } from './layer-tar.ts';
import { sortedByPath, type ListedEntry } from './tree-list.ts';

/** Directories whose contents dpkg shall not unpack. */
const EXCLUDED = [
  '/usr/share/doc',
  '/usr/share/info',
  '/usr/share/linda',
  '/usr/share/lintian/overrides',
  '/usr/share/locale',
  '/usr/share/man',
];

/** Where the filters stand in the image. */
export const SLIM_FILTER_FILE = '/etc/dpkg/dpkg.cfg.d/docker';

/** The filters as dpkg reads them. The real file explains itself at length. */
export const SLIM_FILTERS =
  '# The slim variant leaves out what containers seldom need; these filters keep it so.\n' +
  EXCLUDED.map((directory) => `path-exclude ${directory}/*\n`).join('') +
  'path-include /usr/share/doc/*/copyright\n' +
  'path-include /usr/share/locale/locale.alias\n';

/** True when the filters let a file through. */
export function keptInSlim(path: string): boolean {
  if (/^\/usr\/share\/doc\/[^/]*\/copyright$/.test(path) || path === '/usr/share/locale/locale.alias') return true;
  return !EXCLUDED.some((directory) => path.startsWith(`${directory}/`));
}

/** The slim variant of a base layer: fewer files, no directory that is empty for it, and the filters. */
export function slimLayer(base: MirrorLayer): MirrorLayer {
  const kept = base.entries.filter(({ kind, path }) => kind !== 'directory' && keptInSlim(path));
  const needed = new Set(kept.flatMap(({ path }) => parentsOf(path)));
  const directories = base.entries.filter(
    ({ kind, path }) => kind === 'directory' && (keptInSlim(path) || needed.has(path)),
  );
  const filters = utf8(SLIM_FILTERS);
  const filterFile: ListedEntry = {
    kind: 'file',
    path: SLIM_FILTER_FILE,
    sizeBytes: filters.byteLength,
    elf: false,
    mode: 0o644,
    uid: 0,
    gid: 0,
  };
  return {
    ...base,
    entries: sortedByPath([...directories, ...kept, filterFile]),
    bodies: new Map([...base.bodies, [SLIM_FILTER_FILE, filters]]),
  };
}

function parentsOf(path: string): readonly string[] {
  const segments = path.split('/');
  return segments.slice(1, -1).map((_, index) => segments.slice(0, index + 2).join('/'));
}
