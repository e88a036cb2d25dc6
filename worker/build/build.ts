/**
 * A build from Dockerfile to image: parse, plan, solve, export. What BuildKit shows as internal steps (the Dockerfile, the ignore
 * file, the metadata of base images, the context) is reported in the same words.
 */
import { utf8 } from '../base/bytes.ts';
import { EngineError, asEngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { ProgressSink } from '../base/progress.ts';
import { quote } from '../dockerfile/go-quote.ts';
import { parseDockerfile } from '../dockerfile/parser.ts';
import { parseStages } from '../dockerfile/stages.ts';
import type { Lease } from '../store/leases.ts';
import { contextOperation } from './context.ts';
import { createContentDigests } from './content-digest.ts';
import { exportImage } from './exporters/image.ts';
import type { Vertex } from './graph.ts';
import { reportedStep } from './internal-steps.ts';
import type { Operation } from './operation.ts';
import { planBuild, type BuildPlan } from './plan/plan.ts';
import type { PlannedStep } from './plan/stage-state.ts';
import { createSolver, type Solver } from './solve.ts';
import { stepTimeMs } from './step-time.ts';
import type { Build, BuildEnvironment, BuildOutcome, BuildRequest, BuildStep } from './types.ts';

/** Digests of bodies last as long as the bodies do, from build to build. */
const digests = createContentDigests();

/** Bytes BuildKit tells for a transfer that found nothing to send. */
const EMPTY_TRANSFER_BYTES = 2;

/** What one build works with. */
interface Session {
  readonly request: BuildRequest;
  readonly environment: BuildEnvironment;
  readonly job: Job;
  readonly progress: ProgressSink;
  readonly lease: Lease;
}

export const build: Build = async (request, environment, job, progress) => {
  const lease = environment.store.leases.create();
  const session: Session = { request, environment, job, progress, lease };
  try {
    const plan = await prepare(session);
    if (plan instanceof EngineError) return { ok: false, error: plan, steps: [] };
    return await solveAndExport(plan, session);
  } finally {
    // nobody waits for it: it comes before any gc that is asked for from now on, and one that is not released lapses
    lease.release().catch(() => undefined);
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
  const reports = { job, clock: environment.clock, progress: session.progress };
  const { ast, failure } = await reportedStep(
    reports,
    `[internal] load build definition from ${name}`,
    async () => parseDockerfile(request.dockerfile),
    () => [{ id: 'transferring dockerfile:', bytes: utf8(request.dockerfile).byteLength }],
  );
  if (failure !== undefined) throw failure;
  const dockerfile = parseStages(ast);
  sourceDateOf(request);
  const { context, namedContexts } = await loadContexts(request, name);
  const planned = await planBuild({
    build: request,
    dockerfile,
    context,
    namedContexts,
    bases: (reference, platform, baseJob) =>
      reportedStep(reports, `[internal] load metadata for ${reference}`, () =>
        environment.resolveImage(reference, platform, baseJob),
      ),
    job,
  });
  // what is read first is told here, where BuildKit looks for it
  await reportedStep(
    reports,
    '[internal] load .dockerignore',
    () => Promise.resolve(),
    () => [{ id: 'transferring context:', bytes: EMPTY_TRANSFER_BYTES }],
  );
  if (planned.warnings.length > 0) session.progress({ warnings: planned.warnings });
  return planned;
}

async function loadContexts(request: BuildRequest, dockerfileName: string) {
  const context = await contextOperation('context', request.context, dockerfileName);
  const namedContexts = new Map<string, Operation>();
  for (const [name, tree] of request.namedContexts ?? []) {
    namedContexts.set(name, await contextOperation(name, tree));
  }
  return { context, namedContexts };
}

async function solveAndExport(planned: BuildPlan, session: Session): Promise<BuildOutcome> {
  const { request, environment, job, progress, lease } = session;
  const sourceDateEpoch = sourceDateOf(request);
  const solver = createSolver({
    environment,
    job,
    progress,
    digests,
    secrets: request.secrets ?? new Map<string, Uint8Array>(),
    lease,
    sourceDateEpoch,
  });
  const stepsDone = (): BuildStep[] => planned.steps.flatMap((step) => stepOf(step, planned, solver, sourceDateEpoch));
  try {
    const { fileSystem } = await solver.solve(planned.target);
    const names = request.tags ?? [];
    const steps = stepsDone();
    const simulated = steps.some((step) => step.simulated !== undefined);
    const marks = [...(planned.replica ? (['replica'] as const) : []), ...(simulated ? (['simulated'] as const) : [])];
    const exporting = reportedStep(
      { job, clock: environment.clock, progress },
      'exporting to image',
      () =>
        exportImage(
          environment.store,
          lease,
          {
            draft: planned.image,
            chainID: fileSystem.chainID,
            layerTimesMs: layerTimes(planned.target, solver),
            names,
            marks,
            nowMs: environment.clock.nowMs(),
            ownTimes: sourceDateEpoch === undefined,
          },
          job,
        ),
      ({ id }) =>
        ['exporting layers', `writing image ${id}`, ...names.map((name) => `naming to ${name}`)].map((note) => ({
          id: note,
        })),
    );
    const [exported] = await Promise.all([exporting, solver.noteUses()]);
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
    await solver.noteUses();
    return { ok: false, error: resultOf(error), steps: stepsDone() };
  }
}

/** The request's source date, or `--build-arg SOURCE_DATE_EPOCH`, which BuildKit takes for all times; undefined for none. Throws `dockerfile` for what is no number. */
function sourceDateOf({ buildArgs, sourceDateEpoch }: BuildRequest): number | undefined {
  if (sourceDateEpoch !== undefined) return sourceDateEpoch;
  const text = buildArgs?.['SOURCE_DATE_EPOCH'] ?? '';
  if (text === '') return undefined;
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  const problem = `strconv.ParseInt: parsing ${quote(text)}: invalid syntax`;
  throw new EngineError('dockerfile', `invalid SOURCE_DATE_EPOCH: ${text}: ${problem}`);
}

/** When each layer that a vertex and the steps below it made was made, bottom up. */
function layerTimes(last: Vertex | undefined, solver: Solver): (number | undefined)[] {
  const times: (number | undefined)[] = [];
  for (let vertex = last; vertex !== undefined; vertex = vertex.base) {
    const solved = solver.results.get(vertex.id);
    if (solved?.layer !== undefined) times.unshift(solved.createdMs);
  }
  return times;
}

/** A planned step with what came of it; nothing for one that was not reached. */
function stepOf(
  step: PlannedStep,
  planned: BuildPlan,
  solver: Solver,
  sourceDateEpoch: number | undefined,
): BuildStep[] {
  const own = step.vertex === undefined ? undefined : solver.results.get(step.vertex.id);
  const after = step.after === undefined ? undefined : solver.results.get(step.after.id);
  const failed = step.vertex !== undefined && solver.failed.has(step.vertex.id);
  if (
    !failed &&
    step.after !== undefined &&
    (after === undefined || (step.vertex === undefined && after.failure !== undefined))
  )
    return [];
  const historyRow = step.history === undefined ? -1 : planned.image.history.indexOf(step.history);
  return [
    {
      vertex: step.id,
      name: step.name,
      stage: step.stage,
      ...(step.source === undefined ? {} : { source: step.source }),
      instruction: step.instruction,
      image: step.image,
      ...(after?.fileSystem.chainID === undefined ? {} : { snapshot: after.fileSystem.chainID }),
      ...(historyRow < 0 ? {} : { historyRow }),
      layer: own?.layer !== undefined,
      sizeBytes: own?.layer?.sizeBytes ?? 0,
      ...(own?.cache === undefined ? {} : { cache: own.cache }),
      ...(own?.simulated === undefined ? {} : { simulated: own.simulated }),
      ...(failed ? { failed } : {}),
      times: {
        layersMs: layerTimes(step.after, solver),
        nextMs: stepTimeMs(after?.fileSystem.layerCount ?? 0, sourceDateEpoch),
        own: sourceDateEpoch === undefined,
      },
    },
  ];
}

/** An error that is the build's result. Throws `cancelled` on. */
function resultOf(error: unknown): EngineError {
  const known = asEngineError(error);
  if (known.code === 'cancelled') throw known;
  return known;
}
