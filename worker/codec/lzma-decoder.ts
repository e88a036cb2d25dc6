/**
 * The LZMA state machine as LZMA2 uses it (the LZMA specification in the 7-Zip SDK, and liblzma's behaviour): literals and matches, each
 * bit decoded with an adaptive probability, copied out of a dictionary.
 */
import { RangeDecoder } from './lzma-range-decoder.ts';

/** What was decoded last, in a ring: matches reach back into it. */
export class LzmaDictionary {
  readonly #ring: Uint8Array;
  #at = 0;
  /** Bytes that were put in since the last reset, up to the size of the ring. */
  #filled = 0;

  constructor(sizeBytes: number) {
    this.#ring = new Uint8Array(sizeBytes);
  }

  get isEmpty(): boolean {
    return this.#filled === 0;
  }

  reset(): void {
    this.#filled = 0;
  }

  put(byte: number): void {
    this.#ring[this.#at] = byte;
    this.#at = this.#at + 1 === this.#ring.byteLength ? 0 : this.#at + 1;
    if (this.#filled < this.#ring.byteLength) this.#filled++;
  }

  /** The byte `distance` back; 0 is the last one. Throws RangeError for one that is not there. */
  peek(distance: number): number {
    if (distance >= this.#filled) throw new RangeError('a match reaches back too far');
    const index = this.#at - distance - 1;
    return this.#ring[index < 0 ? index + this.#ring.byteLength : index]!;
  }
}

const STATES = 12;
const LITERAL_STATES = 7;
const POSITION_STATES = 16;
const LENGTH_STATES = 4;
const FIRST_DISTANCE_MODEL = 4;
const END_DISTANCE_MODEL = 14;
const ALIGN_BITS = 4;
const LITERAL_PROBABILITIES = 0x300;
const MIN_MATCH = 2;

const HALF = 1 << 10;
const probabilities = (count: number): Uint16Array => new Uint16Array(count).fill(HALF);

/** Probabilities of a length. */
interface LengthModel {
  readonly choice: Uint16Array;
  readonly low: Uint16Array;
  readonly middle: Uint16Array;
  readonly high: Uint16Array;
}

const lengthModel = (): LengthModel => ({
  choice: probabilities(2),
  low: probabilities(POSITION_STATES << 3),
  middle: probabilities(POSITION_STATES << 3),
  high: probabilities(1 << 8),
});

/** Everything that a state reset makes new. */
function newModel(literalBits: number) {
  return {
    state: 0,
    recent: [0, 0, 0, 0] as [number, number, number, number],
    isMatch: probabilities(STATES << 4),
    isRepeat: probabilities(STATES),
    isRepeat0: probabilities(STATES),
    isRepeat1: probabilities(STATES),
    isRepeat2: probabilities(STATES),
    isRepeat0Long: probabilities(STATES << 4),
    literals: probabilities(LITERAL_PROBABILITIES << literalBits),
    distanceSlots: probabilities(LENGTH_STATES << 6),
    distances: probabilities(1 + 128 - END_DISTANCE_MODEL),
    align: probabilities(1 << ALIGN_BITS),
    matchLength: lengthModel(),
    repeatLength: lengthModel(),
  };
}

export class LzmaDecoder {
  readonly #dictionary: LzmaDictionary;
  #literalContext = 0;
  #literalPosition = 0;
  #positionMask = 0;
  #model = newModel(0);
  #position = 0;

  constructor(dictionary: LzmaDictionary) {
    this.#dictionary = dictionary;
  }

  /** Sets the properties byte and starts anew. Throws RangeError for values LZMA2 does not allow. */
  setProperties(byte: number): void {
    const literalContext = byte % 9;
    const rest = Math.floor(byte / 9);
    const literalPosition = rest % 5;
    const position = Math.floor(rest / 5);
    if (position > 4 || literalContext + literalPosition > 4) throw new RangeError('it has impossible properties');
    this.#literalContext = literalContext;
    this.#literalPosition = literalPosition;
    this.#positionMask = (1 << position) - 1;
    this.reset();
  }

  /** Forgets all that was learned. */
  reset(): void {
    this.#model = newModel(this.#literalContext + this.#literalPosition);
  }

  /** Positions count from the last reset of the dictionary. */
  restartPositions(): void {
    this.#position = 0;
  }

  /** Counts bytes that came uncompressed. */
  skip(count: number): void {
    this.#position += count;
  }

  /** Decodes `out.byteLength` bytes from a chunk's compressed bytes. Throws RangeError for damaged data. */
  decode(input: Uint8Array, out: Uint8Array): void {
    const range = new RangeDecoder(input);
    let at = 0;
    while (at < out.byteLength) {
      const model = this.#model;
      const positionState = this.#position & this.#positionMask;
      if (range.bit(model.isMatch, (model.state << 4) + positionState) === 0) {
        at = this.#put(this.#literal(range), out, at);
        continue;
      }
      const length = this.#matchLength(range, positionState);
      if (at + length > out.byteLength) throw new RangeError('a match is longer than its chunk');
      const distance = model.recent[0];
      for (let left = length; left > 0; left--) at = this.#put(this.#dictionary.peek(distance), out, at);
    }
    range.finish();
  }

  #put(byte: number, out: Uint8Array, at: number): number {
    this.#dictionary.put(byte);
    this.#position++;
    out[at] = byte;
    return at + 1;
  }

  #literal(range: RangeDecoder): number {
    const model = this.#model;
    const previous = this.#dictionary.isEmpty ? 0 : this.#dictionary.peek(0);
    const low = this.#position & ((1 << this.#literalPosition) - 1);
    const context = (low << this.#literalContext) + (previous >> (8 - this.#literalContext));
    const base = LITERAL_PROBABILITIES * context;
    let symbol = 1;
    if (model.state >= LITERAL_STATES) {
      // after a match the byte it would have gone on with tells much about this one, as long as they agree
      let expected = this.#dictionary.peek(model.recent[0]);
      do {
        const expectedBit = (expected >> 7) & 1;
        expected <<= 1;
        const bit = range.bit(model.literals, base + ((1 + expectedBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== expectedBit) break;
      } while (symbol < 0x100);
    }
    while (symbol < 0x100) symbol = (symbol << 1) | range.bit(model.literals, base + symbol);
    model.state = model.state < 4 ? 0 : model.state < 10 ? model.state - 3 : model.state - 6;
    return symbol & 0xff;
  }

  /** A match's length; its distance becomes the most recent one. */
  #matchLength(range: RangeDecoder, positionState: number): number {
    const model = this.#model;
    const { state, recent } = model;
    const wasLiteral = state < LITERAL_STATES;
    if (range.bit(model.isRepeat, state) === 0) {
      const length = readLength(range, model.matchLength, positionState);
      model.recent = [this.#distance(range, length), recent[0], recent[1], recent[2]];
      model.state = wasLiteral ? 7 : 10;
      return length;
    }
    if (range.bit(model.isRepeat0, state) === 0) {
      if (range.bit(model.isRepeat0Long, (state << 4) + positionState) === 0) {
        model.state = wasLiteral ? 9 : 11;
        return 1;
      }
    } else if (range.bit(model.isRepeat1, state) === 0) {
      model.recent = [recent[1], recent[0], recent[2], recent[3]];
    } else if (range.bit(model.isRepeat2, state) === 0) {
      model.recent = [recent[2], recent[0], recent[1], recent[3]];
    } else {
      model.recent = [recent[3], recent[0], recent[1], recent[2]];
    }
    model.state = wasLiteral ? 8 : 11;
    return readLength(range, model.repeatLength, positionState);
  }

  #distance(range: RangeDecoder, length: number): number {
    const model = this.#model;
    const lengthState = Math.min(length - MIN_MATCH, LENGTH_STATES - 1);
    const slot = range.tree(model.distanceSlots, lengthState << 6, 6);
    if (slot < FIRST_DISTANCE_MODEL) return slot;
    const directBits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) << directBits;
    if (slot < END_DISTANCE_MODEL) return base + range.reverseTree(model.distances, base - slot, directBits);
    const high = range.direct(directBits - ALIGN_BITS);
    const distance = (base >>> 0) + high * (1 << ALIGN_BITS) + range.reverseTree(model.align, 0, ALIGN_BITS);
    if (distance === 0xffffffff) throw new RangeError('it has an end marker, which LZMA2 does not know');
    return distance;
  }
}

function readLength(range: RangeDecoder, model: LengthModel, positionState: number): number {
  if (range.bit(model.choice, 0) === 0) return MIN_MATCH + range.tree(model.low, positionState << 3, 3);
  if (range.bit(model.choice, 1) === 0) return MIN_MATCH + 8 + range.tree(model.middle, positionState << 3, 3);
  return MIN_MATCH + 16 + range.tree(model.high, 0, 8);
}
