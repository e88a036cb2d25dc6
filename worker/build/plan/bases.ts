/** What stages stand on that is no stage: images, named contexts, nothing. Looked up at once, before anything is lowered. */
import { EngineError, isEngineError } from '../../base/errors.ts';
import type { Job } from '../../base/job.ts';
import { quote } from '../../dockerfile/go-quote.ts';
import { ROOT } from '../../base/path.ts';
import type { Platform } from '../../oci/platform.ts';
import { fullReference, parseReference } from '../../oci/reference.ts';
import { makeVertex, type Vertex } from '../graph.ts';
import type { Operation } from '../operation.ts';
import { copyFiles, sourceImage } from '../ops/index.ts';
import type { ResolvedImage } from '../types.ts';
import { emptyImage, imageFromConfig, imageFromContext, type ImageDraft } from './image-draft.ts';
import { referenceOf } from './reference-of.ts';
import { SCRATCH } from './stage-graph.ts';
import type { NamedContext, StageState } from './stage-state.ts';
import { nextStepName } from './vertex-names.ts';

/** Finds an image by its full reference. */
export type BaseResolver = (reference: string, platform: Platform, job: Job) => Promise<ResolvedImage>;

export interface StageBase {
  readonly image: ImageDraft;
  readonly replica: boolean;
  /** The vertex a stage begins with; counts as one of its steps. Undefined for the empty root. */
  vertexFor(stage: StageState): Vertex | undefined;
}

export interface BaseRequest {
  readonly namedContexts: ReadonlyMap<string, Operation>;
  readonly bases: BaseResolver;
  readonly job: Job;
}

/** Throws `dockerfile` for a base that is no reference: Docker reads the names of all stages, those not needed too. */
export function checkBaseNames(stages: readonly StageState[], contexts: ReadonlyMap<string, Operation>): void {
  for (const stage of stages) {
    const isImage = stage.base === undefined && stage.context === undefined && stage.baseName !== SCRATCH;
    if (isImage && namedContext(stage.baseName, contexts) === undefined) parseBaseName(stage);
  }
}

/** The base of each stage that does not stand on another. Throws `dockerfile`, `not-found` and a registry's errors, at FROM. */
export async function resolveBases(
  stages: readonly StageState[],
  platform: Platform,
  request: BaseRequest,
): Promise<ReadonlyMap<StageState, StageBase>> {
  const own = stages.filter(({ base }) => base === undefined);
  const bases = await Promise.all(own.map((stage) => resolveBase(stage, stage.platform ?? platform, request)));
  return new Map(own.map((stage, index) => [stage, bases[index]!]));
}

async function resolveBase(stage: StageState, platform: Platform, request: BaseRequest): Promise<StageBase> {
  const context = stage.context ?? namedContext(stage.baseName, request.namedContexts);
  if (context !== undefined) {
    return contextBase(context, platform);
  }
  if (stage.baseName === SCRATCH) {
    return { image: emptyImage(platform), replica: false, vertexFor: () => undefined };
  }
  const image = await findImage(stage, platform, request);
  return {
    image: imageFromConfig(image.config, stage.baseName),
    replica: image.replica,
    vertexFor: (of) => {
      const name = nextStepName(of, `FROM ${image.reference}`);
      // an image without layers is as good as scratch
      return image.config.rootfs.diff_ids.length === 0 ? undefined : sourceVertex(of, name, sourceImage(image));
    },
  };
}

/** A stage on a context begins with a layer of all its files; one that is only copied from needs no layer. */
function contextBase({ name, operation }: NamedContext, platform: Platform): StageBase {
  const shown = `[context ${name}] load from client`;
  return {
    image: imageFromContext(name, platform),
    replica: false,
    vertexFor: (stage) => {
      const local = sourceVertex(stage, shown, operation);
      if (stage.implicit) return local;
      const instruction = `local source for ${name}`;
      return sourceVertex(stage, shown, copyFiles({ ...WHOLE_CONTEXT, instruction }), [local]);
    },
  };
}

/** Copies the first source as it is. */
const WHOLE_CONTEXT = {
  origins: [{ input: 0, path: ROOT, resolve: false, fromContext: true, unpack: false }],
  destination: ROOT,
  parents: false,
  excludes: [],
} as const;

function sourceVertex(stage: StageState, name: string, operation: Operation, sources: Vertex['sources'] = []): Vertex {
  return makeVertex({
    name,
    operation,
    sources,
    source: stage.range,
    ...(stage.displayName === '' ? {} : { stage: stage.displayName }),
    lineage: '',
    ignoreCache: false,
  });
}

/** A context given by `--build-context`, by the name as written or as an image's. */
function namedContext(name: string, contexts: ReadonlyMap<string, Operation>): NamedContext | undefined {
  const exact = contexts.get(name);
  if (exact !== undefined) return { name, operation: exact };
  const wanted = referenceOf(name);
  if (wanted === undefined) return undefined;
  for (const [known, operation] of contexts) if (referenceOf(known) === wanted) return { name: known, operation };
  return undefined;
}

async function findImage(stage: StageState, platform: Platform, request: BaseRequest): Promise<ResolvedImage> {
  const reference = parseBaseName(stage);
  try {
    return await request.bases(reference, platform, request.job);
  } catch (error) {
    if (!isEngineError(error) || error.code === 'cancelled') throw error;
    const message = `${stage.baseName}: failed to resolve source metadata for ${reference}: ${error.message}`;
    throw new EngineError(error.code, message, { data: error.data, source: stage.range, cause: error });
  }
}

function parseBaseName(stage: StageState): string {
  try {
    return fullReference(parseReference(stage.baseName));
  } catch (error) {
    if (!isEngineError(error)) throw error;
    throw new EngineError('dockerfile', `failed to parse stage name ${quote(stage.baseName)}: ${error.message}`, {
      source: stage.range,
      cause: error,
    });
  }
}
