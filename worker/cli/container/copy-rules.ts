/** Where `docker cp` puts what it copies (moby `pkg/archive`, PrepareArchiveCopy). */
import type { TarFile } from '../../engine/docker/tar-stream.ts';
import { CliError } from '../command.ts';

/** What is copied, or where to. */
export interface CopyInfo {
  /** As it was written, absolute; a slash or `/.` at its end is kept and means a directory. */
  readonly path: string;
  readonly exists: boolean;
  readonly isDirectory: boolean;
  /** The name of the archive's entries, where it is not the path's last segment. */
  readonly rebaseName?: string;
}

export interface PreparedCopy {
  /** The directory to unpack in. */
  readonly directory: string;
  readonly files: readonly TarFile[];
}

/** Names the files for the place they go to. Throws {@link CliError} where they cannot go there. */
export function prepareCopy(files: readonly TarFile[], source: CopyInfo, target: CopyInfo): PreparedCopy {
  if (target.exists && target.isDirectory) return { directory: target.path, files };
  if (target.exists && source.isDirectory) throw new CliError('cannot copy directory');
  if (!target.exists && !source.isDirectory && assertsDirectory(target.path)) throw new CliError('no such directory');
  const { directory, base } = splitPath(target.path);
  return { directory, files: rebase(files, source.rebaseName ?? splitPath(source.path).base, base) };
}

/** True for a path that can only be a directory: one that ends in a slash or in `/.`. */
export function assertsDirectory(path: string): boolean {
  return path.endsWith('/') || endsInDot(path);
}

function endsInDot(path: string): boolean {
  return path === '.' || path.endsWith('/.');
}

/** A path's directory and its last segment; `dir/.` is the entry `.` of `dir`. */
export function splitPath(path: string): { readonly directory: string; readonly base: string } {
  const clean = endsInDot(path) ? path : path.replace(/(.)\/+$/, '$1');
  const slash = clean.lastIndexOf('/');
  return { directory: clean.slice(0, slash) || '/', base: clean.slice(slash + 1) || '/' };
}

/** The files with the first `from` in their names replaced. */
export function rebase(files: readonly TarFile[], from: string, to: string): readonly TarFile[] {
  const rename = (name: string): string => {
    const at = name.indexOf(from);
    return at === -1 ? name : name.slice(0, at) + to + name.slice(at + from.length);
  };
  return files.map((file) => ({
    ...file,
    name: rename(file.name),
    ...(file.hardLinkTo === undefined ? {} : { hardLinkTo: rename(file.hardLinkTo) }),
  }));
}
