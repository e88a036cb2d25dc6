/**
 * Operations: what a vertex of the build graph does. The solver knows this interface and no operation by name; each
 * operation is one file in `ops/`.
 */
import type { EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { Clock, Random } from '../base/ports.ts';
import type { ProgressSink } from '../base/progress.ts';
import type { ChainID } from '../oci/digest.ts';
import type { KeyPart } from '../store/build-cache.ts';
import type { Lease } from '../store/leases.ts';
import type { Tree } from '../vfs/tree.ts';
import type { UnionView } from '../vfs/view.ts';
import type { CacheMounts } from './cache-mounts.ts';
import type { ContentDigests } from './content-digest.ts';
import type { BuildEnvironment } from './types.ts';

/** A file system that one operation gives and others take. */
export interface FileSystem {
  readonly tree: Tree;
  /** The layers it stands on; undefined for the empty root, and for what has no layers (a build context). */
  readonly chainID?: ChainID;
}

/** What an operation takes files from; undefined for the empty root. */
export type Source = FileSystem | undefined;

/** What an operation may use. */
export interface OperationContext {
  readonly environment: BuildEnvironment;
  /** Ends with the build, and as soon as another step of it has failed. */
  readonly job: Job;
  /** The vertex that reports are made for. */
  readonly vertex: string;
  readonly progress: ProgressSink;
  readonly digests: ContentDigests;
  /** Values of `--secret` by id; no part of a definition, a key or a layer. */
  readonly secrets: ReadonlyMap<string, Uint8Array>;
  readonly cacheMounts: CacheMounts;
  /** Protects what the build stores from gc. */
  readonly lease: Lease;
  /** Seconds since 1970; later times are written to layers as this one. */
  readonly sourceDateEpoch: number | undefined;
  /** The step's own time ({@link stepClock}): what it makes is as old as that. */
  readonly clock: Clock;
  /** What the step takes for chance, equal for an equal cache key. */
  readonly random: Random;
  /** `clock.nowMs()`. */
  timeMs(): number;
}

/**
 * What came of an operation: a file system that exists already, at hand or as stored layers (undefined is the empty root), or a view
 * whose upper becomes the step's layer. With `failure` the view is kept as the step left it, and the build ends.
 */
export type OperationResult =
  | { readonly kind: 'file-system'; readonly fileSystem: FileSystem }
  | { readonly kind: 'snapshot'; readonly chainID: ChainID | undefined }
  | {
      readonly kind: 'layer';
      readonly view: UnionView;
      readonly simulated?: string;
      readonly failure?: EngineError;
    };

export interface Operation {
  /** The file's name in `ops/`: `run`, `copy`. */
  readonly kind: string;
  /** All that tells it from another operation of its kind, in a plain value: its digest is part of the vertex's. */
  readonly definition: unknown;
  /** The image it gives, for those on top to name in their cache keys; undefined for what is no image. */
  readonly image?: string;
  /**
   * Named parts of its cache key, apart from what it stands on: what it was told, and what it sees of its sources. Undefined for an
   * operation whose results are not cached here (a source knows itself what it has). Throws `build` when a source lacks what it needs.
   */
  keyParts(sources: readonly Source[], context: OperationContext): Promise<readonly KeyPart[] | undefined>;
  /** Does the work on top of `base`. Throws what prevents it, `cancelled` included. */
  execute(base: FileSystem, sources: readonly Source[], context: OperationContext): Promise<OperationResult>;
}
