/** The build context: a project's files as the tree a build copies from. */
import { EngineError } from '../base/errors.ts';
import { utf8 } from '../base/bytes.ts';
import { resolvePath, ROOT, segmentsOf, type AbsolutePath } from '../base/path.ts';
import { bodyOf, bodyOfBlob, type Body } from '../vfs/body.ts';
import type { Inode } from '../vfs/inode.ts';
import type { Tree, TreeNode } from '../vfs/tree.ts';
import type { ContextFile } from './model.ts';

interface Folder {
  readonly inode: Inode;
  readonly layer: number;
  readonly children: Map<string, TreeNode>;
}

/**
 * The tree of these files: owned by root as the docker client sends them, parents made where they are missing.
 * Throws `invalid-argument` for a path that leaves the project or stands below a file.
 */
export function contextTree(files: readonly ContextFile[], nowMs: number): Tree {
  const root = newFolder(0o755, nowMs);
  for (const file of files) insert(root, file, nowMs);
  return { root, layers: [] };
}

function insert(root: Folder, file: ContextFile, nowMs: number): void {
  const segments = segmentsOf(contextPath(file.path));
  const name = segments.pop();
  if (name === undefined) return;
  let folder = root;
  for (const segment of segments) folder = descend(folder, segment, file.path, nowMs);
  const there = folder.children.get(name);
  if (file.kind === 'directory') {
    const children = (there?.children as Map<string, TreeNode> | undefined) ?? new Map<string, TreeNode>();
    folder.children.set(name, { inode: { kind: 'directory', ...attributes(file) }, layer: 0, children });
  } else if (there?.children !== undefined) {
    throw new EngineError('invalid-argument', `${file.path} is a file and a folder at once. Rename one of them.`, {
      data: { path: file.path },
    });
  } else {
    folder.children.set(name, { inode: inodeOf(file), layer: 0 });
  }
}

function descend(folder: Folder, segment: string, path: string, nowMs: number): Folder {
  const there = folder.children.get(segment);
  if (there === undefined) {
    const made = newFolder(0o755, nowMs);
    folder.children.set(segment, made);
    return made;
  }
  if (there.children === undefined) {
    throw new EngineError('invalid-argument', `${path} lies below ${segment}, which is a file. Rename one of them.`, {
      data: { path },
    });
  }
  return there as Folder;
}

function newFolder(mode: number, mtimeMs: number): Folder {
  return { inode: { kind: 'directory', mode, uid: 0, gid: 0, mtimeMs }, layer: 0, children: new Map() };
}

/** A path of the project as a path of the tree. Throws `invalid-argument` when it is not a plain relative path. */
function contextPath(path: string): AbsolutePath {
  if (path === '' || path.startsWith('/') || path.includes('\0') || path.split('/').includes('..')) {
    throw new EngineError('invalid-argument', `"${path}" is not a path inside the project.`, { data: { path } });
  }
  return resolvePath(path, ROOT);
}

const attributes = (file: ContextFile) => ({ mode: file.mode & 0o7777, uid: 0, gid: 0, mtimeMs: file.mtimeMs });

function inodeOf(file: ContextFile): Inode {
  if (file.kind === 'symlink') return { kind: 'symlink', target: file.target ?? '', ...attributes(file), mode: 0o777 };
  return { kind: 'file', body: bodyOfContent(file), ...attributes(file) };
}

/** Bodies by content, so that an unchanged file keeps its body (and with it its remembered digest) from build to build. */
const textBodies = new Map<string, Body>();
const TEXT_BODIES_KEPT = 512;

function bodyOfContent({ content }: ContextFile): Body {
  if (content === undefined) return bodyOf(new Uint8Array(0));
  if (content instanceof Blob) return bodyOfBlob(content);
  if (typeof content !== 'string') return bodyOf(content);
  const known = textBodies.get(content);
  if (known !== undefined) return known;
  if (textBodies.size >= TEXT_BODIES_KEPT) textBodies.clear();
  const body = bodyOf(utf8(content));
  textBodies.set(content, body);
  return body;
}
