/** Finding the image a person means: by reference, by ID, by the beginning of an ID. */
import { EngineError } from '../../../base/errors.ts';
import { familiarReference, fullReference, parseReferenceOrID, type Reference } from '../../../oci/reference.ts';
import type { ImageID, ImageRecord } from '../../../store/images.ts';
import type { Store } from '../../../store/index.ts';

/** The record a name means. Throws `not-found` as the daemon words it, `invalid-reference` for what is no name. */
export async function findImage(store: Store, name: string): Promise<ImageRecord> {
  const wanted = parseReferenceOrID(name);
  const id =
    typeof wanted === 'string' ? wanted : ((await byReference(store, wanted)) ?? (await byPrefix(store, name)));
  const record = id === undefined ? undefined : await store.images.get(id);
  if (record === undefined) throw noSuchImage(name, wanted);
  return record;
}

/** The image a reference was given to. One with tag and digest is found by its digest. */
async function byReference(store: Store, reference: Reference): Promise<ImageID | undefined> {
  return store.images.resolve(fullReference(reference));
}

/** The only image whose ID begins with these digits. */
async function byPrefix(store: Store, text: string): Promise<ImageID | undefined> {
  if (!/^(?:sha256:)?[0-9a-f]+$/.test(text)) return undefined;
  const found = await store.images.findByPrefix(text);
  return found.length === 1 ? found[0] : undefined;
}

function noSuchImage(name: string, wanted: Reference | string): EngineError {
  const shown = typeof wanted === 'string' ? wanted : familiarReference(wanted);
  return new EngineError('not-found', `No such image: ${shown}`, { data: { image: name } });
}

/** True when a text is an image's ID or the beginning of one. */
export function isPrefixOfID(id: ImageID, text: string): boolean {
  return id.startsWith(text) || id.slice('sha256:'.length).startsWith(text);
}
