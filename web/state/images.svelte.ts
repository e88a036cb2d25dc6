/** All images in this browser, and the one that is looked at when it is not what was built last. */
import type { EngineClient, ImageDetail, ImageSummary, StorageUse } from '../../worker/api/types.ts';
import type { Notices } from './notices.svelte.ts';

export class Images {
  list = $state.raw<readonly ImageSummary[]>([]);
  storage = $state.raw<StorageUse | undefined>();
  /** An image opened from the list; undefined while the build's own is shown. */
  opened = $state.raw<ImageDetail | undefined>();
  readonly #engine: EngineClient;
  readonly #notices: Notices;

  constructor(engine: EngineClient, notices: Notices) {
    this.#engine = engine;
    this.#notices = notices;
  }

  async refresh(): Promise<void> {
    try {
      [this.list, this.storage] = await Promise.all([this.#engine.images(), this.#engine.storage()]);
    } catch (error) {
      this.#notices.fail('The images could not be listed', error);
    }
  }

  async open(id: string): Promise<void> {
    try {
      this.opened = await this.#engine.image(id);
    } catch (error) {
      this.#notices.fail('The image could not be opened', error);
    }
  }

  close(): void {
    this.opened = undefined;
  }
}
