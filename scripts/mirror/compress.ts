/** Compression of the mirror's layers: as small as it gets, once, since they are fetched again and again. */
import { spawnSync } from 'node:child_process';
import { gzipSync as gzipWithFflate } from 'fflate';
import { gzipSync as gzipWithZlib } from 'node:zlib';
import { readAll, type Bytes } from '../../worker/base/bytes.ts';
import { partsStream, type BytePart } from '../../worker/codec/byte-parts.ts';

/** The program that packs best, where it is installed (Debian's libdeflate-tools), and what it may give. */
const PACKER = 'libdeflate-gzip';
const MAX_OUTPUT_BYTES = 1 << 26;

/**
 * The parts as one gzip member, by whichever compressor makes least of them: libdeflate or zlib of trees, fflate of programs.
 * Their bytes differ between machines: see `layersOnDisk`.
 */
export async function compressed(parts: readonly BytePart[]): Promise<Bytes> {
  const bytes = await readAll(partsStream(parts));
  const candidates = [
    gzipWithFflate(bytes, { level: 9, mem: 12, mtime: 0 }),
    new Uint8Array(gzipWithZlib(bytes, { level: 9 })),
    ...gzipWithLibdeflate(bytes),
  ];
  return candidates.reduce((best, candidate) => (candidate.byteLength < best.byteLength ? candidate : best));
}

function gzipWithLibdeflate(bytes: Bytes): readonly Bytes[] {
  const { status, stdout } = spawnSync(PACKER, ['-12', '-c'], { input: bytes, maxBuffer: MAX_OUTPUT_BYTES });
  return status === 0 ? [new Uint8Array(stdout)] : [];
}
