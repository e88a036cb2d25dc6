/** A push from its plan to its end, as the publish dialog shows it. */
import { isEngineError, type PublishPlan } from '../../worker/api/types.ts';
import { messageOf } from '../state/notices.svelte.ts';
import { Transfer } from '../state/transfers.svelte.ts';
import type { Workspace } from '../state/workspace.svelte.ts';
import { publishMemory } from './publish-memory.svelte.ts';

/** A registry is asked once typing pauses. */
const PLAN_PAUSE_MS = 450;

export class Publishing {
  plan = $state.raw<PublishPlan | undefined>();
  transfer = $state.raw<Transfer | undefined>();
  pushed = $state.raw<{ readonly reference: string; readonly digest: string } | undefined>();
  error = $state('');
  /** The failure is one the CORS doctor may know more about. */
  unreachable = $state(false);
  readonly #workspace: Workspace;
  #planning: { readonly timer: ReturnType<typeof setTimeout>; readonly stop: AbortController } | undefined;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Asks what a push would send, once typing pauses; at once when nothing was typed. */
  planSoon(pauseMs = PLAN_PAUSE_MS): void {
    this.#dropPlanning();
    this.pushed = undefined;
    const stop = new AbortController();
    this.#planning = { stop, timer: setTimeout(() => void this.#makePlan(stop.signal), pauseMs) };
  }

  async push(): Promise<void> {
    const { image, engine } = this.#workspace;
    if (image === undefined || this.transfer !== undefined) return;
    this.#dropPlanning();
    const reference = publishMemory.reference.trim();
    const job = new Transfer(`Pushing ${reference}`);
    this.transfer = job;
    this.error = '';
    this.unreachable = false;
    this.pushed = undefined;
    try {
      await this.#login(reference, job);
      const { digest } = await engine.push({ image: image.id, reference }, job.events);
      this.pushed = { reference, digest };
    } catch (failure) {
      this.unreachable = isEngineError(failure, 'cors') || isEngineError(failure, 'network');
      this.error = isEngineError(failure, 'cancelled')
        ? 'Cancelled. Layers that arrived stay at the registry.'
        : messageOf(failure);
    } finally {
      this.transfer = undefined;
    }
  }

  /** Ends what is under way: the dialog is closed. */
  close(): void {
    this.#dropPlanning();
    this.transfer?.cancel();
  }

  async #login(reference: string, job: Transfer): Promise<void> {
    const { username, password, remember } = publishMemory;
    if (username === '') return;
    const registry = reference.includes('/') ? reference.slice(0, reference.indexOf('/')) : 'docker.io';
    await this.#workspace.engine.registries.login({ registry, username, password, remember }, job.events);
    publishMemory.password = '';
    publishMemory.username = '';
    await this.#workspace.registries.refresh();
  }

  async #makePlan(signal: AbortSignal): Promise<void> {
    const { image, engine } = this.#workspace;
    const reference = publishMemory.reference.trim();
    if (image === undefined || reference === '') return;
    try {
      const plan = await engine.planPublish({ image: image.id, reference }, { signal });
      if (!signal.aborted) this.plan = plan;
    } catch {
      // a name that is none, or not yet: pushing will say so
      if (!signal.aborted) this.plan = undefined;
    }
  }

  #dropPlanning(): void {
    if (this.#planning === undefined) return;
    clearTimeout(this.#planning.timer);
    this.#planning.stop.abort();
    this.#planning = undefined;
  }
}
