/** What a container's processes print, a line at a time, as Docker's json-file driver keeps it. */
import { concatBytes } from '../../../base/bytes.ts';
import type { Clock } from '../../../base/ports.ts';
import type { ContainerStore, LogEntry } from '../../../store/containers.ts';

/** A longer line is kept in parts of this length. */
const PART_BYTES = 16 << 10;
/** Bytes that are kept; older lines go first. */
const KEPT_BYTES = 16 << 20;
/** Entries are stored a little later, many at a time. */
const STORE_AFTER_MS = 1_000;
/** Entries of one stored piece. */
const PIECE_ENTRIES = 10_000;

const NEWLINE = 0x0a;

type Follower = () => void;

export class ContainerLog {
  readonly #id: string;
  readonly #store: ContainerStore;
  readonly #clock: Clock;
  #entries: LogEntry[] = [];
  #bytes = 0;
  /** Entries that were dropped from the front since the log was opened. */
  #dropped = 0;
  /** Number of the first entry that is not stored yet. */
  #stored = 0;
  #replace = false;
  #timer: AbortController | undefined;
  #storing: Promise<void> = Promise.resolve();
  #opened: Promise<void> | undefined;
  readonly #partial: Record<1 | 2, Uint8Array> = { 1: new Uint8Array(0), 2: new Uint8Array(0) };
  readonly #followers = new Set<Follower>();

  constructor(id: string, store: ContainerStore, clock: Clock) {
    this.#id = id;
    this.#store = store;
    this.#clock = clock;
  }

  /** Reads what is stored; needed before the first look and the first write. */
  open(): Promise<void> {
    this.#opened ??= this.#store.log(this.#id).then((entries) => {
      this.#entries = [...entries];
      this.#stored = entries.length;
      this.#bytes = entries.reduce((sum, { data }) => sum + data.byteLength, 0);
    });
    return this.#opened;
  }

  /** Number of the next entry: an address that stays right when old entries go. */
  get end(): number {
    return this.#dropped + this.#entries.length;
  }

  /** The entries from a number on. */
  from(number: number): readonly LogEntry[] {
    return this.#entries.slice(Math.max(0, number - this.#dropped));
  }

  write(stream: 1 | 2, data: Uint8Array): void {
    let rest = concatBytes([this.#partial[stream], data]);
    for (let end = rest.indexOf(NEWLINE); end !== -1; end = rest.indexOf(NEWLINE)) {
      this.#add(stream, rest.slice(0, end + 1));
      rest = rest.subarray(end + 1);
    }
    for (; rest.byteLength >= PART_BYTES; rest = rest.subarray(PART_BYTES))
      this.#add(stream, rest.slice(0, PART_BYTES));
    this.#partial[stream] = rest.slice();
  }

  /** Lines without an end are lines once the process is over. */
  async finish(): Promise<void> {
    for (const stream of [1, 2] as const) {
      const rest = this.#partial[stream];
      this.#partial[stream] = new Uint8Array(0);
      if (rest.byteLength > 0) this.#add(stream, rest);
    }
    await this.#save();
  }

  /** Called for every new entry. Returns how to stop. */
  follow(follower: Follower): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  /** Stores nothing any more. */
  drop(): void {
    this.#timer?.abort();
    this.#stored = Infinity;
  }

  #add(stream: 1 | 2, data: Uint8Array): void {
    this.#entries.push({ stream, timeMs: this.#clock.nowMs(), data });
    this.#bytes += data.byteLength;
    if (this.#bytes > KEPT_BYTES) this.#dropOldest();
    for (const follower of [...this.#followers]) follower();
    this.#saveSoon();
  }

  #dropOldest(): void {
    let count = 0;
    for (; this.#bytes > KEPT_BYTES / 2; count++) this.#bytes -= this.#entries[count]?.data.byteLength ?? this.#bytes;
    this.#entries = this.#entries.slice(count);
    this.#dropped += count;
    this.#replace = true;
  }

  #saveSoon(): void {
    if (this.#timer !== undefined) return;
    const timer = new AbortController();
    this.#timer = timer;
    this.#clock.sleep(STORE_AFTER_MS, timer.signal).then(
      () => this.#save(),
      () => undefined,
    );
  }

  #save(): Promise<void> {
    this.#timer?.abort();
    this.#timer = undefined;
    this.#storing = this.#storing.then(() => this.#saveNow());
    return this.#storing;
  }

  async #saveNow(): Promise<void> {
    const fresh = this.#replace;
    let at = fresh ? this.#dropped : this.#stored;
    if (at >= this.end) return;
    this.#replace = false;
    const entries = this.from(at);
    at = this.end;
    this.#stored = at;
    for (let start = 0; start < entries.length; start += PIECE_ENTRIES) {
      await this.#store.appendLog(this.#id, entries.slice(start, start + PIECE_ENTRIES), fresh && start === 0);
    }
  }
}
