/** FROM and `--from` of an image: fetches its layers and gives its file system. */
import type { Operation } from '../operation.ts';
import type { ResolvedImage } from '../types.ts';

export function sourceImage(image: ResolvedImage): Operation {
  return {
    kind: 'source-image',
    image: image.reference,
    definition: { digest: image.digest, layers: image.config.rootfs.diff_ids },
    keyParts: () => Promise.resolve(undefined),
    async execute(_base, _sources, { job, progress, vertex }) {
      return { kind: 'snapshot', chainID: await image.pull(job, progress, vertex) };
    },
  };
}
