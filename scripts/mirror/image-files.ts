/** An image as the blobs of a registry. */
import type { Bytes } from '../../worker/base/bytes.ts';
import { partsStream } from '../../worker/codec/byte-parts.ts';
import { digestOf } from '../../worker/codec/sha256.ts';
import { createUnstoppableJob } from '../../worker/base/job.ts';
import { createNodeClock } from '../../worker/host/node/clock.ts';
import { indexLayer } from '../../worker/layer/index-layer.ts';
import { compressed } from './compress.ts';
import { configDocument, manifestDocument, type ImageStep, type LayerBlob, type MirrorImage } from './image.ts';
import { indexBlob, type IndexBlob } from './layer-index.ts';
import { layerTar } from './layer-tar.ts';
import type { NamedManifest } from './layout.ts';

/** What a pull fetches of one image. */
export interface ImageFiles {
  readonly blobs: ReadonlyMap<string, Bytes>;
  readonly manifest: NamedManifest;
  readonly configDigest: string;
  /** Bytes of config, layers and their indexes. */
  readonly fetchedBytes: number;
}

interface MadeLayer {
  readonly blob: Bytes;
  readonly index?: IndexBlob;
  readonly facts: LayerBlob;
}

/** What is made already: images share layers, and a layer of the mirror as it was need not be compressed again. */
export interface LayerCache {
  readonly made: Map<NonNullable<ImageStep['layer']>, MadeLayer>;
  /** Compressed layers by diffID. */
  readonly known: ReadonlyMap<string, Bytes>;
}

export function layerCache(known: ReadonlyMap<string, Bytes>): LayerCache {
  return { made: new Map(), known };
}

/** The blobs of an image: its manifest, its config, its layers. */
export async function imageFiles(image: MirrorImage, cache: LayerCache): Promise<ImageFiles> {
  const layers: MadeLayer[] = [];
  for (const { layer } of image.steps) {
    if (layer === undefined) continue;
    const made = cache.made.get(layer) ?? (await makeLayer(layer, cache.known));
    cache.made.set(layer, made);
    layers.push(made);
  }
  const facts = layers.map((layer) => layer.facts);
  const config = configDocument(image, facts);
  const configFacts = { digest: await digestOf(config), sizeBytes: config.byteLength };
  const manifest = manifestDocument(configFacts, facts);
  const digest = await digestOf(manifest);
  return {
    blobs: new Map([
      [digest, manifest],
      [configFacts.digest, config],
      ...layers.map((layer): [string, Bytes] => [layer.facts.digest, layer.blob]),
      ...layers.flatMap(({ index }): [string, Bytes][] => (index === undefined ? [] : [[index.digest, index.bytes]])),
    ]),
    manifest: {
      digest,
      sizeBytes: manifest.byteLength,
      names: image.tags.map((tag) => `docker.io/${image.repository}:${tag}`),
    },
    configDigest: configFacts.digest,
    fetchedBytes: facts.reduce(
      (sum, { sizeBytes, index }) => sum + sizeBytes + (index?.sizeBytes ?? 0),
      config.byteLength,
    ),
  };
}

async function makeLayer(
  layer: NonNullable<ImageStep['layer']>,
  known: ReadonlyMap<string, Bytes>,
): Promise<MadeLayer> {
  const tar = 'tar' in layer ? layer.tar : layerTar(layer);
  const read = await indexLayer(partsStream(tar), createUnstoppableJob('mirror', createNodeClock()));
  const { diffID } = read;
  const blob = known.get(diffID) ?? (await compressed(tar));
  const facts = { digest: await digestOf(blob), diffID, sizeBytes: blob.byteLength };
  const index = await indexBlob(read.index, read.tar.size, blob.byteLength);
  if (index === undefined) return { blob, facts };
  const { digest, bytes } = index;
  return { blob, index, facts: { ...facts, index: { digest, sizeBytes: bytes.byteLength } } };
}
