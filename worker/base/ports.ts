/** What the engine needs from the world outside: `host/` implements these, tests fake them, nothing else reaches out. */

/** Time. `nowMs` is wall-clock milliseconds since 1970; `monotonicMs` only ever grows. */
export interface Clock {
  nowMs(): number;
  monotonicMs(): number;
  /** Resolves after at least `ms`, or rejects with the signal's reason when that fires first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Resolves in a later task, soon: lets messages in. */
  yieldTask(): Promise<void>;
}

/** Randomness of cryptographic quality. */
export interface Random {
  bytes(length: number): Uint8Array;
}

/** Reads a file that is shipped with the page, by its path there. Rejects when it cannot be had. */
export type StaticFiles = (path: string) => Promise<Uint8Array<ArrayBuffer>>;

/** One HTTP exchange: the browser's fetch, the in-page registry and a test's fake are all this. */
export type Transport = (request: Request) => Promise<Response>;
