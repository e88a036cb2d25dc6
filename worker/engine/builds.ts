/** Builds for the page: project files in, an image told with its steps out. */
import { errorToWire } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { ProgressSink } from '../base/progress.ts';
import { utf8Text } from '../base/bytes.ts';
import { DEFAULT_PLATFORM, parsePlatform } from '../oci/platform.ts';
import type { ChainID } from '../oci/digest.ts';
import { squash } from '../layer/squash.ts';
import { parseReference, fullReference } from '../oci/reference.ts';
import { build } from '../build/build.ts';
import { FIRST_STEP_MS } from '../build/step-time.ts';
import type { BuildOutcome, BuildRequest, BuildStep } from '../build/types.ts';
import { resolvePath } from '../base/path.ts';
import { readBody } from '../vfs/body.ts';
import { createUnionView } from '../vfs/union-view.ts';
import type { Tree } from '../vfs/tree.ts';
import type { BaseImages } from './base-images.ts';
import { contextTree } from './context.ts';
import type { EngineParts } from './parts.ts';
import { EngineError } from '../base/errors.ts';
import type { Images } from './images.ts';
import { storeStepImage } from './step-image.ts';
import { createClassicTeller, outputKeeper, type ToldBuild } from './classic/classic-telling.ts';
import type {
  BuildOptions,
  BuildResult,
  ClassicTelling,
  ContextFile,
  ImageDetail,
  StackRow,
  StepSummary,
} from './model.ts';

/** The engine's build call. */
export function createBuilds(parts: EngineParts, baseImages: BaseImages, images: Images) {
  /** The last build of the page, and its steps. */
  let told: ToldBuild | undefined;
  let latest: { readonly steps: readonly BuildStep[]; readonly builtMs: number } = { steps: [], builtMs: 0 };
  const teller = createClassicTeller(parts.store);

  /** When what a build made was built: an image that had been built before is as old as it was. */
  async function builtMs(outcome: BuildOutcome): Promise<number> {
    const image = outcome.ok ? await parts.store.images.get(outcome.imageID) : undefined;
    return image?.builtMs ?? parts.clock.nowMs();
  }

  return {
    /** A failed build is a result; throws `cancelled`, and `invalid-argument` for options that mean nothing. */
    async build(
      files: readonly ContextFile[],
      options: BuildOptions,
      job: Job,
      progress: ProgressSink,
    ): Promise<BuildResult> {
      const startedMs = parts.clock.monotonicMs();
      const request = await requestOf(files, options);
      const { output, sink } = outputKeeper(progress);
      const { store, executor, clock, transport } = parts;
      const environment = { store, executor, clock, transport, resolveImage: baseImages.resolve };
      const outcome = await build(request, environment, job, sink);
      latest = { steps: outcome.steps, builtMs: await builtMs(outcome) };
      told = { dockerfile: request.dockerfile, outcome, output, tags: options.tags ?? [] };
      const steps = outcome.steps.map(stepSummary);
      const durationMs = parts.clock.monotonicMs() - startedMs;
      if (!outcome.ok) return { ok: false, error: errorToWire(outcome.error), steps, durationMs };
      const image = await images.detail(outcome.imageID);
      return { ok: true, image: { ...image, stack: withSteps(image, outcome.steps) }, steps, durationMs };
    },

    /** The world after a step of the last build. Throws `not-found` for a step that left no file system. */
    async stepImage(vertex: string): Promise<ImageDetail> {
      const step = latest.steps.find((each) => each.vertex === vertex);
      if (step === undefined) {
        throw new EngineError('not-found', 'That step is not of the last build. Build again.', { data: { vertex } });
      }
      const image = await images.detail(await storeStepImage(parts, latest.steps, step, latest.builtMs));
      const ofStage = latest.steps.filter(({ stage }) => stage === step.stage);
      return { ...image, stack: withSteps(image, ofStage) };
    },

    /** The last build in the classic builder's words. Throws `not-found` before the first. */
    classicTelling(): Promise<ClassicTelling> {
      if (told === undefined) throw new EngineError('not-found', 'Nothing was built yet.');
      return teller.tell(told);
    },

    /** A build as the docker command line asks for it: whole contexts, secrets, labels. Throws `cancelled` alone. */
    buildImage(request: BuildRequest, job: Job, progress: ProgressSink): Promise<BuildOutcome> {
      const { store, executor, clock, transport } = parts;
      return build(request, { store, executor, clock, transport, resolveImage: baseImages.resolve }, job, progress);
    },

    /** The files of a build's result as one archive. */
    async resultArchive(chainID: ChainID | undefined, job: Job): Promise<Blob> {
      return (await squash(await parts.store.snapshots.tree(chainID), {}, job)).tar;
    },
  };
}

async function requestOf(files: readonly ContextFile[], options: BuildOptions): Promise<BuildRequest> {
  const dockerfileName = options.dockerfile ?? 'Dockerfile';
  const context = contextTree(files.map(withoutOwnTime));
  return {
    dockerfile: await readDockerfile(context, dockerfileName),
    dockerfileName,
    context,
    ...(options.target === undefined ? {} : { target: options.target }),
    ...(options.buildArgs === undefined ? {} : { buildArgs: options.buildArgs }),
    ...(options.noCache === undefined ? {} : { noCache: options.noCache }),
    platform: options.platform === undefined ? DEFAULT_PLATFORM : parsePlatform(options.platform),
    tags: (options.tags ?? []).map((tag) => fullReference(parseReference(tag))),
  };
}

/** A project is a set of texts: typed anew or opened from a link, at any time, it makes the same image. */
function withoutOwnTime(file: ContextFile): ContextFile {
  return { ...file, mtimeMs: FIRST_STEP_MS };
}

async function readDockerfile(context: Tree, name: string): Promise<string> {
  const inode = createUnionView(context, { now: () => 0 }).lookup(resolvePath(name));
  if (inode?.kind !== 'file') {
    throw new EngineError('dockerfile', `failed to read dockerfile: open ${name}: no such file or directory`, {
      data: { path: name },
    });
  }
  return utf8Text(await readBody(inode.body));
}

function stepSummary(step: BuildStep): StepSummary {
  const { snapshot, image: _, times: __, ...rest } = step;
  return { ...rest, ...(snapshot === undefined ? {} : { chainID: snapshot }) };
}

/** Puts what this build knows of its steps (place, cache, simulation) onto the rows of the stack they made. */
function withSteps(image: ImageDetail, steps: readonly BuildStep[]): readonly StackRow[] {
  const made = new Map(steps.map((step) => [step.historyRow, step]));
  return image.stack.map((row, index): StackRow => {
    const step = made.get(index);
    if (step === undefined) return row;
    return {
      ...row,
      vertex: step.vertex,
      ...(step.source === undefined ? {} : { source: step.source }),
      ...(step.cache === undefined ? {} : { cache: step.cache }),
      ...(step.simulated === undefined ? {} : { simulated: step.simulated }),
    };
  });
}
