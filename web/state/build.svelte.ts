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
      this.phase === 'idle' ? 0 : LIVE_AFTER_MS,
    );
  }

  /** Builds now; a build that is running is cancelled. */
  async run(files: ProjectFiles, options: BuildOptions): Promise<void> {
    clearTimeout(this.#timer);
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
      if (current()) this.#finish(result);
    } catch (error) {
      if (current()) this.#fail(error);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#controller?.abort();
  }

  #finish(result: BuildResult): void {
    this.previous = this.result;
    this.result = result;
    if (result.ok || result.steps.length > 0) {
      this.steps = result.steps;
      this.builtText = this.startedText;
    }
    this.phase = result.ok ? 'done' : 'failed';
    this.error = result.ok ? undefined : result.error;
    if (result.ok) {
      if (this.image !== undefined && this.image.id !== result.image.id) this.earlierImage = this.image;
      this.image = result.image;
      this.#built(result.image);
    }
  }

  #fail(error: unknown): void {
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
