/**
 * `npm run mirror`: writes `public/mirror`, the static registry that the first images are pulled from. Files lie where the
 * distribution-spec's addresses lead. Running it again gives the same bytes.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { imageFiles, type LayerCache } from './image-files.ts';
import { loadImages } from './images/index.ts';

const MIRROR = resolve(import.meta.dirname, '../../public/mirror');

/** What an image may weigh and the whole mirror may: beyond it a first build is no longer a small thing. */
const MAX_IMAGE_BYTES = 1_500_000;
const MAX_MIRROR_BYTES = 15_000_000;

async function main(): Promise<void> {
  const images = await loadImages(MIRROR);
  const cache: LayerCache = new Map();
  const all = new Map<string, Uint8Array>();
  for (const image of images) {
    const { files, fetchedBytes } = await imageFiles(image, cache);
    for (const [path, body] of files) all.set(path, body);
    process.stdout.write(`${image.repository}:${image.tags.join(',')}: ${fetchedBytes} bytes to fetch\n`);
    if (fetchedBytes > MAX_IMAGE_BYTES) throw new RangeError(`${image.repository} weighs ${fetchedBytes} bytes`);
  }
  const total = [...all.values()].reduce((sum, body) => sum + body.byteLength, 0);
  if (total > MAX_MIRROR_BYTES) throw new RangeError(`the mirror weighs ${total} bytes`);

  rmSync(join(MIRROR, 'v2'), { recursive: true, force: true });
  for (const [path, body] of all) {
    mkdirSync(dirname(join(MIRROR, path)), { recursive: true });
    writeFileSync(join(MIRROR, path), body);
  }
  process.stdout.write(`mirror: ${images.length} images, ${all.size} files, ${total} bytes\n`);
}

await main();
