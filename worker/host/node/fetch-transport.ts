/** Node's `fetch` as a {@link Transport}: no CORS there, and the cause of a failure is told. */
import { EngineError } from '../../base/errors.ts';
import type { Transport } from '../../base/ports.ts';

/** Throws `network` with the system's own words, `cancelled`. */
export const nodeTransport: Transport = async (request) => {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw new EngineError('cancelled', 'Cancelled.', { cause: error });
    const { host } = new URL(request.url);
    throw new EngineError('network', `${host} cannot be reached: ${reasonOf(error)}`, {
      data: { url: request.url, host },
      cause: error,
    });
  }
};

/** undici wraps the system's error in a TypeError "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
