/** The Dockerfile as it hangs together: asked of the engine when a panel shows it, again when a file changed. */
import type { BuildOutline, EngineClient } from '../../worker/api/types.ts';
import { messageOf } from './notices.svelte.ts';
import { DOCKERFILE, type ProjectFiles, textOf } from './project-files.ts';

export class OutlineState {
  current = $state.raw<BuildOutline | undefined>();
  /** Text that `current` is of: its line numbers count there. */
  text = $state('');
  error = $state('');
  #wanted: ProjectFiles | undefined;
  readonly #engine: EngineClient;

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  async show(files: ProjectFiles): Promise<void> {
    if (files === this.#wanted) return;
    this.#wanted = files;
    const text = textOf(files, DOCKERFILE) ?? '';
    try {
      const outline = await this.#engine.outline(text, files);
      if (files !== this.#wanted) return;
      this.current = outline;
      this.text = text;
      this.error = '';
    } catch (error) {
      if (files === this.#wanted) this.error = messageOf(error);
    }
  }
}
