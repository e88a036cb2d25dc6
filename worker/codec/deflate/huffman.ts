/** Huffman codes as DEFLATE has them (RFC 1951, 3.2.2): canonical, of limited length, told by their lengths alone. */

import type { SymbolCode } from './bit-writer.ts';

/**
 * The best code for these frequencies with no length above `maxLength`; of equal symbols the lower get the shorter codes. A symbol
 * that does not occur has the length 0; but one gets a length even if none occurs, since decoders refuse a code without any.
 */
export function huffmanCode(frequencies: Uint32Array, maxLength: number): SymbolCode {
  const lengths = codeLengths(frequencies, maxLength);
  return { lengths, bits: canonicalBits(lengths, maxLength) };
}

/** How many symbols have each length, and with it the code's shape. */
type LengthCounts = Uint32Array;

function codeLengths(frequencies: Uint32Array, maxLength: number): Uint8Array {
  const lengths = new Uint8Array(frequencies.length);
  const symbols: number[] = [];
  for (let symbol = 0; symbol < frequencies.length; symbol++) if (frequencies[symbol] !== 0) symbols.push(symbol);
  if (symbols.length < 2) {
    lengths[symbols[0] ?? 0] = 1;
    return lengths;
  }
  symbols.sort((a, b) => frequencies[b]! - frequencies[a]! || a - b);
  const counts = limitedCounts(depths(symbols.map((symbol) => frequencies[symbol]!)), maxLength);
  let next = 0;
  counts.forEach((count, length) => {
    for (let i = 0; i < count; i++) lengths[symbols[next++]!] = length;
  });
  return lengths;
}

/** The depth of each leaf in the Huffman tree of weights that fall: two queues, leaves and what was joined, both in order. */
function depths(falling: readonly number[]): readonly number[] {
  const leaves = falling.length;
  const weights = new Float64Array(2 * leaves - 1);
  const parents = new Int32Array(2 * leaves - 1);
  for (let i = 0; i < leaves; i++) weights[i] = falling[leaves - 1 - i]!;
  let leaf = 0;
  let joined = leaves;
  for (let made = leaves; made < weights.length; made++) {
    for (let child = 0; child < 2; child++) {
      const lightest = leaf < leaves && (joined === made || weights[leaf]! <= weights[joined]!) ? leaf++ : joined++;
      weights[made]! += weights[lightest]!;
      parents[lightest] = made;
    }
  }
  const depthOf = new Int32Array(weights.length);
  for (let node = weights.length - 2; node >= 0; node--) depthOf[node] = depthOf[parents[node]!]! + 1;
  return Array.from(depthOf.subarray(0, leaves)).reverse();
}

/**
 * The lengths of a code no longer than `maxLength`: what is deeper is raised to it, and to make room for that, leaves above are
 * pushed down one by one, the deepest first, until the code is a prefix code again (Kraft's sum is 1).
 */
function limitedCounts(leafDepths: readonly number[], maxLength: number): LengthCounts {
  const counts = new Uint32Array(maxLength + 1);
  let used = 0;
  for (const depth of leafDepths) {
    const length = Math.min(depth, maxLength);
    counts[length]!++;
    used += 2 ** (maxLength - length);
  }
  const room = 2 ** maxLength;
  while (used > room) {
    let length = maxLength - 1;
    while (counts[length] === 0) length--;
    // one leaf goes a level down and takes one of the deepest beside it
    counts[length]!--;
    counts[length + 1]! += 2;
    counts[maxLength]!--;
    used--;
  }
  return counts;
}

/** Codes of one length are consecutive numbers; they are written from their highest bit on, so they are stored reversed. */
function canonicalBits(lengths: Uint8Array, maxLength: number): Uint16Array {
  const next = new Uint32Array(maxLength + 2);
  for (const length of lengths) if (length > 0) next[length + 1]!++;
  for (let length = 1; length <= maxLength; length++) next[length + 1] = (next[length + 1]! + next[length]!) << 1;
  const bits = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => {
    if (length > 0) bits[symbol] = reversed(next[length]!++, length);
  });
  return bits;
}

function reversed(value: number, length: number): number {
  let out = 0;
  for (let i = 0; i < length; i++) out |= ((value >>> i) & 1) << (length - 1 - i);
  return out;
}
