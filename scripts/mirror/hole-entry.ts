/**
 * A file of holes as a tar entry that compresses to little more than its name and size. It is GNU's sparse format 0.1 (GNU tar
 * manual, "Storing Sparse Files"): name, size and map are records of a PAX header, which Go's archive/tar and so Docker reads.
 * Names in the two ustar headers mean nothing beside those records; constant, they cost nothing. Neither do checksums and sizes:
 * zeros before the file's size fill the records up to whole blocks, so that headers seldom differ.
 */
import { concatBytes, utf8, type Bytes } from '../../worker/base/bytes.ts';
import { paddingOf, type TarHeader } from '../../worker/codec/tar-entry.ts';
import { encodeHeader } from '../../worker/codec/tar-header.ts';

/** A file of `sizeBytes` that begins with `head` and is zeros from there on. `head` has at most a block. */
export function holeEntry(header: TarHeader, sizeBytes: number, head: Bytes): Bytes {
  const rest =
    record('GNU.sparse.name', header.path) +
    record('GNU.sparse.numblocks', '1') +
    record('GNU.sparse.map', `0,${head.byteLength}`);
  const records = utf8(sizeRecord(sizeBytes, utf8(rest).byteLength) + rest);
  return concatBytes([
    block({ name: 'PaxHeaders.0/hole', typeFlag: 'x', size: records.byteLength }),
    records,
    new Uint8Array(paddingOf(records.byteLength)),
    block({
      name: 'GNUSparseFile.0/hole',
      typeFlag: '0',
      size: head.byteLength,
      mode: header.mode,
      uid: header.uid,
      gid: header.gid,
      mtimeSeconds: Math.floor(header.mtimeMs / 1000),
    }),
    head,
    new Uint8Array(paddingOf(head.byteLength)),
  ]);
}

type HeaderFields = Parameters<typeof encodeHeader>[0];

function block(fields: Pick<HeaderFields, 'name' | 'typeFlag' | 'size'> & Partial<HeaderFields>): Bytes {
  const empty = { prefix: '', linkName: '', uname: '', gname: '', mode: 0, uid: 0, gid: 0, mtimeSeconds: 0 };
  return encodeHeader({ ...empty, deviceMajor: 0, deviceMinor: 0, ...fields });
}

/** The record of the file's size, as long as fills the block that it and the other records stand in. */
function sizeRecord(sizeBytes: number, restBytes: number): string {
  const digits = String(sizeBytes);
  const shortest = record('GNU.sparse.size', digits).length;
  const wanted = shortest + paddingOf(shortest + restBytes);
  // Zeros can lengthen the record's own length by digits: then fewer of them make it as long as wanted, or nearly.
  for (let zeros = wanted - shortest; zeros > 0; zeros--) {
    const padded = record('GNU.sparse.size', '0'.repeat(zeros) + digits);
    if (padded.length <= wanted) return padded;
  }
  return record('GNU.sparse.size', digits);
}

/** A PAX record; its length counts the digits of the length itself. */
function record(key: string, value: string): string {
  const rest = utf8(` ${key}=${value}\n`).byteLength;
  const length = rest + String(rest + String(rest).length).length;
  return `${length} ${key}=${value}\n`;
}
