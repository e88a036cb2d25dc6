/** The union tree on screen, fetched from the worker whole: filters and folders work on it without asking again. */
import { TreeRows, type EngineClient, type ViewTarget } from '../../worker/api/types.ts';
import { messageOf } from './notices.svelte.ts';

export class UnionTree {
  rows = $state.raw<TreeRows>(TreeRows.NONE);
  loading = $state(false);
  error = $state('');
  #key = '';
  #request = 0;
  readonly #engine: EngineClient;

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** Fetches the tree of `target` unless it is here; `version` grows when a container has written. */
  async show(target: ViewTarget | undefined, version: number): Promise<void> {
    const key = target === undefined ? '' : JSON.stringify([target, target.kind === 'container' ? version : 0]);
    if (key === this.#key) return;
    this.#key = key;
    const request = ++this.#request;
    if (target === undefined) {
      this.rows = TreeRows.NONE;
      return;
    }
    this.loading = true;
    try {
      const rows = await this.#engine.tree(target);
      if (request !== this.#request) return;
      this.rows = rows;
      this.error = '';
    } catch (error) {
      if (request !== this.#request) return;
      this.#key = '';
      this.error = messageOf(error);
    } finally {
      if (request === this.#request) this.loading = false;
    }
  }
}
