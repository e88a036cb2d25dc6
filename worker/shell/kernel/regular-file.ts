/**
 * Open regular files. The file systems below are addressed by path; a process keeps a file it has open when its name is
 * removed or changed. So the open files of a container are kept in one table, which hears of every unlink and rename.
 */
import { childPath, isWithin, type AbsolutePath } from '../../base/path.ts';
import { EMPTY_BODY, readBody, sliceBody, type Body } from '../../vfs/body.ts';
import type { FileInode } from '../../vfs/inode.ts';
import { systemError } from './errno.ts';
import { resizeBody, writeIntoBody } from './growing-body.ts';
import type { Location } from './namespace.ts';
import type { OpenFile } from './open-file.ts';

/** How a file is opened; `O_*` of open(2). */
export interface OpenFlags {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly append?: boolean;
  readonly create?: boolean;
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
}

interface OpenState {
  /** Undefined for a file that never had a name. */
  location: Location | undefined;
  /** Set when the file has no name (any more): what it holds now belongs to the open file alone. */
  orphan: FileInode | undefined;
}

const READ_CHUNK_BYTES = 1 << 20;

/** The regular files that are open, by where they are. */
export class RegularFileTable {
  readonly #open = new Set<OpenState>();
  readonly #charge: (bytes: number) => void;

  /** `charge` is told how many bytes each write adds. */
  constructor(charge: (bytes: number) => void) {
    this.#charge = charge;
  }

  /** A new description of the file at `location`, which must exist. */
  open(location: Location, flags: OpenFlags): OpenFile {
    return this.#openState({ location, orphan: undefined }, flags);
  }

  /** A readable description of a file without a name. */
  openNameless(inode: FileInode): OpenFile {
    return this.#openState({ location: undefined, orphan: inode }, { read: true });
  }

  #openState(state: OpenState, flags: OpenFlags): OpenFile {
    this.#open.add(state);
    let offset = 0;
    const store = (body: Body, changedBytes: number): void => {
      this.#charge(Math.max(0, body.sizeBytes - inodeOf(state).body.sizeBytes));
      storeBody(state, body, changedBytes);
    };
    return {
      inode: () => inodeOf(state),
      label: state.location?.path ?? '/tmp/sh (deleted)',
      path: () => (state.orphan === undefined ? state.location?.path : undefined),
      terminal: false,
      read(maxBytes) {
        if (flags.read !== true) throw systemError('EBADF');
        const { body } = inodeOf(state);
        const end = Math.min(body.sizeBytes, offset + Math.min(maxBytes, READ_CHUNK_BYTES));
        if (end <= offset) return new Uint8Array(0);
        const start = offset;
        offset = end;
        return bytesInMemory(body, start, end) ?? readBody(body, start, end);
      },
      write(data) {
        if (flags.write !== true) throw systemError('EBADF');
        const { body } = inodeOf(state);
        if (flags.append === true) offset = body.sizeBytes;
        store(writeIntoBody(body, offset, data), data.byteLength);
        offset += data.byteLength;
      },
      seek: (to) => void (offset = to),
      tell: () => offset,
      truncate: (sizeBytes) => store(resizeBody(inodeOf(state).body, sizeBytes), 0),
      close: () => void this.#open.delete(state),
    };
  }

  /** Call before the name at `path` goes: open files keep what it held. */
  beforeUnlink(path: AbsolutePath): void {
    for (const state of this.#open) {
      if (state.orphan === undefined && state.location !== undefined && isWithin(state.location.path, path))
        state.orphan = inodeOf(state);
    }
  }

  /** Call after `from` became `to`, both on one mount. */
  afterRename(from: Location, to: Location): void {
    for (const state of this.#open) {
      if (state.orphan !== undefined || state.location === undefined) continue;
      if (!isWithin(state.location.path, from.path)) continue;
      state.location = {
        mount: to.mount,
        path: movedPath(state.location.path, from.path, to.path),
        inner: movedPath(state.location.inner, from.inner, to.inner),
      };
    }
  }
}

function movedPath(path: AbsolutePath, from: AbsolutePath, to: AbsolutePath): AbsolutePath {
  return path === from ? to : childPath(to, path.slice(from.length + 1));
}

function inodeOf(state: OpenState): FileInode {
  if (state.orphan !== undefined) return state.orphan;
  const inode = state.location?.mount.fileSystem.lookup(state.location.inner, { follow: false });
  if (inode?.kind === 'file') return inode;
  // Removed behind the table's back (`removeAll` of whoever holds the view): read as empty from now on.
  const orphan: FileInode = { kind: 'file', body: EMPTY_BODY, mode: 0o600, uid: 0, gid: 0, mtimeMs: 0 };
  state.orphan = orphan;
  return orphan;
}

function storeBody(state: OpenState, body: Body, changedBytes: number): void {
  const inode = inodeOf(state);
  if (state.orphan !== undefined) state.orphan = { ...inode, body };
  else state.location?.mount.fileSystem.writeFile(state.location.inner, body, inode, changedBytes);
}

/** The bytes without a copy and without waiting, where they are one piece in memory. */
function bytesInMemory(body: Body, start: number, end: number): Uint8Array | undefined {
  const [segment, ...others] = sliceBody(body, start, end).segments;
  if (segment === undefined || others.length > 0) return undefined;
  if (segment.kind === 'hole') return new Uint8Array(segment.length);
  return segment.source instanceof Uint8Array ? segment.source.subarray(segment.start, segment.end) : undefined;
}
