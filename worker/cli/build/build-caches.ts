/** `--cache-from` and `--cache-to`: what Docker's own driver can do with caches kept elsewhere. */
import type { Flags } from '../flags.ts';
import { buildError, pairOf } from './build-inputs.ts';

const NO_EXPORT = `Cache export is not supported for the docker driver.
Switch to a different driver, or turn on the containerd image store, and try again.
Learn more at https://docs.docker.com/go/build-cache-backends/`;

/**
 * Checks the flags. An image is looked into for its steps by the builder's own cache, which all projects share, so there is nothing to
 * import; an `inline` cache is what an image has anyway. Throws {@link CliError} for a cache that the driver cannot write.
 */
export function checkCacheFlags(flags: Flags): void {
  for (const text of flags.list('cache-to')) {
    if (fieldsOf(text).get('type') !== 'inline') throw buildError(NO_EXPORT);
  }
  for (const text of flags.list('cache-from')) {
    const fields = fieldsOf(text);
    if (fields.get('type') === 'local' && (fields.get('src') ?? '') === '') {
      throw buildError('local cache importer requires src');
    }
  }
}

function fieldsOf(text: string): ReadonlyMap<string, string> {
  if (!text.includes('=')) return new Map([['type', 'registry']]);
  return new Map(text.split(',').map((field) => pairOf(field)));
}
