/**
 * A build from Dockerfile to image: parse, plan, solve, export. What BuildKit shows as internal steps (the Dockerfile, the ignore
 * file, the metadata of base images, the context) is reported in the same words.
 */
import { EngineError, asEngineError, errorToWire } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { ProgressSink } from '../base/progress.ts';
import { parseDockerfile } from '../dockerfile/parser.ts';
import { parseStages } from '../dockerfile/stages.ts';
import type { Lease } from '../store/leases.ts';
import { contextOperation } from './context.ts';
import { createContentDigests } from './content-digest.ts';
import { exportImage } from './exporters/image.ts';
import { digestOfValue } from './graph.ts';
import type { Operation } from './operation.ts';
import { planBuild, type BuildPlan } from './plan/plan.ts';
import type { PlannedStep } from './plan/stage-state.ts';
import { createSolver, type Solver } from './solve.ts';
import type { Build, BuildEnvironment, BuildOutcome, BuildRequest, BuildStep } from './types.ts';

/** Digests of bodies last as long as the bodies do, from build to build. */
const digests = createContentDigests();

/** What one build works with. */
interface Session {
  readonly request: BuildRequest;
  readonly environment: BuildEnvironment;
  readonly job: Job;
  readonly progress: ProgressSink;
  readonly lease: Lease;
}

export const build: Build = async (request, environment, job, progress) => {
  const lease = await environment.store.leases.create();
  const session: Session = { request, environment, job, progress, lease };
  try {
    const plan = await prepare(session);
    if (plan instanceof EngineError) return { ok: false, error: plan, steps: [] };
    return await solveAndExport(plan, session);
  } finally {
    await lease.release();
  }
};

/** The plan, or why there is none. Throws `cancelled` alone. */
async function prepare(session: Session): Promise<BuildPlan | EngineError> {
  try {
    return await plan(session);
  } catch (error) {
    return resultOf(error);
  }
}

async function plan(session: Session): Promise<BuildPlan> {
  const { request, environment, job } = session;
  const name = request.dockerfileName ?? 'Dockerfile';
  const { ast, failure } = await internalStep(session, `load build definition from ${name}`, async () =>
    parseDockerfile(request.dockerfile),
  );
  if (failure !== undefined) throw failure;
  const dockerfile = parseStages(ast);
  const { context, namedContexts } = await internalStep(session, 'load .dockerignore', () =>
    loadContexts(session, name),
  );
  const planned = await planBuild({
    build: request,
    dockerfile,
    context,
    namedContexts,
    bases: (reference, platform, baseJob) =>
      internalStep(session, `load metadata for ${reference}`, () =>
        environment.resolveImage(reference, platform, baseJob),
      ),
    job,
  });
  if (planned.warnings.length > 0) session.progress({ warnings: planned.warnings });
  return planned;
}

async function loadContexts({ request }: Session, dockerfileName: string) {
  const context = await contextOperation('context', request.context, dockerfileName);
  const namedContexts = new Map<string, Operation>();
  for (const [name, tree] of request.namedContexts ?? []) {
    namedContexts.set(name, await contextOperation(name, tree));
  }
  return { context, namedContexts };
}

/** Does something that is no vertex of the graph, and reports it as BuildKit reports it. */
async function internalStep<R>(session: Session, text: string, work: () => Promise<R>): Promise<R> {
  const { clock } = session.environment;
  const name = `[internal] ${text}`;
  const vertex = { id: digestOfValue([session.job.id, name]), name, inputs: [], startedMs: clock.nowMs() };
  session.progress({ vertexes: [vertex] });
  try {
    const result = await work();
    session.progress({ vertexes: [{ ...vertex, completedMs: clock.nowMs() }] });
    return result;
  } catch (error) {
    session.progress({ vertexes: [{ ...vertex, completedMs: clock.nowMs(), error: errorToWire(error) }] });
    throw error;
  }
}

async function solveAndExport(planned: BuildPlan, session: Session): Promise<BuildOutcome> {
  const { request, environment, job, progress, lease } = session;
  const solver = createSolver({
    environment,
    job,
    progress,
    digests,
    secrets: request.secrets ?? new Map<string, Uint8Array>(),
    lease,
    sourceDateEpoch: request.sourceDateEpoch,
  });
  try {
    const { fileSystem } = await solver.solve(planned.target);
    const steps = planned.steps.flatMap((step) => stepOf(step, planned, solver));
    const simulated = steps.some((step) => step.simulated !== undefined);
    const marks = [...(planned.replica ? (['replica'] as const) : []), ...(simulated ? (['simulated'] as const) : [])];
    const exported = await exportStep(session, () =>
      exportImage(
        environment.store,
        lease,
        {
          draft: planned.image,
          chainID: fileSystem.chainID,
          layerTimesMs: layerTimes(planned, solver),
          names: request.tags ?? [],
          marks,
          nowMs: environment.clock.nowMs(),
        },
        job,
      ),
    );
    return {
      ok: true,
      base: planned.image.base,
      imageID: exported.id,
      config: exported.config,
      ...(fileSystem.chainID === undefined ? {} : { chainID: fileSystem.chainID }),
      steps,
      simulated,
      replica: planned.replica,
    };
  } catch (error) {
    return { ok: false, error: resultOf(error), steps: planned.steps.flatMap((step) => stepOf(step, planned, solver)) };
  }
}

/** When each layer that the target's own and inherited steps made was made, bottom up. */
function layerTimes(planned: BuildPlan, solver: Solver): (number | undefined)[] {
  const times: (number | undefined)[] = [];
  for (let vertex = planned.target; vertex !== undefined; vertex = vertex.base) {
    const solved = solver.results.get(vertex.id);
    if (solved?.layer !== undefined) times.unshift(solved.createdMs);
  }
  return times;
}

/** Reports `exporting to image` around the export. */
async function exportStep<R extends { readonly id: string }>(session: Session, work: () => Promise<R>): Promise<R> {
  const { clock } = session.environment;
  const { progress, request } = session;
  const vertex = digestOfValue([session.job.id, 'exporting to image']);
  const status = { id: vertex, name: 'exporting to image', inputs: [], startedMs: clock.nowMs() };
  progress({ vertexes: [status] });
  const item = (id: string, startedMs: number): void =>
    progress({ statuses: [{ id, vertex, current: 0, total: 0, startedMs, completedMs: clock.nowMs() }] });
  const startedMs = clock.nowMs();
  const result = await work();
  item('exporting layers', startedMs);
  item(`writing image ${result.id}`, startedMs);
  for (const name of request.tags ?? []) item(`naming to ${name}`, startedMs);
  progress({ vertexes: [{ ...status, completedMs: clock.nowMs() }] });
  return result;
}

/** A planned step with what came of it; nothing for one that was not reached. */
function stepOf(step: PlannedStep, planned: BuildPlan, solver: Solver): BuildStep[] {
  const own = step.vertex === undefined ? undefined : solver.results.get(step.vertex.id);
  const after = step.after === undefined ? undefined : solver.results.get(step.after.id);
  const failed = step.vertex !== undefined && solver.failed.has(step.vertex.id);
  if (!failed && step.after !== undefined && (after === undefined || (step.vertex === undefined && after.failure !== undefined)))
    return [];
  const historyRow = step.history === undefined ? -1 : planned.image.history.indexOf(step.history);
  return [
    {
      vertex: step.id,
      name: step.name,
      stage: step.stage,
      ...(step.source === undefined ? {} : { source: step.source }),
      instruction: step.instruction,
      ...(after?.fileSystem.chainID === undefined ? {} : { snapshot: after.fileSystem.chainID }),
      ...(historyRow < 0 ? {} : { historyRow }),
      layer: own?.layer !== undefined,
      sizeBytes: own?.layer?.sizeBytes ?? 0,
      ...(own?.cache === undefined ? {} : { cache: own.cache }),
      ...(own?.simulated === undefined ? {} : { simulated: own.simulated }),
      ...(failed ? { failed } : {}),
    },
  ];
}

/** An error that is the build's result. Throws `cancelled` on. */
function resultOf(error: unknown): EngineError {
  const known = asEngineError(error);
  if (known.code === 'cancelled') throw known;
  return known;
}
