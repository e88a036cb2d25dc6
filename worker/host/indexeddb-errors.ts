/** What the browser's storage refuses, in words that say what to do. */
import { EngineError } from '../base/errors.ts';

type Loss = 'blocked' | 'outdated' | 'terminated' | 'closed';

const LOSSES: Readonly<Record<Loss, string>> = {
  blocked:
    'Another tab still uses the storage of an older Strata. Close the other tabs of Strata, then reload this one.',
  outdated: 'Another tab runs a newer Strata, or removed its storage. Reload this page to go on.',
  terminated:
    'The browser closed the storage of Strata, as it does when site data are cleared. Reload this page to go on.',
  closed: 'The storage is closed.',
};

/** The storage is not, or no longer, open. */
export function closedError(why: Loss): EngineError {
  return new EngineError('storage', LOSSES[why], { data: { why } });
}

/**
 * An exception of IndexedDB as the `storage` error it is. A record that cannot be cloned is a bug; what is not the
 * browser's exception at all passes as it is.
 */
export function storageError(error: unknown): Error {
  if (!(error instanceof DOMException)) return asError(error);
  const data = { why: error.name };
  switch (error.name) {
    case 'DataCloneError':
      return new EngineError('internal', `A record cannot be stored: ${error.message}`, { data, cause: error });
    case 'QuotaExceededError':
      return new EngineError(
        'storage',
        'The browser has no room left for Strata. Remove images or build cache, or free disk space, then try again.',
        { data, cause: error },
      );
    case 'VersionError':
      return new EngineError('storage', LOSSES.outdated, { data: { why: 'outdated' }, cause: error });
    case 'SecurityError':
    case 'InvalidStateError':
      return new EngineError(
        'storage',
        'The browser does not let this page store anything. Allow site data for it, or leave the private window.',
        { data, cause: error },
      );
    default:
      return new EngineError(
        'storage',
        `The browser's storage failed: ${error.message || error.name}. Reload the page, then try again.`,
        {
          data,
          cause: error,
        },
      );
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new EngineError('internal', String(error));
}
