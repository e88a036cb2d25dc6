/**
 * A writable file system that is saved as a layer: a container's root, or a volume. What is written is saved a little later,
 * however long the process goes on, so that a reload finds it again.
 */
import { createUnstoppableJob } from '../../base/job.ts';
import type { Clock } from '../../base/ports.ts';
import { commitLayer } from '../../layer/write-layer.ts';
import type { DiffID } from '../../oci/digest.ts';
import type { Store } from '../../store/index.ts';
import type { UnionView } from '../../vfs/view.ts';

/** How long writes are gathered before they are saved. */
const SAVE_AFTER_MS = 2_000;

export class SavedView {
  readonly view: UnionView;
  readonly #store: Store;
  readonly #clock: Clock;
  /** Makes the new layer the one that counts; runs while the layer is protected from gc. */
  readonly #keep: (layer: DiffID) => Promise<void>;
  #dirty = false;
  #timer: AbortController | undefined;
  #saving: Promise<void> = Promise.resolve();
  #dropped = false;

  constructor(view: UnionView, store: Store, clock: Clock, keep: (layer: DiffID) => Promise<void>) {
    this.view = view;
    this.#store = store;
    this.#clock = clock;
    this.#keep = keep;
    view.onEvent(() => this.#touch());
  }

  /** Saves what was written since the last time. */
  save(): Promise<void> {
    this.#timer?.abort();
    this.#timer = undefined;
    this.#saving = this.#saving.then(() => this.#saveNow());
    return this.#saving;
  }

  /** Forgets what was not saved, and saves nothing any more. */
  drop(): void {
    this.#dropped = true;
    this.#timer?.abort();
  }

  #touch(): void {
    this.#dirty = true;
    if (this.#timer !== undefined || this.#dropped) return;
    const timer = new AbortController();
    this.#timer = timer;
    this.#clock.sleep(SAVE_AFTER_MS, timer.signal).then(
      () => this.save(),
      () => undefined,
    );
  }

  async #saveNow(): Promise<void> {
    if (!this.#dirty || this.#dropped) return;
    this.#dirty = false;
    const lease = this.#store.leases.create();
    try {
      const layer = await commitLayer(this.view, {}, createUnstoppableJob('save-writable-layer', this.#clock));
      await lease.add(`layers/${layer.diffID}`);
      await this.#store.snapshots.putLayer(layer);
      if (!this.#hasBeenDropped()) await this.#keep(layer.diffID);
    } finally {
      await lease.release();
    }
  }

  /** Asked anew behind each wait. */
  #hasBeenDropped(): boolean {
    return this.#dropped;
  }
}
