/**
 * The search half of DEFLATE (RFC 1951): which bytes were seen before. Made for speed, as Snappy and LZ4 search: one candidate
 * for each place, by a hash of four bytes, and longer and longer steps where nothing is found, so that what does not compress
 * costs little. The result depends on the bytes alone.
 */

/** The farthest back that a copy may reach. */
const WINDOW_BYTES = 32 * 1024;
/** Shorter repetitions, which the format allows, do not pay. */
const MIN_MATCH_BYTES = 4;
const MAX_MATCH_BYTES = 258;
/** The shortest copy that can be said: the rest of a long match is never cut shorter. */
const MIN_COPY_BYTES = 3;
const HASH_BITS = 15;
/** Misses after which the steps grow by one byte, as a power of two. */
const PATIENCE_BITS = 5;

/** A span of bytes as literals and copies: `literals[i]` bytes as they are, then `lengths[i]` from `distances[i]` bytes back. */
export interface Sequences {
  readonly literals: Uint32Array;
  /** 0 where the literals are the last of the span. */
  readonly lengths: Uint16Array;
  readonly distances: Uint16Array;
  count: number;
}

/** Room for the sequences of a span of so many bytes. */
export function sequencesFor(spanBytes: number): Sequences {
  const most = Math.ceil(spanBytes / MIN_COPY_BYTES) + 1;
  return {
    literals: new Uint32Array(most),
    lengths: new Uint16Array(most),
    distances: new Uint16Array(most),
    count: 0,
  };
}

/** Finds repetitions in data that is given span by span. */
export class MatchFinder {
  /** Where each hash was seen last, plus one; 0 for nowhere. */
  readonly #seen = new Int32Array(1 << HASH_BITS);

  /** Forgets what was seen: the next span may be of other data. */
  reset(): void {
    this.#seen.fill(0);
  }

  /** Fills `found` with the sequences of `data` from `start` to `end`. Copies may reach back before `start`, to what was searched. */
  find(data: Uint8Array, start: number, end: number, found: Sequences): void {
    const seen = this.#seen;
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const lastStart = end - MIN_MATCH_BYTES;
    found.count = 0;
    let unwritten = start;
    let at = start;
    let misses = 1 << PATIENCE_BITS;
    while (at <= lastStart) {
      const word = view.getInt32(at, true);
      const slot = hashOf(word);
      const candidate = seen[slot]! - 1;
      seen[slot] = at + 1;
      if (candidate < 0 || at - candidate > WINDOW_BYTES || view.getInt32(candidate, true) !== word) {
        at += misses++ >>> PATIENCE_BITS;
        continue;
      }
      let from = candidate;
      while (at > unwritten && from > 0 && data[at - 1] === data[from - 1]) {
        at--;
        from--;
      }
      const matchEnd = endOfMatch(data, view, from, at, end);
      addMatch(found, at - unwritten, matchEnd - at, at - from);
      at = matchEnd;
      unwritten = at;
      misses = 1 << PATIENCE_BITS;
      if (at <= lastStart) seen[hashOf(view.getInt32(at - 1, true))] = at;
    }
    if (unwritten < end) addSequence(found, end - unwritten, 0, 0);
  }
}

/** The multiplier is Knuth's, of the golden ratio. */
function hashOf(word: number): number {
  return Math.imul(word, 0x9e3779b1) >>> (32 - HASH_BITS);
}

/** Where the bytes from `at` on stop to equal those from `from` on. */
function endOfMatch(data: Uint8Array, view: DataView, from: number, at: number, end: number): number {
  let here = at;
  let there = from;
  while (here + 4 <= end && view.getInt32(here) === view.getInt32(there)) {
    here += 4;
    there += 4;
  }
  while (here < end && data[here] === data[there]) {
    here++;
    there++;
  }
  return here;
}

/** A match of any length, as copies of lengths that can be said. */
function addMatch(found: Sequences, literals: number, length: number, distance: number): void {
  let before = literals;
  let left = length;
  while (left > MAX_MATCH_BYTES) {
    const taken = Math.min(MAX_MATCH_BYTES, left - MIN_COPY_BYTES);
    addSequence(found, before, taken, distance);
    before = 0;
    left -= taken;
  }
  addSequence(found, before, left, distance);
}

function addSequence(found: Sequences, literals: number, length: number, distance: number): void {
  const index = found.count++;
  found.literals[index] = literals;
  found.lengths[index] = length;
  found.distances[index] = distance;
}
