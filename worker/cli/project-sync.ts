/**
 * Keeps the project on the terminal's machine and the project in the page the same, in steps of a line: before a line the
 * page's changes are applied here, after it the machine's are told. Both ways only differences go.
 *
 * When both sides changed one path while a line ran, what the line left there wins; all other paths keep the page's edits.
 */
import { utf8 } from '../base/bytes.ts';
import { childPath, isWithin, parentPath, resolvePath, type AbsolutePath } from '../base/path.ts';
import type { ContextFile } from '../engine/model.ts';
import { bodyOf, bodyOfBlob, EMPTY_BODY, readBody, type Body } from '../vfs/body.ts';
import type { Inode } from '../vfs/inode.ts';
import type { UnionView } from '../vfs/view.ts';

/** What one side did to the project since the other last heard. */
export interface ProjectChanges {
  readonly written: readonly ContextFile[];
  /** Paths that are gone, relative to the project. */
  readonly removed: readonly string[];
}

const OWNER = { uid: 0, gid: 0 };
const FOLDER_MODE = 0o755;
/** Files above this are bytes to the page, whatever they hold. */
const MAX_TEXT_BYTES = 1 << 20;

export class ProjectSync {
  readonly #view: UnionView;
  readonly #root: AbsolutePath;
  /** What both sides have, by path; a folder only where it stands for itself. */
  readonly #agreed = new Map<string, Inode>();

  /** `root` is the project's directory in `view`, and empty. */
  constructor(view: UnionView, root: AbsolutePath) {
    this.#view = view;
    this.#root = root;
  }

  /** Brings what the page changed to the machine. */
  apply({ written, removed }: ProjectChanges): void {
    for (const path of removed) this.#remove(path);
    for (const file of written) this.#put(file);
  }

  /** What the machine changed since the last call, or {@link apply}. Times alone are no change. */
  async changes(): Promise<ProjectChanges> {
    const found = this.#entries();
    const removed = [...this.#agreed.keys()].filter((path) => !this.#isThere(path, found));
    for (const path of removed) this.#agreed.delete(path);
    const written: ContextFile[] = [];
    for (const [path, inode] of found) {
      const before = this.#agreed.get(path);
      if (before !== undefined && isSame(before, inode)) continue;
      const file = await contextFile(path, inode);
      if (file === undefined) continue;
      this.#agreed.set(path, inode);
      written.push(file);
    }
    return { written, removed };
  }

  /** A folder that the page has stays one when it is filled. */
  #isThere(path: string, found: ReadonlyMap<string, Inode>): boolean {
    if (found.has(path)) return true;
    if (this.#agreed.get(path)?.kind !== 'directory') return false;
    return this.#view.lookup(this.#pathOf(path), { follow: false })?.kind === 'directory';
  }

  #put(file: ContextFile): void {
    const path = this.#pathOf(file.path);
    const options = { ...OWNER, mode: file.mode & 0o7777, mtimeMs: file.mtimeMs };
    this.#makeFolders(parentPath(path));
    const there = this.#view.lookup(path, { follow: false });
    if (there !== undefined && (there.kind !== file.kind || file.kind === 'symlink')) this.#view.removeAll(path);
    if (file.kind === 'symlink') this.#view.symlink(path, file.target ?? '', { ...options, mode: 0o777 });
    else if (file.kind === 'file') this.#view.writeFile(path, bodyOfContent(file), options);
    else if (there?.kind !== 'directory') this.#view.mkdir(path, options);
    if (file.kind !== 'symlink') this.#view.setAttributes(path, { mode: options.mode, mtimeMs: file.mtimeMs });
    const inode = this.#view.lookup(path, { follow: false });
    if (inode !== undefined) this.#agreed.set(file.path, inode);
  }

  #makeFolders(path: AbsolutePath): void {
    if (path === this.#root || !isWithin(path, this.#root)) return;
    this.#makeFolders(parentPath(path));
    const there = this.#view.lookup(path, { follow: false });
    if (there?.kind === 'directory') return;
    if (there !== undefined) this.#view.unlink(path);
    this.#view.mkdir(path, { ...OWNER, mode: FOLDER_MODE });
  }

  /** Takes a path away, and the folders that were there for its sake alone. */
  #remove(relative: string): void {
    this.#agreed.delete(relative);
    const path = this.#pathOf(relative);
    const there = this.#view.lookup(path, { follow: false });
    if (there === undefined) return;
    if (there.kind !== 'directory') this.#view.unlink(path);
    else if (this.#view.list(path).length === 0) this.#view.rmdir(path);
    this.#dropEmptyFolders(parentPath(path));
  }

  #dropEmptyFolders(path: AbsolutePath): void {
    if (path === this.#root || !isWithin(path, this.#root) || this.#agreed.has(this.#relative(path))) return;
    if (this.#view.lookup(path, { follow: false })?.kind !== 'directory' || this.#view.list(path).length > 0) return;
    this.#view.rmdir(path);
    this.#dropEmptyFolders(parentPath(path));
  }

  /** Files and links of the project, and folders with nothing in them. */
  #entries(): Map<string, Inode> {
    const found = new Map<string, Inode>();
    const walk = (directory: AbsolutePath): void => {
      for (const { name, inode } of this.#view.list(directory)) {
        const path = childPath(directory, name);
        if (inode.kind === 'directory' && this.#view.list(path).length > 0) walk(path);
        else found.set(this.#relative(path), inode);
      }
    };
    if (this.#view.lookup(this.#root)?.kind === 'directory') walk(this.#root);
    return found;
  }

  #pathOf(relative: string): AbsolutePath {
    return resolvePath(relative, this.#root);
  }

  #relative(path: AbsolutePath): string {
    return path.slice(this.#root.length + 1);
  }
}

function isSame(a: Inode, b: Inode): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  if (a.kind === 'symlink') return b.kind === 'symlink' && a.target === b.target;
  return a.mode === b.mode && (a.kind !== 'file' || (b.kind === 'file' && a.body === b.body));
}

function bodyOfContent({ content }: ContextFile): Body {
  if (content === undefined) return EMPTY_BODY;
  if (content instanceof Blob) return bodyOfBlob(content);
  return bodyOf(typeof content === 'string' ? utf8(content) : content);
}

/** An entry as the page keeps it; undefined for what a project cannot hold (devices, pipes). */
async function contextFile(path: string, inode: Inode): Promise<ContextFile | undefined> {
  const { mode, mtimeMs } = inode;
  if (inode.kind === 'symlink') return { path, kind: 'symlink', target: inode.target, mode, mtimeMs };
  if (inode.kind === 'directory') return { path, kind: 'directory', mode, mtimeMs };
  if (inode.kind !== 'file') return undefined;
  return { path, kind: 'file', content: await contentOf(inode.body), mode, mtimeMs };
}

/** Text where it is text, as an upload would be. */
async function contentOf(body: Body): Promise<string | Blob> {
  const bytes = await readBody(body);
  if (bytes.byteLength > MAX_TEXT_BYTES || bytes.includes(0)) return new Blob([bytes]);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new Blob([bytes]);
  }
}
