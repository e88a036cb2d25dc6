/** The Burrows-Wheeler transform: all rotations of a block in order, by doubling how much of them is compared. */

interface SortedRotations {
  /** The last byte of each rotation, in order. */
  readonly last: Uint8Array;
  /** Where the block itself stands among them. */
  readonly origin: number;
}

/** Sorts the rotations of `block`, which is not empty. Takes as many passes as the longest repetition has binary digits. */
export function sortRotations(block: Uint8Array): SortedRotations {
  const order = sortedStarts(block);
  const last = new Uint8Array(block.byteLength);
  let origin = 0;
  for (let at = 0; at < order.length; at++) {
    const start = order[at]!;
    if (start === 0) origin = at;
    last[at] = block[(start === 0 ? block.byteLength : start) - 1]!;
  }
  return { last, origin };
}

/** Where the rotations start, in their order. */
function sortedStarts(block: Uint8Array): Int32Array {
  const size = block.byteLength;
  const starts = new Int32Array(size);
  const pairs = new Int32Array(size);
  for (let at = 0; at < size; at++) {
    starts[at] = at;
    pairs[at] = (block[at]! << 8) | block[wrapped(at + 1, size)]!;
  }
  let order = sortedByClass(starts, pairs, 0x10000);
  let classes = classesOf(order, pairs, 0);
  for (let compared = 2; compared < size; compared *= 2) {
    const count = classes[order[size - 1]!]! + 1;
    if (count === size) break;
    for (let at = 0; at < size; at++) {
      const before = order[at]! - compared;
      starts[at] = before < 0 ? before + size : before;
    }
    // their second halves are in order already: a stable sort by the first halves orders the whole
    order = sortedByClass(starts, classes, count);
    classes = classesOf(order, classes, compared);
  }
  return order;
}

/** A stable counting sort of `starts` by their classes, which are below `count`. */
function sortedByClass(starts: Int32Array, classes: Int32Array, count: number): Int32Array {
  const ends = new Int32Array(count);
  for (let at = 0; at < classes.length; at++) ends[classes[at]!]!++;
  for (let one = 1; one < count; one++) ends[one]! += ends[one - 1]!;
  const order = new Int32Array(starts.length);
  for (let at = starts.length - 1; at >= 0; at--) {
    const start = starts[at]!;
    order[--ends[classes[start]!]!] = start;
  }
  return order;
}

/** Numbers rotations so that equal ones have one number: by their class, and that of what stands `compared` bytes on. */
function classesOf(order: Int32Array, classes: Int32Array, compared: number): Int32Array {
  const size = order.length;
  const next = new Int32Array(size);
  let number = 0;
  let beforeFirst = classes[order[0]!]!;
  let beforeSecond = classes[wrapped(order[0]! + compared, size)]!;
  for (let at = 1; at < size; at++) {
    const start = order[at]!;
    const first = classes[start]!;
    const second = classes[wrapped(start + compared, size)]!;
    if (first !== beforeFirst || second !== beforeSecond) number++;
    next[start] = number;
    beforeFirst = first;
    beforeSecond = second;
  }
  return next;
}

/** A place at most one turn behind the end of the block. */
function wrapped(place: number, size: number): number {
  return place < size ? place : place - size;
}
