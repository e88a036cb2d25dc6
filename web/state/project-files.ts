/** The files of a project as values, and every edit of them as a function: nothing here knows of a page or a store. */
import type { ContextFile } from '../../worker/api/types.ts';

export type ProjectFiles = readonly ContextFile[];

export const DOCKERFILE = 'Dockerfile';

/** Modes that new entries get, as a umask of 022 leaves them. */
export const FILE_MODE = 0o644;

/** Longest path a project may hold, in characters (PATH_MAX of Linux, less its terminator). */
const MAX_PATH = 4095;

/** Why a path cannot be used, or the path in its normal form. */
export type PathVerdict =
  { readonly ok: true; readonly path: string } | { readonly ok: false; readonly message: string };

/** A path as typed or dropped, made relative and normal; refused where it would leave the project. */
export function projectPath(typed: string): PathVerdict {
  const trimmed = typed.trim().replaceAll('\\', '/');
  const segments = trimmed.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.length === 0) return { ok: false, message: 'Give the file a name.' };
  if (segments.includes('..')) return { ok: false, message: 'A path cannot leave the project with “..”.' };
  if (trimmed.includes('\0')) return { ok: false, message: 'A name cannot hold a NUL character.' };
  const path = segments.join('/');
  if (path.length > MAX_PATH) return { ok: false, message: `A path can have ${MAX_PATH} characters at most.` };
  if (segments.some((segment) => new TextEncoder().encode(segment).length > 255)) {
    return { ok: false, message: 'A name can have 255 bytes at most.' };
  }
  return { ok: true, path };
}

/** Files with these texts, by path: without a date, so that a build of them is the same everywhere. */
export function filesOfTexts(texts: Readonly<Record<string, string>>): ProjectFiles {
  return Object.entries(texts).map(([path, content]) => ({ path, kind: 'file', content, mode: FILE_MODE, mtimeMs: 0 }));
}

/** The entry at `path`, if the project has one. */
export function fileAt(files: ProjectFiles, path: string): ContextFile | undefined {
  return files.find((file) => file.path === path);
}

/** Text of a file; undefined when there is none at the path or it holds bytes. */
export function textOf(files: ProjectFiles, path: string): string | undefined {
  const content = fileAt(files, path)?.content;
  return typeof content === 'string' ? content : undefined;
}

/** Bytes a file takes in the build context. */
export function sizeOf(file: ContextFile): number {
  const { content } = file;
  if (content === undefined) return 0;
  if (typeof content === 'string') return new TextEncoder().encode(content).length;
  return content instanceof Blob ? content.size : content.byteLength;
}

/** The files with `text` as the content of `path`; mode and neighbours stay, an unchanged text changes nothing. */
export function withText(files: ProjectFiles, path: string, text: string, nowMs: number): ProjectFiles {
  const old = fileAt(files, path);
  if (old?.content === text) return files;
  const file: ContextFile = { path, kind: 'file', content: text, mode: old?.mode ?? FILE_MODE, mtimeMs: nowMs };
  return old === undefined ? [...files, file] : files.map((each) => (each === old ? file : each));
}

/** The files with `incoming` among them; what has the same path is replaced. A file gives way to a folder of its name. */
export function withFiles(files: ProjectFiles, incoming: ProjectFiles): ProjectFiles {
  const taken = new Set(incoming.map((file) => file.path));
  const folders = new Set(incoming.flatMap((file) => foldersAbove(file.path)));
  const kept = files.filter((file) => !taken.has(file.path) && !(file.kind !== 'directory' && folders.has(file.path)));
  return [...kept, ...incoming];
}

/** True when the project has an entry at `path`, or files below it. */
export function isTaken(files: ProjectFiles, path: string): boolean {
  return files.some((file) => file.path === path || file.path.startsWith(`${path}/`));
}

/** The files with `from`, and all below it, at `to`. The caller has made sure that `to` is free. */
export function withRenamed(files: ProjectFiles, from: string, to: string, nowMs: number): ProjectFiles {
  return files.map((file) => {
    if (file.path !== from && !file.path.startsWith(`${from}/`)) return file;
    return { ...file, path: to + file.path.slice(from.length), mtimeMs: nowMs };
  });
}

/** The files without `path` and all below it, and what was taken away (for undo: `withFiles(kept, removed)`). */
export function withoutPath(
  files: ProjectFiles,
  path: string,
): { readonly kept: ProjectFiles; readonly removed: ProjectFiles } {
  const goes = (file: ContextFile): boolean => file.path === path || file.path.startsWith(`${path}/`);
  return { kept: files.filter((file) => !goes(file)), removed: files.filter(goes) };
}

/** A name near `path` that is free: `main.go`, `main-2.go`, `main-3.go`. */
export function freePath(files: ProjectFiles, path: string): string {
  if (!isTaken(files, path)) return path;
  const slash = path.lastIndexOf('/') + 1;
  const dot = path.indexOf('.', slash + 1);
  const [stem, ending] = dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot)];
  for (let number = 2; ; number += 1) {
    const candidate = `${stem}-${number}${ending}`;
    if (!isTaken(files, candidate)) return candidate;
  }
}

/** The folders that hold `path`, outermost first. */
export function foldersAbove(path: string): string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}
