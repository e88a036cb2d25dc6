/** One container as this engine holds it: its record, its file systems, the process that runs in it and who is attached. */
import { EngineError } from '../../../base/errors.ts';
import type { Clock } from '../../../base/ports.ts';
import { restoreUpper } from '../../../layer/restore-upper.ts';
import type { ContainerExit, RunningContainer, StartedProcess } from '../../../shell/process.ts';
import type { ContainerRecord } from '../../../store/containers.ts';
import type { Store } from '../../../store/index.ts';
import { createUnionView } from '../../../vfs/union-view.ts';
import type { ViewEvent } from '../../../vfs/view.ts';
import { SavedView } from '../saved-view.ts';
import { Attachments } from './attachments.ts';
import type { Health } from './health.ts';
import { ContainerLog } from './container-log.ts';

/** Who waits for what. */
export type WaitCondition = 'not-running' | 'next-exit' | 'removed';

/** How a container's process ended. */
export interface ContainerEnd extends ContainerExit {
  /** What went wrong in the engine itself. */
  readonly problem?: unknown;
}

interface Waiter {
  readonly condition: WaitCondition;
  readonly resolve: (exitCode: number) => void;
}

export class LiveContainer {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #wrote: (event: ViewEvent) => void;
  readonly log: ContainerLog;
  readonly attachments = new Attachments();
  /** The processes `docker exec` started, by the ID of the exec. */
  readonly execs = new Map<string, StartedProcess>();
  /** What runs in it now. */
  running: RunningContainer | undefined;
  /** How its process ended the last time it did. */
  lastExit: ContainerEnd | undefined;
  /** What its health check found; undefined where it has none. */
  health: Health | undefined;
  /** A start that is under way. */
  starting: Promise<void> | undefined;
  /** It was stopped by a person, so that its restart policy lets it rest. */
  stoppedByHand = false;
  /** `docker stop` waits for its end: events tell the stop before the end. */
  isStopping = false;
  /** It ran when the page was closed or loaded anew. */
  lostByReload = false;
  /** Ends the pause before its restart policy starts it again. */
  restartPause: AbortController | undefined;
  #record: ContainerRecord;
  #root: Promise<SavedView> | undefined;
  #waiters: Waiter[] = [];

  /** `wrote` is told of every write to its root from now on. */
  constructor(record: ContainerRecord, store: Store, clock: Clock, wrote: (event: ViewEvent) => void) {
    this.#record = record;
    this.#store = store;
    this.#clock = clock;
    this.#wrote = wrote;
    this.log = new ContainerLog(record.id, store.containers, clock);
  }

  get id(): string {
    return this.#record.id;
  }

  get record(): ContainerRecord {
    return this.#record;
  }

  /** True while its process runs, paused or not, or is about to be started again. */
  get isRunning(): boolean {
    return ['running', 'paused', 'restarting'].includes(this.#record.state);
  }

  get isPaused(): boolean {
    return this.#record.state === 'paused';
  }

  /** Changes its record, here and in storage. */
  async update(change: Partial<ContainerRecord>): Promise<void> {
    this.#record = { ...this.#record, ...change };
    await this.#store.containers.put(this.#record);
  }

  /** What another tab stored of it. */
  replaceRecord(record: ContainerRecord): void {
    if (this.running === undefined) this.#record = record;
  }

  /** Its root, with what was written before a reload in the upper layer. */
  root(): Promise<SavedView> {
    if (this.#root === undefined) {
      this.#root = this.#openRoot();
      this.#root.catch(() => {
        this.#root = undefined;
      });
    }
    return this.#root;
  }

  async #openRoot(): Promise<SavedView> {
    const { chainID, upper } = this.#record;
    const view = createUnionView(await this.#store.snapshots.tree(chainID), { now: () => this.#clock.nowMs() });
    if (upper !== undefined) restoreUpper(view, await this.#store.snapshots.layer(upper));
    view.onEvent(this.#wrote);
    return new SavedView(view, this.#store, this.#clock, (layer) => this.update({ upper: layer }));
  }

  /** Resolves with the exit code once the condition holds. */
  wait(condition: WaitCondition): Promise<number> {
    if (condition === 'not-running' && !this.isRunning) return Promise.resolve(this.#record.exitCode);
    return new Promise((resolve) => this.#waiters.push({ condition, resolve }));
  }

  /** Tells those who wait for its process to end, or for it to be removed. */
  settle(what: 'ended' | 'removed'): void {
    const isMet = (condition: WaitCondition): boolean => what === 'removed' || condition !== 'removed';
    const met = this.#waiters.filter(({ condition }) => isMet(condition));
    this.#waiters = this.#waiters.filter(({ condition }) => !isMet(condition));
    for (const { resolve } of met) resolve(this.#record.exitCode);
  }

  /** Throws `conflict` unless its process runs. */
  requireRunning(): RunningContainer {
    if (this.running === undefined || !this.isRunning) {
      throw new EngineError('conflict', `container ${this.id} is not running`, { data: { container: this.id } });
    }
    return this.running;
  }

  /** Lets go of everything that would still be saved. */
  async drop(): Promise<void> {
    this.log.drop();
    (await this.#root)?.drop();
  }
}
