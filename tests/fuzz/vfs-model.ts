/**
 * A file system too simple to be wrong: a mutable tree, no layers, no sharing. What random operations on a union view are
 * compared with. Its `run` returns the errno an operation fails with, or `ok`.
 */
import { segmentsOf, type AbsolutePath } from '../../worker/base/path.ts';

export type Operation =
  | { readonly op: 'write'; readonly path: AbsolutePath; readonly text: string; readonly mtimeMs: number }
  | { readonly op: 'mkdir'; readonly path: AbsolutePath; readonly mode: number }
  | { readonly op: 'symlink'; readonly path: AbsolutePath; readonly target: string }
  | { readonly op: 'link'; readonly from: AbsolutePath; readonly path: AbsolutePath }
  | { readonly op: 'unlink' | 'rmdir' | 'removeAll'; readonly path: AbsolutePath }
  | { readonly op: 'rename'; readonly from: AbsolutePath; readonly path: AbsolutePath }
  | { readonly op: 'chmod'; readonly path: AbsolutePath; readonly mode: number };

interface ModelDirectory {
  readonly kind: 'directory';
  mode: number;
  readonly names: Map<string, ModelNode>;
}
interface ModelFile {
  readonly kind: 'file';
  mode: number;
  text: string;
  mtimeMs: number;
}
interface ModelLink {
  readonly kind: 'symlink';
  readonly target: string;
}
type ModelNode = ModelDirectory | ModelFile | ModelLink;

/** The directory of a name, the name, and what it names. */
interface Slot {
  readonly directory: ModelDirectory;
  readonly name: string;
  readonly node: ModelNode | undefined;
}

class Failure extends Error {}

const fail = (errno: string): never => {
  throw new Failure(errno);
};

export class ModelFileSystem {
  readonly #root: ModelDirectory = { kind: 'directory', mode: 0o755, names: new Map() };

  run(operation: Operation): string {
    try {
      this.#do(operation);
      return 'ok';
    } catch (error) {
      if (error instanceof Failure) return error.message;
      throw error;
    }
  }

  /**
   * All is in layers from here on. Hard links of a file stay one file there; those of a symbolic link do not, as the kernel's overlay
   * shows names of one lower inode as inodes of their own.
   */
  commit(): void {
    const seen = new Set<ModelNode>();
    const part = (directory: ModelDirectory): void => {
      for (const [name, node] of directory.names) {
        if (node.kind === 'directory') part(node);
        else if (node.kind === 'symlink' && seen.has(node)) directory.names.set(name, { ...node });
        seen.add(node);
      }
    };
    part(this.#root);
  }

  /** One line a path: kind, mode, content, and for hard links the first name of the same file. */
  describe(): string[] {
    const lines: string[] = [];
    const firstNames = new Map<ModelNode, string>();
    const visit = (directory: ModelDirectory, above: string): void => {
      for (const name of [...directory.names.keys()].sort()) {
        const node = directory.names.get(name);
        const path = `${above}/${name}`;
        if (node?.kind === 'symlink') lines.push(`${path} -> ${node.target}`);
        if (node?.kind === 'directory') {
          lines.push(`${path}/ ${node.mode.toString(8)}`);
          visit(node, path);
        }
        if (node?.kind === 'file') {
          const first = firstNames.get(node) ?? path;
          firstNames.set(node, first);
          lines.push(`${path} ${node.mode.toString(8)} ${node.mtimeMs} ${JSON.stringify(node.text)} ${first}`);
        }
      }
    };
    visit(this.#root, '');
    return lines;
  }

  #do(operation: Operation): void {
    switch (operation.op) {
      case 'write':
        this.#write(this.#slot(segmentsOf(operation.path), true), operation.text, operation.mtimeMs);
        break;
      case 'mkdir':
        this.#make(operation.path, { kind: 'directory', mode: operation.mode, names: new Map() });
        break;
      case 'symlink':
        this.#make(operation.path, { kind: 'symlink', target: operation.target });
        break;
      case 'link': {
        const { node } = this.#slot(segmentsOf(operation.from), false);
        if (node === undefined) return fail('ENOENT');
        if (node.kind === 'directory') return fail('EPERM');
        this.#make(operation.path, node);
        break;
      }
      case 'chmod': {
        const { node } = this.#slot(segmentsOf(operation.path), true);
        if (node === undefined || node.kind === 'symlink') return fail('ENOENT');
        node.mode = operation.mode;
        break;
      }
      case 'rename':
        this.#rename(operation.from, operation.path);
        break;
      default:
        this.#remove(operation.op, operation.path);
    }
  }

  #write({ directory, name, node }: Slot, text: string, mtimeMs: number): void {
    if (node?.kind === 'directory') return fail('EISDIR');
    if (node?.kind === 'file') Object.assign(node, { text, mtimeMs });
    else directory.names.set(name, { kind: 'file', mode: 0o644, text, mtimeMs });
  }

  #make(path: AbsolutePath, made: ModelNode): void {
    const { directory, name, node } = this.#slot(segmentsOf(path), false);
    if (node !== undefined) return fail('EEXIST');
    directory.names.set(name, made);
  }

  #remove(op: 'unlink' | 'rmdir' | 'removeAll', path: AbsolutePath): void {
    let slot: Slot;
    try {
      slot = this.#slot(segmentsOf(path), false);
    } catch (error) {
      if (op === 'removeAll' && error instanceof Failure && error.message !== 'ELOOP') return;
      throw error;
    }
    const { directory, name, node } = slot;
    if (node === undefined) return op === 'removeAll' ? undefined : fail('ENOENT');
    if (op === 'unlink' && node.kind === 'directory') return fail('EISDIR');
    if (op === 'rmdir' && node.kind !== 'directory') return fail('ENOTDIR');
    if (op === 'rmdir' && node.kind === 'directory' && node.names.size > 0) return fail('ENOTEMPTY');
    directory.names.delete(name);
  }

  #rename(from: AbsolutePath, to: AbsolutePath): void {
    const source = this.#slot(segmentsOf(from), false);
    if (source.node === undefined) return fail('ENOENT');
    const target = this.#slot(segmentsOf(to), false);
    if (target.node === source.node) return;
    if (source.node.kind === 'directory' && holds(source.node, target.directory)) return fail('EINVAL');
    if (target.node !== undefined) {
      if (source.node.kind === 'directory' && target.node.kind !== 'directory') return fail('ENOTDIR');
      if (source.node.kind !== 'directory' && target.node.kind === 'directory') return fail('EISDIR');
      if (target.node.kind === 'directory' && target.node.names.size > 0) return fail('ENOTEMPTY');
    }
    source.directory.names.delete(source.name);
    target.directory.names.set(target.name, source.node);
  }

  /** Finds a name, following links as the kernel does; the root has no name here and is never asked for. */
  #slot(segments: readonly string[], follow: boolean, links = { left: 40 }): Slot {
    let stack: ModelDirectory[] = [this.#root];
    for (const [i, segment] of segments.entries()) {
      const directory = stack.at(-1) ?? this.#root;
      const last = i === segments.length - 1;
      if (segment === '..' || segment === '.') {
        if (segment === '..' && stack.length > 1) stack = stack.slice(0, -1);
        if (last) return this.#slotOf(stack);
        continue;
      }
      const node = directory.names.get(segment);
      if (node?.kind === 'symlink' && (!last || follow)) {
        if (links.left-- === 0) return fail('ELOOP');
        const before = node.target.startsWith('/') ? [] : this.#namesOf(stack);
        const target = node.target.replace(/^\//, '').split('/');
        return this.#slot([...before, ...target.map((part) => part || '.'), ...segments.slice(i + 1)], follow, links);
      }
      if (last) return { directory, name: segment, node };
      if (node === undefined) return fail('ENOENT');
      if (node.kind !== 'directory') return fail('ENOTDIR');
      stack.push(node);
    }
    return this.#slotOf(stack);
  }

  #namesOf(stack: readonly ModelDirectory[]): string[] {
    return stack.slice(1).map((directory, i) => nameIn(stack[i] ?? this.#root, directory));
  }

  /** The slot of the directory a walk ended in. */
  #slotOf(stack: readonly ModelDirectory[]): Slot {
    const node = stack.at(-1) ?? this.#root;
    const directory = stack.at(-2) ?? this.#root;
    return { directory, name: nameIn(directory, node), node };
  }
}

function nameIn(directory: ModelDirectory, node: ModelNode): string {
  for (const [name, candidate] of directory.names) if (candidate === node) return name;
  return '';
}

function holds(directory: ModelDirectory, sought: ModelDirectory): boolean {
  if (directory === sought) return true;
  return [...directory.names.values()].some((node) => node.kind === 'directory' && holds(node, sought));
}
