/**
 * Replicas of `node`: on buildpack-deps, on Debian's slim image, on Alpine. History and scripts follow the official images
 * (nodejs/docker-node).
 */
import { accountFiles, type NewUser } from '../accounts.ts';
import { recordedLayer } from '../catalogue.ts';
import { fileLayer, link, overlaid, script, type LaidFiles } from '../file-layer.ts';
import type { MirrorImage } from '../image.ts';
import { cmd, copy, entrypoint, env, run, writtenImage, type BaseOfImage, type Instruction } from '../instructions.ts';
import type { MirrorLayer } from '../layer-tar.ts';
import { libgcc, libstdcpp } from './alpine-additions.ts';
import { alpineBase, apkFiles } from './alpine.ts';
import { buildpackDeps } from './buildpack-deps.ts';
import { bookwormSlim } from './debian.ts';

const SOURCE = "Node's headers and npm's packages; programs are holes";
const YARN = '1.22.22';

interface NodeRelease {
  readonly version: string;
  readonly created: string;
  /** Names without a variant: `22`, `lts`. */
  readonly names: readonly string[];
  /** The release whose files stand in for those of an older one. */
  readonly tree?: string;
}

const RELEASES: readonly NodeRelease[] = [
  { version: '24.2.0', created: '2025-06-11T22:40:00Z', names: ['24', '24.2', '24.2.0', 'current'] },
  { version: '22.16.0', created: '2025-06-11T22:44:00Z', names: ['22', '22.16', '22.16.0', 'lts', 'jod'] },
  { version: '20.19.2', created: '2025-06-11T22:48:00Z', names: ['20', '20.19', '20.19.2', 'iron'] },
  {
    version: '18.20.8',
    created: '2025-06-11T22:52:00Z',
    names: ['18', '18.20', '18.20.8', 'hydrogen'],
    tree: '20.19.2',
  },
];

/** Runs the command; where it is no program but an option or a file of JavaScript, node runs it. */
const ENTRYPOINT = `#!/bin/sh
set -e

# An option, something that is no command, or a file that cannot be executed is meant for node.
first="$1"
if [ "\${first#-}" != "$first" ] || [ -z "$(command -v "$first")" ] || { [ -f "$first" ] && ! [ -x "$first" ]; }; then
  set -- node "$@"
fi

exec "$@"
`;

const USER: NewUser = { name: 'node', uid: 1000, gid: 1000, home: '/home/node', shell: '/bin/bash' };

export function nodeImages(): readonly MirrorImage[] {
  return RELEASES.flatMap((release) => [full(release), slim(release), alpine(release)]);
}

/** Tags of a variant; the newest release has the variant's own name too. */
function tags({ version, names }: NodeRelease, ...variants: readonly string[]): readonly string[] {
  const latest = version === RELEASES[0]?.version;
  return variants.flatMap((variant) => {
    const own = variant === '' ? 'latest' : variant;
    return [...(latest ? [own] : []), ...names.map((name) => (variant === '' ? name : `${name}-${variant}`))];
  });
}

function full(release: NodeRelease): MirrorImage {
  const time = Date.parse(release.created);
  return variant(release, buildpackDeps, tags(release, '', 'bookworm'), [
    run(
      'groupadd --gid 1000 node   && useradd --uid 1000 --gid node --shell /bin/bash --create-home node',
      userLayer(buildpackDeps.layers, USER, time),
    ),
    env('NODE_VERSION', release.version),
    run(nodeCommand(release, 'xz'), nodeLayer(release, time)),
    env('YARN_VERSION', YARN),
    run(yarnCommand(), yarnLayer(time)),
  ]);
}

function slim(release: NodeRelease): MirrorImage {
  const time = Date.parse(release.created) + 60_000;
  return variant(release, bookwormSlim, tags(release, 'slim', 'bookworm-slim'), [
    run(
      'groupadd --gid 1000 node   && useradd --uid 1000 --gid node --shell /bin/bash --create-home node',
      userLayer([bookwormSlim.layer], USER, time),
    ),
    env('NODE_VERSION', release.version),
    run(nodeCommand(release, 'xz'), nodeLayer(release, time)),
    env('YARN_VERSION', YARN),
    run(yarnCommand(), yarnLayer(time)),
  ]);
}

function alpine(release: NodeRelease): MirrorImage {
  const base = alpineBase('3.21');
  const time = Date.parse(release.created) + 120_000;
  const libraries = fileLayer(
    {
      ...apkFiles([base.layer], [libgcc(), libstdcpp()], ['libstdc++'], time),
      ...userFiles([base.layer], { ...USER, shell: '/bin/sh' }),
    },
    time,
  );
  return variant(release, base, tags(release, 'alpine', 'alpine3.21'), [
    env('NODE_VERSION', release.version),
    run(
      'addgroup -g 1000 node     && adduser -u 1000 -G node -s /bin/sh -D node     && apk add --no-cache         libstdc++     && apk add --no-cache --virtual .build-deps         curl     && ARCH= OPENSSL_ARCH=\'linux*\' && alpineArch="$(apk --print-arch)"     && node --version     && npm --version',
      overlaid(nodeLayer(release, time), libraries),
    ),
    env('YARN_VERSION', YARN),
    run(yarnCommand(), yarnLayer(time)),
  ]);
}

function variant(
  { created, tree }: NodeRelease,
  base: BaseOfImage,
  names: readonly string[],
  instructions: readonly Instruction[],
): MirrorImage {
  const script = fileLayer(ENTRYPOINT_FILES, Date.parse(created));
  return writtenImage({
    repository: 'library/node',
    tags: names,
    created,
    source: tree === undefined ? SOURCE : `${SOURCE}; its files are those of Node ${tree}`,
    base,
    instructions: [
      ...instructions,
      copy('docker-entrypoint.sh /usr/local/bin/', script),
      entrypoint('docker-entrypoint.sh'),
      cmd('node'),
    ],
  });
}

const ENTRYPOINT_FILES: LaidFiles = { '/usr/local/bin/docker-entrypoint.sh': script(ENTRYPOINT) };

function userFiles(below: readonly MirrorLayer[], user: NewUser): LaidFiles {
  return { ...accountFiles(below, user), '/home/node': { directory: true, mode: 0o755, uid: 1000, gid: 1000 } };
}

function userLayer(below: readonly MirrorLayer[], user: NewUser, mtimeMs: number): MirrorLayer {
  return fileLayer(userFiles(below, user), mtimeMs);
}

/**
 * The tree of the release without the headers of other processors' OpenSSL. The real small variants drop them too; in the full
 * one they are 44 MB in two thousand files, which would take it beyond what an image may weigh here.
 */
function nodeLayer({ version, tree = version }: NodeRelease, mtimeMs: number): MirrorLayer {
  const layer = recordedLayer(`node-${tree}`, mtimeMs);
  const kept = (path: string): boolean => !/\/openssl\/archs\/(?!linux-x86_64(?:\/|$))/.test(path);
  return overlaid({ ...layer, entries: layer.entries.filter(({ path }) => kept(path)) }, fileLayer({}, mtimeMs));
}

function yarnLayer(mtimeMs: number): MirrorLayer {
  const links = {
    '/usr/local/bin/yarn': link(`/opt/yarn-v${YARN}/bin/yarn`),
    '/usr/local/bin/yarnpkg': link(`/opt/yarn-v${YARN}/bin/yarnpkg`),
  };
  return overlaid(recordedLayer('yarn', mtimeMs), fileLayer(links, mtimeMs));
}

/** The real line also finds out the architecture and checks signatures, two thousand characters of it. */
function nodeCommand({ version }: NodeRelease, format: string): string {
  return (
    `ARCH=x64 && set -ex   && curl -fsSLO --compressed "https://nodejs.org/dist/v${version}/node-v${version}-linux-$ARCH.tar.${format}"` +
    `   && tar -xJf "node-v${version}-linux-$ARCH.tar.${format}" -C /usr/local --strip-components=1 --no-same-owner` +
    `   && rm "node-v${version}-linux-$ARCH.tar.${format}"   && ln -s /usr/local/bin/node /usr/local/bin/nodejs` +
    '   && node --version   && npm --version   && rm -rf /tmp/*'
  );
}

function yarnCommand(): string {
  return (
    'set -ex   && curl -fsSLO --compressed "https://yarnpkg.com/downloads/$YARN_VERSION/yarn-v$YARN_VERSION.tar.gz"' +
    '   && mkdir -p /opt   && tar -xzf yarn-v$YARN_VERSION.tar.gz -C /opt/' +
    '   && ln -s /opt/yarn-v$YARN_VERSION/bin/yarn /usr/local/bin/yarn' +
    '   && ln -s /opt/yarn-v$YARN_VERSION/bin/yarnpkg /usr/local/bin/yarnpkg   && rm yarn-v$YARN_VERSION.tar.gz' +
    '   && yarn --version   && rm -rf /tmp/*'
  );
}
