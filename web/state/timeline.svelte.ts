/** Stepping through the last build: every panel shows the world as it was after a step, also of a build that failed. */
import type { EngineClient, StepSummary } from '../../worker/api/types.ts';
import { afterFrame } from '../ui/after-frame.ts';
import type { BuildState } from './build.svelte.ts';
import type { Images } from './images.svelte.ts';
import type { Notices } from './notices.svelte.ts';

export class Timeline {
  /** The step that is being looked up; answers to earlier questions come too late. */
  #asked = $state<string | undefined>();
  #shown = $state.raw<{ readonly vertex: string; readonly image: string } | undefined>();
  readonly #engine: EngineClient;
  readonly #build: BuildState;
  readonly #images: Images;
  readonly #notices: Notices;

  constructor(engine: EngineClient, build: BuildState, images: Images, notices: Notices) {
    this.#engine = engine;
    this.#build = build;
    this.#images = images;
    this.#notices = notices;
  }

  get steps(): readonly StepSummary[] {
    return this.#build.steps;
  }

  /** The step whose world is on screen, by its place; undefined for the build's result. */
  get place(): number | undefined {
    const shown = this.#shown;
    if (shown === undefined || this.#images.opened?.id !== shown.image) return undefined;
    return this.#placeOf(shown.vertex);
  }

  /** The step that was asked for last, on screen or on its way: what one steps with follows it at once. */
  get asked(): number | undefined {
    return this.#asked === undefined ? this.place : this.#placeOf(this.#asked);
  }

  #placeOf(vertex: string): number | undefined {
    const place = this.steps.findIndex((step) => step.vertex === vertex);
    return place < 0 ? undefined : place;
  }

  /** Shows the world after a step. */
  async go(place: number): Promise<void> {
    const step = this.steps[Math.max(0, Math.min(place, this.steps.length - 1))];
    if (step === undefined) return;
    this.#asked = step.vertex;
    try {
      // all panels change with the image: that it was asked for is seen before
      const [image] = await Promise.all([this.#engine.stepImage(step.vertex), afterFrame()]);
      if (this.#asked !== step.vertex) return;
      this.#asked = undefined;
      this.#shown = { vertex: step.vertex, image: image.id };
      this.#images.opened = image;
    } catch (error) {
      if (this.#asked === step.vertex) this.#asked = undefined;
      this.#notices.fail('The step cannot be shown', error);
    }
  }

  /** Back to what the build made. */
  leave(): void {
    this.#asked = undefined;
    this.#shown = undefined;
    this.#images.close();
  }
}
