/** What people drop on the page: archives of images, OCI layouts as folders, and the tar of a root file system. */
import { asEngineError, EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import { holdsImages, plainTar, readArchive } from '../registry/archive-files.ts';
import { readImageFiles } from '../registry/load.ts';
import type { EventLog } from './docker/event-log.ts';
import { importImage } from './docker/images/import.ts';
import { storeLoaded } from './docker/images/store-loaded.ts';
import type { EngineParts } from './parts.ts';

/** One file, or the files of one folder by their paths below it. */
export interface ImportSource {
  /** Of the file or folder: a root file system is called after it. */
  readonly name: string;
  readonly content: Blob | readonly { readonly path: string; readonly content: Blob }[];
}

export interface ImportResult {
  /** `root`: a root file system became an image of one layer, as `docker import` makes it. */
  readonly kind: 'images' | 'root';
  readonly images: readonly { readonly id: string; readonly names: readonly string[] }[];
}

/**
 * Stores what the source holds, all or nothing. Throws `invalid-document` for what holds no image, `corrupt` for bytes that are
 * not what they claim, `limit` for far too many, `cancelled`.
 */
export async function importSource(
  parts: Pick<EngineParts, 'store' | 'clock'>,
  events: EventLog,
  { name, content }: ImportSource,
  job: Job,
): Promise<ImportResult> {
  if (!(content instanceof Blob)) {
    const files = new Map(content.map((file) => [file.path, file.content]));
    return loaded(await storeLoaded(parts, await readImageFiles(files), job));
  }
  const { tar, images } = await openTar(name, content, job);
  if (images) {
    return loaded(await storeLoaded(parts, await readImageFiles(await readArchive(tar, job)), job));
  }
  const reference = `${repositoryName(name)}:latest`;
  const options = { reference, changes: [], message: `Imported from ${name}` };
  const id = await importImage(parts, events, tar.stream(), options, job);
  return { kind: 'root', images: [{ id, names: [`docker.io/library/${reference}`] }] };
}

function loaded(images: Awaited<ReturnType<typeof storeLoaded>>): ImportResult {
  return { kind: 'images', images: images.map(({ id, names }) => ({ id, names })) };
}

/** The tar, and whether images are in it. What is no tar is told by its name. */
async function openTar(
  name: string,
  content: Blob,
  job: Job,
): Promise<{ readonly tar: Blob; readonly images: boolean }> {
  try {
    const tar = await plainTar(content, job);
    return { tar, images: await holdsImages(tar, job) };
  } catch (error) {
    const known = asEngineError(error);
    if (known.code !== 'invalid-document' && known.code !== 'corrupt') throw error;
    throw new EngineError(
      'invalid-document',
      `${name} is no archive of images and no tar of a root file system: ${known.message}`,
      { data: { name }, cause: error },
    );
  }
}

/** `My Root.tar.gz` as a repository may be called: `my-root`. */
function repositoryName(file: string): string {
  const bare = file.toLowerCase().replace(/\.(?:tar|tgz|txz|gz|bz2|xz|zst|tbz2?)(?=\.|$)/g, '');
  return bare.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'imported';
}
