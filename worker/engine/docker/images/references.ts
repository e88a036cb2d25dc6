/** The names of images: tags, and the digests they were pulled or pushed by. */
import { familiarName, familiarReference, parseReference, type Reference } from '../../../oci/reference.ts';
import type { ImageID } from '../../../store/images.ts';
import type { Store } from '../../../store/index.ts';

/** A name of an image as it is stored, and what it says. */
export interface StoredReference {
  /** `docker.io/library/busybox:latest` */
  readonly name: string;
  readonly reference: Reference;
}

/** All names by image, sorted. */
export async function referencesByImage(store: Store): Promise<ReadonlyMap<ImageID, readonly StoredReference[]>> {
  const found = new Map<ImageID, StoredReference[]>();
  for (const [name, id] of await store.images.names()) {
    const stored = { name, reference: parseReference(name) };
    const known = found.get(id);
    if (known === undefined) found.set(id, [stored]);
    else known.push(stored);
  }
  return found;
}

/** The names of one image. */
export async function referencesOf(store: Store, id: ImageID): Promise<readonly StoredReference[]> {
  return (await referencesByImage(store)).get(id) ?? [];
}

export const isDigestReference = ({ reference }: StoredReference): boolean => reference.digest !== undefined;

/** `busybox:latest`. */
export function repoTags(references: readonly StoredReference[]): string[] {
  return references.filter((each) => !isDigestReference(each)).map(({ reference }) => familiarReference(reference));
}

/** `busybox@sha256:…`. */
export function repoDigests(references: readonly StoredReference[]): string[] {
  return references.flatMap(({ reference }) =>
    reference.digest === undefined ? [] : [`${familiarName(reference)}@${reference.digest}`],
  );
}

/** The repository a name lies in: `docker.io/library/busybox`. */
export function repositoryOf({ domain, path }: Reference): string {
  return `${domain}/${path}`;
}
