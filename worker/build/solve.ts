/**
 * The solver: walks the graph from what is asked for, independent vertices at once, each once. It looks results up in the build
 * cache, runs what is missing, commits it, and reports every vertex with why it ran. It knows no operation by name.
 */
import { EngineError, asEngineError, errorToWire, isEngineError } from '../base/errors.ts';
import { createJob, type Job } from '../base/job.ts';
import type { CacheVerdict, ProgressSink, VertexStatus } from '../base/progress.ts';
import type { ChainID, Digest } from '../oci/digest.ts';
import type { BuildCacheHead, KeyPart } from '../store/build-cache.ts';
import type { Lease } from '../store/leases.ts';
import { EMPTY_TREE } from '../vfs/merge.ts';
import type { Tree } from '../vfs/tree.ts';
import { cacheKey, explainMiss } from './cache-key.ts';
import { createCacheMounts } from './cache-mounts.ts';
import { commitStep } from './commit.ts';
import type { ContentDigests } from './content-digest.ts';
import type { Vertex } from './graph.ts';
import { shownAt } from './marked-lines.ts';
import type { FileSystem, OperationContext, Source } from './operation.ts';
import { seededRandom, stepClock, stepTimeMs } from './step-time.ts';
import type { BuildEnvironment } from './types.ts';

export interface SolveRequest {
  readonly environment: BuildEnvironment;
  readonly job: Job;
  readonly progress: ProgressSink;
  readonly digests: ContentDigests;
  readonly secrets: ReadonlyMap<string, Uint8Array>;
  readonly lease: Lease;
  /** Time of all that steps make, seconds since 1970; undefined for the time that builds have of themselves. */
  readonly sourceDateEpoch: number | undefined;
}

/** What came of one vertex. */
export interface Solved {
  readonly fileSystem: FileSystem;
  /** It made a layer, of this many logical bytes. */
  readonly layer?: { readonly sizeBytes: number };
  /** When its layer was made, in the build's time ({@link stepTimeMs}), milliseconds. */
  readonly createdMs?: number;
  readonly cache?: CacheVerdict;
  readonly simulated?: string;
  /** The step failed; `fileSystem` is how it left things. */
  readonly failure?: EngineError;
}

export interface Solver {
  /**
   * The vertex's result; that of the empty root for undefined. Rejects with the first failure of it or below it, once everything that was
   * running has ended.
   */
  solve(vertex: Vertex | undefined): Promise<Solved>;
  /** What is known so far: results, failed ones too. */
  readonly results: ReadonlyMap<Digest, Solved>;
  /** Vertices that failed by themselves, those without a result among them (a source that is not there). */
  readonly failed: ReadonlySet<Digest>;
}

const EMPTY_ROOT: Solved = { fileSystem: { tree: EMPTY_TREE } };

export function createSolver(request: SolveRequest): Solver {
  const { environment, progress, sourceDateEpoch } = request;
  const { clock, store } = environment;
  const results = new Map<Digest, Solved>();
  const failed = new Set<Digest>();
  const running = new Map<Digest, Promise<Solved>>();
  const cacheMounts = createCacheMounts(store);
  // one failed step ends the others
  const abort = new AbortController();
  const signal = AbortSignal.any([request.job.signal, abort.signal]);
  const job = createJob(request.job.id, signal, clock);

  const contextFor = (vertex: Vertex, base: FileSystem = EMPTY_ROOT.fileSystem): OperationContext => {
    const ofStep = stepClock(timeOf(base), clock);
    return {
      environment,
      job,
      vertex: vertex.id,
      progress,
      digests: request.digests,
      secrets: request.secrets,
      cacheMounts,
      lease: request.lease,
      sourceDateEpoch,
      clock: ofStep,
      random: seededRandom(vertex.id),
      timeMs: () => ofStep.nowMs(),
    };
  };

  /** When the step on top of a file system is made. */
  const timeOf = (base: FileSystem): number => stepTimeMs(base.tree.layers.length, sourceDateEpoch);

  const solve = (vertex: Vertex | undefined): Promise<Solved> => {
    if (vertex === undefined) return Promise.resolve(EMPTY_ROOT);
    const known = running.get(vertex.id);
    if (known !== undefined) return known;
    // in a turn of its own: a chain of thousands must not be a stack of thousands
    const result = Promise.resolve().then(() => solveVertex(vertex));
    running.set(vertex.id, result);
    return result;
  };

  const solveVertex = async (vertex: Vertex): Promise<Solved> => {
    const report = reporterFor(vertex, progress, () => clock.nowMs());
    // Sources come first, and are looked at while the base is still made: when one lacks what the step wants, the build
    // ends at once, and of several such steps the last one tells. So does BuildKit.
    const keyed = Promise.all(vertex.sources.map(sourceOf)).then((sources) =>
      attempt(vertex, report, async () => ({
        sources,
        parts: await vertex.operation.keyParts(sources, contextFor(vertex)),
      })),
    );
    const [{ sources, parts }, base] = await Promise.all([keyed, solve(vertex.base)]);
    return attempt(vertex, report, async () => {
      job.budget.throwIfCancelled();
      report({});
      const context = contextFor(vertex, base.fileSystem);
      const solved = await runOrReuse(vertex, base.fileSystem, sources, parts, context);
      results.set(vertex.id, solved);
      report({ ...statusOf(solved), completedMs: clock.nowMs() });
      if (solved.failure !== undefined) throw solved.failure;
      return solved;
    });
  };

  const sourceOf = async (vertex: Vertex | undefined): Promise<Source> =>
    vertex === undefined ? undefined : (await solve(vertex)).fileSystem;

  /** Does what may fail at a vertex. A failure is reported once, has its place, and ends the other steps. */
  const attempt = async <R>(vertex: Vertex, report: Reporter, work: () => Promise<R>): Promise<R> => {
    try {
      return await work();
    } catch (error) {
      const failure = placed(asEngineError(error), vertex);
      if (!results.has(vertex.id)) report({ completedMs: clock.nowMs(), error: errorToWire(failure) });
      if (failure.code !== 'cancelled') failed.add(vertex.id);
      abort.abort(failure);
      throw failure;
    }
  };

  const runOrReuse = async (
    vertex: Vertex,
    base: FileSystem,
    sources: readonly Source[],
    ownParts: readonly KeyPart[] | undefined,
    context: OperationContext,
  ): Promise<Solved> => {
    if (ownParts === undefined) return execute(vertex, base, sources, context);
    const parts = [parentPart(vertex, base), ...ownParts, ...epochParts(sourceDateEpoch)];
    const key = cacheKey(parts);
    const known = vertex.ignoreCache ? undefined : await reusable(await store.buildCache.get(key), base);
    if (known !== undefined) return known;
    const latest = await store.buildCache.latest(vertex.lineage);
    const differences = vertex.ignoreCache ? [{ kind: 'disabled', name: '' } as const] : explainMiss(parts, latest);
    const solved = await execute(vertex, base, sources, { ...context, random: seededRandom(key) });
    const cached: Solved = { ...solved, cache: { hit: false, differences } };
    if (solved.failure === undefined) await remember(vertex, key, parts, cached);
    return cached;
  };

  /** A record's result, where its layers are still there. */
  const reusable = async (record: BuildCacheHead | undefined, base: FileSystem): Promise<Solved | undefined> => {
    if (record === undefined) return undefined;
    const chainID = record.result;
    // protect first, look then: gc in another tab may be about to take it
    if (chainID !== undefined) await request.lease.add(`snapshots/${chainID}`);
    const tree = await treeOf(chainID);
    if (tree === undefined) return undefined;
    await store.buildCache.touch(record.key);
    return {
      fileSystem: { tree, ...(chainID === undefined ? {} : { chainID }) },
      layer: { sizeBytes: record.sizeBytes },
      createdMs: timeOf(base),
      cache: { hit: true, differences: [] },
      ...(record.simulated === undefined ? {} : { simulated: record.simulated }),
    };
  };

  /** The stored file system; undefined when a layer of it is gone or damaged, so that the step runs again. */
  const treeOf = async (chainID: ChainID | undefined): Promise<Tree | undefined> => {
    try {
      return await store.snapshots.tree(chainID);
    } catch (error) {
      if (isEngineError(error, 'not-found') || isEngineError(error, 'corrupt')) return undefined;
      throw error;
    }
  };

  const execute = async (
    vertex: Vertex,
    base: FileSystem,
    sources: readonly Source[],
    context: OperationContext,
  ): Promise<Solved> => {
    const result = await vertex.operation.execute(base, sources, context);
    if (result.kind === 'file-system') return { fileSystem: result.fileSystem };
    const { sizeBytes, ...fileSystem } = await commitStep(result.view, base.chainID, context);
    return {
      fileSystem,
      layer: { sizeBytes },
      createdMs: timeOf(base),
      ...(result.simulated === undefined ? {} : { simulated: result.simulated }),
      ...(result.failure === undefined ? {} : { failure: placed(result.failure, vertex) }),
    };
  };

  const remember = async (vertex: Vertex, key: Digest, parts: readonly KeyPart[], solved: Solved): Promise<void> => {
    const nowMs = clock.nowMs();
    const { chainID } = solved.fileSystem;
    await store.buildCache.put({
      key,
      parts,
      lineage: vertex.lineage,
      ...(chainID === undefined ? {} : { result: chainID }),
      sizeBytes: solved.layer?.sizeBytes ?? 0,
      description: vertex.name,
      ...(solved.simulated === undefined ? {} : { simulated: solved.simulated }),
      createdMs: nowMs,
      lastUsedMs: nowMs,
      usageCount: 1,
    });
  };

  return {
    results,
    failed,
    async solve(vertex) {
      try {
        return await solve(vertex);
      } catch (error) {
        await Promise.allSettled(running.values());
        // the others ended because of the first
        throw abort.signal.reason instanceof EngineError && !request.job.signal.aborted ? abort.signal.reason : error;
      }
    },
  };
}

/** A vertex's failure at its place. */
function placed(error: EngineError, { source, shownLines }: Vertex): EngineError {
  const failure = error.at(source);
  return shownLines === undefined || failure.code === 'cancelled' ? failure : shownAt(failure, shownLines);
}

/** What the step stands on. By content, not by how it came about: a base rebuilt to the same layers changes nothing. */
function parentPart(vertex: Vertex, base: FileSystem): KeyPart {
  const image = vertex.base?.operation.image;
  if (image !== undefined) return { kind: 'image', name: image, value: base.chainID ?? '' };
  return { kind: 'parent', name: vertex.base?.name ?? 'scratch', value: base.chainID ?? '' };
}

/** Layers of another time are other layers. */
function epochParts(sourceDateEpoch: number | undefined): KeyPart[] {
  if (sourceDateEpoch === undefined) return [];
  return [{ kind: 'argument', name: 'SOURCE_DATE_EPOCH', value: String(sourceDateEpoch) }];
}

function statusOf(solved: Solved): Partial<VertexStatus> {
  return {
    ...(solved.cache === undefined ? {} : { cache: solved.cache }),
    ...(solved.simulated === undefined ? {} : { simulated: solved.simulated }),
    ...(solved.failure === undefined ? {} : { error: errorToWire(solved.failure) }),
  };
}

/** Reports a vertex whole each time something of it changes. */
type Reporter = (change: Partial<VertexStatus>) => void;

function reporterFor(vertex: Vertex, progress: ProgressSink, nowMs: () => number): Reporter {
  const { id, name, source, stage } = vertex;
  const inputs = [vertex.base, ...vertex.sources].flatMap((input) => input?.id ?? []);
  let startedMs: number | undefined;
  return (change) => {
    startedMs ??= nowMs();
    const status: VertexStatus = {
      id,
      name,
      inputs,
      startedMs,
      ...(source === undefined ? {} : { source }),
      ...(stage === undefined ? {} : { stage }),
      ...change,
    };
    progress({ vertexes: [status] });
  };
}
