/** Streams into the formats that {@link decompress} reads. */
import type { Bytes } from '../base/bytes.ts';
import { bzip2 } from './bzip2-writer.ts';
import type { Compression } from './decompress.ts';
import { gzip } from './gzip.ts';
import { xz } from './xz-writer.ts';
import { zstd } from './zstd-writer.ts';

/** The bytes of a stream in a format; `level`, 1 to 9, is heeded by gzip alone. */
export function compressed(
  stream: ReadableStream<Uint8Array>,
  format: Exclude<Compression, 'none'>,
  level?: number,
): ReadableStream<Bytes> {
  switch (format) {
    case 'gzip':
      return gzip(stream, level);
    case 'bzip2':
      return bzip2(stream);
    case 'xz':
      return xz(stream);
    case 'zstd':
      return zstd(stream);
  }
}
