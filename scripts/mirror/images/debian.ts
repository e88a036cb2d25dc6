/** Replicas of `debian`: trees recorded from Debian's own packages (see `debian-catalogue.ts`). */
import { recordedLayer } from '../catalogue.ts';
import { REPLICA_LABEL, type ImageStep, type MirrorImage } from '../image.ts';
import type { MirrorLayer } from '../layer-tar.ts';

/** When the official image of this state was made. */
const CREATED = '2025-06-09T00:00:00Z';
const SOURCE = "Debian's packages; programs and libraries are holes";

export const DEBIAN_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The one layer of `debian:bookworm`, which the images built on it share. */
export const bookworm: MirrorLayer = recordedLayer('debian-bookworm', Date.parse(CREATED));

/** Its line of history, as debuerreotype writes it. */
export const bookwormStep: ImageStep = {
  createdBy: `# debian.sh --arch 'amd64' out/ 'bookworm' '@${Date.parse(CREATED) / 1000}'`,
  comment: 'debuerreotype 0.15',
  created: CREATED,
  layer: bookworm,
};

export function debianImages(): readonly MirrorImage[] {
  return [
    {
      repository: 'library/debian',
      tags: ['latest', 'bookworm', '12', 'stable', 'bookworm-20250610'],
      created: CREATED,
      config: { Env: [DEBIAN_PATH], Cmd: ['bash'], Labels: { [REPLICA_LABEL]: SOURCE } },
      steps: [bookwormStep],
    },
  ];
}
