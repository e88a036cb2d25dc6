/**
 * The texts of a layer's files, in the order of its tar: small files that lie side by side are read at once, large ones in
 * pieces, so that a scan holds a megabyte or two whatever the image's size. Characters stand for bytes (Latin-1), so an
 * offset in a text is an offset in the file.
 */
import type { BlobLike } from '../base/blob-like.ts';
import type { Job } from '../base/job.ts';
import type { StoredFile } from '../layer/hidden-files.ts';
import { EMPTY_BYTES, type Bytes } from '../base/bytes.ts';

/** A piece of a text file. */
export interface TextPiece {
  readonly file: StoredFile;
  readonly text: string;
  /** Offset of the piece in the file. */
  readonly offset: number;
}

/** What became of a file that is no text, or was not read to its end. */
export interface UnreadFile {
  readonly file: StoredFile;
  readonly unread: 'binary' | 'cut';
}

/** Bytes that are read at once. */
const WINDOW_BYTES = 1 << 20;
/** What a piece repeats of the one before: more than any secret is long. */
const OVERLAP_BYTES = 16 << 10;
/** Of a file, at most. */
const MOST_BYTES = 16 << 20;
/** A file with a zero among so many of its first bytes is binary, as git has it. */
const PROBE_BYTES = 8000;

const latin1 = new TextDecoder('latin1');

interface PlacedFile {
  readonly file: StoredFile;
  readonly start: number;
  readonly end: number;
}

/** `files` are all of one layer, whose tar it is. */
export async function* layerTexts(
  files: readonly StoredFile[],
  tar: BlobLike,
  job: Job,
): AsyncGenerator<TextPiece | UnreadFile, void> {
  const placed: PlacedFile[] = [];
  for (const file of files) {
    const place = placeOf(file);
    if (place === undefined) yield { file, unread: 'binary' };
    else placed.push(place);
  }
  placed.sort((a, b) => a.start - b.start);
  for (const group of groupsOf(placed)) {
    job.budget.throwIfCancelled();
    const [first] = group;
    if (first === undefined) continue;
    if (first.end - first.start > WINDOW_BYTES) {
      yield* largeFile(first, tar, job);
      continue;
    }
    const bytes = await slice(tar, first.start, group.at(-1)?.end ?? first.end);
    for (const { file, start, end } of group) {
      const own = bytes.subarray(start - first.start, end - first.start);
      yield isBinary(own) ? { file, unread: 'binary' } : { file, text: latin1.decode(own), offset: 0 };
      const pause = job.budget.checkpoint();
      if (pause) await pause;
    }
  }
}

/** Undefined for empty and sparse files: what a hole stands for is no text. */
function placeOf(file: StoredFile): PlacedFile | undefined {
  const [extent, ...more] = file.entry.extents ?? [];
  if (extent?.tarOffset === undefined || more.length > 0 || extent.length === 0) return undefined;
  return { file, start: extent.tarOffset, end: extent.tarOffset + extent.length };
}

/** Neighbours that fit one window; a file that does not is a group of its own. */
function* groupsOf(files: readonly PlacedFile[]): Generator<readonly PlacedFile[]> {
  let group: PlacedFile[] = [];
  for (const file of files) {
    const [first] = group;
    if (first !== undefined && file.end - first.start > WINDOW_BYTES) {
      yield group;
      group = [];
    }
    group.push(file);
  }
  if (group.length > 0) yield group;
}

async function* largeFile(
  { file, start, end }: PlacedFile,
  tar: BlobLike,
  job: Job,
): AsyncGenerator<TextPiece | UnreadFile, void> {
  const stop = Math.min(end, start + MOST_BYTES);
  for (let from = start; from < stop; from += WINDOW_BYTES) {
    job.budget.throwIfCancelled();
    const begin = Math.max(start, from - OVERLAP_BYTES);
    const bytes = await slice(tar, begin, Math.min(stop, from + WINDOW_BYTES));
    if (from === start && isBinary(bytes)) {
      yield { file, unread: 'binary' };
      return;
    }
    yield { file, text: latin1.decode(bytes), offset: begin - start };
  }
  if (stop < end) yield { file, unread: 'cut' };
}

async function slice(tar: BlobLike, start: number, end: number): Promise<Bytes> {
  return end <= start ? EMPTY_BYTES : new Uint8Array(await tar.slice(start, end).arrayBuffer());
}

function isBinary(bytes: Bytes): boolean {
  return bytes.subarray(0, PROBE_BYTES).includes(0);
}
