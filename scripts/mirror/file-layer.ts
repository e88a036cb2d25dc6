/** Layers that are written down file by file. */
import { utf8, utf8Text } from '../../worker/base/bytes.ts';
import type { MirrorLayer } from './layer-tar.ts';
import { sortedByPath, type ListedEntry } from './tree-list.ts';

interface Owned {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

/** What lies at a path: a file by its size alone or its whole text, a symbolic link, a directory, or what is deleted. */
export type LaidFile =
  | ({ readonly sizeBytes: number; readonly elf?: boolean } & Owned)
  | ({ readonly text: string } & Owned)
  | { readonly target: string }
  | ({ readonly directory: true } & Owned)
  | { readonly gone: true };

/** By absolute path. */
export type LaidFiles = Readonly<Record<string, LaidFile>>;

export const program = (sizeBytes: number): LaidFile => ({ sizeBytes, mode: 0o755, elf: true });
export const data = (sizeBytes: number): LaidFile => ({ sizeBytes });
export const link = (target: string): LaidFile => ({ target });
export const script = (text: string): LaidFile => ({ text, mode: 0o755 });

/** The layer of these files; directories above them come along, with mode 0755 where `files` says nothing. */
export function fileLayer(files: LaidFiles, mtimeMs: number): MirrorLayer {
  const directories = new Map<string, LaidFile>();
  for (const path of Object.keys(files)) {
    for (const parent of parentsOf(path)) directories.set(parent, { directory: true });
  }
  const entries: ListedEntry[] = [];
  const bodies = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [path, file] of new Map([...directories, ...Object.entries(files)])) {
    entries.push(entryOf(path, file));
    if ('text' in file) bodies.set(path, utf8(file.text));
  }
  return { entries: sortedByPath(entries), bodies, mtimeMs };
}

/** A layer with files of another put over its own. */
export function overlaid(below: MirrorLayer, above: MirrorLayer): MirrorLayer {
  const entries = new Map([...below.entries, ...above.entries].map((entry) => [entry.path, entry]));
  for (const entry of below.entries) if (entry.kind === 'directory') entries.set(entry.path, entry);
  return {
    entries: sortedByPath([...entries.values()]),
    bodies: new Map([...below.bodies, ...above.bodies]),
    mtimeMs: below.mtimeMs,
  };
}

/** The text of a file in the topmost of these layers that has it; empty where none has. */
export function textIn(layers: readonly MirrorLayer[], path: string): string {
  const body = layers.findLast((layer) => layer.bodies.has(path))?.bodies.get(path);
  return body === undefined ? '' : utf8Text(body);
}

function entryOf(path: string, file: LaidFile): ListedEntry {
  if ('gone' in file) return { kind: 'whiteout', path };
  if ('target' in file) return { kind: 'symlink', path, target: file.target };
  const owner = { uid: file.uid ?? 0, gid: file.gid ?? 0 };
  if ('directory' in file) return { kind: 'directory', path, mode: file.mode ?? 0o755, ...owner };
  const text = 'text' in file;
  const sizeBytes = text ? utf8(file.text).byteLength : file.sizeBytes;
  return { kind: 'file', path, sizeBytes, elf: !text && file.elf === true, mode: file.mode ?? 0o644, ...owner };
}

function parentsOf(path: string): readonly string[] {
  const segments = path.slice(1).split('/');
  return segments.slice(0, -1).map((_, index) => `/${segments.slice(0, index + 1).join('/')}`);
}
