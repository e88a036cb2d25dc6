/** All images in this browser, and the one that is looked at when it is not what was built last. */
import type { EngineClient, ImageDetail, ImageSummary, LayerSize, StorageUse } from '../../worker/api/types.ts';
import { formatBytes } from '../ui/format.ts';
import type { Notices } from './notices.svelte.ts';

/** Share of the quota from which a warning is due. */
const NEARLY_FULL = 0.85;

export class Images {
  list = $state.raw<readonly ImageSummary[]>([]);
  storage = $state.raw<StorageUse | undefined>();
  /** All stored layers. */
  layers = $state.raw<readonly LayerSize[]>([]);
  /** An image opened from the list; undefined while the build's own is shown. */
  opened = $state.raw<ImageDetail | undefined>();
  #warned = false;
  readonly #engine: EngineClient;
  readonly #notices: Notices;

  constructor(engine: EngineClient, notices: Notices) {
    this.#engine = engine;
    this.#notices = notices;
  }

  async refresh(): Promise<void> {
    try {
      [this.list, this.storage, this.layers] = await Promise.all([
        this.#engine.images(),
        this.#engine.storage(),
        this.#engine.layers(),
      ]);
      this.#warnWhenNearlyFull(this.storage);
    } catch (error) {
      this.#notices.fail('The images could not be listed', error);
    }
  }

  /** Once, and well before a build fails for want of room. */
  #warnWhenNearlyFull({ usedBytes, quotaBytes }: StorageUse): void {
    if (this.#warned || quotaBytes === 0 || usedBytes / quotaBytes < NEARLY_FULL) return;
    this.#warned = true;
    const used = `${formatBytes(usedBytes)} of the ${formatBytes(quotaBytes)} that this browser allows`;
    this.#notices.say(`${used} are used. “Storage”, below at the left, cleans up and says what it frees.`, {
      tone: 'bad',
    });
  }

  async open(id: string): Promise<void> {
    try {
      this.opened = await this.#engine.image(id);
    } catch (error) {
      this.#notices.fail('The image could not be opened', error);
    }
  }

  /** Removes an image. Tells how much that frees, and offers to undo it. */
  async remove(image: ImageSummary): Promise<void> {
    try {
      const { freedBytes } = await this.#engine.removeImage(image.id);
      const wasOpen = this.opened?.id === image.id;
      if (wasOpen) this.close();
      const kept = freedBytes === 0 ? ': its layers are still in use, or kept by the build cache' : '';
      this.#notices.say(`Removed ${image.names[0] ?? 'the image'}, ${formatBytes(freedBytes)} freed${kept}`, {
        action: { label: 'Undo', run: () => void this.#bringBack(image.id, wasOpen) },
      });
      await this.refresh();
    } catch (error) {
      this.#notices.fail('The image was not removed', error);
    }
  }

  async #bringBack(id: string, open: boolean): Promise<void> {
    try {
      await this.#engine.undoRemoval(id);
      await this.refresh();
      if (open) await this.open(id);
    } catch (error) {
      this.#notices.fail('The image could not be brought back', error);
    }
  }

  close(): void {
    this.opened = undefined;
  }
}
