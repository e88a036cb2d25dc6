/** Layers as the comparison sees them: entries by path, whiteouts and opaque directories apart, hard links in one form. */
import type { LayerRow } from './record-types.ts';

/** One entry, reduced to what is compared. */
export interface Entry {
  readonly type: string;
  readonly mode?: string;
  readonly uid?: number;
  readonly gid?: number;
  readonly size?: number;
  readonly sha256?: string;
  readonly target?: string;
}

export type MergedView = ReadonlyMap<string, Entry>;

export interface LayerModel {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly whiteouts: ReadonlySet<string>;
  /** Directories below which nothing of the lower layers is seen. */
  readonly opaque: ReadonlySet<string>;
}

/** What is compared of an entry, in the order differences are told. */
export const COMPARED = ['type', 'mode', 'uid', 'gid', 'size', 'sha256', 'target'] as const;

const OPAQUE_MARKER = '.wh..wh..opq';
const WHITEOUT_PREFIX = '.wh.';

/** A path as the rules write it: no slash or dot in front, none at the end. */
function cleanPath(path: string): string {
  return path
    .replace(/\/+/g, '/')
    .replace(/^(?:\.\/|\/)+/, '')
    .replace(/\/$/, '');
}

/** The directories above a path, the nearest first. */
export function parentsOf(path: string): string[] {
  const parents: string[] = [];
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1))
    parents.push(path.slice(0, slash));
  return parents;
}

function cleanEntry(row: LayerRow): Entry {
  const mode = typeof row.mode === 'string' ? parseInt(row.mode, 8) : row.mode;
  const file = row.type === 'file';
  const target = row.type === 'hardlink' ? cleanPath(row.target ?? '') : row.target;
  return {
    type: row.type,
    ...(mode === undefined ? {} : { mode: (mode & 0o7777).toString(8).padStart(4, '0') }),
    ...(row.uid === undefined ? {} : { uid: row.uid }),
    ...(row.gid === undefined ? {} : { gid: row.gid }),
    ...(file ? { size: row.size ?? 0 } : {}),
    ...(file && row.sha256 !== undefined ? { sha256: row.sha256 } : {}),
    ...(target === undefined ? {} : { target }),
  };
}

/** A layer from its rows. Of several names of one file the first in path order becomes the file, the others its links. */
export function layerModel(rows: readonly LayerRow[]): LayerModel {
  const entries = new Map<string, Entry>();
  const whiteouts = new Set<string>();
  const opaque = new Set<string>();
  for (const row of rows) {
    const path = cleanPath(row.path);
    const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (name === OPAQUE_MARKER) opaque.add(folder);
    else if (name.startsWith(WHITEOUT_PREFIX)) {
      whiteouts.add((folder === '' ? '' : `${folder}/`) + name.slice(WHITEOUT_PREFIX.length));
    } else if (path !== '' && path !== '.') entries.set(path, cleanEntry(row));
  }
  renameHardLinks(entries);
  return { entries, whiteouts, opaque };
}

/** The entry a hard link stands for, as far as the layer itself knows it. */
function linkRoot(entries: ReadonlyMap<string, Entry>, path: string): string {
  const seen = new Set<string>();
  let current = path;
  for (;;) {
    const entry = entries.get(current);
    if (entry?.type !== 'hardlink' || seen.has(current)) return current;
    seen.add(current);
    current = entry.target ?? '';
  }
}

function renameHardLinks(entries: Map<string, Entry>): void {
  const groups = new Map<string, string[]>();
  for (const [path, entry] of entries) {
    if (entry.type !== 'hardlink') continue;
    const root = linkRoot(entries, path);
    groups.set(root, [...(groups.get(root) ?? [root]), path]);
  }
  for (const [root, names] of groups) {
    const content = entries.get(root);
    if (content === undefined) continue;
    const [first = root, ...others] = [...names].sort(byCodePoint);
    const { mode, uid, gid } = content;
    entries.set(first, content);
    for (const name of others) {
      entries.set(name, {
        type: 'hardlink',
        target: first,
        ...(mode === undefined ? {} : { mode }),
        ...(uid === undefined ? {} : { uid }),
        ...(gid === undefined ? {} : { gid }),
      });
    }
  }
}

/** Order of paths, by code unit. */
export function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Directories that have an entry, a whiteout or an opaque directory of this layer below them. */
export function inhabitedDirectories({ entries, whiteouts, opaque }: LayerModel): ReadonlySet<string> {
  const marked = [...opaque].filter((folder) => folder !== '').map((folder) => `${folder}/x`);
  return new Set([...entries.keys(), ...whiteouts, ...marked].flatMap(parentsOf));
}

function remove(view: Map<string, Entry>, path: string): void {
  for (const known of [...view.keys()]) if (known === path || known.startsWith(`${path}/`)) view.delete(known);
}

/** The merged view with a layer put on it. */
export function applyLayer(view: MergedView, layer: LayerModel): MergedView {
  const merged = new Map(view);
  for (const folder of layer.opaque) {
    for (const known of [...merged.keys()]) if (folder === '' || known.startsWith(`${folder}/`)) merged.delete(known);
  }
  for (const path of layer.whiteouts) remove(merged, path);
  for (const path of [...layer.entries.keys()].sort(byCodePoint)) {
    const own = layer.entries.get(path);
    if (own === undefined) continue;
    const root = own.type === 'hardlink' ? linkRoot(layer.entries, path) : path;
    const entry = layer.entries.get(root) ?? merged.get(root) ?? own;
    for (const folder of parentsOf(path)) {
      const there = merged.get(folder);
      if (there !== undefined && there.type !== 'dir' && !layer.entries.has(folder)) break;
      if (there === undefined) merged.set(folder, { type: 'dir', mode: '0755', uid: 0, gid: 0 });
    }
    const there = merged.get(path);
    if (there !== undefined && (there.type === 'dir') !== (entry.type === 'dir')) remove(merged, path);
    merged.set(path, entry);
  }
  return merged;
}
