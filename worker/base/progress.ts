/**
 * Progress of a job in the shape of BuildKit's SolveStatus (`client/graph.go`): what a build, a pull and a push
 * report alike. The panel, the log and the terminal are renderings of the same reduced state.
 */
import type { WireError } from './errors.ts';
import type { SourceRange } from './source.ts';

/** Why a step ran although a cache existed, or that it did not need to. Told in words by whoever shows it. */
export interface CacheVerdict {
  readonly hit: boolean;
  /** One entry for each named part of the cache key that differed from the last build of this step; empty for a hit. */
  readonly differences: readonly CacheDifference[];
}

/** One named part of a cache key that is not what it was. */
export interface CacheDifference {
  /** `no-record`: never built here; `disabled`: --no-cache; `parent`: the step before was rebuilt. */
  readonly kind:
    | 'no-record'
    | 'disabled'
    | 'parent'
    | 'instruction'
    | 'argument'
    | 'environment'
    | 'file'
    | 'image'
    | 'mount'
    | 'other';
  /** The path, argument or image that differs; the parent's name for `parent`. */
  readonly name: string;
  /** Old and new value where there is one; undefined for "was not there" and "is gone". */
  readonly before?: string;
  readonly after?: string;
}

/** A step of a job. Reported again, whole, whenever something of it changes. */
export interface VertexStatus {
  /** Digest of the step; equal for the same step in the same job. */
  readonly id: string;
  /** As BuildKit names it: `[compiler 2/5] WORKDIR /compiler`. */
  readonly name: string;
  readonly inputs: readonly string[];
  readonly startedMs?: number;
  readonly completedMs?: number;
  readonly cache?: CacheVerdict;
  /** Set where a program was simulated in this step: what and why, for the mark on screen. */
  readonly simulated?: string;
  readonly error?: WireError;
  /** The instruction it comes from. */
  readonly source?: SourceRange;
  /** Stage name or number as shown in `name`, for grouping. */
  readonly stage?: string;
}

/** Progress inside a step: `resolve`, `sha256:… pulling`, `exporting layers`. */
export interface StatusItem {
  readonly id: string;
  readonly vertex: string;
  /** Bytes or things done so far. */
  readonly current: number;
  /** Bytes or things in all; 0 when unknown. */
  readonly total: number;
  readonly startedMs: number;
  readonly completedMs?: number;
  /** What is going on in a word or two, as Docker says it: `Downloading`, `Extracting`, `Already exists`. */
  readonly action?: string;
}

/** Output of a step's process. */
export interface LogChunk {
  readonly vertex: string;
  readonly stream: 1 | 2;
  readonly data: Uint8Array;
  readonly timeMs: number;
}

/** A build check's finding, reported with the build as BuildKit does. */
export interface WarningItem {
  readonly vertex: string;
  readonly rule: string;
  readonly message: string;
  readonly range?: SourceRange;
}

/** One report. Statuses may be coalesced on the way; logs are never dropped. */
export interface SolveStatus {
  readonly vertexes?: readonly VertexStatus[];
  readonly statuses?: readonly StatusItem[];
  readonly logs?: readonly LogChunk[];
  readonly warnings?: readonly WarningItem[];
}

/** Where a job reports to. Must not throw; is called often. */
export type ProgressSink = (status: SolveStatus) => void;

/** For jobs nobody watches. */
export const SILENT: ProgressSink = () => undefined;
