/**
 * Sparse files in tar: which runs of a file are stored (GNU tar manual, "Storing Sparse Files"). Four forms are read (old GNU
 * header maps, PAX 0.0, 0.1 and 1.0); the writer uses PAX 1.0 alone, the one that Docker imports and old readers survive.
 */
import { utf8, utf8Text, type Bytes } from '../base/bytes.ts';
import { paddingOf, TAR_BLOCK_BYTES, type TarBody, type TarExtent, type TarSegment } from './tar-entry.ts';
import { invalidTar, tarLimit } from './tar-error.ts';
import { decodeNumber } from './tar-header.ts';
import { decodeShortText } from './tar-text.ts';

/** A run of stored bytes: where in the file, and how many. */
export interface SparseRun {
  readonly start: number;
  readonly length: number;
}

/** A map may have this many runs; far beyond any real file, far below what hurts. */
export const MAX_SPARSE_RUNS = 1 << 16;

/**
 * The extents of a sparse file of `sizeBytes`, whose stored bytes, `storedBytes` of them, stand at `tarOffset`. Throws
 * `invalid-document` where the runs overlap, leave the file, or do not sum to what is stored.
 */
export function sparseExtents(
  runs: readonly SparseRun[],
  sizeBytes: number,
  storedBytes: number,
  tarOffset: number,
): TarExtent[] {
  const extents: TarExtent[] = [];
  let filePosition = 0;
  let stored = 0;
  for (const { start, length } of runs) {
    if (start < filePosition || length < 0 || start + length > sizeBytes) {
      throw invalidTar(tarOffset, `its sparse map has the run ${start}+${length} out of place`);
    }
    if (start > filePosition) extents.push({ length: start - filePosition });
    if (length > 0) extents.push({ tarOffset: tarOffset + stored, length });
    filePosition = start + length;
    stored += length;
  }
  if (filePosition < sizeBytes) extents.push({ length: sizeBytes - filePosition });
  if (stored !== storedBytes) {
    throw invalidTar(tarOffset, `its sparse map speaks of ${stored} bytes, ${storedBytes} are stored`);
  }
  return extents;
}

/** The runs of a map in the text of PAX 0.1: numbers with commas between them. */
export function parseSparseMap(value: Uint8Array, offset: number): SparseRun[] {
  const text = decodeShortText(value, 0, value.byteLength);
  return text === ''
    ? []
    : pairUp(
        text.split(',').map((digits) => parseMapNumber(digits, offset)),
        offset,
      );
}

function parseMapNumber(digits: string, offset: number): number {
  const value = Number(digits);
  if (!/^\d+$/.test(digits) || !Number.isSafeInteger(value)) {
    throw invalidTar(offset, `its sparse map holds ${JSON.stringify(digits.slice(0, 40))}`);
  }
  return value;
}

function pairUp(numbers: readonly number[], offset: number): SparseRun[] {
  if (numbers.length % 2 !== 0) throw invalidTar(offset, 'its sparse map ends in the middle of a run');
  if (numbers.length / 2 > MAX_SPARSE_RUNS) throw tarLimit(offset, 'a sparse map too long', MAX_SPARSE_RUNS);
  const runs: SparseRun[] = [];
  for (let i = 0; i < numbers.length; i += 2) runs.push({ start: numbers[i]!, length: numbers[i + 1]! });
  return runs;
}

/**
 * Reads a map of PAX 1.0, which stands before the file's bytes: the number of runs, then start and length of each, a line a
 * number, filled up to whole blocks. Blocks are fed one by one until `add` returns the runs.
 */
export class SparseMapReader {
  readonly #offset: number;
  readonly #numbers: number[] = [];
  #wanted: number | undefined;
  #partial = '';

  /** `offset` is where in the archive the map begins, for the errors. */
  constructor(offset: number) {
    this.#offset = offset;
  }

  /** Takes the next block; the runs when it was the map's last. Throws `invalid-document`, `limit`. */
  add(block: Uint8Array): SparseRun[] | undefined {
    const lines = (this.#partial + utf8Text(block)).split('\n');
    this.#partial = lines.pop() ?? '';
    for (const line of lines) {
      if (this.#wanted === undefined) this.#wanted = this.#count(line);
      else this.#numbers.push(parseMapNumber(line, this.#offset));
      if (this.#numbers.length === this.#wanted) return pairUp(this.#numbers, this.#offset);
    }
    // a number has at most 16 digits, so a line that goes on for a block never ends well
    if (this.#partial.length >= TAR_BLOCK_BYTES) throw invalidTar(this.#offset, 'its sparse map is not made of lines');
    return undefined;
  }

  #count(line: string): number {
    const runs = parseMapNumber(line, this.#offset);
    if (runs > MAX_SPARSE_RUNS) throw tarLimit(this.#offset, 'a sparse map too long', MAX_SPARSE_RUNS);
    return 2 * runs;
  }
}

/** Where the runs of old GNU's maps stand: four in the header itself, 21 in each block that extends it. */
const HEADER_MAP = { offset: 386, runs: 4, extendedFlag: 482 };
const EXTENSION_MAP = { offset: 0, runs: 21, extendedFlag: 504 };
const REAL_SIZE_OFFSET = 483;
const MAP_NUMBER_BYTES = 12;

/** The part of old GNU's sparse map that a block holds, and whether another block follows with more. */
export function decodeGnuSparseMap(
  block: Uint8Array,
  where: 'header' | 'extension',
  offset: number,
): { runs: SparseRun[]; more: boolean } {
  const layout = where === 'header' ? HEADER_MAP : EXTENSION_MAP;
  const numberAt = (at: number): number => decodeNumber(block.subarray(at, at + MAP_NUMBER_BYTES), offset + at);
  const runs: SparseRun[] = [];
  for (let i = 0; i < layout.runs; i++) {
    const at = layout.offset + i * 2 * MAP_NUMBER_BYTES;
    if (block[at] === 0) break;
    runs.push({ start: numberAt(at), length: numberAt(at + MAP_NUMBER_BYTES) });
  }
  return { runs, more: block[layout.extendedFlag] !== 0 };
}

/** The logical size that old GNU's sparse header gives. */
export function decodeGnuRealSize(block: Uint8Array, offset: number): number {
  return decodeNumber(block.subarray(REAL_SIZE_OFFSET, REAL_SIZE_OFFSET + MAP_NUMBER_BYTES), offset + REAL_SIZE_OFFSET);
}

/** How the writer stores a body. */
export interface StoredForm {
  /** Which runs of the file are stored. */
  readonly runs: readonly SparseRun[];
  /** The map of a sparse body, filled up to whole blocks; absent where every byte is stored. */
  readonly map?: Bytes;
  /** What is stored, after the map. */
  readonly segments: readonly TarSegment[];
  /** Bytes of `segments`. */
  readonly storedBytes: number;
}

/** What the map and the records of a sparse body take at least: holes of less are not worth telling. */
const SPARSE_COST_BYTES = 4 * TAR_BLOCK_BYTES;

/**
 * How to store a body: sparse where that is shorter. Runs begin and end at whole blocks, taking zeros from the holes beside
 * them: GNU tar expects each run to begin a block, Go expects runs to follow each other without a gap, so both are right.
 */
export function storedForm(body: TarBody): StoredForm {
  const runs = alignedRuns(body);
  const storedBytes = runs.reduce((sum, run) => sum + run.length, 0);
  if (body.sizeBytes - storedBytes < SPARSE_COST_BYTES || runs.length >= MAX_SPARSE_RUNS) {
    const whole = { start: 0, length: body.sizeBytes };
    return { runs: [whole], segments: sliceWithZeros(body, 0, body.sizeBytes), storedBytes: body.sizeBytes };
  }
  const segments = runs.flatMap(({ start, length }) => sliceWithZeros(body, start, start + length));
  return { runs, map: sparseMap(runs, body.sizeBytes), segments, storedBytes };
}

function sparseMap(runs: readonly SparseRun[], sizeBytes: number): Bytes {
  const numbers = runs.flatMap(({ start, length }) => [start, length]);
  const last = runs.at(-1);
  // the end of a file that ends in a hole is marked by an empty run, as GNU tar does
  if (last === undefined || last.start + last.length < sizeBytes) numbers.push(sizeBytes, 0);
  const text = utf8(`${[numbers.length / 2, ...numbers].join('\n')}\n`);
  const map = new Uint8Array(text.byteLength + paddingOf(text.byteLength));
  map.set(text);
  return map;
}

const lengthOf = (segment: TarSegment): number =>
  segment.kind === 'hole' ? segment.length : segment.end - segment.start;

function alignedRuns(body: TarBody): SparseRun[] {
  const runs: SparseRun[] = [];
  let position = 0;
  for (const segment of body.segments) {
    const end = position + lengthOf(segment);
    if (segment.kind === 'data' && end > position) {
      const start = position - (position % TAR_BLOCK_BYTES);
      const alignedEnd = Math.min(end + paddingOf(end), body.sizeBytes);
      const previous = runs.at(-1);
      if (previous !== undefined && previous.start + previous.length >= start) {
        runs[runs.length - 1] = { start: previous.start, length: alignedEnd - previous.start };
      } else {
        runs.push({ start, length: alignedEnd - start });
      }
    }
    position = end;
  }
  return runs;
}

/** A slice of a body in which what a run takes of a hole is spelled out. */
function sliceWithZeros(body: TarBody, start: number, end: number): TarSegment[] {
  const slice: TarSegment[] = [];
  let position = 0;
  for (const segment of body.segments) {
    const length = lengthOf(segment);
    const from = Math.max(start - position, 0);
    const to = Math.min(end - position, length);
    position += length;
    if (to <= from) continue;
    if (segment.kind === 'data') slice.push({ ...segment, start: segment.start + from, end: segment.start + to });
    else slice.push({ kind: 'data', source: new Uint8Array(to - from), start: 0, end: to - from });
  }
  return slice;
}
