/** Replicas of `debian`: trees recorded from Debian's own packages (see `debian-catalogue.ts`). */
import { recordedLayer } from '../catalogue.ts';
import { REPLICA_LABEL, type ImageStep, type MirrorImage } from '../image.ts';
import type { MirrorLayer } from '../layer-tar.ts';

const SOURCE = "Debian's packages; programs and libraries are holes";

export const DEBIAN_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The one layer of a release of `debian`, which the images built on it share, with its lines of history. */
export interface DebianBase {
  readonly suite: string;
  readonly layer: MirrorLayer;
  readonly steps: readonly ImageStep[];
  readonly created: string;
}

function debianBase(suite: string, created: string, steps: (layer: MirrorLayer) => readonly ImageStep[]): DebianBase {
  const layer = recordedLayer(`debian-${suite}`, Date.parse(created));
  return { suite, layer, steps: steps(layer).map((step) => ({ created, ...step })), created };
}

export const bookworm = debianBase('bookworm', '2025-06-09T00:00:00Z', (layer) => [
  {
    createdBy: `# debian.sh --arch 'amd64' out/ 'bookworm' '@${Date.parse('2025-06-09T00:00:00Z') / 1000}'`,
    comment: 'debuerreotype 0.15',
    layer,
  },
]);

/** Of the time before the official image was made with BuildKit. */
export const bullseye = debianBase('bullseye', '2022-07-12T01:20:06Z', (layer) => [
  {
    createdBy: '/bin/sh -c #(nop) ADD file:8adbbab04d6f84cd83b5f4205b89b0acb7ecbf27a1bb2dc181d0a629479039fe in / ',
    layer,
  },
  { createdBy: '/bin/sh -c #(nop)  CMD ["bash"]' },
]);

export function debianImages(): readonly MirrorImage[] {
  const image = ({ created, steps }: DebianBase, tags: readonly string[]): MirrorImage => ({
    repository: 'library/debian',
    tags,
    created,
    config: { Env: [DEBIAN_PATH], Cmd: ['bash'], Labels: { [REPLICA_LABEL]: SOURCE } },
    steps,
  });
  return [image(bookworm, ['latest', 'bookworm', '12', 'stable']), image(bullseye, ['bullseye', '11'])];
}
