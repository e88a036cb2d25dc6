/** The compression formats programs are named after, and which of their names does what. */
import type { Compression } from '../../../codec/decompress.ts';

export interface CompressionFormat {
  readonly compression: Exclude<Compression, 'none'>;
  /** Ends of file names, each with what takes its place after unpacking; the first is the one that is written. */
  readonly suffixes: readonly (readonly [packed: string, unpacked: string])[];
  /** Strata writes the format, but makes nothing smaller: what is then said of the step. */
  readonly stores?: string;
  /** The program keeps what it reads unless it is told not to. */
  readonly keepsInput: boolean;
}

const GZIP: CompressionFormat = {
  compression: 'gzip',
  suffixes: [
    ['.gz', ''],
    ['.tgz', '.tar'],
    ['.Z', ''],
  ],
  keepsInput: false,
};
const BZIP2: CompressionFormat = {
  compression: 'bzip2',
  suffixes: [
    ['.bz2', ''],
    ['.tbz2', '.tar'],
    ['.tbz', '.tar'],
    ['.bz', ''],
  ],
  keepsInput: false,
};
const XZ: CompressionFormat = {
  compression: 'xz',
  suffixes: [
    ['.xz', ''],
    ['.txz', '.tar'],
  ],
  stores: 'xz: files are written without making them smaller',
  keepsInput: false,
};
const ZSTD: CompressionFormat = {
  compression: 'zstd',
  suffixes: [
    ['.zst', ''],
    ['.tzst', '.tar'],
  ],
  stores: 'zstd: files are written without making them smaller',
  keepsInput: true,
};

/** Every name, with its format and what it does unless options say otherwise. */
export const COMPRESSION_PROGRAMS: readonly {
  readonly name: string;
  readonly format: CompressionFormat;
  readonly does: 'pack' | 'unpack' | 'print';
}[] = [
  { name: 'gzip', format: GZIP, does: 'pack' },
  { name: 'gunzip', format: GZIP, does: 'unpack' },
  { name: 'zcat', format: GZIP, does: 'print' },
  { name: 'bzip2', format: BZIP2, does: 'pack' },
  { name: 'bunzip2', format: BZIP2, does: 'unpack' },
  { name: 'bzcat', format: BZIP2, does: 'print' },
  { name: 'xz', format: XZ, does: 'pack' },
  { name: 'unxz', format: XZ, does: 'unpack' },
  { name: 'xzcat', format: XZ, does: 'print' },
  { name: 'zstd', format: ZSTD, does: 'pack' },
  { name: 'unzstd', format: ZSTD, does: 'unpack' },
  { name: 'zstdcat', format: ZSTD, does: 'print' },
];
