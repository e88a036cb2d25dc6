/** `registry garbage-collect`: takes away blobs that no manifest needs, and tells of it as distribution does. */
import { isDigest, type Digest } from '../../oci/digest.ts';
import { readDocument } from '../document.ts';
import { blobDirectory, type RegistryStorage } from './storage.ts';

export interface GarbageCollection {
  readonly dryRun: boolean;
  /** Manifests without a tag go too. */
  readonly deleteUntagged: boolean;
  /** Lines for standard output. */
  readonly print: (line: string) => void;
  /** Entries of the log. */
  readonly note: (message: string) => void;
}

export async function collectGarbage(storage: RegistryStorage, options: GarbageCollection): Promise<void> {
  const { dryRun, print, note } = options;
  const marked = new Set<Digest>();
  const untagged: { readonly name: string; readonly digest: Digest }[] = [];
  for (const name of storage.repositories()) {
    print(name);
    untagged.push(...(await markRepository(storage, name, marked, options)));
  }
  const eligible = storage.blobs().filter((digest) => !marked.has(digest));
  print(
    `\n${marked.size} blobs marked, ${eligible.length} blobs and ${untagged.length} manifests eligible for deletion`,
  );
  for (const { name, digest } of untagged) if (!dryRun) await storage.removeManifest(name, digest);
  for (const digest of eligible) {
    print(`blob eligible for deletion: ${digest}`);
    if (dryRun) continue;
    note(`Deleting blob: ${blobDirectory(digest)}`);
    storage.removeBlob(digest);
  }
}

/** Marks what a repository's manifests need; gives those that may go. */
async function markRepository(
  storage: RegistryStorage,
  name: string,
  marked: Set<Digest>,
  { deleteUntagged, print }: GarbageCollection,
): Promise<readonly { readonly name: string; readonly digest: Digest }[]> {
  const tagged = new Set<Digest>();
  for (const tag of storage.tags(name) ?? []) {
    const digest = await storage.tagged(name, tag);
    if (digest !== undefined) tagged.add(digest);
  }
  const eligible: { name: string; digest: Digest }[] = [];
  for (const digest of storage.manifests(name)) {
    if (deleteUntagged && !tagged.has(digest)) {
      print(`manifest eligible for deletion: ${digest}`);
      eligible.push({ name, digest });
      continue;
    }
    print(`${name}: marking manifest ${digest} `);
    marked.add(digest);
    for (const part of await partsOf(storage, digest)) {
      marked.add(part);
      print(`${name}: marking blob ${part}`);
    }
  }
  return eligible;
}

/** What a manifest or an index refers to. */
async function partsOf(storage: RegistryStorage, digest: Digest): Promise<readonly Digest[]> {
  const content = storage.blob(digest);
  if (content === undefined) return [];
  const document = await readDocument(new Uint8Array(await content.arrayBuffer()), undefined, undefined);
  const parts =
    document.kind === 'index' ? document.index.manifests : [document.manifest.config, ...document.manifest.layers];
  return parts.flatMap((part) => (isDigest(part.digest) ? [part.digest] : []));
}
