/**
 * A tar writer that copies no large bodies: it makes a list of parts, small ones gathered in buffers, large ones slices of
 * the sources they come from, of which a Blob can be composed. Headers are written as Go's archive/tar writes them, which
 * is how Docker's layers look: ustar where everything fits, PAX records for what does not, names of directories ending in a
 * slash. Equal entries give equal bytes.
 */
import { concatBytes, utf8, type Bytes } from '../base/bytes.ts';
import { EngineError } from '../base/errors.ts';
import { BytePartList, type BytePart } from './byte-parts.ts';
import {
  paddingOf,
  TAR_BLOCK_BYTES,
  type TarBody,
  type TarEntryType,
  type TarExtent,
  type TarHeader,
} from './tar-entry.ts';
import {
  encodeHeader,
  fitsOctal,
  ID_FIELD_BYTES,
  LINK_NAME_BYTES,
  NAME_BYTES,
  OWNER_NAME_BYTES,
  PREFIX_BYTES,
  SIZE_FIELD_BYTES,
} from './tar-header.ts';
import { formatPaxRecords, paxTime, XATTR_PREFIX } from './tar-pax.ts';
import { sparseExtents, storedForm } from './tar-sparse.ts';

const TYPE_FLAGS: Readonly<Record<TarEntryType, string>> = {
  file: '0',
  hardlink: '1',
  symlink: '2',
  character: '3',
  block: '4',
  directory: '5',
  fifo: '6',
};

const EMPTY_BODY: TarBody = { sizeBytes: 0, segments: [] };
const SPARSE_NAME = 'GNU.sparse.name';

/** Two blocks of zeros. */
const END_BYTES = 2 * TAR_BLOCK_BYTES;

/** Writes one archive: any number of `add`, then `finish`. */
export class TarWriter {
  readonly #parts = new BytePartList();

  /**
   * Appends an entry and returns where in the archive its body is, as a reader of it would. Only files have a body; one with
   * holes is written sparse (PAX 1.0). Throws `invalid-argument` for what tar cannot say: a NUL in a name, a body on something
   * else than a file, device numbers out of range.
   */
  add(header: TarHeader, body?: TarBody): readonly TarExtent[] {
    checkEntry(header, body);
    const path = header.type === 'directory' && !header.path.endsWith('/') ? `${header.path}/` : header.path;
    const records = new Map<string, Uint8Array>();
    for (const [name, value] of header.xattrs ?? []) records.set(XATTR_PREFIX + name, value);
    const stored = storedForm(body ?? EMPTY_BODY);
    if (stored.map === undefined) {
      this.#parts.addBytes(headerBlocks({ ...header, path }, stored.storedBytes, records));
    } else {
      records.set('GNU.sparse.major', utf8('1'));
      records.set('GNU.sparse.minor', utf8('0'));
      records.set(SPARSE_NAME, utf8(path));
      records.set('GNU.sparse.realsize', utf8(String(body?.sizeBytes)));
      // a reader that knows nothing of sparse files shall not take the map for the file
      const substitute = besideName(path, 'GNUSparseFile.0');
      const size = stored.map.byteLength + stored.storedBytes;
      this.#parts.addBytes(headerBlocks({ ...header, path: substitute }, size, records));
      this.#parts.addBytes(stored.map);
    }
    const tarOffset = this.#parts.sizeBytes;
    for (const segment of stored.segments) {
      if (segment.kind === 'data') this.#parts.addSlice(segment.source, segment.start, segment.end);
    }
    this.#parts.addZeros(paddingOf(stored.storedBytes));
    return sparseExtents(stored.runs, body?.sizeBytes ?? 0, stored.storedBytes, tarOffset);
  }

  /** Appends an entry that is encoded already: its header blocks and its body, padded to whole blocks. */
  addEncoded(blocks: Bytes): void {
    this.#parts.addBytes(blocks);
  }

  /** Ends the archive and gives its bytes, as parts to compose a Blob of or to stream. */
  finish(): readonly BytePart[] {
    this.#parts.addZeros(END_BYTES);
    return this.#parts.finish();
  }
}

function checkEntry(header: TarHeader, body: TarBody | undefined): void {
  const refuse = (reason: string): never => {
    throw new EngineError('invalid-argument', `${JSON.stringify(header.path)} does not fit a tar: ${reason}.`, {
      data: { path: header.path },
    });
  };
  const texts = [header.path, header.linkTarget, header.uname, header.gname];
  if (texts.some((text) => text?.includes('\0') === true)) refuse('a name holds a NUL');
  if (header.path === '') refuse('it has no name');
  if (body !== undefined && header.type !== 'file') refuse('only a file has a body');
  const held = body?.segments.reduce((sum, s) => sum + (s.kind === 'hole' ? s.length : s.end - s.start), 0);
  if (body !== undefined && held !== body.sizeBytes) refuse('its body is not as long as it says');
  for (const number of [header.device?.major ?? 0, header.device?.minor ?? 0]) {
    if (!fitsOctal(number, ID_FIELD_BYTES)) refuse('its device number is out of range');
  }
  for (const number of [header.uid, header.gid]) {
    if (!Number.isSafeInteger(number)) refuse('its owner is not a whole number');
  }
  if (!Number.isFinite(header.mtimeMs)) refuse('its time is not a number');
  for (const name of header.xattrs?.keys() ?? []) {
    if (name === '' || /[=\0]/.test(name)) refuse(`the extended attribute ${JSON.stringify(name)} cannot be named so`);
  }
}

/** The header block of an entry, with the extended header before it where one is needed. */
function headerBlocks(header: TarHeader, storedBytes: number, records: Map<string, Uint8Array>): Bytes {
  const linkName = header.linkTarget ?? '';
  const split = splitName(header.path);
  const mtimeSeconds = Math.floor(header.mtimeMs / 1000);
  const sparse = records.has(SPARSE_NAME);

  if (!sparse && (split === undefined || header.path.length > NAME_BYTES)) records.set('path', utf8(header.path));
  if (!fitsText(linkName, LINK_NAME_BYTES)) records.set('linkpath', utf8(linkName));
  if (!fitsText(header.uname ?? '', OWNER_NAME_BYTES)) records.set('uname', utf8(header.uname ?? ''));
  if (!fitsText(header.gname ?? '', OWNER_NAME_BYTES)) records.set('gname', utf8(header.gname ?? ''));
  if (!fitsOctal(header.uid, ID_FIELD_BYTES)) records.set('uid', utf8(String(header.uid)));
  if (!fitsOctal(header.gid, ID_FIELD_BYTES)) records.set('gid', utf8(String(header.gid)));
  if (!fitsOctal(storedBytes, SIZE_FIELD_BYTES)) records.set('size', utf8(String(storedBytes)));
  if (header.mtimeMs % 1000 !== 0 || !fitsOctal(mtimeSeconds, SIZE_FIELD_BYTES)) {
    records.set('mtime', utf8(paxTime(header.mtimeMs)));
  }
  const onlyLongName = records.size === 1 && records.has('path') && split !== undefined;
  if (onlyLongName) records.delete('path');

  const block = encodeHeader({
    prefix: records.size === 0 ? (split?.prefix ?? '') : '',
    name: records.size === 0 ? (split?.name ?? '') : header.path,
    mode: header.mode & 0o7777,
    uid: header.uid,
    gid: header.gid,
    size: storedBytes,
    mtimeSeconds,
    typeFlag: TYPE_FLAGS[header.type],
    linkName,
    uname: header.uname ?? '',
    gname: header.gname ?? '',
    deviceMajor: header.device?.major ?? 0,
    deviceMinor: header.device?.minor ?? 0,
  });
  return records.size === 0 ? block : concatBytes([extendedHeader(header.path, formatPaxRecords(records)), block]);
}

function extendedHeader(path: string, body: Bytes): Bytes {
  const block = encodeHeader({
    prefix: '',
    name: besideName(path, 'PaxHeaders.0').replace(/\/+$/, ''),
    mode: 0,
    uid: 0,
    gid: 0,
    size: body.byteLength,
    mtimeSeconds: 0,
    typeFlag: 'x',
    linkName: '',
    uname: '',
    gname: '',
    deviceMajor: 0,
    deviceMinor: 0,
  });
  return concatBytes([block, body, new Uint8Array(paddingOf(body.byteLength))]);
}

/** `dir/file` as `dir/BESIDE/file`: the name under which a reader that knows no better leaves what is not a plain file. */
function besideName(path: string, beside: string): string {
  const slash = path.lastIndexOf('/');
  return `${path.slice(0, slash + 1)}${beside}/${path.slice(slash + 1)}`;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

function fitsText(text: string, fieldLength: number): boolean {
  return isAscii(text) && text.length <= fieldLength;
}

/** A name as ustar holds it, in two fields joined by a slash; undefined when it does not fit. */
function splitName(path: string): { prefix: string; name: string } | undefined {
  if (fitsText(path, NAME_BYTES)) return { prefix: '', name: path };
  if (!isAscii(path)) return undefined;
  const last = path.endsWith('/') ? path.length - 2 : path.length - 1;
  const slash = path.lastIndexOf('/', Math.min(last, PREFIX_BYTES));
  const name = path.slice(slash + 1);
  return slash <= 0 || name === '' || name.length > NAME_BYTES ? undefined : { prefix: path.slice(0, slash), name };
}
