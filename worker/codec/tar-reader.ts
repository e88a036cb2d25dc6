/**
 * A tar reader that keeps no file bodies: it is pushed the archive's bytes and tells each entry with the offsets at which
 * its bytes stand, so that a layer of any size is indexed in one pass. It reads V7, ustar, PAX and GNU archives (POSIX pax;
 * GNU tar manual, "Tar Internals"), sparse files of all forms included, and is lenient where Go's archive/tar is, because
 * Docker reads layers with that.
 */
import { EMPTY_BYTES } from '../base/bytes.ts';
import { paddingOf, TAR_BLOCK_BYTES, type TarEntry, type TarExtent } from './tar-entry.ts';
import { invalidTar, tarLimit, truncatedTar } from './tar-error.ts';
import { decodeText, HeaderDecoder, isZeroBlock, type HeaderBlock } from './tar-header.ts';
import { describeEntry, sizeOf, storedSize, textOf, type Extensions } from './tar-metadata.ts';
import { parsePaxRecords, SPARSE_MAP, type PaxRecords } from './tar-pax.ts';
import {
  decodeGnuRealSize,
  decodeGnuSparseMap,
  MAX_SPARSE_RUNS,
  parseSparseMap,
  sparseExtents,
  SparseMapReader,
  type SparseRun,
} from './tar-sparse.ts';

export interface TarReaderOptions {
  /**
   * Let the records of PAX global headers stand in for those an entry lacks, as POSIX has it. Off by default: Docker reads
   * such headers over, and what a layer means is what Docker makes of it.
   */
  readonly applyGlobalHeaders?: boolean;
  /** Entries taken before the archive counts as hostile; default a million. */
  readonly maxEntries?: number;
}

/** A PAX header or GNU long name may be this long (Go's limit too). */
const MAX_SPECIAL_BYTES = 1 << 20;
/** A name may be this long: sixteen times what Linux takes. */
const MAX_NAME_BYTES = 1 << 16;
const DEFAULT_MAX_ENTRIES = 1_000_000;
const NO_RECORDS: PaxRecords = new Map();

/** What the parser needs next: bytes to look at, or bytes to pass over. `mayEnd`: the archive may stop before them. */
interface Demand {
  readonly bytes: number;
  readonly keep: boolean;
  readonly mayEnd: boolean;
}
type Parser<T> = Generator<Demand, T, Uint8Array>;

/** Reads one archive: any number of `write`, then `end`. `onEntry` hears each entry as soon as its header is read. */
export class TarReader {
  readonly #onEntry: (entry: TarEntry) => void;
  readonly #options: TarReaderOptions;
  readonly #parser: Parser<void>;
  readonly #headers = new HeaderDecoder();
  #demand: Demand | undefined;
  /** Bytes of the demand that came in earlier chunks; only for demands that keep. */
  #partial: Uint8Array | undefined;
  #filled = 0;
  #consumed = 0;
  #entries = 0;
  #globals: PaxRecords = NO_RECORDS;

  constructor(onEntry: (entry: TarEntry) => void, options: TarReaderOptions = {}) {
    this.#onEntry = onEntry;
    this.#options = options;
    this.#parser = this.#archive();
    this.#advance();
  }

  /** Takes the next bytes; they may be reused afterwards. What follows the archive's end is passed over. Throws `invalid-document`, `unsupported`, `limit`. */
  write(chunk: Uint8Array): void {
    let at = 0;
    while (this.#demand !== undefined && at < chunk.byteLength) {
      const taken = Math.min(this.#demand.bytes - this.#filled, chunk.byteLength - at);
      const part = chunk.subarray(at, at + taken);
      at += taken;
      this.#take(this.#demand, part);
    }
  }

  /** Says that all bytes were written. Throws `corrupt` when they stop in the middle of an entry. */
  end(): void {
    if (this.#demand === undefined) return;
    const partialHeader = this.#demand.keep && this.#filled > 0;
    if (!this.#demand.mayEnd || partialHeader) throw truncatedTar(this.#consumed + this.#filled);
    this.#demand = undefined;
  }

  #take(demand: Demand, part: Uint8Array): void {
    const whole = this.#filled === 0 && part.byteLength === demand.bytes;
    if (demand.keep && !whole) {
      this.#partial ??= new Uint8Array(demand.bytes);
      this.#partial.set(part, this.#filled);
    }
    this.#filled += part.byteLength;
    if (this.#filled < demand.bytes) return;
    const bytes = this.#partial ?? part;
    this.#consumed += demand.bytes;
    this.#filled = 0;
    this.#partial = undefined;
    this.#advance(bytes);
  }

  #advance(bytes: Uint8Array = EMPTY_BYTES): void {
    let given = bytes;
    for (;;) {
      const step = this.#parser.next(given);
      this.#demand = step.done === true ? undefined : step.value;
      if (this.#demand?.bytes !== 0) return;
      given = EMPTY_BYTES;
    }
  }

  *#archive(): Parser<void> {
    for (;;) {
      const block = yield* this.#headerBlock(true);
      if (block === undefined) return;
      yield* this.#entry(block);
    }
  }

  /** The next header; undefined at the two zero blocks that end the archive. `mayEnd`: it may also just stop here. */
  *#headerBlock(mayEnd: boolean): Parser<Uint8Array | undefined> {
    const block = yield { bytes: TAR_BLOCK_BYTES, keep: true, mayEnd };
    if (!isZeroBlock(block)) return block;
    const second = yield { bytes: TAR_BLOCK_BYTES, keep: true, mayEnd };
    if (isZeroBlock(second)) return undefined;
    throw invalidTar(this.#consumed - TAR_BLOCK_BYTES, 'a single block of zeros stands before it');
  }

  /** One entry with the extension headers before it, its body passed over. */
  *#entry(firstBlock: Uint8Array): Parser<void> {
    let block = firstBlock;
    let extensions: Extensions = { records: NO_RECORDS };
    for (;;) {
      const offset = this.#consumed - TAR_BLOCK_BYTES;
      const header = this.#headers.decode(block, offset);
      if (header.size < 0) throw invalidTar(offset, 'its size is negative');
      switch (header.typeFlag) {
        case 'x':
          extensions = { ...extensions, records: parsePaxRecords(yield* this.#special(header), this.#consumed) };
          break;
        case 'g':
          this.#addGlobals(parsePaxRecords(yield* this.#special(header), this.#consumed));
          break;
        case 'L':
          extensions = { ...extensions, longName: decodeText(yield* this.#special(header)) };
          break;
        case 'K':
          extensions = { ...extensions, longLink: decodeText(yield* this.#special(header)) };
          break;
        default:
          yield* this.#file(block, header, this.#withGlobals(extensions), offset);
          return;
      }
      const next = yield* this.#headerBlock(header.typeFlag === 'g');
      if (next === undefined) {
        if (header.typeFlag === 'g') return;
        throw truncatedTar(this.#consumed);
      }
      block = next;
    }
  }

  #addGlobals(records: PaxRecords): void {
    if (this.#options.applyGlobalHeaders === true) this.#globals = new Map([...this.#globals, ...records]);
  }

  #withGlobals(extensions: Extensions): Extensions {
    if (this.#globals.size === 0) return extensions;
    return { ...extensions, records: new Map([...this.#globals, ...extensions.records]) };
  }

  /** The body of an extension header. */
  *#special(header: HeaderBlock): Parser<Uint8Array> {
    if (header.size > MAX_SPECIAL_BYTES)
      throw tarLimit(this.#consumed, 'an extension header too long', MAX_SPECIAL_BYTES);
    const body = yield { bytes: header.size + paddingOf(header.size), keep: true, mayEnd: false };
    return body.subarray(0, header.size);
  }

  /** A proper entry: what it says, told to the listener, and its body passed over. */
  *#file(block: Uint8Array, header: HeaderBlock, extensions: Extensions, offset: number): Parser<void> {
    const description = describeEntry(header, extensions, offset);
    if (description.path.length > MAX_NAME_BYTES) throw tarLimit(offset, 'a name too long', MAX_NAME_BYTES);
    const maxEntries = this.#options.maxEntries ?? DEFAULT_MAX_ENTRIES;
    if (++this.#entries > maxEntries) throw tarLimit(offset, 'too many entries', maxEntries);
    const stored = storedSize(header, description.type, extensions.records, offset);
    const { sizeBytes, extents, remaining } = yield* this.#body(block, header, extensions.records, stored, offset);
    this.#onEntry(Object.assign(description, { sizeBytes, extents }));
    yield { bytes: remaining, keep: false, mayEnd: false };
    yield { bytes: paddingOf(stored), keep: false, mayEnd: true };
  }

  /** Where a file's bytes are. Reads the sparse map when it stands in or before the body. */
  *#body(
    block: Uint8Array,
    header: HeaderBlock,
    records: PaxRecords,
    storedBytes: number,
    offset: number,
  ): Parser<{ sizeBytes: number; extents: readonly TarExtent[]; remaining: number }> {
    if (header.typeFlag === 'S') {
      const sizeBytes = decodeGnuRealSize(block, offset);
      const runs = yield* this.#gnuSparseRuns(block, offset);
      const extents = sparseExtents(runs, sizeBytes, storedBytes, this.#consumed);
      return { sizeBytes, extents, remaining: storedBytes };
    }
    if (textOf(records, 'GNU.sparse.major') === '1' && textOf(records, 'GNU.sparse.minor') === '0') {
      const sizeBytes = sizeOf(records, 'GNU.sparse.realsize', offset) ?? storedBytes;
      const mapStart = this.#consumed;
      const runs = yield* this.#sparseMap(storedBytes);
      const remaining = storedBytes - (this.#consumed - mapStart);
      return { sizeBytes, extents: sparseExtents(runs, sizeBytes, remaining, this.#consumed), remaining };
    }
    const map = records.get(SPARSE_MAP);
    if (map !== undefined) {
      const sizeBytes = sizeOf(records, 'GNU.sparse.size', offset) ?? storedBytes;
      const extents = sparseExtents(parseSparseMap(map, offset), sizeBytes, storedBytes, this.#consumed);
      return { sizeBytes, extents, remaining: storedBytes };
    }
    const extents = storedBytes === 0 ? [] : [{ tarOffset: this.#consumed, length: storedBytes }];
    return { sizeBytes: storedBytes, extents, remaining: storedBytes };
  }

  *#gnuSparseRuns(header: Uint8Array, offset: number): Parser<SparseRun[]> {
    const { runs, more: extended } = decodeGnuSparseMap(header, 'header', offset);
    let more = extended;
    while (more) {
      const at = this.#consumed;
      const next = decodeGnuSparseMap(yield { bytes: TAR_BLOCK_BYTES, keep: true, mayEnd: false }, 'extension', at);
      runs.push(...next.runs);
      more = next.more;
      if (runs.length > MAX_SPARSE_RUNS) throw tarLimit(at, 'a sparse map too long', MAX_SPARSE_RUNS);
    }
    return runs;
  }

  *#sparseMap(storedBytes: number): Parser<SparseRun[]> {
    const start = this.#consumed;
    const reader = new SparseMapReader(start);
    while (this.#consumed - start + TAR_BLOCK_BYTES <= storedBytes) {
      const runs = reader.add(yield { bytes: TAR_BLOCK_BYTES, keep: true, mayEnd: false });
      if (runs !== undefined) return runs;
    }
    throw invalidTar(start, 'its sparse map does not end within the entry');
  }
}
