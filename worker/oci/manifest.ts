/** Image manifests and indexes (image-spec "manifest.md", "image-index.md"), and Docker's schema 2 of the same shape. */
import { annotations, descriptor, mediaType, type Descriptor } from './descriptor.ts';
import { exactly, listOf, parseJSON, shape, type Check } from './document.ts';

export interface Manifest {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly artifactType?: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly subject?: Descriptor;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Index {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly artifactType?: string;
  readonly manifests: readonly Descriptor[];
  readonly subject?: Descriptor;
  readonly annotations?: Readonly<Record<string, string>>;
}

const MANIFEST: Check = shape(
  { schemaVersion: exactly(2), config: descriptor, layers: listOf(descriptor, 1) },
  { mediaType, artifactType: mediaType, subject: descriptor, annotations },
);
const INDEX: Check = shape(
  { schemaVersion: exactly(2), manifests: listOf(descriptor) },
  { mediaType, artifactType: mediaType, subject: descriptor, annotations },
);
/** What some tools write for an image of no layers: not valid OCI, yet Docker pulls it. */
const MANIFEST_WITHOUT_LAYERS: Check = shape({
  schemaVersion: exactly(2),
  config: descriptor,
  layers: listOf(descriptor),
});

/** Reads an image manifest of OCI or Docker schema 2. Throws `invalid-document` naming the field. */
export function parseManifest(bytes: Uint8Array, options: { readonly allowNoLayers?: boolean } = {}): Manifest {
  const value = parseJSON(bytes);
  (options.allowNoLayers === true ? MANIFEST_WITHOUT_LAYERS : MANIFEST)(value, '');
  return value as Manifest;
}

/** Reads an image index or Docker's manifest list. Throws `invalid-document` naming the field. */
export function parseIndex(bytes: Uint8Array): Index {
  const value = parseJSON(bytes);
  INDEX(value, '');
  return value as Index;
}
