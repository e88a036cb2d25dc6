/** The build context: a project's files as the tree a build copies from. */
import { utf8 } from '../base/bytes.ts';
import { EngineError, isEngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import { parentPath, resolvePath, ROOT, type AbsolutePath } from '../base/path.ts';
import { decompress } from '../codec/decompress.ts';
import { indexLayer } from '../layer/index-layer.ts';
import { bodyOf, bodyOfBlob, EMPTY_BODY, type Body } from '../vfs/body.ts';
import { applyLayerEntries, EMPTY_TREE } from '../vfs/merge.ts';
import type { Tree } from '../vfs/tree.ts';
import { createUnionView } from '../vfs/union-view.ts';
import type { UnionView } from '../vfs/view.ts';
import type { ContextFile } from './model.ts';

/**
 * The tree of these files, owned by root as the docker client sends them. A folder that is not listed itself is made, and is as
 * old as the newest file in it, so that the same files make the same tree everywhere. Throws `invalid-argument` for a path
 * that leaves the project or stands below a file.
 */
export function contextTree(files: readonly ContextFile[]): Tree {
  const view = createUnionView(EMPTY_TREE, { now: () => 0 });
  const madeFolders = new Map<AbsolutePath, number>();
  for (const file of files) {
    const path = contextPath(file.path);
    try {
      makeFolders(view, parentPath(path), file.mtimeMs, madeFolders);
      put(view, path, file);
      if (file.kind === 'directory') madeFolders.delete(path);
    } catch (error) {
      if (!isEngineError(error, 'filesystem')) throw error;
      throw new EngineError('invalid-argument', `${file.path} is a file and a folder at once. Rename one of them.`, {
        data: { path: file.path },
        cause: error,
      });
    }
  }
  for (const file of files) {
    if (file.kind === 'directory') view.setAttributes(contextPath(file.path), { mtimeMs: file.mtimeMs });
  }
  for (const [path, mtimeMs] of madeFolders) view.setAttributes(path, { mtimeMs });
  view.setAttributes(ROOT, { mtimeMs: files.reduce((newest, { mtimeMs }) => Math.max(newest, mtimeMs), 0) });
  return view.freeze();
}

function makeFolders(view: UnionView, path: AbsolutePath, mtimeMs: number, made: Map<AbsolutePath, number>): void {
  const known = made.get(path);
  if (known !== undefined) {
    if (mtimeMs > known) made.set(path, mtimeMs);
    return;
  }
  if (path === ROOT || view.lookup(path, { follow: false })?.kind === 'directory') return;
  makeFolders(view, parentPath(path), mtimeMs, made);
  view.mkdir(path, { mode: 0o755, uid: 0, gid: 0, mtimeMs });
  made.set(path, mtimeMs);
}

function put(view: UnionView, path: AbsolutePath, file: ContextFile): void {
  const options = { mode: file.mode & 0o7777, uid: 0, gid: 0, mtimeMs: file.mtimeMs };
  const there = view.lookup(path, { follow: false });
  if (file.kind === 'symlink') view.symlink(path, file.target ?? '', { ...options, mode: 0o777 });
  else if (file.kind === 'file') view.writeFile(path, bodyOfContent(file), options);
  else if (there === undefined) view.mkdir(path, options);
  else view.setAttributes(path, options, { follow: false });
}

/** A path of the project as a path of the tree. Throws `invalid-argument` when it is not a plain relative path. */
function contextPath(path: string): AbsolutePath {
  if (path === '' || path.startsWith('/') || path.includes('\0') || path.split('/').includes('..')) {
    throw new EngineError('invalid-argument', `"${path}" is not a path inside the project.`, { data: { path } });
  }
  return resolvePath(path);
}

/** Bodies by text, so that an unchanged file keeps its body, and with it its remembered digest, from build to build. */
const textBodies = new Map<string, Body>();
const TEXT_BODIES_KEPT = 512;

function bodyOfContent({ content }: ContextFile): Body {
  if (content === undefined) return EMPTY_BODY;
  if (content instanceof Blob) return bodyOfBlob(content);
  if (typeof content !== 'string') return bodyOf(content);
  const known = textBodies.get(content);
  if (known !== undefined) return known;
  if (textBodies.size >= TEXT_BODIES_KEPT) textBodies.clear();
  const body = bodyOf(utf8(content));
  textBodies.set(content, body);
  return body;
}

/** The tree of an archive, packed or not, that is given as a context. Throws `invalid-document` for what is none. */
export async function archiveContext(archive: ReadableStream<Uint8Array>, job: Job): Promise<Tree> {
  return applyLayerEntries(EMPTY_TREE, await indexLayer(decompress(archive), job));
}
