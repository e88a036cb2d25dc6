/** The waste of the image on screen, found when someone looks for it. */
import type { EngineClient, ImageDetail, WasteReport } from '../../worker/api/types.ts';
import { messageOf } from './notices.svelte.ts';

/** What an edit was to save: told against the build that follows it. */
export interface AppliedSaving {
  readonly title: string;
  /** Of the image before. */
  readonly imageBytes: number;
  readonly imageID: string;
}

export class WasteState {
  report = $state.raw<WasteReport | undefined>();
  error = $state('');
  applied = $state.raw<AppliedSaving | undefined>();
  /** Image that `report` is of. */
  #image = $state('');
  #wanted = '';
  readonly #engine: EngineClient;

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** True when the report is about this image. */
  isOf(image: ImageDetail | undefined): boolean {
    return image !== undefined && this.report !== undefined && this.#image === image.id;
  }

  /** Finds the waste of an image unless it is known. The last report stays until the next one is here. */
  async show(image: string): Promise<void> {
    if (image === this.#wanted) return;
    this.#wanted = image;
    try {
      const report = await this.#engine.waste(image);
      if (image !== this.#wanted) return;
      this.report = report;
      this.#image = image;
      this.error = '';
    } catch (error) {
      if (image !== this.#wanted) return;
      this.#wanted = '';
      this.error = messageOf(error);
    }
  }
}
