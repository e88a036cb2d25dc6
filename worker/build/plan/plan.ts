/**
 * Planning: a Dockerfile's stages into a graph of vertices. Stages the target does not need fall away; what each base image says is
 * asked for at once; then the instructions of each stage are lowered, in the order of the file.
 */
import { EngineError, isEngineError } from '../../base/errors.ts';
import type { Job } from '../../base/job.ts';
import type { WarningItem } from '../../base/progress.ts';
import type { Instruction } from '../../dockerfile/directive.ts';
import { quote } from '../../dockerfile/go-quote.ts';
import { platformArguments } from '../../dockerfile/platform-arguments.ts';
import { expandWord, lookupIn, type ExpandOptions } from '../../dockerfile/shell-words.ts';
import { readOnbuildTrigger, type Stages } from '../../dockerfile/stages.ts';
import { DEFAULT_PLATFORM, type Platform } from '../../oci/platform.ts';
import { digestOfValue, makeVertex, type Vertex } from '../graph.ts';
import { shownAt } from '../marked-lines.ts';
import type { Operation } from '../operation.ts';
import type { BuildRequest } from '../types.ts';
import { checkBaseNames, resolveBases, type BaseResolver } from './bases.ts';
import { copyDraft, emptyImage, ensurePath, type ImageDraft } from './image-draft.ts';
import { proxyVariables } from './proxy-variables.ts';
import { stageGraph, type StageGraph } from './stage-graph.ts';
import { StageLowering, type StageSurroundings } from './stage-lowering.ts';
import type { PlannedStep, StageState } from './stage-state.ts';

export interface PlanRequest {
  readonly build: BuildRequest;
  readonly dockerfile: Stages;
  /** Gives the build context. */
  readonly context: Operation;
  readonly namedContexts: ReadonlyMap<string, Operation>;
  readonly bases: BaseResolver;
  readonly job: Job;
}

export interface BuildPlan {
  /** The file system to solve for; undefined for an empty one. */
  readonly target: Vertex | undefined;
  readonly image: ImageDraft;
  /** Of all stages the target needs, in the order of the file. */
  readonly steps: readonly PlannedStep[];
  /** An image it stands on, or takes files from, is a replica. */
  readonly replica: boolean;
  readonly warnings: readonly WarningItem[];
}

/** Plans a build. Throws `dockerfile` for what cannot be built as written, `not-found` and the registry's errors for base images. */
export async function planBuild(request: PlanRequest): Promise<BuildPlan> {
  const { build, dockerfile } = request;
  const platform = build.platform ?? DEFAULT_PLATFORM;
  const globalArgs = readGlobalArgs(dockerfile, build, platform);
  const graph = stageGraph({
    stages: dockerfile.stages,
    escape: dockerfile.escape,
    globalArgs,
    namedContexts: request.namedContexts,
    namedImages: build.namedImages ?? new Map<string, string>(),
    target: build.target,
    ignoresCache: (name) => ignoresCache(build, name),
  });
  const needed = graph.stages.filter((stage) => graph.reachable.has(stage));
  checkBaseNames(graph.stages, request.namedContexts);
  const bases = await resolveBases(needed, platform, request);
  const warnings: WarningItem[] = [];
  const around = surroundings(request, graph, globalArgs, warnings);
  // images that a `--from` names have nothing to be lowered: they are there before any stage takes from them
  for (const stage of [...needed.filter(({ implicit }) => implicit), ...needed.filter(({ implicit }) => !implicit)]) {
    const base = bases.get(stage);
    startStage(stage, base?.vertexFor(stage), base?.image, platform);
    lowerStage(stage, around);
  }
  const image = graph.target.image ?? emptyImage(platform);
  finishImage(image, build);
  return {
    target: graph.target.head,
    image,
    steps: needed.flatMap(({ steps }) => steps),
    replica: [...bases.values()].some(({ replica }) => replica),
    warnings,
  };
}

/** Platform arguments, and the ARGs above the first FROM: each sees those before it, and what the build was given wins. */
function readGlobalArgs(dockerfile: Stages, build: BuildRequest, platform: Platform): ReadonlyMap<string, string> {
  const given = build.buildArgs ?? {};
  const args = new Map(platformArguments(DEFAULT_PLATFORM, platform));
  for (const name of args.keys()) {
    const value = given[name];
    if (value !== undefined) args.set(name, value);
  }
  const lookup = (name: string): string | undefined => args.get(name);
  for (const { name, value } of dockerfile.globalArgs) {
    args.set(name, given[name] ?? expandOrEmpty(value ?? '', { lookup, escape: dockerfile.escape }));
  }
  return args;
}

/** BuildKit does not mind a global ARG whose default cannot be expanded: it is empty then. */
function expandOrEmpty(word: string, options: ExpandOptions): string {
  try {
    return expandWord(word, options).text;
  } catch {
    return '';
  }
}

function ignoresCache(build: BuildRequest, name: string | undefined): boolean {
  if (build.noCache === true) return true;
  return build.noCacheFilter?.some((filter) => filter.toLowerCase() === name) ?? false;
}

/** Gives a stage the image it starts with. */
function startStage(
  stage: StageState,
  from: Vertex | undefined,
  image: ImageDraft | undefined,
  platform: Platform,
): void {
  const base = stage.base;
  const draft = base?.image === undefined ? (image ?? emptyImage(platform)) : copyDraft(base.image);
  ensurePath(draft);
  stage.image = draft;
  stage.head = base === undefined ? from : base.head;
  stage.layerCount = base?.layerCount ?? draft.baseLayers.length;
  // what the base stage declared is still in force, but its image's environment wins
  for (const [name, variable] of base?.variables ?? []) stage.variables.set(name, variable);
  const lookup = lookupIn(draft.config.Env);
  for (const entry of draft.config.Env) {
    const name = entry.split('=', 1)[0] ?? '';
    stage.variables.set(name, { name, value: lookup(name) ?? '', origin: 'environment' });
  }
  if (stage.implicit) return;
  const shown = `FROM ${stage.baseName}`;
  stage.steps.push({
    id: stage.head?.id ?? digestOfValue([stage.index, shown]),
    name: base === undefined ? (stage.head?.name ?? shown) : shown,
    stage: stage.displayName,
    instruction: shown,
    source: stage.range,
    image: copyDraft(draft),
    ...(base === undefined && stage.head !== undefined ? { vertex: stage.head } : {}),
    ...(stage.head === undefined ? {} : { after: stage.head }),
  });
}

/** Lowers a stage's instructions, those its base kept for it (ONBUILD) first. */
function lowerStage(stage: StageState, around: StageSurroundings): void {
  if (stage.image === undefined || stage.implicit) return;
  const lowering = new StageLowering(stage, stage.image, around);
  const triggers = stage.image.config.OnBuild ?? [];
  delete stage.image.config.OnBuild;
  for (const trigger of triggers) lowering.lower(readTrigger(trigger, stage), [LINE_OF_TRIGGER]);
  for (const instruction of stage.instructions) lowering.lower(instruction);
}

/** A trigger's own text has one line: Docker marks it where the trigger cannot be read, and where its step fails. */
const LINE_OF_TRIGGER = '1-1';

/** A trigger as an instruction. Throws `dockerfile` at the FROM that set it off. */
function readTrigger(trigger: string, { range }: StageState): Instruction {
  try {
    return readOnbuildTrigger(trigger, range);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    throw shownAt(error.at(range), [`${range.startLine}-${range.endLine}`, LINE_OF_TRIGGER]);
  }
}

/** What the stages see of the build around them. */
function surroundings(
  request: PlanRequest,
  graph: StageGraph,
  globalArgs: ReadonlyMap<string, string>,
  warnings: WarningItem[],
): StageSurroundings {
  const { build, dockerfile } = request;
  const lineage = [build.tags?.[0] ?? '', build.dockerfileName ?? ''].join(' ');
  const context = makeVertex({
    name: '[internal] load build context',
    operation: request.context,
    sources: [],
    lineage,
    ignoreCache: false,
  });
  return {
    escape: dockerfile.escape,
    buildArgs: build.buildArgs ?? {},
    globalArgs,
    proxies: proxyVariables(build.buildArgs ?? {}),
    noCacheFromLine: build.noCacheFromLine ?? Infinity,
    extraHosts: build.extraHosts ?? [],
    entitlements: build.entitlements ?? [],
    lineage,
    sourceOf(from, stage, mountTarget) {
      if (from === undefined) return context;
      const source = graph.find(from);
      // a stage is lowered after all before it: one that is not yet lowered stands further down
      if (source?.image === undefined) throw laterStage(from, stage, mountTarget);
      return source.head;
    },
    warn: (rule, message, range) => warnings.push({ vertex: '', rule, message, range }),
  };
}

function laterStage(from: string, stage: StageState, mountTarget: string | undefined): EngineError {
  const message =
    mountTarget === undefined
      ? `cannot copy from stage ${quote(from)}, it needs to be defined before current stage ${quote(stage.displayName)}`
      : `cannot mount from stage ${quote(from)} to ${quote(mountTarget)}, stage needs to be defined before current command`;
  return new EngineError('dockerfile', message);
}

/** What the build itself adds to the target's image. */
function finishImage(image: ImageDraft, build: BuildRequest): void {
  if (build.labels !== undefined && Object.keys(build.labels).length > 0) {
    image.config.Labels = { ...image.config.Labels, ...build.labels };
  }
  if (build.platform !== undefined) image.platform = build.platform;
}
