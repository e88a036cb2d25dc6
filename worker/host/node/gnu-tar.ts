/**
 * Archives as Python's tarfile writes them in its GNU format: the recorder of the golden suite packs with it, and a case may copy such an
 * archive whole, so that its bytes matter.
 */
import { concatBytes, utf8, type Bytes } from '../../base/bytes.ts';
import { EngineError } from '../../base/errors.ts';

/** An entry; owned by root. */
export interface GnuTarEntry {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  readonly mtimeMs: number;
  /** Of a file. */
  readonly content?: Bytes;
  /** Of a symlink. */
  readonly target?: string;
}

const BLOCK_BYTES = 512;
/** Archives are filled up to whole records. */
const RECORD_BYTES = 20 * BLOCK_BYTES;
const NAME_BYTES = 100;
const TYPE_FLAGS = { file: '0', directory: '5', symlink: '2' } as const;

/** The archive. Throws `unsupported` for names that do not fit a header. */
export function gnuTar(entries: readonly GnuTarEntry[]): Bytes {
  const blocks = entries.flatMap((entry) => {
    const content = entry.content ?? new Uint8Array(0);
    return [header(entry, content.byteLength), content, new Uint8Array(-content.byteLength & (BLOCK_BYTES - 1))];
  });
  const tar = concatBytes([...blocks, new Uint8Array(2 * BLOCK_BYTES)]);
  return concatBytes([tar, new Uint8Array((RECORD_BYTES - (tar.byteLength % RECORD_BYTES)) % RECORD_BYTES)]);
}

function header(entry: GnuTarEntry, sizeBytes: number): Bytes {
  const block = new Uint8Array(BLOCK_BYTES);
  const put = (offset: number, text: string): void => block.set(utf8(text), offset);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  const name = entry.kind === 'directory' ? `${entry.path}/` : entry.path;
  for (const text of [name, entry.target ?? '']) {
    if (utf8(text).byteLength > NAME_BYTES)
      throw new EngineError('unsupported', `${text} is too long for a golden case's archive.`);
  }
  put(0, name);
  put(100, octal(entry.mode, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(sizeBytes, 11));
  put(136, octal(Math.floor(entry.mtimeMs / 1000), 11));
  put(148, ' '.repeat(8));
  put(156, TYPE_FLAGS[entry.kind]);
  put(157, entry.target ?? '');
  put(257, 'ustar  \0');
  put(265, 'root');
  put(297, 'root');
  put(
    148,
    `${octal(
      block.reduce((sum, byte) => sum + byte, 0),
      6,
    )} `,
  );
  return block;
}
