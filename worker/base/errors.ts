/**
 * Typed errors: a closed set of codes that code branches on, a message a person can act on, and a form that
 * survives `postMessage` whole (comlink's default drops all but the message).
 */
import type { SourceRange } from './source.ts';

/**
 * What went wrong, as far as code needs to tell. Messages are for people; branch on the code alone.
 *
 * - `invalid-argument`: the caller gave something that cannot mean anything (a bad flag, a bad path)
 * - `invalid-reference`, `invalid-digest`, `invalid-document`: text from outside does not parse
 * - `not-found`, `already-exists`, `conflict`, `in-use`: of something in a store
 * - `corrupt`: stored or transferred bytes do not have the digest they claim
 * - `limit`: a budget (bytes, entries, steps, time) is exhausted
 * - `cancelled`: the job's signal was aborted
 * - `filesystem`: a POSIX error of the union view; `data.errno` names it
 * - `dockerfile`: the Dockerfile cannot be built as written; `source` says where
 * - `build`: a step failed; `source` says which
 * - `run`: a process could not be started
 * - `unauthorized`, `denied`, `network`, `cors`, `registry`, `rate-limited`: of a registry
 * - `storage`: the browser refused to store (quota, blocked, corrupt database)
 * - `unsupported`: legal, but not done here; the message says why
 * - `internal`: a bug of Strata
 */
export type ErrorCode =
  | 'invalid-argument'
  | 'invalid-reference'
  | 'invalid-digest'
  | 'invalid-document'
  | 'not-found'
  | 'already-exists'
  | 'conflict'
  | 'in-use'
  | 'corrupt'
  | 'limit'
  | 'cancelled'
  | 'filesystem'
  | 'dockerfile'
  | 'build'
  | 'run'
  | 'unauthorized'
  | 'denied'
  | 'network'
  | 'cors'
  | 'registry'
  | 'rate-limited'
  | 'storage'
  | 'unsupported'
  | 'internal';

/** Facts of an error that code or the page may show; plain values, so that they cross the wire. */
export type ErrorData = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

interface EngineErrorOptions {
  readonly data?: ErrorData;
  readonly source?: SourceRange;
  readonly cause?: unknown;
}

/** The only error the engine throws on purpose. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: ErrorCode;
  readonly data: ErrorData;
  /** Where in a Dockerfile (or another text) the cause stands, if it stands in one. */
  readonly source: SourceRange | undefined;

  constructor(code: ErrorCode, message: string, options: EngineErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.data = options.data ?? {};
    this.source = options.source;
  }

  /** The same error, told to lie at `source` unless it knows a place already. */
  at(source: SourceRange | undefined): EngineError {
    if (this.source !== undefined || source === undefined) return this;
    return new EngineError(this.code, this.message, { data: this.data, source, cause: this.cause });
  }
}

/** True for an EngineError, with the given code where one is named. */
export function isEngineError(error: unknown, code?: ErrorCode): error is EngineError {
  return error instanceof EngineError && (code === undefined || error.code === code);
}

/** Any thrown value as an EngineError; an AbortError becomes `cancelled`, a full disk `storage`, the rest `internal`. */
export function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const message = error instanceof Error ? error.message : String(error);
  if (name === 'AbortError') return new EngineError('cancelled', 'Cancelled.', { cause: error });
  if (name === 'QuotaExceededError') {
    return new EngineError(
      'storage',
      'The browser has no room left for Strata. Remove images or build cache, then try again.',
      {
        cause: error,
      },
    );
  }
  return new EngineError('internal', message || 'Unknown error', { cause: error });
}

/** How an error travels between worker and page: structured-clonable, nested causes included. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly data: ErrorData;
  readonly source?: SourceRange;
  readonly cause?: WireError;
  readonly stack?: string;
}

const MAX_CAUSES = 5;

/** An error in its wire form. Causes beyond the fifth are dropped. */
export function errorToWire(error: unknown, depth = 0): WireError {
  const known = asEngineError(error);
  const cause = known.cause;
  return {
    code: known.code,
    message: known.message,
    data: known.data,
    ...(known.source === undefined ? {} : { source: known.source }),
    ...(cause === undefined || depth >= MAX_CAUSES ? {} : { cause: errorToWire(cause, depth + 1) }),
    ...(known.stack === undefined ? {} : { stack: known.stack }),
  };
}

/** The error a wire form stands for. */
export function errorFromWire(wire: WireError): EngineError {
  const error = new EngineError(wire.code, wire.message, {
    data: wire.data,
    ...(wire.source === undefined ? {} : { source: wire.source }),
    ...(wire.cause === undefined ? {} : { cause: errorFromWire(wire.cause) }),
  });
  if (wire.stack !== undefined) error.stack = wire.stack;
  return error;
}
