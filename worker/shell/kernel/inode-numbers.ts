/** Identity of files over file systems that are addressed by path: inode numbers, and the buffers behind FIFOs. */
import type { Inode } from '../../vfs/inode.ts';
import type { Location } from './namespace.ts';
import { Pipe } from './pipe.ts';

/** All names of a hard-linked file have one key; every other file is where it is. */
function keyOf(location: Location, inode: Inode): string {
  const identity = inode.kind === 'file' && inode.linkGroup !== undefined ? `#${inode.linkGroup}` : location.inner;
  return `${location.mount.device}:${identity}`;
}

/** Numbers files in the order they are first asked for. */
export class InodeNumbers {
  readonly #numbers = new Map<string, number>();

  of(location: Location, inode: Inode): number {
    const key = keyOf(location, inode);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const next = this.#numbers.size + 2;
    this.#numbers.set(key, next);
    return next;
  }
}

/** The pipes behind FIFOs that were opened. */
export class Fifos {
  readonly #pipes = new Map<string, Pipe>();

  at(location: Location, inode: Inode): Pipe {
    const key = keyOf(location, inode);
    const known = this.#pipes.get(key);
    if (known !== undefined) return known;
    const pipe = new Pipe(this.#pipes.size + 1, inode);
    this.#pipes.set(key, pipe);
    return pipe;
  }
}
