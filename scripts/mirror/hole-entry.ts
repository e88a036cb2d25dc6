/**
 * A file of holes as a tar entry that compresses to little more than its name and size. It is GNU's sparse format 0.1 (GNU tar
 * manual, "Storing Sparse Files"): name, size and map are records of a PAX header, which Go's archive/tar and so Docker reads.
 * Names in the two ustar headers mean nothing beside those records; constant, they cost nothing, and neither do their checksums.
 */
import { concatBytes, utf8, type Bytes } from '../../worker/base/bytes.ts';
import { encodeHeader } from '../../worker/codec/tar-header.ts';
import { paddingOf, type TarHeader } from '../../worker/codec/tar-entry.ts';

/** A file of `sizeBytes` that begins with `head` and is zeros from there on. `head` has at most a block. */
export function holeEntry(header: TarHeader, sizeBytes: number, head: Bytes): Bytes {
  const records = utf8(
    record('GNU.sparse.numblocks', '1') +
      record('GNU.sparse.map', `0,${head.byteLength}`) +
      record('GNU.sparse.size', String(sizeBytes)) +
      record('GNU.sparse.name', header.path),
  );
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

/** A PAX record; its length counts the digits of the length itself. */
function record(key: string, value: string): string {
  const rest = utf8(` ${key}=${value}\n`).byteLength;
  const length = rest + String(rest + String(rest).length).length;
  return `${length} ${key}=${value}\n`;
}
