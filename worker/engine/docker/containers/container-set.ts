/** The containers of this engine: found by what a person types, and kept in step with other tabs. */
import { EngineError } from '../../../base/errors.ts';
import type { Clock } from '../../../base/ports.ts';
import type { ContainerRecord } from '../../../store/containers.ts';
import type { Store } from '../../../store/index.ts';
import type { ViewEvent } from '../../../vfs/view.ts';
import { LiveContainer } from './live-container.ts';

/** How a process ended that a reload took with it. */
const LOST_STATUS = 137;

/** Told of each write to the writable layer of a container. */
export type WriteListener = (container: string, event: ViewEvent) => void;

export class ContainerSet {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #byID = new Map<string, LiveContainer>();
  readonly #listeners = new Set<WriteListener>();
  #loading: Promise<void> | undefined;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    store.database.onForeignWrite((table) => {
      if (table === 'containers') this.#loading = undefined;
    });
  }

  /** Tells of writes, by whatever they are made. Returns how to stop. */
  onWrite(listener: WriteListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Newest first. */
  async all(): Promise<readonly LiveContainer[]> {
    await this.#load();
    return [...this.#byID.values()].reverse().sort((a, b) => b.record.createdMs - a.record.createdMs);
  }

  /**
   * The container a name, an ID or the beginning of an ID means. Throws `not-found` as the daemon words it, and
   * `invalid-argument` where several IDs begin so.
   */
  async find(name: string): Promise<LiveContainer> {
    const found = await this.lookup(name);
    if (found === undefined) {
      throw new EngineError('not-found', `No such container: ${name}`, { data: { container: name } });
    }
    return found;
  }

  async lookup(name: string): Promise<LiveContainer | undefined> {
    await this.#load();
    const whole = this.#byID.get(name);
    if (whole !== undefined) return whole;
    const plain = name.replace(/^\//, '');
    const containers = [...this.#byID.values()];
    const named = containers.find(({ record }) => record.name === plain);
    if (named !== undefined) return named;
    const begun = name === '' ? [] : containers.filter(({ id }) => id.startsWith(name));
    if (begun.length > 1) {
      throw new EngineError('invalid-argument', `multiple IDs found with provided prefix: ${name}`, {
        data: { container: name },
      });
    }
    return begun[0];
  }

  /** Stores a new container. */
  async add(record: ContainerRecord): Promise<LiveContainer> {
    await this.#load();
    const container = this.#live(record);
    await this.#store.containers.put(record);
    this.#byID.set(record.id, container);
    return container;
  }

  async remove(container: LiveContainer): Promise<void> {
    this.#byID.delete(container.id);
    await container.drop();
    await this.#store.containers.remove(container.id);
    container.settle('removed');
  }

  #live(record: ContainerRecord): LiveContainer {
    return new LiveContainer(record, this.#store, this.#clock, (event) => {
      for (const listener of this.#listeners) listener(record.id, event);
    });
  }

  #load(): Promise<void> {
    this.#loading ??= this.#loadNow();
    return this.#loading;
  }

  async #loadNow(): Promise<void> {
    const records = await this.#store.containers.list();
    const stored = new Set(records.map(({ id }) => id));
    for (const record of records) {
      const known = this.#byID.get(record.id);
      if (known === undefined) {
        const container = this.#live(afterReload(record));
        container.lostByReload = ranBefore(record);
        this.#byID.set(record.id, container);
      } else known.replaceRecord(afterReload(record));
    }
    for (const [id, { running }] of this.#byID) if (!stored.has(id) && running === undefined) this.#byID.delete(id);
  }
}

function ranBefore({ state }: ContainerRecord): boolean {
  return state !== 'created' && state !== 'exited' && state !== 'dead';
}

/** A process does not outlive its page: what ran then has ended. */
function afterReload(record: ContainerRecord): ContainerRecord {
  if (!ranBefore(record)) return record;
  return {
    ...record,
    state: 'exited',
    exitCode: LOST_STATUS,
    finishedMs: record.finishedMs ?? record.startedMs ?? record.createdMs,
  };
}
