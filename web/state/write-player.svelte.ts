/**
 * Shows what a container wrote in its own time: as it happens, slowly, paused, or once more from the beginning. It holds how
 * far the log is shown, never the log itself.
 */
import { lastID, type WriteLog } from './write-log.ts';

/** Time for one entry, in milliseconds. */
const SLOW_MS = 1_500;
const REPLAY_MS = 420;

export class WritePlayer {
  /** Entries up to this one are shown. */
  shownID = $state(0);
  paused = $state(false);
  slow = $state(false);
  /** True while older entries are shown once more. */
  replaying = $state(false);
  #lastID = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Told whenever the log of the active container is another one. */
  follow(log: WriteLog): void {
    this.#lastID = lastID(log);
    this.#go();
  }

  /** Goes to the end of a log without showing how it came about. */
  jump(log: WriteLog): void {
    this.#stop();
    this.#lastID = lastID(log);
    this.shownID = this.#lastID;
    this.paused = false;
    this.replaying = false;
  }

  /** Shows a log once more, from its first entry on. */
  replay(log: WriteLog): void {
    this.#stop();
    this.#lastID = lastID(log);
    this.shownID = log.dropped;
    this.paused = false;
    this.replaying = true;
    this.#go();
  }

  togglePaused(): void {
    this.paused = !this.paused;
    if (this.paused) this.#stop();
    else this.#go();
  }

  toggleSlow(): void {
    this.slow = !this.slow;
    this.#stop();
    this.#go();
  }

  /** Shows what is to be shown now, and sees to the rest later. */
  #go(): void {
    if (this.paused || this.#timer !== undefined) return;
    if (this.shownID >= this.#lastID) {
      this.shownID = this.#lastID;
      this.replaying = false;
      return;
    }
    if (!this.slow && !this.replaying) {
      this.shownID = this.#lastID;
      return;
    }
    this.shownID += 1;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#go();
      },
      this.slow ? SLOW_MS : REPLAY_MS,
    );
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
