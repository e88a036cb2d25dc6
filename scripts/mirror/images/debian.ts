/** Replicas of `debian` and its slim variants: trees recorded from Debian's own packages (see `record/suites.ts`). */
import type { ContainerConfig } from '../../../worker/oci/config.ts';
import { recordedLayer, treeSum } from '../catalogue.ts';
import { fileLayer, overlaid } from '../file-layer.ts';
import { REPLICA_LABEL, type ImageStep, type MirrorImage } from '../image.ts';
import type { MirrorLayer } from '../layer-tar.ts';
import { slimLayer } from '../slim.ts';

const SOURCE = "Debian's packages; programs and libraries are holes";

export const DEBIAN_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The one layer of a release of `debian`, which the images built on it share, with its lines of history. */
export interface DebianBase {
  readonly suite: string;
  readonly layer: MirrorLayer;
  readonly steps: readonly ImageStep[];
  readonly created: string;
  readonly config: ContainerConfig;
}

function debianBase(
  suite: string,
  created: string,
  layer: MirrorLayer,
  steps: (layer: MirrorLayer) => readonly ImageStep[],
): DebianBase {
  return {
    suite,
    layer,
    steps: steps(layer).map((step) => ({ created, ...step })),
    created,
    config: { Env: [DEBIAN_PATH], Cmd: ['bash'] },
  };
}

/** The line of debuerreotype, which makes the images of today. */
const debuerreotype =
  (suite: string, created: string) =>
  (layer: MirrorLayer): readonly ImageStep[] => [
    {
      createdBy: `# debian.sh --arch 'amd64' out/ '${suite}' '@${Date.parse(created) / 1000}'`,
      comment: 'debuerreotype 0.15',
      layer,
    },
  ];

/** Of the time before the official image was made with BuildKit. */
const imported = (layer: MirrorLayer): readonly ImageStep[] => [
  { createdBy: `/bin/sh -c #(nop) ADD file:${treeSum(layer)} in / `, layer },
  { createdBy: '/bin/sh -c #(nop)  CMD ["bash"]' },
];

const BOOKWORM = '2025-06-09T00:00:00Z';
const TRIXIE = '2025-08-11T00:00:00Z';
const BULLSEYE = '2022-07-12T01:20:06Z';

const recorded = (suite: string, created: string): MirrorLayer => recordedLayer(`debian-${suite}`, Date.parse(created));

/** Until bookworm the image named apt's sources in one file of lines. */
function withSourcesList(layer: MirrorLayer): MirrorLayer {
  const sources = ['debian bullseye', 'debian-security bullseye-security', 'debian bullseye-updates'];
  const text = sources.map((source) => `deb http://deb.debian.org/${source} main\n`).join('');
  const entries = layer.entries.filter(({ path }) => path !== '/etc/apt/sources.list.d/debian.sources');
  return overlaid({ ...layer, entries }, fileLayer({ '/etc/apt/sources.list': { text } }, layer.mtimeMs));
}

const bookwormLayer = recorded('bookworm', BOOKWORM);
const bullseyeLayer = withSourcesList(recorded('bullseye', BULLSEYE));
const trixieLayer = recorded('trixie', TRIXIE);

export const bookworm = debianBase('bookworm', BOOKWORM, bookwormLayer, debuerreotype('bookworm', BOOKWORM));
export const bookwormSlim = debianBase(
  'bookworm',
  BOOKWORM,
  slimLayer(bookwormLayer),
  debuerreotype('bookworm', BOOKWORM),
);
export const bullseye = debianBase('bullseye', BULLSEYE, bullseyeLayer, imported);
const bullseyeSlim = debianBase('bullseye', BULLSEYE, slimLayer(bullseyeLayer), imported);
const trixie = debianBase('trixie', TRIXIE, trixieLayer, debuerreotype('trixie', TRIXIE));
const trixieSlim = debianBase('trixie', TRIXIE, slimLayer(trixieLayer), debuerreotype('trixie', TRIXIE));

export function debianImages(): readonly MirrorImage[] {
  const image = ({ created, steps, config }: DebianBase, ...tags: readonly string[]): MirrorImage => ({
    repository: 'library/debian',
    tags,
    created,
    config: { ...config, Labels: { [REPLICA_LABEL]: SOURCE } },
    steps,
  });
  return [
    image(bookworm, 'latest', 'bookworm', '12', 'stable'),
    image(bookwormSlim, 'bookworm-slim', '12-slim', 'stable-slim'),
    image(trixie, 'trixie', '13'),
    image(trixieSlim, 'trixie-slim', '13-slim'),
    image(bullseye, 'bullseye', '11'),
    image(bullseyeSlim, 'bullseye-slim', '11-slim'),
  ];
}
