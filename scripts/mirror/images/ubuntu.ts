/** Replicas of `ubuntu`: trees recorded from Ubuntu's own packages (see `record/suites.ts`). */
import { recordedLayer, treeSum } from '../catalogue.ts';
import { fileLayer, overlaid, textIn, type LaidFiles } from '../file-layer.ts';
import { accountFiles } from '../accounts.ts';
import { REPLICA_LABEL, type ImageStep, type MirrorImage } from '../image.ts';
import type { MirrorLayer } from '../layer-tar.ts';
import { DEBIAN_PATH } from './debian.ts';

const SOURCE = "Ubuntu's packages; programs and libraries are holes";

interface UbuntuRelease {
  readonly suite: string;
  readonly version: string;
  readonly tags: readonly string[];
  readonly created: string;
}

const RELEASES: readonly UbuntuRelease[] = [
  {
    suite: 'noble',
    version: '24.04',
    tags: ['latest', 'noble', '24.04'],
    created: '2025-05-29T04:22:00Z',
  },
  {
    suite: 'jammy',
    version: '22.04',
    tags: ['jammy', '22.04'],
    created: '2025-05-30T04:03:00Z',
  },
  {
    suite: 'focal',
    version: '20.04',
    tags: ['focal', '20.04'],
    created: '2025-04-08T10:43:00Z',
  },
  {
    suite: 'bionic',
    version: '18.04',
    tags: ['bionic', '18.04'],
    created: '2023-05-30T09:32:09Z',
  },
  {
    suite: 'xenial',
    version: '16.04',
    tags: ['xenial', '16.04'],
    created: '2021-08-31T01:21:30Z',
  },
];

export function ubuntuImages(): readonly MirrorImage[] {
  return RELEASES.map(({ suite, version, tags, created }) => {
    const made = Date.parse(created);
    const layer = suite === 'xenial' ? layerOfXenial(made) : ubuntuLayer(suite, made);
    const instruction = (text: string): string => `/bin/sh -c #(nop) ${text}`;
    const nameLabels = {
      'org.opencontainers.image.ref.name': 'ubuntu',
      'org.opencontainers.image.version': version,
    };
    // Images of today carry these labels, by instructions of their own.
    const labelled = suite !== 'xenial';
    return {
      repository: 'library/ubuntu',
      tags,
      created,
      config: {
        Env: [DEBIAN_PATH],
        Cmd: ['/bin/bash'],
        Labels: { ...(labelled ? nameLabels : {}), [REPLICA_LABEL]: SOURCE },
      },
      steps: [
        ...(labelled
          ? [
              { createdBy: instruction(' ARG RELEASE') },
              { createdBy: instruction(' ARG LAUNCHPAD_BUILD_ARCH') },
              ...Object.entries(nameLabels).map(([name, value]) => ({
                createdBy: instruction(` LABEL ${name}=${value}`),
              })),
            ]
          : []),
        { createdBy: instruction(`ADD file:${treeSum(layer)} in / `), layer },
        ...(suite === 'xenial' ? stepsOfXenial(made) : []),
        { createdBy: instruction(' CMD ["/bin/bash"]') },
      ],
    };
  });
}

function ubuntuLayer(suite: string, mtimeMs: number): MirrorLayer {
  const base = recordedLayer(`ubuntu-${suite}`, mtimeMs);
  const additions: LaidFiles = {
    '/run/systemd/container': { text: 'docker\n' },
    ...(suite === 'noble' ? userOfNoble(base) : {}),
  };
  return overlaid(base, fileLayer(additions, mtimeMs));
}

/** Since 23.04 the image has a user to work as. */
function userOfNoble(base: MirrorLayer): LaidFiles {
  const user = { name: 'ubuntu', uid: 1000, gid: 1000, home: '/home/ubuntu', shell: '/bin/bash', comment: 'Ubuntu' };
  const home = ['.bash_logout', '.bashrc', '.profile'].map((name) => {
    const text = textIn([base], `/etc/skel/${name}`);
    return [`/home/ubuntu/${name}`, { text, uid: 1000, gid: 1000 }] as const;
  });
  return {
    ...accountFiles([base], user),
    '/home/ubuntu': { directory: true, mode: 0o750, uid: 1000, gid: 1000 },
    ...Object.fromEntries(home),
  };
}

/** What the image of 16.04 sets up in a step of its own. */
const SETTINGS = /^\/(?:usr\/sbin\/policy-rc\.d|etc\/apt\/apt\.conf\.d\/docker-.*|etc\/dpkg\/dpkg\.cfg\.d\/docker-.*)$/;

/** Package lists that the first layer of 16.04 was shipped with, and the next one deletes. */
const LISTS: Readonly<Record<string, number>> = {
  xenial_main: 2_523_394,
  xenial_universe: 15_707_199,
  xenial_multiverse: 276_264,
  xenial_restricted: 19_257,
  'xenial-updates_main': 2_637_162,
  'xenial-updates_universe': 2_406_566,
  'xenial-updates_multiverse': 39_916,
  'xenial-security_main': 1_882_825,
  'xenial-security_universe': 1_509_978,
};
const listPath = (name: string): string =>
  `/var/lib/apt/lists/archive.ubuntu.com_ubuntu_dists_${name}_binary-amd64_Packages.lz4`;

function layerOfXenial(mtimeMs: number): MirrorLayer {
  const recorded = recordedLayer('ubuntu-xenial', mtimeMs);
  const base = { ...recorded, entries: recorded.entries.filter(({ path }) => !SETTINGS.test(path)) };
  const lists = Object.entries(LISTS).map(([name, sizeBytes]) => [listPath(name), { sizeBytes }] as const);
  return overlaid(base, fileLayer(Object.fromEntries(lists), mtimeMs));
}

function stepsOfXenial(mtimeMs: number): readonly ImageStep[] {
  const recorded = recordedLayer('ubuntu-xenial', mtimeMs);
  const settings = { ...recorded, entries: recorded.entries.filter(({ path }) => SETTINGS.test(path)) };
  const deleted = Object.keys(LISTS).map((name) => [listPath(name), { gone: true }] as const);
  return [
    { createdBy: '/bin/sh -c rm -rf /var/lib/apt/lists/*', layer: fileLayer(Object.fromEntries(deleted), mtimeMs) },
    {
      createdBy:
        "/bin/sh -c set -xe \t\t&& echo '#!/bin/sh' > /usr/sbin/policy-rc.d \t&& echo 'exit 101' >> /usr/sbin/policy-rc.d " +
        '\t&& chmod +x /usr/sbin/policy-rc.d',
      layer: settings,
    },
    {
      createdBy: "/bin/sh -c mkdir -p /run/systemd && echo 'docker' > /run/systemd/container",
      layer: fileLayer({ '/run/systemd/container': { text: 'docker\n' } }, mtimeMs),
    },
  ];
}
