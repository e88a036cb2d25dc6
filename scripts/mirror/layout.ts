/** The mirror on disk: an OCI image layout (image-spec, "OCI Image Layout Specification"). */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { utf8, type Bytes } from '../../worker/base/bytes.ts';
import { MEDIA_TYPES } from '../../worker/oci/descriptor.ts';

/** Annotation of a manifest in `index.json` that names it. */
const NAME_ANNOTATION = 'org.opencontainers.image.ref.name';

/** A manifest with the names it has: `docker.io/library/alpine:3.20`. */
export interface NamedManifest {
  readonly digest: string;
  readonly sizeBytes: number;
  readonly names: readonly string[];
}

/** The layout's files by path: blobs once each, and an index with an entry for every name. */
export function layoutFiles(
  manifests: readonly NamedManifest[],
  blobs: ReadonlyMap<string, Bytes>,
): ReadonlyMap<string, Bytes> {
  const index = {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociIndex,
    manifests: manifests.flatMap(({ digest, sizeBytes, names }) =>
      names.map((name) => ({
        mediaType: MEDIA_TYPES.ociManifest,
        digest,
        size: sizeBytes,
        annotations: { [NAME_ANNOTATION]: name },
      })),
    ),
  };
  return new Map([
    ['oci-layout', utf8('{"imageLayoutVersion":"1.0.0"}\n')],
    ['index.json', utf8(`${JSON.stringify(index)}\n`)],
    ...[...blobs].map(([digest, body]): [string, Bytes] => [blobPath(digest), body]),
  ]);
}

/** Puts the files in place of the layout that lies in `folder`; what else is there stays. */
export function writeLayout(folder: string, files: ReadonlyMap<string, Bytes>): void {
  rmSync(join(folder, 'blobs'), { recursive: true, force: true });
  for (const [path, body] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), body);
  }
}

interface ManifestDocument {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly digest: string }[];
}

/**
 * The compressed layers of the layout in `folder`, by diffID. A layer that has not changed keeps its bytes: compressors differ
 * between machines, and nobody shall fetch or store again what only they changed.
 */
export function layersOnDisk(folder: string): ReadonlyMap<string, Bytes> {
  const layers = new Map<string, Bytes>();
  if (!existsSync(join(folder, 'index.json'))) return layers;
  const read = (path: string): Bytes => new Uint8Array(readFileSync(join(folder, path)));
  const json = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'));
  const { manifests } = json('index.json') as { readonly manifests: readonly { readonly digest: string }[] };
  for (const digest of new Set(manifests.map((manifest) => manifest.digest))) {
    const manifest = json(blobPath(digest)) as ManifestDocument;
    const { rootfs } = json(blobPath(manifest.config.digest)) as { readonly rootfs: { diff_ids: readonly string[] } };
    manifest.layers.forEach((layer, index) => layers.set(rootfs.diff_ids[index] ?? '', read(blobPath(layer.digest))));
  }
  return layers;
}

const blobPath = (digest: string): string => `blobs/${digest.replace(':', '/')}`;
