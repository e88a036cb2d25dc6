/**
 * Named reader-writer locks inside one process, with the rules of the Web Locks API: requests are granted in the order
 * they come, shared ones together, and a request waits behind an earlier one that it would conflict with.
 */

type Mode = 'shared' | 'exclusive';

interface LockRequest {
  readonly mode: Mode;
  readonly grant: () => void;
  granted: boolean;
}

/** Locks by name. */
export class NamedLocks {
  readonly #queues = new Map<string, LockRequest[]>();

  /** Waits for the lock; resolves to how to release it (calling that twice is harmless). */
  acquire(name: string, mode: Mode): Promise<() => void> {
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    return new Promise((resolve) => {
      const request: LockRequest = {
        mode,
        grant: () => resolve(() => this.#release(name, queue, request)),
        granted: false,
      };
      queue.push(request);
      grantFront(queue);
    });
  }

  #release(name: string, queue: LockRequest[], request: LockRequest): void {
    const at = queue.indexOf(request);
    if (at < 0) return;
    queue.splice(at, 1);
    if (queue.length === 0) this.#queues.delete(name);
    grantFront(queue);
  }
}

/** Grants what stands at the front: one exclusive request, or all shared ones up to the next exclusive. */
function grantFront(queue: readonly LockRequest[]): void {
  for (const [position, request] of queue.entries()) {
    if (request.mode === 'exclusive' && position > 0) return;
    if (!request.granted) {
      request.granted = true;
      request.grant();
    }
    if (request.mode === 'exclusive') return;
  }
}
