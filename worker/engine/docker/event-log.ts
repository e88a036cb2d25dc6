/** What happened in the engine, as `docker events` tells it: kept for those who ask later, handed to those who listen. */
import type { EngineEvent } from './api.ts';

/** Events that are kept, as the daemon keeps them. */
const KEPT_EVENTS = 256;

export type EventListener = (event: EngineEvent) => void;

export class EventLog {
  readonly #now: () => number;
  readonly #past: EngineEvent[] = [];
  readonly #listeners = new Set<EventListener>();

  constructor(now: () => number) {
    this.#now = now;
  }

  get past(): readonly EngineEvent[] {
    return this.#past;
  }

  add(
    type: EngineEvent['Type'],
    action: string,
    id: string,
    attributes: EngineEvent['Actor']['Attributes'] = {},
  ): void {
    const event: EngineEvent = {
      Type: type,
      Action: action,
      Actor: { ID: id, Attributes: attributes },
      timeMs: this.#now(),
    };
    this.#past.push(event);
    if (this.#past.length > KEPT_EVENTS) this.#past.shift();
    for (const listener of this.#listeners) listener(event);
  }

  /** Returns how to stop. */
  listen(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
