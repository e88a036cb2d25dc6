/**
 * How calls cross between page and worker: comlink for calls and answers, with errors kept whole, and one MessagePort for
 * each job, which carries its reports one way and its cancellation the other.
 */
import { transferHandlers, type TransferHandler } from 'comlink';
import { EngineError, errorFromWire, errorToWire, type WireError } from '../base/errors.ts';
import type { SolveStatus } from '../base/progress.ts';

/** What a job's port carries from worker to page. `end` is always the last, sent before the call's own answer. */
export type JobMessage =
  | { readonly kind: 'status'; readonly status: SolveStatus }
  | { readonly kind: 'output'; readonly stream: 1 | 2; readonly data: Uint8Array }
  | { readonly kind: 'end' };

/** What a job's port carries from page to worker. */
export interface JobControl {
  readonly kind: 'cancel';
}

interface Thrown {
  readonly value: unknown;
}

/** Comlink's own handler for thrown values keeps an error's message alone; this one keeps all of an EngineError. */
export function keepErrorsWhole(): void {
  const original = transferHandlers.get('throw');
  if (original === undefined) throw new EngineError('internal', 'comlink has no handler for thrown values');
  const handler: TransferHandler<Thrown, WireError> = {
    canHandle: (value): value is Thrown => original.canHandle(value),
    serialize: ({ value }) => [errorToWire(value), []],
    deserialize: (wire) => {
      throw errorFromWire(wire);
    },
  };
  transferHandlers.set('throw', handler);
}
