/** The build of the open project: starts it as one types, cancels the one before, and holds what came of it. */
import {
  isEngineError,
  type BuildOptions,
  type BuildResult,
  type EngineClient,
  type ImageDetail,
  type WireError,
} from '../../worker/api/types.ts';
import { NO_PROGRESS, reduceProgress, type BuildProgress } from './build-progress.ts';
import { messageOf } from './notices.svelte.ts';
import { DOCKERFILE, type ProjectFiles, textOf } from './project-files.ts';

/** Pause after the last key before a build runs. */
export const LIVE_AFTER_MS = 150;

/** What a build made, and of what: as it is shown again at the next visit. */
export interface BuiltView {
  readonly image: ImageDetail;
  readonly steps: BuildResult['steps'];
  readonly text: string;
}

export type BuildPhase = 'idle' | 'running' | 'done' | 'failed' | 'stopped';

export class BuildState {
  phase = $state<BuildPhase>('idle');
  progress = $state.raw<BuildProgress>(NO_PROGRESS);
  /** Outcome of the last build that was not cancelled. */
  result = $state.raw<BuildResult | undefined>();
  /** The outcome before that one: what the cache is compared with. */
  previous = $state.raw<BuildResult | undefined>();
  /** The last image that was built: it stays on screen while the next build runs or fails. */
  image = $state.raw<ImageDetail | undefined>();
  /** The image before that one, of another content. */
  earlierImage = $state.raw<ImageDetail | undefined>();
  /** Steps that the last build told, and where they stand; a text that does not parse tells none, and these stay. */
  steps = $state.raw<BuildResult['steps']>([]);
  /** Text that `steps` are about. */
  builtText = $state('');
  /** Text that the running build, or the last one, was given. */
  startedText = $state('');
  error = $state.raw<WireError | undefined>();
  /** True while `image` is the one of an earlier visit, which no build of this one has made again yet. */
  isRemembered = $state(false);
  /** The project that all of this is about. */
  projectID = '';
  /** What `image` was built of, where the last build made it. */
  #given: { readonly files: ProjectFiles; readonly options: string } | undefined;
  #isFirst = true;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #controller: AbortController | undefined;
  readonly #engine: EngineClient;
  readonly #built: (image: ImageDetail) => void;

  constructor(engine: EngineClient, built: (image: ImageDetail) => void) {
    this.#engine = engine;
    this.#built = built;
  }

  /** Builds soon, unless another edit comes first; the first time at once, since nobody is typing yet. */
  schedule(request: () => { files: ProjectFiles; options: BuildOptions }): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        const { files, options } = request();
        void this.run(files, options);
      },
      this.#isFirst ? 0 : LIVE_AFTER_MS,
    );
  }

  /** Shows what was built at an earlier visit, until the build that is about to begin has said whether it still is so. */
  remember({ image, steps, text }: BuiltView): void {
    this.image = image;
    this.steps = steps;
    this.builtText = text;
    this.startedText = text;
    this.isRemembered = true;
    this.phase = 'running';
  }

  /** What the last build that ended made, where it was of these very files and options. */
  builtOf(files: ProjectFiles, options: BuildOptions): BuiltView | undefined {
    const isOfThese = this.#given?.files === files && this.#given.options === JSON.stringify(options);
    if (this.image === undefined || !isOfThese) return undefined;
    return { image: this.image, steps: this.steps, text: this.builtText };
  }

  /** Builds now; a build that is running is cancelled. */
  async run(files: ProjectFiles, options: BuildOptions): Promise<void> {
    clearTimeout(this.#timer);
    this.#isFirst = false;
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    const current = (): boolean => this.#controller === controller;
    this.phase = 'running';
    this.progress = NO_PROGRESS;
    this.startedText = textOf(files, DOCKERFILE) ?? '';
    try {
      const result = await this.#engine.build(files, options, {
        signal: controller.signal,
        onStatus: (status) => {
          if (current()) this.progress = reduceProgress(this.progress, status);
        },
      });
      if (current()) this.#finish(result, { files, options: JSON.stringify(options) });
    } catch (error) {
      if (current()) this.#fail(error);
    }
  }

  /** Another project is open: what was built, or is being built, is not its own. */
  begin(projectID: string): void {
    this.projectID = projectID;
    clearTimeout(this.#timer);
    this.#controller?.abort();
    this.#controller = undefined;
    this.#given = undefined;
    this.#isFirst = true;
    this.phase = 'idle';
    this.progress = NO_PROGRESS;
    this.result = undefined;
    this.previous = undefined;
    this.image = undefined;
    this.earlierImage = undefined;
    this.steps = [];
    this.builtText = '';
    this.startedText = '';
    this.error = undefined;
    this.isRemembered = false;
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.#isFirst && this.isRemembered) [this.phase, this.isRemembered] = ['stopped', false];
    this.#controller?.abort();
  }

  #finish(result: BuildResult, given: { readonly files: ProjectFiles; readonly options: string }): void {
    const isRemembered = this.isRemembered;
    this.isRemembered = false;
    this.#given = result.ok ? given : undefined;
    this.previous = this.result;
    this.result = result;
    if (result.ok || result.steps.length > 0) {
      this.steps = result.steps;
      this.builtText = this.startedText;
    }
    this.phase = result.ok ? 'done' : 'failed';
    this.error = result.ok ? undefined : result.error;
    if (result.ok) {
      if (this.image !== undefined && this.image.id !== result.image.id && !isRemembered) {
        this.earlierImage = this.image;
      }
      this.image = result.image;
      this.#built(result.image);
    }
  }

  #fail(error: unknown): void {
    this.isRemembered = false;
    if (isEngineError(error, 'cancelled')) {
      this.phase = 'stopped';
      return;
    }
    this.phase = 'failed';
    this.error = isEngineError(error)
      ? { code: error.code, message: error.message, data: error.data, ...(error.source && { source: error.source }) }
      : { code: 'internal', message: messageOf(error), data: {} };
  }
}
