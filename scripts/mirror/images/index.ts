/** Every image of the mirror. A new one is a file here and a line below. */
import type { Bytes } from '../../../worker/base/bytes.ts';
import type { MirrorImage } from '../image.ts';
import { alpineImages } from './alpine.ts';
import { buildpackDepsImages } from './buildpack-deps.ts';
import { busyboxImage } from './busybox.ts';
import { debianImages } from './debian.ts';
import { golangImages } from './golang.ts';
import { nginxImages } from './nginx.ts';
import { nodeImages } from './node.ts';
import { pythonImages } from './python.ts';
import { ubuntuImages } from './ubuntu.ts';
import { fedoraImages } from './fedora.ts';
import { helloWorldImages } from './hello-world.ts';
import { httpdImages } from './httpd.ts';
import { redisImages } from './redis.ts';
import { registryImages } from './registry.ts';

/** `known` are the layers of the mirror as it is, by diffID: what cannot be made here is taken from there. */
export function loadImages(known: ReadonlyMap<string, Bytes>): readonly MirrorImage[] {
  return [
    busyboxImage(known),
    ...alpineImages(),
    ...debianImages(),
    ...ubuntuImages(),
    ...buildpackDepsImages(),
    ...golangImages(),
    ...nodeImages(),
    ...pythonImages(),
    ...nginxImages(),
    ...httpdImages(),
    ...redisImages(),
    ...registryImages(),
    ...helloWorldImages(),
    ...fedoraImages(),
  ];
}
