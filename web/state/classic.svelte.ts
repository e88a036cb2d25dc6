/** The last build as the classic builder would have told it: asked of the engine when someone looks, again after each build. */
import type { BuildResult, ClassicTelling, EngineClient } from '../../worker/api/types.ts';
import { messageOf } from './notices.svelte.ts';

export class ClassicState {
  telling = $state.raw<ClassicTelling | undefined>();
  error = $state('');
  #wanted: BuildResult | undefined;
  readonly #engine: EngineClient;

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** Tells the build with this outcome, the engine's last one, unless it is told. */
  async show(result: BuildResult): Promise<void> {
    if (result === this.#wanted) return;
    this.#wanted = result;
    try {
      const telling = await this.#engine.classicTelling();
      if (result !== this.#wanted) return;
      this.telling = telling;
      this.error = '';
    } catch (error) {
      if (result !== this.#wanted) return;
      this.#wanted = undefined;
      this.error = messageOf(error);
    }
  }
}
