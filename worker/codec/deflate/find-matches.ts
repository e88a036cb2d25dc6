/**
 * The search half of DEFLATE (RFC 1951): which bytes were seen before. Of each place the last few that began with the same four bytes
 * are tried, found by a hash and, from there, by a chain of steps back; a short match is given up for a longer one that begins a
 * byte later, as zlib does it. Where nothing is found the steps grow longer and longer, so that what does not compress costs little.
 * The result depends on the bytes alone.
 */

/** The farthest back that a copy may reach. */
const WINDOW_BYTES = 32 * 1024;
const WINDOW_MASK = WINDOW_BYTES - 1;
/** Shorter repetitions, which the format allows, do not pay. */
const MIN_MATCH_BYTES = 4;
const MAX_MATCH_BYTES = 258;
/** The shortest copy that can be said: the rest of a long match is never cut shorter. */
const MIN_COPY_BYTES = 3;
const HASH_BITS = 15;
/** Misses after which the steps grow by one byte, as a power of two. */
const PATIENCE_BITS = 5;

/** Places that are tried for a match. With the two below it makes layers some percent larger than gzip's level 6, in its time. */
const MAX_TRIES = 8;
/** A match of this length is good enough to try no other place. */
const GOOD_MATCH_BYTES = 64;
/** A match of this length is not given up for a longer one a byte later. */
const SURE_MATCH_BYTES = 16;
/** Of what a longer match covers every eighth place alone is remembered. */
const DENSE_MATCH_BYTES = 64;
const SPARSE_STEP = 8;
/** A step back that leads out of the window. */
const OUT_OF_WINDOW = 0xffff;

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
  /** For each place of the window, how far back its hash was seen before. */
  readonly #stepBack = new Uint16Array(WINDOW_BYTES);
  /** Where the match begins that {@link #longestMatch} found. */
  #matchStart = 0;

  /** Forgets what was seen: the next span may be of other data. */
  reset(): void {
    this.#seen.fill(0);
  }

  /** Fills `found` with the sequences of `data` from `start` to `end`. Copies may reach back before `start`, to what was searched. */
  find(data: Uint8Array, start: number, end: number, found: Sequences): void {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const lastStart = end - MIN_MATCH_BYTES;
    found.count = 0;
    let unwritten = start;
    let at = start;
    let misses = 1 << PATIENCE_BITS;
    // a match that began a byte before `at`, while a longer one is looked for
    let heldBytes = 0;
    let heldFrom = 0;
    while (at <= lastStart || heldBytes > 0) {
      const longer = at <= lastStart ? this.#longestMatch(data, view, at, end, heldBytes) : 0;
      if (longer > 0) {
        heldBytes = longer;
        heldFrom = this.#matchStart;
        at++;
        if (longer < SURE_MATCH_BYTES) continue;
      } else if (heldBytes === 0) {
        at += misses++ >>> PATIENCE_BITS;
        continue;
      }
      let begin = at - 1;
      const matchEnd = begin + heldBytes;
      this.#remember(view, longer > 0 ? at : at + 1, Math.min(matchEnd - 1, lastStart), heldBytes);
      let from = heldFrom;
      while (begin > unwritten && from > 0 && data[begin - 1] === data[from - 1]) {
        begin--;
        from--;
      }
      addMatch(found, begin - unwritten, matchEnd - begin, begin - from);
      at = matchEnd;
      unwritten = at;
      misses = 1 << PATIENCE_BITS;
      heldBytes = 0;
    }
    if (unwritten < end) addSequence(found, end - unwritten, 0, 0);
  }

  /** The length of the longest match found of the bytes at `at`, where it is above `atLeast`, else 0; `#matchStart` tells where it is. */
  #longestMatch(data: Uint8Array, view: DataView, at: number, end: number, atLeast: number): number {
    const word = view.getInt32(at, true);
    const stepBack = this.#stepBack;
    const windowStart = Math.max(at - WINDOW_BYTES, 0);
    const most = end - at;
    let best = Math.max(atLeast, MIN_MATCH_BYTES - 1);
    let longest = 0;
    let candidate = this.#link(at, hashOf(word));
    for (let tries = MAX_TRIES; candidate >= windowStart && tries > 0; tries--) {
      if (best < most && data[candidate + best] === data[at + best] && view.getInt32(candidate, true) === word) {
        const length = endOfMatch(data, view, candidate, at, end) - at;
        if (length > best) {
          best = length;
          longest = length;
          this.#matchStart = candidate;
          if (length >= GOOD_MATCH_BYTES) break;
        }
      }
      candidate -= stepBack[candidate & WINDOW_MASK]!;
    }
    return longest;
  }

  /** Remembers the places from `start` to `last` for later matches: all of a short match, some of a long one. */
  #remember(view: DataView, start: number, last: number, matchBytes: number): void {
    const step = matchBytes > DENSE_MATCH_BYTES ? SPARSE_STEP : 1;
    for (let at = start; at <= last; at += step) this.#link(at, hashOf(view.getInt32(at, true)));
  }

  /** Puts a place in front of those with its hash; returns the one that was in front before, below 0 for none. */
  #link(at: number, hash: number): number {
    const before = this.#seen[hash]! - 1;
    this.#seen[hash] = at + 1;
    const distance = at - before;
    this.#stepBack[at & WINDOW_MASK] = before < 0 || distance > WINDOW_BYTES ? OUT_OF_WINDOW : distance;
    return before;
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
