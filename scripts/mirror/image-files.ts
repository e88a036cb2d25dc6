/** An image as the files of a static registry. */
import { streamOf, type Bytes } from '../../worker/base/bytes.ts';
import { gunzip } from '../../worker/codec/gzip.ts';
import { digestOf, hashStream } from '../../worker/codec/sha256.ts';
import { compressed } from './compress.ts';
import { configDocument, manifestDocument, type ImageStep, type LayerBlob, type MirrorImage } from './image.ts';
import { layerTar } from './layer-tar.ts';

/** What a pull fetches of one image, and where. */
export interface ImageFiles {
  /** Bodies by their path below the mirror's folder. */
  readonly files: ReadonlyMap<string, Bytes>;
  /** Bytes of config and layers. */
  readonly fetchedBytes: number;
}

interface MadeLayer {
  readonly blob: Bytes;
  readonly facts: LayerBlob;
}

/** Layers made already: images share them. */
export type LayerCache = Map<NonNullable<ImageStep['layer']>, MadeLayer>;

/** The files of an image: `v2/REPOSITORY/manifests/TAG` and `…/DIGEST`, `v2/REPOSITORY/blobs/DIGEST`. */
export async function imageFiles(image: MirrorImage, cache: LayerCache = new Map()): Promise<ImageFiles> {
  const layers: MadeLayer[] = [];
  for (const { layer } of image.steps) {
    if (layer === undefined) continue;
    const made = cache.get(layer) ?? (await makeLayer(layer));
    cache.set(layer, made);
    layers.push(made);
  }
  const facts = layers.map((layer) => layer.facts);
  const config = configDocument(image, facts);
  const configFacts = { digest: await digestOf(config), sizeBytes: config.byteLength };
  const manifest = manifestDocument(configFacts, facts);
  const folder = `v2/${image.repository}`;
  const files = new Map<string, Bytes>();
  for (const layer of layers) files.set(`${folder}/blobs/${layer.facts.digest}`, layer.blob);
  files.set(`${folder}/blobs/${configFacts.digest}`, config);
  for (const name of [await digestOf(manifest), ...image.tags]) files.set(`${folder}/manifests/${name}`, manifest);
  return { files, fetchedBytes: facts.reduce((sum, { sizeBytes }) => sum + sizeBytes, config.byteLength) };
}

async function makeLayer(layer: NonNullable<ImageStep['layer']>): Promise<MadeLayer> {
  const blob = 'blob' in layer ? layer.blob : await compressed(layerTar(layer));
  const unpacked = await hashStream(gunzip(streamOf(blob)));
  return { blob, facts: { digest: await digestOf(blob), diffID: unpacked.digest, sizeBytes: blob.byteLength } };
}
