/** Images by ID and the names that point at them: Docker's image store and reference store. */
import { EngineError } from '../base/errors.ts';
import type { Clock } from '../base/ports.ts';
import type { ImageConfig } from '../oci/config.ts';
import type { ChainID, Digest } from '../oci/digest.ts';
import type { Database } from './database.ts';
import { againstGc, IMAGES_LOCK } from './locks.ts';
import { checkRecord, isAmount, isDigestText, isObject, listOf, oneOf, optional, type Shape } from './record.ts';

/** An image ID is the digest of its config document, which lies in the content store under it. */
export type ImageID = Digest;

/**
 * - `replica`: from the bundled mirror; true tree, sizes and config, while the bodies of binaries are holes
 * - `simulated`: a step of its build was simulated
 * - `build-cache`: fetched for a build's FROM alone; not listed among the images unless it is given a name
 */
export type ImageMark = 'replica' | 'simulated' | 'build-cache';

/** The image a build started from: `name` as FROM names it, and how many rows of the history are its own. */
export interface ImageBase {
  readonly name: string;
  readonly historyLength: number;
}

export interface ImageRecord {
  readonly id: ImageID;
  readonly config: ImageConfig;
  /** The top of its layers; undefined for an image without any. */
  readonly chainID?: ChainID;
  /** Sum of its layers' logical sizes. */
  readonly sizeBytes: number;
  /** The manifest it was pulled by or last pushed as, in the content store. */
  readonly manifestDigest?: Digest;
  /** What the build's last stage stands on; absent for `scratch` and for images that were not built here. */
  readonly base?: ImageBase;
  /** The image a classic build made it from. */
  readonly parent?: ImageID;
  /** When it came into this store, milliseconds. */
  readonly createdMs: number;
  /** When it was first built here, milliseconds: the times in its config are equal on every machine, and not that. */
  readonly builtMs?: number;
  /** When a name was last given to it. */
  readonly lastTaggedMs?: number;
  /** What a person should know of it. */
  readonly marks: readonly ImageMark[];
}

export interface ReferenceRecord {
  readonly id: ImageID;
}

export interface ImageStore {
  get(id: ImageID): Promise<ImageRecord | undefined>;
  list(): Promise<readonly ImageRecord[]>;
  /**
   * Stores an image, and gives it names in the same transaction; a name that pointed elsewhere moves. Returns the IDs names
   * were taken from. An image that is there keeps its `createdMs` and `builtMs`. An image is whole or not stored: throws `not-found`
   * when its chain, its config document or its manifest is not.
   */
  put(record: ImageRecord, names?: readonly string[]): Promise<readonly ImageID[]>;
  /** Removes an image with all its names. Layers stay until gc. */
  remove(id: ImageID): Promise<void>;
  /** The image a full reference points at. */
  resolve(name: string): Promise<ImageID | undefined>;
  /** Gives a further name. Throws `not-found` for an unknown image. */
  tag(id: ImageID, name: string): Promise<void>;
  /** Takes a name away; returns what it pointed at, undefined when it was not there. */
  untag(name: string): Promise<ImageID | undefined>;
  /** Every name with its image, sorted by name. */
  names(): Promise<readonly (readonly [name: string, id: ImageID])[]>;
  /** IDs that start with these hexadecimal digits (with or without `sha256:`). */
  findByPrefix(prefix: string): Promise<readonly ImageID[]>;
}

const IMAGE_SHAPE: Shape<ImageRecord> = {
  id: isDigestText,
  config: isObject,
  chainID: optional(isDigestText),
  sizeBytes: isAmount,
  manifestDigest: optional(isDigestText),
  base: optional(isObject),
  parent: optional(isDigestText),
  createdMs: isAmount,
  builtMs: optional(isAmount),
  lastTaggedMs: optional(isAmount),
  marks: listOf(oneOf('replica', 'simulated', 'build-cache')),
};
const REFERENCE_SHAPE: Shape<ReferenceRecord> = { id: isDigestText };

/** The image store over a database. */
export function createImageStore(database: Database, clock: Clock): ImageStore {
  /** Every change of images and names: one at a time in all tabs, and never while gc reads its roots. */
  function changing<R>(work: () => Promise<R>): Promise<R> {
    return database.withLock(IMAGES_LOCK, 'exclusive', () => againstGc(database, work));
  }

  async function get(id: ImageID): Promise<ImageRecord | undefined> {
    const record = await database.get('images', id);
    return record && checkRecord('images', id, record, IMAGE_SHAPE);
  }

  async function resolve(name: string): Promise<ImageID | undefined> {
    const record = await database.get('references', name);
    return record && checkRecord('references', name, record, REFERENCE_SHAPE).id;
  }

  async function names(): Promise<readonly (readonly [string, ImageID])[]> {
    const entries = await database.entries('references');
    return entries.map(([name, record]) => [name, checkRecord('references', name, record, REFERENCE_SHAPE).id]);
  }

  const naming = (id: ImageID, name: string) => ({ table: 'references', key: name, record: { id } }) as const;

  return {
    get,
    resolve,
    names,
    async list() {
      const entries = await database.entries('images');
      return entries.map(([key, record]) => checkRecord('images', key, record, IMAGE_SHAPE));
    },
    put: (record, newNames = []) =>
      changing(async () => {
        const [before, owners] = await Promise.all([
          get(record.id),
          Promise.all(newNames.map(resolve)),
          assertWhole(database, record),
        ]);
        const stored: ImageRecord = {
          ...record,
          createdMs: before?.createdMs ?? record.createdMs,
          ...(before?.builtMs === undefined ? {} : { builtMs: before.builtMs }),
          ...(newNames.length === 0 ? {} : { lastTaggedMs: clock.nowMs() }),
        };
        await database.write([
          { table: 'images', key: record.id, record: stored },
          ...newNames.map((name) => naming(record.id, name)),
        ]);
        return [...new Set(owners.filter((owner) => owner !== undefined && owner !== record.id))] as ImageID[];
      }),
    remove: (id) =>
      changing(async () => {
        const own = (await names()).filter(([, owner]) => owner === id);
        await database.write([
          { table: 'images', key: id, record: undefined },
          ...own.map(([name]) => ({ table: 'references', key: name, record: undefined }) as const),
        ]);
      }),
    tag: (id, name) =>
      changing(async () => {
        const record = await get(id);
        if (record === undefined) throw new EngineError('not-found', `No such image: ${id}`, { data: { id } });
        const tagged = { ...record, lastTaggedMs: clock.nowMs() };
        await database.write([{ table: 'images', key: id, record: tagged }, naming(id, name)]);
      }),
    untag: (name) =>
      changing(async () => {
        const owner = await resolve(name);
        if (owner !== undefined) await database.write([{ table: 'references', key: name, record: undefined }]);
        return owner;
      }),
    async findByPrefix(prefix) {
      const digits = prefix.replace(/^sha256:/, '');
      if (!/^[0-9a-f]*$/.test(digits)) return [];
      return (await database.keys('images', `sha256:${digits}`)) as readonly ImageID[];
    },
  };
}

/** Throws `not-found` naming the first thing that an image needs and that is not stored. */
async function assertWhole(database: Database, { id, chainID, manifestDigest }: ImageRecord): Promise<void> {
  const needed = [
    ['content', id],
    ['snapshots', chainID],
    ['content', manifestDigest],
  ] as const;
  const isMissing = await Promise.all(
    needed.map(async ([table, digest]) => digest !== undefined && !(await database.has(table, digest))),
  );
  for (const [index, [table, digest]] of needed.entries()) {
    if (isMissing[index] !== true) continue;
    throw new EngineError('not-found', `image ${id} needs ${table}/${digest}, which is not stored`, {
      data: { id, digest },
    });
  }
}
