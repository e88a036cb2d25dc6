/**
 * `npm run mirror`: writes `public/mirror`, the images that can be pulled first, as an OCI image layout. Running it again gives
 * the same bytes.
 */
import { resolve } from 'node:path';
import type { Bytes } from '../../worker/base/bytes.ts';
import { imageFiles, layerCache } from './image-files.ts';
import { loadImages } from './images/index.ts';
import { layersOnDisk, layoutFiles, writeLayout, type NamedManifest } from './layout.ts';

const MIRROR = resolve(import.meta.dirname, '../../public/mirror');

/** What an image may weigh and the whole mirror may: beyond it a first build is no longer a small thing. */
const MAX_IMAGE_BYTES = 1.25 * 2 ** 20;
const MAX_MIRROR_BYTES = 15_000_000;

async function main(): Promise<void> {
  const known = layersOnDisk(MIRROR);
  const cache = layerCache(known);
  const blobs = new Map<string, Bytes>();
  const manifests: NamedManifest[] = [];
  for (const image of loadImages(known)) {
    const files = await imageFiles(image, cache);
    for (const [digest, body] of files.blobs) blobs.set(digest, body);
    manifests.push(files.manifest);
    process.stdout.write(`${image.repository}:${image.tags.join(',')}: ${files.fetchedBytes} bytes to fetch\n`);
    if (files.fetchedBytes > MAX_IMAGE_BYTES)
      throw new RangeError(`${image.repository} weighs ${files.fetchedBytes} bytes`);
  }
  const files = layoutFiles(manifests, blobs);
  const total = [...files.values()].reduce((sum, body) => sum + body.byteLength, 0);
  if (total > MAX_MIRROR_BYTES) throw new RangeError(`the mirror weighs ${total} bytes`);
  writeLayout(MIRROR, files);
  process.stdout.write(`mirror: ${manifests.length} images, ${files.size} files, ${total} bytes\n`);
}

await main();
