/**
 * Where the members of a gzip stream (RFC 1952, section 2.2) may begin. A member starts with the bytes 1f 8b 08 and a flag
 * byte whose upper bits are clear; the same bytes turn up in compressed data by chance, once in about 130 MB. So each such
 * place comes with the length that the four bytes before it would state, were they the end of a member's trailer: only
 * where that many bytes (modulo 2^32) have come out of the decompressor is it a boundary, and chance is ruled out.
 */
import { concatBytes } from '../base/bytes.ts';

const MAGIC = [0x1f, 0x8b, 0x08] as const;
const RESERVED_FLAGS = 0xe0;
/** Magic and flags: what is looked at to tell a header. */
const LOOK_BYTES = MAGIC.length + 1;
/** Shortest member: header 10, one empty block 2, trailer 8; also the least distance of two boundaries. */
const SHORTEST_MEMBER_BYTES = 18;
const SIZE_BYTES = 4;

/** Compressed bytes, and what may follow them. */
export interface MemberPiece {
  readonly bytes: Uint8Array;
  /** Set where a member may end: the uncompressed length (modulo 2^32) its trailer then states. */
  readonly statedSize?: number;
}

/** Cuts the chunks of a gzip stream where members may end. */
export class MemberSplitter {
  /** Bytes at the end of the last chunk that may begin a header. */
  #held: Uint8Array = new Uint8Array(0);
  /** The last bytes given out. */
  readonly #tail = new Uint8Array(SIZE_BYTES);
  #sinceStart = 0;

  /** The pieces of the next chunk, made as they are asked for: call `startMember` before the next where one was a boundary. */
  *split(chunk: Uint8Array): Generator<MemberPiece, void> {
    const data = this.#held.byteLength === 0 ? chunk : concatBytes([this.#held, chunk]);
    this.#held = new Uint8Array(0);
    let from = 0;
    for (let at = data.indexOf(MAGIC[0]); at >= 0; at = data.indexOf(MAGIC[0], at + 1)) {
      if (!mayBeHeader(data, at)) continue;
      if (at + LOOK_BYTES > data.byteLength) {
        this.#held = data.slice(at);
        break;
      }
      const piece = this.#give(data.subarray(from, at));
      from = at;
      yield this.#sinceStart < SHORTEST_MEMBER_BYTES ? piece : { ...piece, statedSize: this.#statedSize() };
    }
    yield this.#give(data.subarray(from, data.byteLength - this.#held.byteLength));
  }

  /** Says that the piece just given was the end of a member. */
  startMember(): void {
    this.#sinceStart = 0;
  }

  /** What is left when the stream has ended. */
  rest(): Uint8Array {
    return this.#held;
  }

  #give(bytes: Uint8Array): MemberPiece {
    const kept = bytes.subarray(-SIZE_BYTES);
    this.#tail.copyWithin(0, kept.byteLength);
    this.#tail.set(kept, SIZE_BYTES - kept.byteLength);
    this.#sinceStart += bytes.byteLength;
    return { bytes };
  }

  #statedSize(): number {
    return new DataView(this.#tail.buffer).getUint32(0, true);
  }
}

/** True when what there is of the bytes at `at` agrees with a header. */
function mayBeHeader(data: Uint8Array, at: number): boolean {
  for (let i = 1; i < MAGIC.length; i++) {
    if (at + i < data.byteLength && data[at + i] !== MAGIC[i]) return false;
  }
  const flags = data[at + MAGIC.length];
  return flags === undefined || (flags & RESERVED_FLAGS) === 0;
}
