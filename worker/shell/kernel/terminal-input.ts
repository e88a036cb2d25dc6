/**
 * What is typed at a terminal, until somebody reads it. As with a tty in canonical mode one read gives no more than was
 * entered at once (termios(3)), and what nobody reads is still there when the program has ended.
 */
import { EMPTY_BYTES } from '../../base/bytes.ts';
import type { StreamLook } from './devices.ts';
import { systemError } from './errno.ts';
import { UNSEEKABLE, type OpenFile } from './open-file.ts';

export class TerminalInput {
  /** An empty one is Ctrl-D: it ends one read. */
  readonly #entered: Uint8Array[] = [];
  readonly #wakers = new Set<() => void>();
  #bytesTaken = 0;

  /** What was read or dropped since {@link restart}, in bytes. */
  get bytesTaken(): number {
    return this.#bytesTaken;
  }

  /** Takes what was typed; no bytes at all mean the end of the input. */
  enter(data: Uint8Array): void {
    this.#entered.push(data);
    for (const wake of [...this.#wakers]) wake();
  }

  /** Drops what nobody read, as a terminal does when a key sends a signal (termios(3), ISIG without NOFLSH). */
  flush(): void {
    for (const { byteLength } of this.#entered.splice(0)) this.#bytesTaken += byteLength;
  }

  /** Begins anew: nothing is there to be read, and the count is zero. */
  restart(): void {
    this.#entered.length = 0;
    this.#bytesTaken = 0;
  }

  /** A descriptor that reads it. */
  open(look: StreamLook): OpenFile {
    return {
      ...UNSEEKABLE,
      label: look.label,
      inode: () => look.inode,
      terminal: true,
      read: async (maxBytes, waiter) => {
        while (this.#entered.length === 0) {
          await waiter.block((wake) => {
            this.#wakers.add(wake);
            return () => this.#wakers.delete(wake);
          });
        }
        return this.#take(maxBytes);
      },
      write: () => {
        throw systemError('EBADF');
      },
      close: () => undefined,
    };
  }

  #take(maxBytes: number): Uint8Array {
    const first = this.#entered.shift() ?? EMPTY_BYTES;
    const taken = first.subarray(0, maxBytes);
    if (taken.byteLength < first.byteLength) this.#entered.unshift(first.subarray(maxBytes));
    this.#bytesTaken += taken.byteLength;
    return taken;
  }
}
