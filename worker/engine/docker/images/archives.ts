/** `docker save` and `docker load`. */
import { asEngineError, EngineError, isEngineError } from '../../../base/errors.ts';
import type { Job } from '../../../base/job.ts';
import { familiarReference, fullReference, parseReference, parseReferenceOrID } from '../../../oci/reference.ts';
import { writeDockerArchive, type SavedImage } from '../../../registry/docker-archive.ts';
import { readImageArchive, type ArchivedImage } from '../../../registry/load.ts';
import type { ImageID, ImageRecord } from '../../../store/images.ts';
import type { Store } from '../../../store/index.ts';
import type { EngineParts } from '../../parts.ts';
import type { ProgressListener } from '../api.ts';
import type { EventLog } from '../event-log.ts';
import { findImage } from './find.ts';
import { storeLoaded } from './store-loaded.ts';

const TAR_BLOCK_BYTES = 512;

/** The archive of these images: a name puts itself in, a repository all its tags, an ID no name. Throws `not-found`. */
export async function saveImages(store: Store, events: EventLog, names: readonly string[]): Promise<Blob> {
  const saved = new Map<ImageID, { record: SavedImage['record']; names: Set<string> }>();
  for (const name of names) {
    for (const [id, tag] of await savedTags(store, name)) {
      const record = await findImage(store, id);
      const entry = saved.get(id) ?? { record, names: new Set<string>() };
      saved.set(id, entry);
      if (tag !== undefined) entry.names.add(tag);
      events.add('image', 'save', id, { name: id });
    }
  }
  const images = [...saved.values()].map(({ record, names: own }) => ({ record, names: [...own] }));
  return writeDockerArchive({ images, content: store.content, snapshots: store.snapshots });
}

/** What a word of `docker save` puts into the archive: images with the tag they get, or none. */
async function savedTags(store: Store, name: string): Promise<readonly (readonly [ImageID, string | undefined])[]> {
  const wanted = parseReferenceOrID(name);
  if (typeof wanted === 'string') return [[(await findImage(store, name)).id, undefined]];
  const repository = `${wanted.domain}/${wanted.path}`;
  const explicit = wanted.tag !== undefined || wanted.digest !== undefined;
  const tags = (await store.images.names()).filter(([full]) => {
    const { domain, path, digest } = parseReference(full);
    return explicit ? full === fullReference(wanted) : digest === undefined && `${domain}/${path}` === repository;
  });
  if (tags.length > 0)
    return tags.map(([full, id]) => [id, explicit && wanted.digest !== undefined ? undefined : full]);
  if (explicit) throw new EngineError('not-found', 'reference does not exist', { data: { image: name } });
  return [[(await findByID(store, name)).id, undefined]];
}

async function findByID(store: Store, name: string): Promise<ImageRecord> {
  try {
    return await findImage(store, name);
  } catch (error) {
    if (!isEngineError(error, 'not-found')) throw error;
    // told as it was written, without the tag that other commands take for granted
    throw new EngineError('not-found', `No such image: ${name}`, { data: { image: name } });
  }
}

/** Stores the images of an archive, and tells the name of each. What is no archive is told as a message too. */
export async function loadImages(
  parts: Pick<EngineParts, 'store' | 'clock'>,
  events: EventLog,
  archive: Blob,
  listener: ProgressListener,
  job: Job,
): Promise<void> {
  const images = await readArchived(archive, job, listener);
  if (images === undefined) return;
  for (const { id, names, moved } of await storeLoaded(parts, images, job)) {
    for (const line of moved) listener({ stream: `${line}\n` });
    events.add('image', 'load', id, { name: id });
    for (const name of names) listener({ stream: `Loaded image: ${familiarReference(parseReference(name))}\n` });
    if (names.length === 0) listener({ stream: `Loaded image ID: ${id}\n` });
  }
}

async function readArchived(
  archive: Blob,
  job: Job,
  listener: ProgressListener,
): Promise<readonly ArchivedImage[] | undefined> {
  try {
    return await readImageArchive(archive, job);
  } catch (error) {
    const known = asEngineError(error);
    if (known.code === 'cancelled') throw known;
    listener({ error: archiveProblem(archive, known) });
    return undefined;
  }
}

/** As the daemon's reader of tars words it. */
function archiveProblem(archive: Blob, error: EngineError): string {
  if (archive.size > 0 && archive.size < TAR_BLOCK_BYTES) return 'unexpected EOF';
  return error.code === 'invalid-document' && error.message.startsWith('This is no archive of images')
    ? 'open repositories: no such file or directory'
    : error.message;
}
