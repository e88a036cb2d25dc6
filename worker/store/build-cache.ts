/** The build cache: results of steps by cache key, with the key's named parts so that a miss can be explained. */
import type { ChainID, Digest } from '../oci/digest.ts';

/** One named part of a cache key (see `build/cache-key.ts`). */
export interface KeyPart {
  /** `parent`, `instruction`, `argument`, `environment`, `file`, `image`, `mount`, `other`. */
  readonly kind: 'parent' | 'instruction' | 'argument' | 'environment' | 'file' | 'image' | 'mount' | 'other';
  /** What it is the part of: a path, an argument's name; empty where the kind says it all. */
  readonly name: string;
  /** Its value, or a digest of it where the value is long. */
  readonly value: string;
}

export interface BuildCacheRecord {
  /** Digest over the parts; also the table's key. */
  readonly key: Digest;
  readonly parts: readonly KeyPart[];
  /** Equal for the "same" step across edits (stage and position in it): what a new key is compared with to explain a miss. */
  readonly lineage: string;
  /** The file system after the step; undefined for an empty one. */
  readonly result?: ChainID;
  /** Bytes the step added. */
  readonly sizeBytes: number;
  /** As the step was shown, e.g. `[build 2/4] RUN make`. */
  readonly description: string;
  /** Set where a program of the step was simulated. */
  readonly simulated?: string;
  readonly createdMs: number;
  readonly lastUsedMs: number;
  readonly usageCount: number;
}

export interface BuildCache {
  get(key: Digest): Promise<BuildCacheRecord | undefined>;
  put(record: BuildCacheRecord): Promise<void>;
  /** Notes a use, for pruning by age. */
  touch(key: Digest): Promise<void>;
  /** The most recently used record of a lineage. */
  latest(lineage: string): Promise<BuildCacheRecord | undefined>;
  list(): Promise<readonly BuildCacheRecord[]>;
  remove(keys: readonly Digest[]): Promise<void>;
}
