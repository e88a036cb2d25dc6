/** What a tar entry says once its header block and the extension headers before it are laid over each other. */
import { EngineError } from '../base/errors.ts';
import type { TarEntryType, TarHeader } from './tar-entry.ts';
import { invalidTar } from './tar-error.ts';
import type { HeaderBlock } from './tar-header.ts';
import { paxInteger, paxTimeMs, XATTR_PREFIX, type PaxRecords } from './tar-pax.ts';
import { decodeShortText } from './tar-text.ts';

/** What stood before a header to extend it. */
export interface Extensions {
  readonly records: PaxRecords;
  /** GNU's long name and long link name. */
  readonly longName?: string;
  readonly longLink?: string;
}

const ENTRY_TYPES: Readonly<Record<string, TarEntryType>> = {
  '\0': 'file',
  '0': 'file',
  '7': 'file',
  S: 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'character',
  '4': 'block',
  '5': 'directory',
  '6': 'fifo',
};

/**
 * The metadata of an entry. A PAX record wins over a GNU long name, that over the block; an empty record takes away what
 * the block says. `offset` is where the block stands. Throws `invalid-document`, and `unsupported` for entry types that
 * Docker refuses too.
 */
export function describeEntry(header: HeaderBlock, extensions: Extensions, offset: number): TarHeader {
  const { records } = extensions;
  const path = textOf(records, 'GNU.sparse.name') ?? textOf(records, 'path') ?? extensions.longName ?? header.name;
  const type = entryType(header.typeFlag, path, offset);
  const uname = textOf(records, 'uname') ?? header.uname;
  const gname = textOf(records, 'gname') ?? header.gname;
  const described: Described = {
    path,
    type,
    mode: header.mode & 0o7777,
    uid: integerOf(records, 'uid', offset) ?? header.uid,
    gid: integerOf(records, 'gid', offset) ?? header.gid,
    mtimeMs: timeOf(records, 'mtime', offset) ?? header.mtimeSeconds * 1000,
  };
  // set one by one, since spreading what is there costs as much as all the rest
  if (uname !== '') described.uname = uname;
  if (gname !== '') described.gname = gname;
  if (type === 'symlink' || type === 'hardlink') {
    described.linkTarget = textOf(records, 'linkpath') ?? extensions.longLink ?? header.linkName;
  }
  if (type === 'character' || type === 'block') {
    described.device = { major: header.deviceMajor, minor: header.deviceMinor };
  }
  const xattrs = extendedAttributes(records);
  if (xattrs !== undefined) described.xattrs = xattrs;
  return described;
}

/** A header while it is put together. */
type Described = { -readonly [Field in keyof TarHeader]: TarHeader[Field] };

/** Bytes that follow the entry's header: only files have any. Throws `invalid-document`. */
export function storedSize(header: HeaderBlock, type: TarEntryType, records: PaxRecords, offset: number): number {
  return type === 'file' ? (sizeOf(records, 'size', offset) ?? header.size) : 0;
}

/** A record that counts bytes; undefined without one. Throws `invalid-document`. */
export function sizeOf(records: PaxRecords, key: string, offset: number): number | undefined {
  const size = integerOf(records, key, offset);
  if (size !== undefined && size < 0) throw invalidTar(offset, `the PAX record ${key} is negative`);
  return size;
}

/** A record that is text; undefined without one, and where it is empty. */
export function textOf(records: PaxRecords, key: string): string | undefined {
  const value = presentValue(records, key);
  return value === undefined ? undefined : decodeShortText(value, 0, value.byteLength);
}

function integerOf(records: PaxRecords, key: string, offset: number): number | undefined {
  const value = presentValue(records, key);
  return value === undefined ? undefined : paxInteger(key, value, offset);
}

function timeOf(records: PaxRecords, key: string, offset: number): number | undefined {
  const value = presentValue(records, key);
  return value === undefined ? undefined : paxTimeMs(key, value, offset);
}

function presentValue(records: PaxRecords, key: string): Uint8Array | undefined {
  const value = records.get(key);
  return value === undefined || value.byteLength === 0 ? undefined : value;
}

function entryType(typeFlag: string, path: string, offset: number): TarEntryType {
  // V7 knew no directories but by their name
  if (typeFlag === '\0' && path.endsWith('/')) return 'directory';
  const type = ENTRY_TYPES[typeFlag];
  if (type !== undefined) return type;
  throw new EngineError(
    'unsupported',
    `The tar entry ${JSON.stringify(path)} at byte ${offset} is of type ${JSON.stringify(typeFlag)}, which no file has.`,
    { data: { format: 'tar', offset, path, typeFlag } },
  );
}

function extendedAttributes(records: PaxRecords): ReadonlyMap<string, Uint8Array> | undefined {
  let xattrs: Map<string, Uint8Array> | undefined;
  for (const [key, value] of records) {
    if (key.startsWith(XATTR_PREFIX)) (xattrs ??= new Map()).set(key.slice(XATTR_PREFIX.length), value);
  }
  return xattrs;
}
