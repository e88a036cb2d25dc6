/**
 * The classic builder (`DOCKER_BUILDKIT=0`): every instruction makes an image of its own, whose parent is the one before it; they
 * are the cache. Instructions are carried out by the same builder as all others, one more each time; what the classic builder
 * adds is told and stored here: its history, its intermediate images, its words.
 */
import { hex, utf8Text } from '../../base/bytes.ts';
import { EngineError, isEngineError } from '../../base/errors.ts';
import type { Job } from '../../base/job.ts';
import type { Random } from '../../base/ports.ts';
import type { ProgressSink, SolveStatus } from '../../base/progress.ts';
import type { BuildOutcome, BuildRequest } from '../../build/types.ts';
import { digestOf } from '../../codec/sha256.ts';
import type { InstructionNode } from '../../dockerfile/ast.ts';
import { parseDockerfile } from '../../dockerfile/parser.ts';
import { parseStages, type Stage } from '../../dockerfile/stages.ts';
import { imageConfigBytes } from '../../oci/config-bytes.ts';
import { MEDIA_TYPES } from '../../oci/descriptor.ts';
import { shortID } from '../../oci/digest.ts';
import { familiarReference, parseReference } from '../../oci/reference.ts';
import type { ImageID, ImageRecord } from '../../store/images.ts';
import type { EngineParts } from '../engine.ts';
import type { ImageAPI, ProgressListener } from './api.ts';
import { classicConfig, classicCreatedBy } from '../classic/classic-history.ts';
import { findImage } from './images/find.ts';

export interface ClassicBuildParts extends Pick<EngineParts, 'store' | 'clock'> {
  readonly random: Random;
  readonly images: ImageAPI;
  readonly build: (request: BuildRequest, job: Job, progress: ProgressSink) => Promise<BuildOutcome>;
}

export interface ClassicBuildOptions {
  readonly request: BuildRequest;
  /** Say that containers are removed after their step. */
  readonly removeContainers: boolean;
}

/** Instructions that run nothing, and so need no container. */
const WITHOUT_CONTAINER = new Set(['from', 'copy', 'add']);
const RED = '\u001b[91m';
const PLAIN = '\u001b[0m';

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

  constructor(parts: ClassicBuildParts, options: ClassicBuildOptions, listener: ProgressListener, job: Job) {
    this.#parts = parts;
    this.#options = options;
    this.#job = job;
    this.#say = (stream) => listener({ stream });
    this.#lines = options.request.dockerfile.split('\n');
  }

  async run(): Promise<ImageID> {
    const { request } = this.#options;
    const { ast, failure } = parseDockerfile(request.dockerfile);
    if (failure !== undefined) throw new EngineError('dockerfile', failure.message, { cause: failure });
    const { stages, globalArgs } = parseStages(ast);
    const wanted = stagesUpTo(stages, request.target);
    const count = wanted.reduce((sum, stage) => sum + 1 + stage.instructions.length, globalArgs.length);
    let step = 0;
    const announce = (code: string): void => this.#say(`Step ${++step}/${count} : ${code}\n`);
    for (const { original, name } of ast.instructions) {
      if (name === 'from') break;
      announce(original);
    }
    let image: ImageRecord | undefined;
    for (const stage of wanted) {
      announce(stage.code);
      image = await this.#from(stage);
      for (const { code, node } of stage.instructions) {
        announce(code);
        image = await this.#step(node, image);
      }
      this.#stages.set(String(stage.index), image);
      if (stage.name !== '') this.#stages.set(stage.name, image);
    }
    if (image === undefined) throw new EngineError('build', 'No image was generated. Is your Dockerfile empty?');
    this.#tellUnused(ast.instructions);
    this.#say(`Successfully built ${shortID(image.id)}\n`);
    for (const tag of request.tags ?? []) {
      await this.#parts.store.images.tag(image.id, tag);
      this.#say(`Successfully tagged ${familiarReference(parseReference(tag))}\n`);
    }
    return image.id;
  }

  /** The image a stage begins with; undefined for scratch. */
  async #from(stage: Stage): Promise<ImageRecord | undefined> {
    const earlier = stage.baseName.toLowerCase();
    if (this.#stages.has(earlier)) return this.#showImage(this.#stages.get(earlier));
    const outcome = await this.#buildUpTo(stage.range.endLine, () => undefined);
    const name = outcome.ok ? outcome.base?.name : undefined;
    if (outcome.ok) await this.#forget(outcome.imageID);
    if (name === undefined) return this.#showImage(undefined);
    return this.#showImage(await this.#localImage(name));
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

  /** Carries out one instruction on an image. */
  async #step(node: InstructionNode, parent: ImageRecord | undefined): Promise<ImageRecord> {
    const container = hex(this.#parts.random.bytes(6));
    const shown = { started: false };
    const tellContainer = (): void => {
      if (!shown.started) this.#say(` ---> Running in ${container}\n`);
      shown.started = true;
    };
    const outcome = await this.#buildUpTo(node.range.endLine, (status) => {
      for (const { stream, data } of status.logs ?? []) {
        tellContainer();
        this.#say(stream === 2 ? `${RED}${utf8Text(data)}${PLAIN}` : utf8Text(data));
      }
    });
    if (!outcome.ok) throw stepError(node, outcome.error);
    const built = await this.#parts.store.images.get(outcome.imageID);
    if (built === undefined) throw new EngineError('internal', `image ${outcome.imageID} is not stored`);
    const createdBy = classicCreatedBy(node.name, built.config.history?.at(-1)?.created_by ?? '', built.config);
    const known = shown.started ? undefined : await this.#cached(parent, createdBy, built);
    if (known === undefined && !WITHOUT_CONTAINER.has(node.name)) tellContainer();
    const image = known ?? (await this.#store(parent, createdBy, built));
    if (image.id !== built.id) await this.#forget(built.id);
    if (known !== undefined) this.#say(' ---> Using cache\n');
    else if (shown.started && this.#options.removeContainers)
      this.#say(` ---> Removed intermediate container ${container}\n`);
    return this.#showImage(image) ?? image;
  }

  #showImage(image: ImageRecord | undefined): ImageRecord | undefined {
    this.#say(` ---> ${image === undefined ? '' : shortID(image.id)}\n`);
    return image;
  }

  /** Builds the Dockerfile as far as a line; what was done before is in the build cache. */
  async #buildUpTo(line: number, progress: (status: SolveStatus) => void): Promise<BuildOutcome> {
    const { target: _all, tags: _none, ...request } = this.#options.request;
    const dockerfile = `${this.#lines.slice(0, line).join('\n')}\n`;
    return this.#parts.build({ ...request, dockerfile, noCache: false }, this.#job, progress);
  }

  /** The image that an earlier build made of the same parent by the same instruction, with the same files. */
  async #cached(
    parent: ImageRecord | undefined,
    createdBy: string,
    built: ImageRecord,
  ): Promise<ImageRecord | undefined> {
    if (this.#options.request.noCache === true) return undefined;
    const images = await this.#parts.store.images.list();
    return images.find(
      (image) =>
        image.id !== built.id &&
        image.parent === parent?.id &&
        image.chainID === built.chainID &&
        image.config.history?.at(-1)?.created_by === createdBy,
    );
  }

  async #store(parent: ImageRecord | undefined, createdBy: string, built: ImageRecord): Promise<ImageRecord> {
    const { store, clock } = this.#parts;
    const created = new Date(clock.nowMs()).toISOString();
    const config = classicConfig(built.config, parent?.config, createdBy, created);
    const bytes = imageConfigBytes(config);
    const lease = await store.leases.create();
    try {
      const id = await digestOf(bytes);
      await lease.add(`content/${id}`);
      await store.content.ingestBytes(MEDIA_TYPES.dockerConfig, bytes);
      const { base: _base, parent: _parent, manifestDigest: _digest, lastTaggedMs: _tagged, ...rest } = built;
      const record: ImageRecord = {
        ...rest,
        id,
        config,
        createdMs: clock.nowMs(),
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

function stagesUpTo(stages: readonly Stage[], target: string | undefined): readonly Stage[] {
  if (target === undefined) return stages;
  const wanted = stages.findIndex(({ name, index }) => name === target.toLowerCase() || String(index) === target);
  if (wanted === -1) {
    throw new EngineError('build', `failed to reach build target ${target} in Dockerfile`);
  }
  return stages.slice(0, wanted + 1);
}

/** A step's failure in the classic builder's words. */
function stepError({ name, keyword }: InstructionNode, error: EngineError): EngineError {
  const exitCode = error.data['exitCode'];
  const process = /^process ("(?:[^"\\]|\\.)*") did not complete/.exec(error.message)?.[1];
  if (name === 'run' && typeof exitCode === 'number' && process !== undefined) {
    const command = String(JSON.parse(process));
    return new EngineError('build', `The command '${command}' returned a non-zero code: ${exitCode}`, {
      data: { exitCode },
    });
  }
  const missing = /"\/?([^"]*)": not found$/.exec(error.message)?.[1];
  if (missing !== undefined) {
    const what = `${keyword.toUpperCase()} failed: file not found in build context or excluded by .dockerignore`;
    return new EngineError('build', `${what}: stat ${missing}: file does not exist`);
  }
  return error;
}
