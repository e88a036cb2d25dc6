/**
 * Pipes: bounded, binary-safe, streaming. A writer waits while the pipe is full, a reader while it is empty; a reader
 * sees the end when the last writer is gone, a writer EPIPE when the last reader is.
 */
import type { Inode } from '../../vfs/inode.ts';
import { systemError } from './errno.ts';
import { UNSEEKABLE, type OpenFile, type Soon, type Waiter } from './open-file.ts';

/** Bytes a pipe holds, as on Linux. */
const CAPACITY_BYTES = 65_536;

/** Those who wait for a pipe to change. */
class WaitQueue {
  readonly #waiting = new Set<() => void>();

  wait(waiter: Waiter): Promise<void> {
    return waiter.block((wake) => {
      this.#waiting.add(wake);
      return () => this.#waiting.delete(wake);
    });
  }

  wakeAll(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}

/** A pipe, or the buffer behind a FIFO. Ends are opened and closed; a FIFO may have many of each over time. */
export class Pipe {
  readonly #id: number;
  readonly #inode: Inode;
  readonly #chunks: Uint8Array[] = [];
  readonly #changed = new WaitQueue();
  #bytes = 0;
  #readers = 0;
  #writers = 0;

  constructor(id: number, inode: Inode) {
    this.#id = id;
    this.#inode = inode;
  }

  openReader(): OpenFile {
    this.#readers++;
    this.#changed.wakeAll();
    return this.#end(
      (maxBytes, waiter) => this.#read(maxBytes, waiter),
      () => {
        throw systemError('EBADF');
      },
      () => this.#readers--,
    );
  }

  openWriter(): OpenFile {
    this.#writers++;
    this.#changed.wakeAll();
    return this.#end(
      () => {
        throw systemError('EBADF');
      },
      (data, waiter) => this.#write(data, waiter),
      () => this.#writers--,
    );
  }

  /** Waits until the other end of a FIFO is open. */
  async waitForPeer(end: 'reader' | 'writer', waiter: Waiter): Promise<void> {
    while ((end === 'reader' ? this.#readers : this.#writers) === 0) await this.#changed.wait(waiter);
  }

  #end(read: OpenFile['read'], write: OpenFile['write'], release: () => void): OpenFile {
    return {
      ...UNSEEKABLE,
      inode: () => this.#inode,
      label: `pipe:[${this.#id}]`,
      terminal: false,
      read,
      write,
      close: () => {
        release();
        this.#changed.wakeAll();
      },
    };
  }

  #read(maxBytes: number, waiter: Waiter): Soon<Uint8Array> {
    return this.#bytes > 0 ? this.#take(maxBytes) : this.#readLater(maxBytes, waiter);
  }

  async #readLater(maxBytes: number, waiter: Waiter): Promise<Uint8Array> {
    while (this.#bytes === 0) {
      if (this.#writers === 0) return new Uint8Array(0);
      await this.#changed.wait(waiter);
    }
    return this.#take(maxBytes);
  }

  #take(maxBytes: number): Uint8Array {
    const [first] = this.#chunks;
    if (first === undefined) return new Uint8Array(0);
    const taken = first.subarray(0, maxBytes);
    if (taken.byteLength === first.byteLength) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(maxBytes);
    this.#bytes -= taken.byteLength;
    this.#changed.wakeAll();
    return taken;
  }

  #write(data: Uint8Array, waiter: Waiter): Soon<void> {
    if (this.#readers === 0) throw systemError('EPIPE');
    if (data.byteLength > CAPACITY_BYTES - this.#bytes) return this.#writeLater(data, waiter);
    this.#put(data);
  }

  async #writeLater(data: Uint8Array, waiter: Waiter): Promise<void> {
    for (let offset = 0; offset < data.byteLength;) {
      while (this.#bytes >= CAPACITY_BYTES && this.#readers > 0) await this.#changed.wait(waiter);
      if (this.#readers === 0) throw systemError('EPIPE');
      const part = data.subarray(offset, offset + CAPACITY_BYTES - this.#bytes);
      offset += part.byteLength;
      this.#put(part);
    }
  }

  #put(data: Uint8Array): void {
    if (data.byteLength === 0) return;
    this.#chunks.push(data.slice());
    this.#bytes += data.byteLength;
    this.#changed.wakeAll();
  }
}
