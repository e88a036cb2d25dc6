/**
 * A tar reader that keeps no file bodies: it is pushed the archive's bytes and tells each entry with the offsets at which
 * its bytes stand, so that a layer of any size is indexed in one pass. It reads V7, ustar, PAX and GNU archives (POSIX pax;
 * GNU tar manual, "Tar Internals"), sparse files of all forms included, and is lenient where Go's archive/tar is, because
 * Docker reads layers with that.
 */
import { EMPTY_BYTES } from '../base/bytes.ts';
import { paddingOf, TAR_BLOCK_BYTES, type TarEntry, type TarExtent, type TarHeader } from './tar-entry.ts';
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

/** The header of an entry, or of its first extension. */
const HEADER: Demand = { bytes: TAR_BLOCK_BYTES, keep: true, mayEnd: true };
/** The header after one that extends it. */
const EXTENDED_HEADER: Demand = { bytes: TAR_BLOCK_BYTES, keep: true, mayEnd: false };
const NO_EXTENSIONS: Extensions = { records: NO_RECORDS };

/** Where a file's bytes are, and how many of them are still to come. */
interface BodyPlace {
  readonly sizeBytes: number;
  readonly extents: readonly TarExtent[];
  readonly remaining: number;
}

function isExtension({ typeFlag }: HeaderBlock): boolean {
  return typeFlag === 'x' || typeFlag === 'g' || typeFlag === 'L' || typeFlag === 'K';
}

/** True for the sparse forms whose map is no record: GNU's old one, and 1.0. */
function isMapped({ typeFlag }: HeaderBlock, records: PaxRecords): boolean {
  if (typeFlag === 'S') return true;
  return textOf(records, 'GNU.sparse.major') === '1' && textOf(records, 'GNU.sparse.minor') === '0';
}

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

  /** In one piece, since each step through a generator of a generator costs as much as what it reads. */
  *#archive(): Parser<void> {
    let extensions = NO_EXTENSIONS;
    let demand = HEADER;
    for (;;) {
      const block = yield demand;
      if (isZeroBlock(block)) {
        yield* this.#endAfter(demand);
        return;
      }
      const offset = this.#consumed - TAR_BLOCK_BYTES;
      const header = this.#headers.decode(block, offset);
      if (header.size < 0) throw invalidTar(offset, 'its size is negative');
      if (isExtension(header)) {
        const bytes = header.size + paddingOf(header.size);
        if (header.size > MAX_SPECIAL_BYTES)
          throw tarLimit(this.#consumed, 'an extension header too long', MAX_SPECIAL_BYTES);
        const body = yield { bytes, keep: true, mayEnd: false };
        extensions = this.#extended(extensions, header, body.subarray(0, header.size));
        demand = header.typeFlag === 'g' ? HEADER : EXTENDED_HEADER;
        continue;
      }
      const all = this.#withGlobals(extensions);
      const description = this.#described(header, all, offset);
      const stored = storedSize(header, description.type, all.records, offset);
      const body = isMapped(header, all.records)
        ? yield* this.#mappedBody(block, header, all.records, stored, offset)
        : this.#plainBody(all.records, stored, offset);
      this.#onEntry(Object.assign(description, { sizeBytes: body.sizeBytes, extents: body.extents }));
      if (body.remaining > 0) yield { bytes: body.remaining, keep: false, mayEnd: false };
      if (paddingOf(stored) > 0) yield { bytes: paddingOf(stored), keep: false, mayEnd: true };
      extensions = NO_EXTENSIONS;
      demand = HEADER;
    }
  }

  /** The second of the two zero blocks that end the archive; the first came where `demand` asked for a header. */
  *#endAfter(demand: Demand): Parser<void> {
    if (!isZeroBlock(yield demand)) {
      throw invalidTar(this.#consumed - TAR_BLOCK_BYTES, 'a single block of zeros stands before it');
    }
    if (!demand.mayEnd) throw truncatedTar(this.#consumed);
  }

  /** The extensions with what a further extension header says. */
  #extended(extensions: Extensions, { typeFlag }: HeaderBlock, body: Uint8Array): Extensions {
    switch (typeFlag) {
      case 'x':
        return { ...extensions, records: parsePaxRecords(body, this.#consumed) };
      case 'g':
        this.#addGlobals(parsePaxRecords(body, this.#consumed));
        return extensions;
      case 'L':
        return { ...extensions, longName: decodeText(body) };
      default:
        return { ...extensions, longLink: decodeText(body) };
    }
  }

  #addGlobals(records: PaxRecords): void {
    if (this.#options.applyGlobalHeaders === true) this.#globals = new Map([...this.#globals, ...records]);
  }

  #withGlobals(extensions: Extensions): Extensions {
    if (this.#globals.size === 0) return extensions;
    return { ...extensions, records: new Map([...this.#globals, ...extensions.records]) };
  }

  /** What a proper entry says but for its body. */
  #described(header: HeaderBlock, extensions: Extensions, offset: number): TarHeader {
    const description = describeEntry(header, extensions, offset);
    if (description.path.length > MAX_NAME_BYTES) throw tarLimit(offset, 'a name too long', MAX_NAME_BYTES);
    const maxEntries = this.#options.maxEntries ?? DEFAULT_MAX_ENTRIES;
    if (++this.#entries > maxEntries) throw tarLimit(offset, 'too many entries', maxEntries);
    return description;
  }

  /** Where a file's bytes are, told by its headers alone. */
  #plainBody(records: PaxRecords, storedBytes: number, offset: number): BodyPlace {
    const map = records.get(SPARSE_MAP);
    if (map !== undefined) {
      const sizeBytes = sizeOf(records, 'GNU.sparse.size', offset) ?? storedBytes;
      const extents = sparseExtents(parseSparseMap(map, offset), sizeBytes, storedBytes, this.#consumed);
      return { sizeBytes, extents, remaining: storedBytes };
    }
    const extents = storedBytes === 0 ? [] : [{ tarOffset: this.#consumed, length: storedBytes }];
    return { sizeBytes: storedBytes, extents, remaining: storedBytes };
  }

  /** The same where a sparse map stands before the body, or begins it. */
  *#mappedBody(
    block: Uint8Array,
    header: HeaderBlock,
    records: PaxRecords,
    storedBytes: number,
    offset: number,
  ): Parser<BodyPlace> {
    if (header.typeFlag === 'S') {
      const sizeBytes = decodeGnuRealSize(block, offset);
      const runs = yield* this.#gnuSparseRuns(block, offset);
      const extents = sparseExtents(runs, sizeBytes, storedBytes, this.#consumed);
      return { sizeBytes, extents, remaining: storedBytes };
    }
    const sizeBytes = sizeOf(records, 'GNU.sparse.realsize', offset) ?? storedBytes;
    const mapStart = this.#consumed;
    const runs = yield* this.#sparseMap(storedBytes);
    const remaining = storedBytes - (this.#consumed - mapStart);
    return { sizeBytes, extents: sparseExtents(runs, sizeBytes, remaining, this.#consumed), remaining };
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
