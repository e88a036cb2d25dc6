/** Tars of layers that are stored compressed: a replica's layer, mostly holes, is a fortieth of its tar. */
import type { Bytes } from '../base/bytes.ts';
import { isEngineError } from '../base/errors.ts';
import { decompress } from '../codec/decompress.ts';
import { digestOf } from '../codec/sha256.ts';
import type { DiffID } from '../oci/digest.ts';
import { corruptLayer } from './layer-record.ts';
import { storedStream, type StoredBytes } from './stored-bytes.ts';

/** A tar to be stored compressed. */
export interface PackedTar {
  /** In whatever format it came. */
  readonly packed: Bytes;
  /** Length of what it unpacks to. */
  readonly tarBytes: number;
  /** What it unpacks to, where that is at hand. */
  readonly unpacked?: Bytes;
}

/** A tar in both forms. */
export interface UnpackedTar extends PackedTar {
  readonly unpacked: Bytes;
}

/** A tar as it is stored. */
export interface StoredTar {
  readonly diffID: DiffID;
  readonly tarBytes: number;
  readonly stored: StoredBytes;
  /** Whether it is stored compressed. */
  readonly packed: boolean;
}

/** All of a packed tar, with the digest it has to have. Throws `corrupt` where the stored bytes are no longer that. */
export async function unpackTar(tar: StoredTar): Promise<Bytes> {
  const whole = new Uint8Array(tar.tarBytes);
  for await (const { at, bytes } of tarChunks(tar)) whole.set(bytes, at);
  if ((await digestOf(whole)) !== tar.diffID) throw corruptLayer(tar.diffID);
  return whole;
}

/** A piece of a tar. */
export interface TarChunk {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** Unpacks a tar piece by piece. Throws `corrupt` where its compressed form is damaged, or is of another length. */
export async function* tarChunks({ diffID, stored, tarBytes }: StoredTar): AsyncGenerator<TarChunk, void> {
  let at = 0;
  try {
    for await (const bytes of decompress(storedStream(stored, diffID))) {
      if (at + bytes.byteLength > tarBytes) throw corruptLayer(diffID);
      yield { at, bytes };
      at += bytes.byteLength;
    }
  } catch (error) {
    throw isEngineError(error, 'corrupt') ? corruptLayer(diffID) : error;
  }
  if (at !== tarBytes) throw corruptLayer(diffID);
}
