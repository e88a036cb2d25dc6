/**
 * A build as the classic builder would have told it: a numbered step for each instruction, a container where something ran, an
 * image after each. The steps are those BuildKit did; what it left out since the target does not need it is said to be left out.
 */
import { EngineError } from '../../base/errors.ts';
import { utf8, utf8Text } from '../../base/bytes.ts';
import type { ProgressSink } from '../../base/progress.ts';
import type { SourceRange } from '../../base/source.ts';
import { draftConfig } from '../../build/exporters/image.ts';
import type { BuildOutcome, BuildStep } from '../../build/types.ts';
import { digestOf, sha256OfSmall } from '../../codec/sha256.ts';
import type { InstructionNode } from '../../dockerfile/ast.ts';
import { parseDockerfile } from '../../dockerfile/parser.ts';
import { parseStages, type Stages } from '../../dockerfile/stages.ts';
import type { ImageConfig } from '../../oci/config.ts';
import { imageConfigBytes } from '../../oci/config-bytes.ts';
import { shortID, type Digest } from '../../oci/digest.ts';
import type { Store } from '../../store/index.ts';
import type { ClassicStep, ClassicTelling } from '../model.ts';
import { classicConfig, classicCreatedBy } from './classic-history.ts';

/** What a telling is made of. */
export interface ToldBuild {
  readonly dockerfile: string;
  readonly outcome: BuildOutcome;
  /** What each vertex put out. */
  readonly output: ReadonlyMap<string, string>;
  readonly tags: readonly string[];
}

/** An image of the telling; undefined for scratch. */
interface ToldImage {
  readonly id: Digest;
  readonly config: ImageConfig;
}

type NumberedStep = Pick<ClassicStep, 'number' | 'instruction' | 'source' | 'stage'>;

/** Output of a step that is kept to be told. */
const OUTPUT_LIMIT = 64 << 10;
/** Directives whose instructions the classic builder carries out without a container. */
const WITHOUT_CONTAINER = new Set(['copy', 'add']);
const CONTAINER_ID_LENGTH = 12;
/** All images of a telling are of one time, so that equal steps give equal images. */
const CREATED = '1970-01-01T00:00:00Z';

/** Keeps what each vertex puts out, and hands all reports on. */
export function outputKeeper(progress: ProgressSink): { readonly output: Map<string, string>; sink: ProgressSink } {
  const output = new Map<string, string>();
  return {
    output,
    sink(status) {
      for (const { vertex, data } of status.logs ?? []) {
        const before = output.get(vertex) ?? '';
        if (before.length < OUTPUT_LIMIT) output.set(vertex, before + utf8Text(data));
      }
      progress(status);
    },
  };
}

/** Tells builds; remembers which images it told, so that it can say which would have been in the classic builder's cache. */
export function createClassicTeller(store: Store) {
  const known = new Set<Digest>();
  return {
    async tell(build: ToldBuild): Promise<ClassicTelling> {
      const { ast, failure } = parseDockerfile(build.dockerfile);
      try {
        if (failure !== undefined) throw failure;
        return await new Telling(store, known, build, parseStages(ast)).tell(ast.instructions);
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== 'dockerfile') throw error;
        return { steps: [], text: `Error response from daemon: ${error.message}\n` };
      }
    },
  };
}

class Telling {
  readonly #store: Store;
  readonly #known: Set<Digest>;
  readonly #build: ToldBuild;
  readonly #dockerfile: Stages;
  readonly #steps: ClassicStep[] = [];
  readonly #images = new Map<string, ToldImage | undefined>();
  /** Nothing was told before: what is in the builder's cache must have been in the classic one's. */
  readonly #first: boolean;
  #failed = false;

  constructor(store: Store, known: Set<Digest>, build: ToldBuild, dockerfile: Stages) {
    this.#store = store;
    this.#known = known;
    this.#build = build;
    this.#dockerfile = dockerfile;
    this.#first = known.size === 0;
  }

  async tell(instructions: readonly InstructionNode[]): Promise<ClassicTelling> {
    const { stages } = this.#dockerfile;
    const firstFrom = instructions.findIndex(({ name }) => name === 'from');
    for (const { original, range } of instructions.slice(0, firstFrom)) {
      this.#steps.push({ ...this.#next(original, range, ''), state: 'built' });
    }
    let image: ToldImage | undefined;
    for (const stage of stages) image = await this.#stage(stage, stages[stage.index + 1]?.range.startLine ?? Infinity);
    const { outcome, tags } = this.#build;
    const result = outcome.ok && image !== undefined ? { imageID: image.id } : {};
    return { steps: this.#steps, ...result, text: textOf(this.#steps, result.imageID, tags) };
  }

  async #stage(stage: Stages['stages'][number], end: number): Promise<ToldImage | undefined> {
    const own = this.#build.outcome.steps.filter(
      ({ source }) => source !== undefined && source.startLine >= stage.range.startLine && source.startLine < end,
    );
    const display = stage.name === '' ? String(stage.index) : stage.name;
    const [from, ...others] = own;
    let image = from === undefined ? undefined : await this.#base(from, stage.baseName);
    const first = this.#next(stage.code, stage.range, display);
    if (from === undefined) this.#steps.push({ ...first, state: this.#unreached() });
    else this.#steps.push({ ...first, state: 'base', vertex: from.vertex, ...idOf(image) });
    let inCache = from !== undefined;
    for (const { code, range, directive } of stage.instructions) {
      const step = others.find(({ source }) => source?.startLine === range.startLine);
      const next = this.#next(code, range, display);
      if (step === undefined) {
        this.#steps.push({ ...next, state: this.#unreached() });
        continue;
      }
      const made = await this.#image(step, image, directive.name.toLowerCase());
      inCache &&= step.cache?.hit ?? (this.#known.has(made.id) || (this.#first && wasDoneBefore(step, others)));
      this.#steps.push(this.#told(next, step, made, inCache, directive.name.toLowerCase()));
      image = made;
    }
    this.#images.set(stage.name, image);
    this.#images.set(String(stage.index), image);
    return image;
  }

  #next(instruction: string, source: SourceRange, stage: string): NumberedStep {
    return { number: this.#steps.length + 1, instruction, source, stage };
  }

  /** A step that was not done: the build ended before, or nothing needs its stage. */
  #unreached(): 'left-out' | 'not-reached' {
    return this.#failed || !this.#build.outcome.ok ? 'not-reached' : 'left-out';
  }

  #told(next: NumberedStep, step: BuildStep, made: ToldImage, cached: boolean, directive: string): ClassicStep {
    const told = { ...next, vertex: step.vertex, sizeBytes: step.sizeBytes };
    const output = this.#build.output.get(step.vertex) ?? '';
    const container = WITHOUT_CONTAINER.has(directive)
      ? {}
      : { container: sha256OfSmall(utf8(`container of ${made.id}`)).slice(0, CONTAINER_ID_LENGTH) };
    if (step.failed === true) {
      this.#failed = true;
      return { ...told, state: 'failed', ...container, output };
    }
    this.#known.add(made.id);
    if (cached) return { ...told, state: 'cached', imageID: made.id };
    return { ...told, state: 'built', ...container, output, imageID: made.id };
  }

  /** The image a stage begins with. */
  async #base(step: BuildStep, baseName: string): Promise<ToldImage | undefined> {
    const stage = baseName.toLowerCase();
    if (this.#images.has(stage)) return this.#images.get(stage);
    const { base } = step.image;
    if (base === undefined) return undefined;
    const images = await this.#store.images.list();
    return images.find(
      ({ chainID, config }) => chainID === step.snapshot && config.history?.length === base.historyLength,
    );
  }

  async #image(step: BuildStep, parent: ToldImage | undefined, directive: string): Promise<ToldImage> {
    const diffIDs = await this.#store.snapshots.chain(step.snapshot);
    const config = draftConfig(step.image, diffIDs);
    const createdBy = classicCreatedBy({ directive, shown: step.instruction }, config);
    const classic = classicConfig(config, parent?.config, createdBy, CREATED);
    return { id: await digestOf(imageConfigBytes(classic)), config: classic };
  }
}

function idOf(image: ToldImage | undefined): { readonly imageID?: Digest } {
  return image === undefined ? {} : { imageID: image.id };
}

/** The telling as the terminal prints it. */
function textOf(steps: readonly ClassicStep[], imageID: string | undefined, tags: readonly string[]): string {
  const lines: string[] = [];
  for (const step of steps) {
    if (step.state === 'left-out' || step.state === 'not-reached') continue;
    lines.push(`Step ${step.number}/${steps.length} : ${step.instruction}`);
    if (step.state === 'cached') lines.push(' ---> Using cache');
    if (step.container !== undefined) lines.push(` ---> Running in ${step.container}`);
    if (step.output !== undefined && step.output !== '') lines.push(step.output.replace(/\n$/, ''));
    if (step.state === 'failed') continue;
    if (step.container !== undefined) lines.push(` ---> Removed intermediate container ${step.container}`);
    if (step.stage !== '') lines.push(` ---> ${step.imageID === undefined ? '' : shortID(step.imageID as Digest)}`);
  }
  if (imageID !== undefined) lines.push(`Successfully built ${shortID(imageID as Digest)}`);
  for (const tag of tags) lines.push(`Successfully tagged ${tag}`);
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Of a step that changes no file the builder keeps no record. It was done before where the next step with a record was; with none
 * behind it, where the last before it was.
 */
function wasDoneBefore(step: BuildStep, steps: readonly BuildStep[]): boolean {
  const place = steps.indexOf(step);
  const next = steps.slice(place + 1).find(({ cache }) => cache !== undefined);
  const last = steps.slice(0, place).findLast(({ cache }) => cache !== undefined);
  return (next ?? last)?.cache?.hit ?? false;
}
