/** How tar reading fails: always with the byte of the uncompressed archive where it noticed. */
import { EngineError } from '../base/errors.ts';

/** The archive breaks the format. */
export function invalidTar(offset: number, reason: string): EngineError {
  return new EngineError('invalid-document', `Invalid tar header at byte ${offset}: ${reason}.`, {
    data: { format: 'tar', offset, reason },
  });
}

/** The archive stops in the middle of an entry. */
export function truncatedTar(offset: number): EngineError {
  return new EngineError('corrupt', `Unexpected end of the tar at byte ${offset}, in the middle of an entry.`, {
    data: { format: 'tar', offset },
  });
}

/** The archive asks for more than is allowed. */
export function tarLimit(offset: number, what: string, limit: number): EngineError {
  return new EngineError('limit', `The tar has ${what} at byte ${offset}; at most ${limit} are taken.`, {
    data: { format: 'tar', offset, limit },
  });
}
