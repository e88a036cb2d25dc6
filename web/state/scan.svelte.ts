/** What a scan found in the image on screen, looked for when someone asks; and the advisories it is held to. */
import type { AdvisorySource, EngineClient, ImageDetail, SbomFormat, ScanReport } from '../../worker/api/types.ts';
import { downloadBlob } from '../ui/download.ts';
import { messageOf } from './notices.svelte.ts';

/** A scan that takes longer shows how far it is. */
const PATIENCE_MS = 300;

export interface ScanProgress {
  /** Files looked at. */
  readonly current: number;
  readonly total: number;
}

export class ScanState {
  report = $state.raw<ScanReport | undefined>();
  /** Of a scan that has taken a while already. */
  progress = $state.raw<ScanProgress | undefined>();
  error = $state('');
  /** What is wrong with a file of advisories. */
  fileError = $state('');
  #wanted = '';
  #stop = new AbortController();
  readonly #engine: EngineClient;

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** True when the report is about this image. */
  isOf(image: ImageDetail | undefined): boolean {
    return image !== undefined && this.report?.imageID === image.id;
  }

  /** Scans an image unless that is done. The last report stays until the next one is here. */
  async show(image: string): Promise<void> {
    if (image !== this.#wanted) await this.#scan(image);
  }

  /** Holds scans to a file of OSV documents too, until the page is left. */
  async addAdvisories(file: File): Promise<AdvisorySource | undefined> {
    this.fileError = '';
    try {
      const source = await this.#engine.addAdvisories(file.name, await file.text());
      await this.#again();
      return source;
    } catch (error) {
      this.fileError = `${file.name}: ${messageOf(error)}`;
      return undefined;
    }
  }

  async removeAdvisories(name: string): Promise<void> {
    this.fileError = '';
    await this.#engine.removeAdvisories(name);
    await this.#again();
  }

  /** Rejects when the document cannot be made. */
  async download(image: ImageDetail, format: SbomFormat): Promise<void> {
    const text = await this.#engine.sbom(image.id, format, {});
    const name = (image.names[0] ?? 'image').replace(/[^\w.-]+/g, '_');
    const ending = format === 'spdx' ? 'spdx' : 'cdx';
    downloadBlob(new Blob([text], { type: 'application/json' }), `${name}.${ending}.json`);
  }

  async #again(): Promise<void> {
    if (this.#wanted !== '') await this.#scan(this.#wanted);
  }

  async #scan(image: string): Promise<void> {
    this.#wanted = image;
    this.#stop.abort();
    const stop = new AbortController();
    this.#stop = stop;
    let latest: ScanProgress = { current: 0, total: 0 };
    let isSlow = false;
    const patience = setTimeout(() => {
      isSlow = true;
      this.progress = latest;
    }, PATIENCE_MS);
    try {
      const report = await this.#engine.scan(image, {
        signal: stop.signal,
        onStatus: ({ statuses = [] }) => {
          latest = statuses.at(-1) ?? latest;
          if (isSlow && !stop.signal.aborted) this.progress = latest;
        },
      });
      if (stop.signal.aborted) return;
      this.report = report;
      this.error = '';
    } catch (error) {
      if (stop.signal.aborted) return;
      this.#wanted = '';
      this.error = messageOf(error);
    } finally {
      clearTimeout(patience);
      if (!stop.signal.aborted) this.progress = undefined;
    }
  }
}
