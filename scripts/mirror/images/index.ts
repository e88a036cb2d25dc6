/** Every image of the mirror. A new one is a file here and a line below. */
import type { MirrorImage } from '../image.ts';
import { alpineImages } from './alpine.ts';
import { busyboxImage } from './busybox.ts';
import { debianImages } from './debian.ts';
import { golangImages } from './golang.ts';

/** `mirror` is the folder of the mirror as it was made before: what cannot be made here is taken from there. */
export async function loadImages(mirror: string): Promise<readonly MirrorImage[]> {
  return [await busyboxImage(mirror), ...alpineImages(), ...debianImages(), ...golangImages()];
}
