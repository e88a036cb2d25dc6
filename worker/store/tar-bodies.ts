/**
 * The bodies of files in a packed tar, without the headers and what fills blocks up, which are nearly all of a replica's: all that is
 * read of a layer while one builds on it.
 */
import type { BytesPart } from '../base/blob-like.ts';
import type { Bytes } from '../base/bytes.ts';
import type { LayerIndex } from '../vfs/layer-entry.ts';
import { tarChunks, type StoredTar, type TarChunk } from './packed-tar.ts';

/** One run of a file's bytes: it begins at `at` in the tar, and is from `offset` to `end` among the bodies. */
interface Place {
  readonly at: number;
  readonly offset: number;
  readonly end: number;
}

/** Unpacks no further than it is asked for: what is read first often stands at the beginning. */
export class TarBodies {
  /** Bytes of all bodies. */
  readonly sizeBytes: number;
  /** Ascending. */
  readonly #places: readonly Place[];
  readonly #chunks: AsyncGenerator<TarChunk, void>;
  #bytes: Bytes | undefined;
  /** Bodies before this one are unpacked. */
  #next = 0;
  #unpacking: Promise<void> = Promise.resolve();

  constructor(tar: StoredTar, index: LayerIndex) {
    this.#places = placesOf(index);
    this.sizeBytes = this.#places.at(-1)?.end ?? 0;
    this.#chunks = tarChunks(tar);
  }

  /**
   * The body that the bytes from `start` to `end` of the tar are in; undefined where they are in none. The digest of the tar is not
   * looked at. Throws `corrupt` where its compressed form is damaged; it is of no use then.
   */
  async partWith(start: number, end: number): Promise<BytesPart | undefined> {
    const number = lastBefore(this.#places, start);
    const place = this.#places[number];
    if (place === undefined || end > place.at + place.end - place.offset) return undefined;
    // one after another: all take from the same stream
    this.#unpacking = this.#unpacking.then(() => this.#unpackTo(number));
    await this.#unpacking;
    return { at: place.at, bytes: this.#bytes!.subarray(place.offset, place.end) };
  }

  async #unpackTo(number: number): Promise<void> {
    this.#bytes ??= new Uint8Array(this.sizeBytes);
    while (this.#next <= number) {
      const chunk = await this.#chunks.next();
      if (chunk.done === true) return;
      this.#take(chunk.value, this.#bytes);
    }
  }

  /** Takes over what is in a chunk of bodies. */
  #take(chunk: TarChunk, bytes: Bytes): void {
    const chunkEnd = chunk.at + chunk.bytes.byteLength;
    for (let place = this.#places[this.#next]; place !== undefined && place.at < chunkEnd;) {
      const bodyEnd = place.at + place.end - place.offset;
      const from = Math.max(place.at, chunk.at);
      const part = chunk.bytes.subarray(from - chunk.at, Math.min(bodyEnd, chunkEnd) - chunk.at);
      bytes.set(part, place.offset + from - place.at);
      if (bodyEnd > chunkEnd) return;
      place = this.#places[++this.#next];
    }
  }
}

function placesOf({ entries }: LayerIndex): readonly Place[] {
  const runs: { readonly at: number; readonly length: number }[] = [];
  for (const entry of entries) {
    for (const { tarOffset: at, length } of entry.extents ?? []) if (at !== undefined) runs.push({ at, length });
  }
  let offset = 0;
  return runs.sort((a, b) => a.at - b.at).map(({ at, length }) => ({ at, offset, end: (offset += length) }));
}

/** Number of the last place that begins at or before `at`; -1 where all are behind it. */
function lastBefore(places: readonly Place[], at: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places[middle]!.at <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
