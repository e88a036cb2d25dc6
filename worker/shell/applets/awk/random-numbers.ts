/**
 * The numbers `rand()` gives: those of the C library's additive feedback generator (degree 31, separation 3), put together as busybox
 * does, so that a seed gives the numbers it gives elsewhere.
 */
const DEGREE = 31;
const SEPARATION = 3;
const WARM_UP = 10 * DEGREE;

export class RandomNumbers {
  #state: number[] = [];
  #at = 0;
  seed = 0;

  constructor() {
    this.setSeed(1);
  }

  /** The seed counts as an unsigned 32-bit integer. */
  setSeed(seed: number): void {
    this.seed = seed >>> 0;
    const state = [this.seed === 0 ? 1 : this.seed | 0];
    for (let i = 1; i < DEGREE; i++) {
      // 16807 times the last one modulo 2^31 - 1, without leaving 31 bits
      const last = state[i - 1] ?? 0;
      const next = 16_807 * (last % 127_773) - 2836 * Math.trunc(last / 127_773);
      state.push(next < 0 ? next + 0x7fffffff : next);
    }
    this.#state = state;
    this.#at = 0;
    for (let i = 0; i < WARM_UP; i++) this.#next();
  }

  /** A number from 0 to 1, without 1. */
  next(): number {
    const low = (((this.#next() << 16) ^ this.#next()) >>> 0) / 2 ** 63;
    return this.#next() / 2 ** 31 + low;
  }

  /** 31 bits. */
  #next(): number {
    const front = (this.#at + SEPARATION) % DEGREE;
    const sum = ((this.#state[front] ?? 0) + (this.#state[this.#at] ?? 0)) | 0;
    this.#state[front] = sum;
    this.#at = (this.#at + 1) % DEGREE;
    return sum >>> 1;
  }
}
