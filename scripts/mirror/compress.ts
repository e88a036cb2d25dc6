/** Compression of the mirror's layers: as small as it gets, once, since they are fetched again and again. */
import { gzipSync } from 'fflate';
import { readAll } from '../../worker/base/bytes.ts';
import { partsStream, type BytePart } from '../../worker/codec/byte-parts.ts';

/** The parts as one gzip member. fflate's output is the same on every machine, and without a time in it. */
export async function compressed(parts: readonly BytePart[]): Promise<Uint8Array<ArrayBuffer>> {
  return gzipSync(await readAll(partsStream(parts)), { level: 9, mem: 12, mtime: 0 });
}
