/**
 * The port to durable storage: named tables of records, written in atomic batches. Everything in `store/` is written once
 * on top of it; `store/memory.ts` implements it in memory and `host/indexeddb.ts` on IndexedDB, and one contract suite
 * runs on both.
 *
 * Records are immutable values (structured-clonable). Heads and bytes are apart: the table of a thing holds a small head, so
 * that listing reads no content; its bytes are in `bodies`, its long rows in a table of their own, written in the same batch.
 * A write happens whole or not at all; hash and compute before calling `write`, since a transaction cannot stay open
 * across other work.
 */
import type { BuildCacheHead, KeyPart, LineageRecord } from './build-cache.ts';
import type { ContainerRecord, LogEntry } from './containers.ts';
import type { ContentRecord } from './content.ts';
import type { ImageRecord, ReferenceRecord } from './images.ts';
import type { LayerRecord } from './layer-record.ts';
import type { SnapshotRecord } from './snapshots.ts';
import type { LeaseRecord } from './leases.ts';
import type { NetworkRecord } from './networks.ts';
import type { ProjectHead } from './projects.ts';
import type { VolumeRecord } from './volumes.ts';
import type { StoredBytes } from './stored-bytes.ts';

/** Every table with the type of its records; the key is always a string. */
export interface Tables {
  /** By digest. */
  readonly content: ContentRecord;
  /** By diffID. */
  readonly layers: LayerRecord;
  /** By diffID: the layer's index in its stored form (`vfs/layer-index-codec.ts`). */
  readonly layerIndexes: unknown;
  /** Bytes, by what they are of: `content/DIGEST`, `layers/DIFFID` (the tar), `projects/ID/HEX` (a file). */
  readonly bodies: StoredBytes;
  /** By chainID. */
  readonly snapshots: SnapshotRecord;
  /** By image ID (config digest). */
  readonly images: ImageRecord;
  /** By full reference: `docker.io/library/busybox:latest` or `…@sha256:…`. */
  readonly references: ReferenceRecord;
  /** By cache key digest. */
  readonly buildCache: BuildCacheHead;
  /** By cache key digest. */
  readonly buildCacheParts: readonly KeyPart[];
  /** By lineage. */
  readonly lineages: LineageRecord;
  /** By container ID. */
  readonly containers: ContainerRecord;
  /** Pieces of what a container printed, by container ID and number: `ID/00000003`. */
  readonly containerLogs: readonly LogEntry[];
  /** By name. */
  readonly volumes: VolumeRecord;
  /** By network ID. */
  readonly networks: NetworkRecord;
  /** By lease ID. */
  readonly leases: LeaseRecord;
  /** By project ID: the page's projects, kept here because the page itself never sees storage. */
  readonly projects: ProjectHead;
  /** Single values by name. */
  readonly settings: unknown;
}

export type TableName = keyof Tables;

/** One change of a batch. `record` undefined deletes. */
export type WriteOperation = {
  [T in TableName]: { readonly table: T; readonly key: string; readonly record: Tables[T] | undefined };
}[TableName];

export interface StorageEstimate {
  readonly usedBytes: number;
  /** What the browser will let Strata use; Infinity where nothing limits it. */
  readonly quotaBytes: number;
  /** False where nothing outlives the page. */
  readonly lasting: boolean;
}

export interface Database {
  get<T extends TableName>(table: T, key: string): Promise<Tables[T] | undefined>;
  /** True when there is a record; reads none of it. */
  has(table: TableName, key: string): Promise<boolean>;
  /** All keys of a table that start with `prefix`, in code unit order. */
  keys(table: TableName, prefix?: string): Promise<readonly string[]>;
  /** All records of a table whose key starts with `prefix`, with their keys, in key order. */
  entries<T extends TableName>(table: T, prefix?: string): Promise<readonly (readonly [string, Tables[T]])[]>;
  /** Applies all operations or none. Throws `storage` when the browser has no room or refuses. */
  write(operations: readonly WriteOperation[]): Promise<void>;
  /**
   * Reads records and applies what `change` makes of them, in one transaction: no other write, of this or another tab,
   * comes between. `change` gets them in the order of their keys, is synchronous; what it throws is passed on, and nothing is
   * written. Its operations touch only `table` and `alsoWrites`. Throws as `write` does.
   */
  update<T extends TableName>(
    table: T,
    keys: readonly string[],
    change: (current: readonly (Tables[T] | undefined)[]) => readonly WriteOperation[],
    alsoWrites?: readonly TableName[],
  ): Promise<void>;
  /**
   * Runs `work` while holding a named lock that all tabs of this origin share, granted in the order of asking. Not
   * reentrant. A lock whose holder is gone is released by itself.
   */
  withLock<R>(name: string, mode: 'shared' | 'exclusive', work: () => Promise<R>): Promise<R>;
  /** Called when another tab wrote to a table. Returns how to stop. */
  onForeignWrite(listener: (table: TableName) => void): () => void;
  estimate(): Promise<StorageEstimate>;
  /** Later calls throw `storage`. */
  close(): void;
}
