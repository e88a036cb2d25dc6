/**
 * `npm run mirror`: writes `public/mirror`, the static registry that the first images are pulled from. Files lie where the
 * distribution-spec's addresses lead: `v2/REPOSITORY/manifests/TAG`, `…/manifests/DIGEST`, `…/blobs/DIGEST`. Running it again
 * gives the same bytes.
 */
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { streamOf } from '../../worker/base/bytes.ts';
import { gunzip } from '../../worker/codec/gzip.ts';
import { digestOf, hashStream } from '../../worker/codec/sha256.ts';
import { compressed } from './compress.ts';
import { configDocument, manifestDocument, type ImageStep, type LayerBlob, type MirrorImage } from './image.ts';
import { loadImages } from './images/index.ts';
import { layerTar } from './layer-tar.ts';

const MIRROR = resolve(import.meta.dirname, '../../public/mirror');

/** What a blob may weigh and the whole mirror may: beyond it a page load is no longer a small thing. */
const MAX_IMAGE_BYTES = 1_500_000;
const MAX_MIRROR_BYTES = 15_000_000;

async function main(): Promise<void> {
  const images = await loadImages(MIRROR);
  rmSync(join(MIRROR, 'v2'), { recursive: true, force: true });
  const layers = new Map<ImageStep['layer'], { readonly blob: Uint8Array<ArrayBuffer>; readonly facts: LayerBlob }>();
  for (const image of images) {
    for (const { layer } of image.steps) {
      if (layer !== undefined && !layers.has(layer)) layers.set(layer, await makeBlob(layer));
    }
    await writeImage(image, layers);
  }
  const total = sizeOfFolder(MIRROR);
  process.stdout.write(`mirror: ${images.length} images, ${total} bytes\n`);
  if (total > MAX_MIRROR_BYTES) throw new RangeError(`the mirror weighs ${total} bytes`);
}

async function makeBlob(
  layer: NonNullable<ImageStep['layer']>,
): Promise<{ blob: Uint8Array<ArrayBuffer>; facts: LayerBlob }> {
  const blob = 'blob' in layer ? layer.blob : await compressed(layerTar(layer));
  const unpacked = await hashStream(gunzip(streamOf(blob)));
  const facts = { digest: await digestOf(blob), diffID: unpacked.digest, sizeBytes: blob.byteLength };
  return { blob, facts };
}

async function writeImage(
  image: MirrorImage,
  made: ReadonlyMap<ImageStep['layer'], { readonly blob: Uint8Array<ArrayBuffer>; readonly facts: LayerBlob }>,
): Promise<void> {
  const layers = image.steps.flatMap(({ layer }) => (layer === undefined ? [] : [made.get(layer)!]));
  const facts = layers.map((layer) => layer.facts);
  const config = configDocument(image, facts);
  const configFacts = { digest: await digestOf(config), sizeBytes: config.byteLength };
  const manifest = manifestDocument(configFacts, facts);
  const folder = join(MIRROR, 'v2', image.repository);
  mkdirSync(join(folder, 'blobs'), { recursive: true });
  mkdirSync(join(folder, 'manifests'), { recursive: true });
  for (const {
    blob,
    facts: { digest },
  } of layers)
    writeFileSync(join(folder, 'blobs', digest), blob);
  writeFileSync(join(folder, 'blobs', configFacts.digest), config);
  for (const name of [await digestOf(manifest), ...image.tags])
    writeFileSync(join(folder, 'manifests', name), manifest);
  const fetched = facts.reduce((sum, { sizeBytes }) => sum + sizeBytes, config.byteLength);
  process.stdout.write(
    `${image.repository}:${image.tags.join(',')}: ${facts.length} layers, ${fetched} bytes to fetch\n`,
  );
  if (fetched > MAX_IMAGE_BYTES) throw new RangeError(`${image.repository} weighs ${fetched} bytes`);
}

function sizeOfFolder(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

await main();
