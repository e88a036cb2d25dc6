/**
 * The solver: walks the graph from what is asked for, independent vertices at once, each once. It takes results from the build cache
 * (`step-cache.ts`), runs what is missing, commits it, and reports every vertex with why it ran. It knows no operation by name.
 */
import { EngineError, asEngineError, errorToWire } from '../base/errors.ts';
import { createJob, type Job } from '../base/job.ts';
import type { ProgressSink, VertexStatus } from '../base/progress.ts';
import type { Digest } from '../oci/digest.ts';
import type { Lease } from '../store/leases.ts';
import { createCacheMounts } from './cache-mounts.ts';
import { commitStep } from './commit.ts';
import type { ContentDigests } from './content-digest.ts';
import { vertexesOf, type Vertex } from './graph.ts';
import { shownAt } from './marked-lines.ts';
import type { OperationContext, Source } from './operation.ts';
import { EMPTY_ROOT, type Solved } from './solved.ts';
import { openFileSystem, storedFileSystem, type SolvedFileSystem } from './solved-file-system.ts';
import { StepCache, type OwnParts } from './step-cache.ts';
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
  /** Notes in the build cache which of its records were used: at the end, since the next look into it would wait for that. */
  noteUses(): Promise<void>;
}

/** A vertex's sources, and what its key has of them. */
interface Keyed {
  readonly sources: readonly (SolvedFileSystem | undefined)[];
  readonly own: OwnParts | undefined;
}

export function createSolver(request: SolveRequest): Solver {
  const { environment, progress, sourceDateEpoch } = request;
  const { clock, store } = environment;
  const results = new Map<Digest, Solved>();
  const failed = new Set<Digest>();
  const running = new Map<Digest, Promise<Solved>>();
  const cacheMounts = createCacheMounts(store);
  const cache = new StepCache({ store, clock, lease: request.lease, sourceDateEpoch });
  // one failed step ends the others
  const abort = new AbortController();
  const signal = AbortSignal.any([request.job.signal, abort.signal]);
  const job = createJob(request.job.id, signal, clock);

  const contextFor = (vertex: Vertex, base: SolvedFileSystem = EMPTY_ROOT.fileSystem): OperationContext => {
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
  const timeOf = (base: SolvedFileSystem): number => stepTimeMs(base.layerCount, sourceDateEpoch);

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
    const keying = Promise.all(vertex.sources.map(sourceOf)).then((sources) =>
      attempt(vertex, report, async () => {
        const ask = async () => vertex.operation.keyParts(await opened(sources), contextFor(vertex));
        return { sources, own: await cache.ownParts(vertex, sources, ask) };
      }),
    );
    const [keyed, base] = await Promise.all([keying, solve(vertex.base)]);
    return attempt(vertex, report, async () => {
      job.budget.throwIfCancelled();
      report({});
      const context = contextFor(vertex, base.fileSystem);
      const solved = await runOrReuse(vertex, base.fileSystem, keyed, context);
      results.set(vertex.id, solved);
      report({ ...statusOf(solved), completedMs: clock.nowMs() });
      if (solved.failure !== undefined) throw solved.failure;
      return solved;
    });
  };

  const sourceOf = async (vertex: Vertex | undefined): Promise<SolvedFileSystem | undefined> =>
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
    base: SolvedFileSystem,
    { sources, own }: Keyed,
    context: OperationContext,
  ): Promise<Solved> => {
    if (own === undefined) return execute(vertex, base, sources, context);
    const stepKey = cache.keyOf(vertex, base, own);
    const known = vertex.ignoreCache ? undefined : await cache.find(stepKey, base);
    if (known !== undefined) return known;
    const differences = await cache.differences(vertex, stepKey);
    const solved = await execute(vertex, base, sources, { ...context, random: seededRandom(stepKey.key) });
    const told: Solved = { ...solved, cache: { hit: false, differences } };
    if (solved.failure === undefined) await cache.remember(vertex, stepKey, told);
    return told;
  };

  const execute = async (
    vertex: Vertex,
    base: SolvedFileSystem,
    sources: Keyed['sources'],
    context: OperationContext,
  ): Promise<Solved> => {
    const result = await vertex.operation.execute(await base.open(), await opened(sources), context);
    if (result.kind === 'file-system') return { fileSystem: openFileSystem(result.fileSystem) };
    if (result.kind === 'snapshot') return { fileSystem: await storedFileSystem(store.snapshots, result.chainID) };
    const { sizeBytes, ...fileSystem } = await commitStep(result.view, base.chainID, context);
    return {
      fileSystem: openFileSystem(fileSystem),
      layer: { sizeBytes },
      createdMs: timeOf(base),
      ...(result.simulated === undefined ? {} : { simulated: result.simulated }),
      ...(result.failure === undefined ? {} : { failure: placed(result.failure, vertex) }),
    };
  };

  return {
    results,
    failed,
    noteUses: () => cache.noteUses(),
    async solve(vertex) {
      try {
        await cache.expect(vertexesOf(vertex));
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

/** The sources with their trees. */
function opened(sources: Keyed['sources']): Promise<readonly Source[]> {
  return Promise.all(sources.map(async (source) => source?.open()));
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
