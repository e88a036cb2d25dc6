/** The tars of stored layers, as they are read: those that are stored compressed are unpacked when something of them is wanted. */
import { lateBlob, type BlobLike, type BytesPart } from '../base/blob-like.ts';
import type { Bytes } from '../base/bytes.ts';
import { isEngineError } from '../base/errors.ts';
import type { DiffID } from '../oci/digest.ts';
import type { LayerIndex } from '../vfs/layer-entry.ts';
import type { Database } from './database.ts';
import { checkedLayerRecord, corruptLayer, layerBodyKey, missingLayer } from './layer-record.ts';
import { unpackTar, type StoredTar } from './packed-tar.ts';
import { RecentCache } from './recent-cache.ts';
import { asBlob, bytesLength, hasDigest, isStoredBytes } from './stored-bytes.ts';
import { TarBodies } from './tar-bodies.ts';

export interface LayerTars {
  /** A layer's tar, uncompressed; nothing of it is read yet. Throws `not-found`, `corrupt` where its length is not its head's. */
  open(diffID: DiffID): Promise<BlobLike>;
  /** Whether a stored tar still has its digest; it is read to its end. Throws as {@link LayerTars.open} does. */
  isSound(diffID: DiffID): Promise<boolean>;
  /** Keeps a tar at hand that is stored compressed. */
  remember(diffID: DiffID, whole: Bytes): void;
}

/** Bytes that unpacked tars may have in all before the oldest are dropped. */
const CACHED_TAR_BYTES = 64 << 20;

/** The tars in a database; `indexOf` tells where in a tar the bodies of files are. */
export function createLayerTars(database: Database, indexOf: (diffID: DiffID) => Promise<LayerIndex>): LayerTars {
  const whole = new RecentCache<Promise<Bytes>>(CACHED_TAR_BYTES);
  const bodies = new RecentCache<TarBodies>(CACHED_TAR_BYTES);

  async function stored(diffID: DiffID): Promise<StoredTar> {
    const [record, bytes] = await Promise.all([
      database.get('layers', diffID),
      database.get('bodies', layerBodyKey(diffID)),
    ]);
    if (record === undefined) throw missingLayer(diffID);
    const { tarBytes, packedBytes } = checkedLayerRecord(diffID, record);
    if (!isStoredBytes(bytes) || bytesLength(bytes) !== (packedBytes ?? tarBytes)) throw corruptLayer(diffID);
    return { diffID, tarBytes, stored: bytes, packed: packedBytes !== undefined };
  }

  /** The body the bytes are of; all of the tar, where they are of none, as when it is read from its beginning to its end. */
  async function partWith(tar: StoredTar, start: number, end: number): Promise<BytesPart> {
    const body = whole.get(tar.diffID) === undefined ? await bodyWith(tar, start, end) : undefined;
    return body ?? { at: 0, bytes: await unpacked(tar) };
  }

  async function bodyWith(tar: StoredTar, start: number, end: number): Promise<BytesPart | undefined> {
    const { diffID } = tar;
    const index = await indexOf(diffID);
    const known = bodies.get(diffID) ?? new TarBodies(tar, index);
    bodies.set(diffID, known, known.sizeBytes);
    try {
      return await known.partWith(start, end);
    } catch (error) {
      bodies.delete(diffID);
      throw error;
    }
  }

  /** All of a tar; several who want it at once share the work. */
  function unpacked(tar: StoredTar): Promise<Bytes> {
    const known = whole.get(tar.diffID);
    if (known !== undefined) return known;
    const unpacking = unpackTar(tar);
    whole.set(tar.diffID, unpacking, tar.tarBytes);
    unpacking.catch(() => whole.delete(tar.diffID));
    return unpacking;
  }

  return {
    async open(diffID) {
      const tar = await stored(diffID);
      return tar.packed ? lateBlob(tar.tarBytes, (start, end) => partWith(tar, start, end)) : asBlob(tar.stored);
    },
    async isSound(diffID) {
      const tar = await stored(diffID);
      if (!tar.packed) return hasDigest(tar.stored, diffID);
      whole.delete(diffID);
      bodies.delete(diffID);
      try {
        await unpacked(tar);
        return true;
      } catch (error) {
        if (isEngineError(error, 'corrupt')) return false;
        throw error;
      }
    },
    remember(diffID, bytes) {
      whole.set(diffID, Promise.resolve(bytes), bytes.byteLength);
    },
  };
}
