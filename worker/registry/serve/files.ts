/** The file system that a registry stores in, as distribution's storage drivers see one: paths with slashes, the root is `/`. */
import type { BlobLike } from '../../base/blob-like.ts';

export interface RegistryFiles {
  /** What a file holds; undefined where there is none. */
  blob(path: string): BlobLike | undefined;
  /** Writes a whole file; directories above it are made. */
  write(path: string, content: Blob): void;
  /** Puts a file in another place, over what is there. */
  move(from: string, to: string): void;
  /** Removes a file or a directory with all in it; nothing happens where there is none. */
  remove(path: string): void;
  /** Names in a directory, in byte order; empty where there is none. */
  list(path: string): readonly string[];
}

/** What a traced call was, in the names of distribution's drivers. */
export type FileOperation = 'GetContent' | 'PutContent' | 'Move' | 'Delete' | 'List';

/** The same files, with each call told. `elapsed` gives the milliseconds that a call took. */
export function tracedFiles(
  files: RegistryFiles,
  monotonicMs: () => number,
  tell: (operation: FileOperation, paths: readonly string[], elapsedMs: number) => void,
): RegistryFiles {
  function timed<R>(operation: FileOperation, paths: readonly string[], work: () => R): R {
    const begun = monotonicMs();
    try {
      return work();
    } finally {
      tell(operation, paths, monotonicMs() - begun);
    }
  }
  return {
    blob: (path) => timed('GetContent', [path], () => files.blob(path)),
    write: (path, content) => timed('PutContent', [path], () => files.write(path, content)),
    move: (from, to) => timed('Move', [from, to], () => files.move(from, to)),
    remove: (path) => timed('Delete', [path], () => files.remove(path)),
    list: (path) => timed('List', [path], () => files.list(path)),
  };
}
