/** Images by ID and the names that point at them: Docker's image store and reference store. */
import type { Digest } from '../oci/digest.ts';
import type { ImageConfig } from '../oci/config.ts';
import type { ChainID } from '../oci/digest.ts';

/** An image ID is the digest of its config document, which lies in the content store under it. */
export type ImageID = Digest;

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
  /** When a name was last given to it. */
  readonly lastTaggedMs?: number;
  /** `replica`: from the mirror, binaries are holes; `simulated`: a step of its build was simulated. */
  readonly marks: readonly ('replica' | 'simulated')[];
}

export interface ReferenceRecord {
  readonly id: ImageID;
}

export interface ImageStore {
  get(id: ImageID): Promise<ImageRecord | undefined>;
  list(): Promise<readonly ImageRecord[]>;
  /** Stores an image, and gives it names in the same transaction; a name that pointed elsewhere moves. Returns the IDs names were taken from. */
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
