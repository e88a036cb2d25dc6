/**
 * The classic builder (`DOCKER_BUILDKIT=0`): every stage is built, and every instruction makes an image of its own, whose parent
 * is the one before it; they are the cache. Instructions are carried out by the same builder as all others, one more each time; what
 * the classic builder adds is told and stored here: its history, its intermediate images, its words.
 */
import { utf8Text } from '../../base/bytes.ts';
import { EngineError, isEngineError } from '../../base/errors.ts';
import type { Job } from '../../base/job.ts';
import { ROOT, resolvePath } from '../../base/path.ts';
import type { Random } from '../../base/ports.ts';
import type { LogChunk, ProgressSink, SolveStatus } from '../../base/progress.ts';
import type { SourceRange } from '../../base/source.ts';
import { draftConfig } from '../../build/exporters/image.ts';
import { resolveSource } from '../../build/ops/copy/wildcards.ts';
import type { BuildOutcome, BuildRequest, BuildStep } from '../../build/types.ts';
import { digestOf } from '../../codec/sha256.ts';
import type { InstructionNode } from '../../dockerfile/ast.ts';
import { quote } from '../../dockerfile/go-quote.ts';
import { parseDockerfile } from '../../dockerfile/parser.ts';
import { parseStages, readOnbuildTrigger, type Stage } from '../../dockerfile/stages.ts';
import type { ImageConfig } from '../../oci/config.ts';
import { imageConfigBytes } from '../../oci/config-bytes.ts';
import { MEDIA_TYPES } from '../../oci/descriptor.ts';
import { shortID, type ChainID } from '../../oci/digest.ts';
import { familiarReference, parseReference } from '../../oci/reference.ts';
import type { ImageID, ImageRecord } from '../../store/images.ts';
import { createUnionView } from '../../vfs/union-view.ts';
import type { ImageAPI, ProgressListener } from '../docker/api.ts';
import { findImage } from '../docker/images/find.ts';
import type { EngineParts } from '../parts.ts';
import { noSources, refuseBuildKitFlags, refuseCopy, stepError } from './classic-errors.ts';
import { classicConfig, classicCreatedBy } from './classic-history.ts';
import { idleArguments, leaveContainer, newContainerID, shellOf, type LeftContainers } from './left-container.ts';

export interface ClassicBuildParts extends Pick<EngineParts, 'store' | 'clock'> {
  readonly random: Random;
  readonly containers: LeftContainers['containers'];
  readonly images: ImageAPI;
  readonly build: (request: BuildRequest, job: Job, progress: ProgressSink) => Promise<BuildOutcome>;
}

export interface ClassicBuildOptions {
  readonly request: BuildRequest;
  /** Containers are removed after their step. */
  readonly removeContainers: boolean;
  /** That of a step that failed, too. */
  readonly removeFailed: boolean;
}

/** Instructions that run nothing, and so need no container. */
const WITHOUT_CONTAINER = new Set(['copy', 'add']);
const RED = '\u001b[91m';
const PLAIN = '\u001b[0m';
/** What BuildKit logs of a process that could not be started; the classic builder ends with it instead. */
const NOT_STARTED = 'runc run failed: ';

const SHORT_ID_LENGTH = 12;
/** What a step's container is made with, on its image. */
type StepWords = (parent: ImageRecord) => readonly string[];

/** Builds, and gives the image's ID. Throws what the daemon says of a step that failed. */
export function classicBuild(
  parts: ClassicBuildParts,
  options: ClassicBuildOptions,
  listener: ProgressListener,
  job: Job,
): Promise<ImageID> {
  return new ClassicBuild(parts, options, listener, job).run();
}

class ClassicBuild {
  readonly #parts: ClassicBuildParts;
  readonly #options: ClassicBuildOptions;
  readonly #job: Job;
  readonly #say: (text: string) => void;
  readonly #lines: readonly string[];
  /** The images that stages ended with, by number and by name. */
  readonly #stages = new Map<string, ImageRecord | undefined>();
  /** A step of this stage was not in the cache: those after it are not looked for. */
  #missed = false;
  /** The file system that the step left which failed. */
  #failedAt: ChainID | undefined;

  constructor(parts: ClassicBuildParts, options: ClassicBuildOptions, listener: ProgressListener, job: Job) {
    this.#parts = parts;
    this.#options = options;
    this.#job = job;
    this.#say = (stream) => listener({ stream });
    this.#lines = options.request.dockerfile.split('\n');
  }

  async run(): Promise<ImageID> {
    const { request } = this.#options;
    const { instructions, stages, globals } = readClassic(request);
    const count = stages.reduce((sum, stage) => sum + 1 + stage.instructions.length, globals.length);
    let step = 0;
    const announce = (code: string): void => this.#say(`Step ${++step}/${count} : ${code}\n`);
    for (const { original } of globals) announce(original);
    let image: ImageRecord | undefined;
    for (const stage of stages) {
      announce(stage.code);
      this.#missed = request.noCache === true;
      image = await this.#from(stage);
      for (const { code, node } of stage.instructions) {
        announce(code);
        image = await this.#instruction(node, image);
        this.#showImage(image);
      }
      this.#stages.set(String(stage.index), image);
      if (stage.name !== '') this.#stages.set(stage.name, image);
    }
    if (image === undefined) throw new EngineError('build', 'No image was generated. Is your Dockerfile empty?');
    this.#tellUnused(instructions);
    this.#say(`Successfully built ${shortID(image.id)}\n`);
    for (const tag of request.tags ?? []) {
      await this.#parts.store.images.tag(image.id, tag);
      this.#say(`Successfully tagged ${familiarReference(parseReference(tag))}\n`);
    }
    return image.id;
  }

  /** The image a stage begins with, its triggers carried out; undefined for scratch. */
  async #from(stage: Stage): Promise<ImageRecord | undefined> {
    const earlier = stage.baseName.toLowerCase();
    let image = this.#stages.get(earlier);
    const { range } = stage;
    if (!this.#stages.has(earlier)) {
      const { base } = await this.#buildUpTo(range, false, () => undefined);
      if (base !== undefined) image = await this.#localImage(base.name);
    }
    const triggers = image?.config.config?.OnBuild ?? [];
    if (triggers.length > 0)
      this.#say(`# Executing ${triggers.length} build trigger${triggers.length > 1 ? 's' : ''}\n`);
    for (const [index, trigger] of triggers.entries()) {
      const { node } = readOnbuildTrigger(trigger, range);
      image = await this.#step(node, image, index + 1);
    }
    this.#showImage(image);
    return image;
  }

  async #localImage(name: string): Promise<ImageRecord> {
    try {
      return await findImage(this.#parts.store, name);
    } catch (error) {
      if (!isEngineError(error, 'not-found')) throw error;
      await this.#parts.images.pull(name, {}, ({ status, id }) => {
        if (status !== undefined) this.#say(`${id === undefined ? '' : `${id}: `}${status}\n`);
      }, this.#job); // prettier-ignore
      return findImage(this.#parts.store, name);
    }
  }

  #instruction(node: InstructionNode, parent: ImageRecord | undefined): Promise<ImageRecord> {
    refuseBuildKitFlags(node);
    refuseCopy(node);
    return this.#step(node, parent, 0);
  }

  /** Carries out one instruction on an image; `nth` of the steps that stand at its place. */
  async #step(node: InstructionNode, parent: ImageRecord | undefined, nth: number): Promise<ImageRecord> {
    const container = newContainerID(this.#parts.random);
    const shown = { started: false, output: '' };
    const start = (): void => {
      if (!shown.started) this.#say(` ---> Running in ${container.slice(0, SHORT_ID_LENGTH)}\n`);
      shown.started = true;
    };
    const end = async (keep: boolean, exitCode: number | undefined, snapshot: ChainID | undefined, argv: StepWords) => {
      if (!keep) this.#say(` ---> Removed intermediate container ${container.slice(0, SHORT_ID_LENGTH)}\n`);
      else if (parent !== undefined)
        await leaveContainer(this.#parts, { id: container, parent, argv: argv(parent), exitCode, snapshot });
    };
    const words: StepWords = (of) => (node.json ? node.args : [...shellOf(of), node.args.join(' ')]);
    const carryOut = (anew: boolean): Promise<BuiltStep> =>
      this.#buildStep(node, nth, anew, ({ stream, data }) => {
        start();
        const text = utf8Text(data);
        shown.output += text;
        if (text.startsWith(NOT_STARTED)) return;
        this.#say(stream === 2 ? `${RED}${text}${PLAIN}` : text);
      }).catch(async (error: unknown) => {
        if (!isEngineError(error)) throw error;
        if (node.name === 'run') {
          start();
          const { exitCode } = error.data;
          const ended = typeof exitCode === 'number' && !shown.output.startsWith(NOT_STARTED) ? exitCode : undefined;
          await end(!this.#options.removeFailed, ended, this.#failedAt, words);
        }
        throw stepError(node, error, shown.output);
      });
    let built = await carryOut(node.name === 'run' && this.#missed);
    const known = shown.started || this.#missed ? undefined : await this.#cached(parent, built);
    if (known !== undefined) {
      this.#say(' ---> Using cache\n');
      return known;
    }
    this.#missed = true;
    // what another builder has in its cache was not run by this one
    if (node.name === 'run' && !shown.started && built.hit) built = await carryOut(true);
    if (!WITHOUT_CONTAINER.has(node.name)) start();
    const image = await this.#store(parent, built);
    if (shown.started) {
      const idle: StepWords = (of) => idleArguments(built.createdBy, of);
      const keep = !this.#options.removeContainers && !this.#options.removeFailed;
      if (node.name === 'run') await end(keep, 0, built.step.snapshot, words);
      else await end(keep, undefined, undefined, idle);
    }
    return image;
  }

  #showImage(image: ImageRecord | undefined): void {
    this.#say(` ---> ${image === undefined ? '' : shortID(image.id)}\n`);
  }

  /** Builds the Dockerfile as far as an instruction, and tells what that made of it. Throws why it failed. */
  async #buildStep(
    node: InstructionNode,
    nth: number,
    anew: boolean,
    log: (chunk: LogChunk) => void,
  ): Promise<BuiltStep> {
    const outcome = await this.#buildUpTo(node.range, anew, ({ logs = [] }) => logs.forEach(log));
    const ownSteps = outcome.steps.filter(({ source }) => source?.startLine === node.range.startLine);
    const step = ownSteps[nth];
    if (step === undefined) throw new EngineError('internal', `the step at line ${node.range.startLine} is not told`);
    const { snapshots } = this.#parts.store;
    const config = draftConfig(step.image, await snapshots.chain(step.snapshot));
    const copied = await this.#copiedKind(node);
    const told = { directive: node.name, shown: step.instruction, ...(copied === undefined ? {} : { copied }) };
    const createdBy = classicCreatedBy(told, config);
    return { step, config, createdBy, hit: step.cache?.hit === true };
  }

  /** How the history calls what is copied. */
  async #copiedKind(node: InstructionNode): Promise<string | undefined> {
    const { name, args, flags } = node;
    if (name !== 'copy' && name !== 'add') return undefined;
    const sources = args.slice(0, -1);
    const from = flags.find((flag) => flag.startsWith('--from='))?.slice('--from='.length);
    const image = from === undefined ? undefined : this.#stages.get(from.toLowerCase());
    const { context } = this.#options.request;
    const tree = from === undefined ? context : await this.#parts.store.snapshots.tree(image?.chainID);
    const view = createUnionView(tree, { now: () => 0 });
    const found = sources.flatMap((source) => resolveSource(view, resolvePath(source)));
    if (found.length === 0) throw noSources(node);
    if (found.length > 1) return 'multi';
    return view.lookup(found[0] ?? ROOT)?.kind === 'directory' ? 'dir' : 'file';
  }

  /** What was done before is in the build cache; `anew`: the instruction itself must not come from there. Throws why it failed. */
  async #buildUpTo(
    { startLine, endLine }: SourceRange,
    anew: boolean,
    progress: (status: SolveStatus) => void,
  ): Promise<BuildOutcome & { readonly ok: true }> {
    const { target: _all, tags: _none, noCache: _here, ...request } = this.#options.request;
    const dockerfile = `${this.#lines.slice(0, endLine).join('\n')}\n`;
    const only = anew ? { noCacheFromLine: startLine } : {};
    const outcome = await this.#parts.build({ ...request, dockerfile, ...only }, this.#job, progress);
    if (!outcome.ok) {
      this.#failedAt = outcome.steps.find(({ failed }) => failed)?.snapshot;
      throw outcome.error;
    }
    await this.#forget(outcome.imageID);
    return outcome;
  }

  /** The newest image that an earlier build made of the same parent by the same instruction, with the same files. */
  async #cached(parent: ImageRecord | undefined, { step, createdBy }: BuiltStep): Promise<ImageRecord | undefined> {
    const images = await this.#parts.store.images.list();
    const matching = images.filter(
      (image) =>
        image.parent === parent?.id &&
        image.chainID === step.snapshot &&
        image.config.history?.at(-1)?.created_by === createdBy &&
        image.config.history.at(-1)?.comment === undefined,
    );
    return matching.sort((a, b) => b.createdMs - a.createdMs)[0];
  }

  async #store(parent: ImageRecord | undefined, { step, config, createdBy }: BuiltStep): Promise<ImageRecord> {
    const { store, clock } = this.#parts;
    const nowMs = clock.nowMs();
    const classic = classicConfig(config, parent?.config, createdBy, new Date(nowMs).toISOString());
    const bytes = imageConfigBytes(classic);
    const lease = store.leases.create();
    try {
      const id = await digestOf(bytes);
      await lease.add(`content/${id}`);
      await store.content.ingestBytes(MEDIA_TYPES.dockerConfig, bytes);
      const record: ImageRecord = {
        id,
        config: classic,
        ...(step.snapshot === undefined ? {} : { chainID: step.snapshot }),
        sizeBytes: (parent?.sizeBytes ?? 0) + (step.layer ? step.sizeBytes : 0),
        marks: step.simulated === undefined ? (parent?.marks ?? []) : ['simulated'],
        createdMs: nowMs,
        ...(parent === undefined ? {} : { parent: parent.id }),
      };
      await store.images.put(record);
      return record;
    } finally {
      await lease.release();
    }
  }

  /** The builder's own image of a step goes, unless it has a name. */
  async #forget(id: ImageID): Promise<void> {
    const { store } = this.#parts;
    const named = (await store.images.names()).some(([, owner]) => owner === id);
    if (!named) await store.images.remove(id);
  }

  #tellUnused(instructions: readonly InstructionNode[]): void {
    const declared = new Set(
      instructions.filter(({ name }) => name === 'arg').flatMap(({ args }) => args.map((arg) => arg.split('=', 1)[0])),
    );
    const unused = Object.keys(this.#options.request.buildArgs ?? {}).filter((name) => !declared.has(name));
    if (unused.length > 0)
      this.#say(`[Warning] One or more build-args [${unused.sort().join(' ')}] were not consumed\n`);
  }
}

/** What an instruction made of the image. */
interface BuiltStep {
  readonly step: BuildStep;
  readonly config: ImageConfig;
  readonly createdBy: string;
  /** It came from the cache of all builders. */
  readonly hit: boolean;
}

/** A Dockerfile as the classic builder goes through it: all stages up to the target. Throws `dockerfile` in the daemon's words. */
function readClassic({ dockerfile, dockerfileName = 'Dockerfile', target }: BuildRequest) {
  const { ast, failure } = parseDockerfile(dockerfile);
  if (failure !== undefined) throw parseFailure(failure, dockerfileName);
  const { stages } = parseStages(ast);
  const firstFrom = ast.instructions.findIndex(({ name }) => name === 'from');
  const globals = ast.instructions.slice(0, firstFrom);
  return { instructions: ast.instructions, globals, stages: stagesUpTo(stages, target) };
}

function parseFailure({ message }: EngineError, name: string): EngineError {
  const said =
    message === 'the Dockerfile cannot be empty'
      ? `the Dockerfile (${name}) cannot be empty`
      : message.startsWith('dockerfile parse error') || message === 'file with no instructions'
        ? message
        : `failed to parse Dockerfile: ${message}`;
  return new EngineError('dockerfile', said);
}

function stagesUpTo(stages: readonly Stage[], target: string | undefined): readonly Stage[] {
  if (target === undefined) return stages;
  const wanted = stages.findIndex(({ name, index }) => name === target.toLowerCase() || String(index) === target);
  if (wanted === -1) throw new EngineError('dockerfile', `target stage ${quote(target)} could not be found`);
  return stages.slice(0, wanted + 1);
}
