/**
 * Open file descriptions and the descriptors that name them. As in a kernel, several descriptors (of several
 * processes) may share one description with its offset; it is closed when the last of them goes.
 */
import type { AbsolutePath } from '../../base/path.ts';
import type { Inode } from '../../vfs/inode.ts';
import { systemError } from './errno.ts';

/** A value now or later; what every read and write gives, so that the common case costs no task. */
export type Soon<T> = T | Promise<T>;

/** Who waits: a process that may be killed while it does. See {@link Process}. */
export interface Waiter {
  /** Resolves when `wake` is called; rejects when the waiter is killed or interrupted. `subscribe` returns how to stop. */
  block(subscribe: (wake: () => void) => () => void): Promise<void>;
}

/** What a description does; one implementation for each sort of file. */
export interface OpenFile {
  /** What `stat` says of it. */
  inode(): Inode;
  /** Where it is, or what `/proc/self/fd` calls it (`pipe:[4]`). */
  readonly label: string;
  /** Its path, where it can be opened anew by one. */
  path(): AbsolutePath | undefined;
  readonly terminal: boolean;
  /** At most `maxBytes` bytes, at least one; empty at the end. The buffer may alias stored bytes: read it alone. */
  read(maxBytes: number, waiter: Waiter): Soon<Uint8Array>;
  /** Writes all of `data`, waiting where there is no room. Throws EPIPE when nobody reads. The bytes are copied or used up. */
  write(data: Uint8Array, waiter: Waiter): Soon<void>;
  /** Moves the offset; throws ESPIPE where there is none. */
  seek(offset: number): void;
  tell(): number;
  /** Cuts or extends a file; EINVAL for others. */
  truncate(sizeBytes: number): void;
  /** The last descriptor was closed. */
  close(): void;
}

/** Defaults for files that cannot seek. */
export const UNSEEKABLE = {
  path: (): undefined => undefined,
  seek(): never {
    throw systemError('ESPIPE');
  },
  tell(): never {
    throw systemError('ESPIPE');
  },
  truncate(): never {
    throw systemError('EINVAL');
  },
} as const;

/** An open file with the number of descriptors that name it. */
export class Description {
  readonly file: OpenFile;
  #references = 1;

  constructor(file: OpenFile) {
    this.file = file;
  }

  retain(): this {
    this.#references++;
    return this;
  }

  release(): void {
    if (--this.#references === 0) this.file.close();
  }
}

/** Descriptors a process may have. */
const MAX_DESCRIPTORS = 1024;

/** The descriptors of one process. */
export class DescriptorTable {
  readonly #entries = new Map<number, Description>();
  readonly #closeOnExec = new Set<number>();

  /** The open file behind a number; EBADF when there is none. */
  get(descriptor: number): OpenFile {
    return this.description(descriptor).file;
  }

  description(descriptor: number): Description {
    const entry = this.#entries.get(descriptor);
    if (entry === undefined) throw systemError('EBADF');
    return entry;
  }

  has(descriptor: number): boolean {
    return this.#entries.has(descriptor);
  }

  numbers(): number[] {
    return [...this.#entries.keys()].sort((a, b) => a - b);
  }

  /** Puts a description, whose reference it takes over, behind the lowest free number from `from` on. */
  install(description: Description, from = 0): number {
    let descriptor = from;
    while (this.#entries.has(descriptor)) descriptor++;
    if (descriptor >= MAX_DESCRIPTORS) throw systemError('EBADF');
    this.#entries.set(descriptor, description);
    return descriptor;
  }

  /** Puts a description, whose reference it takes over, behind this number; what was there is closed. */
  replace(descriptor: number, description: Description): void {
    const before = this.#entries.get(descriptor);
    this.#entries.set(descriptor, description);
    this.#closeOnExec.delete(descriptor);
    before?.release();
  }

  /** Makes `to` name what `from` names. EBADF when `from` names nothing. */
  duplicate(from: number, to: number): void {
    const description = this.description(from);
    if (from !== to) this.replace(to, description.retain());
  }

  close(descriptor: number): void {
    const entry = this.#entries.get(descriptor);
    if (entry === undefined) return;
    this.#entries.delete(descriptor);
    this.#closeOnExec.delete(descriptor);
    entry.release();
  }

  setCloseOnExec(descriptor: number): void {
    this.#closeOnExec.add(descriptor);
  }

  closeForExec(): void {
    for (const descriptor of [...this.#closeOnExec]) this.close(descriptor);
  }

  closeAll(): void {
    for (const descriptor of [...this.#entries.keys()]) this.close(descriptor);
  }

  /** The descriptors of a child: the same descriptions. */
  fork(): DescriptorTable {
    const copy = new DescriptorTable();
    for (const [descriptor, description] of this.#entries) copy.#entries.set(descriptor, description.retain());
    for (const descriptor of this.#closeOnExec) copy.#closeOnExec.add(descriptor);
    return copy;
  }
}
