/** Tars of layers that are stored compressed: a replica's layer, mostly holes, is a fortieth of its tar. */
import type { Bytes } from '../base/bytes.ts';
import { EngineError, isEngineError } from '../base/errors.ts';
import { decompress } from '../codec/decompress.ts';
import { digestOf } from '../codec/sha256.ts';
import type { DiffID } from '../oci/digest.ts';
import { storedStream, type StoredBytes } from './stored-bytes.ts';

/** A tar in both forms. */
export interface PackedTar {
  /** Compressed, in whatever format it came. */
  readonly packed: Bytes;
  readonly unpacked: Bytes;
}

/** The tar of `tarBytes` bytes with this digest. Throws `corrupt` where the stored bytes are no longer that. */
export async function unpackTar(stored: StoredBytes, diffID: DiffID, tarBytes: number): Promise<Bytes> {
  try {
    const tar = await filled(new Uint8Array(tarBytes), decompress(storedStream(stored, diffID)));
    if (tar !== undefined && (await digestOf(tar)) === diffID) return tar;
  } catch (error) {
    if (!isEngineError(error, 'corrupt')) throw error;
  }
  throw new EngineError('corrupt', `The stored layer ${diffID} is damaged. Pull or build it again.`, {
    data: { digest: diffID },
  });
}

/** The buffer with a stream's bytes; undefined where those are more or fewer. */
async function filled(buffer: Bytes, stream: ReadableStream<Uint8Array>): Promise<Bytes | undefined> {
  let at = 0;
  for await (const chunk of stream) {
    if (at + chunk.byteLength > buffer.byteLength) return undefined;
    buffer.set(chunk, at);
    at += chunk.byteLength;
  }
  return at === buffer.byteLength ? buffer : undefined;
}
